"""Finding papers by their stored texts: `has:text`, `is:begun`, `text:"..."`."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from store.errors import LibraryError
from store.fulltext.document import NoFullTextError, from_bytes
from store.fulltext.reading_places import Places
from store.fulltext.texts import FOLDER, FullTexts, is_stored
from store.model import Paper

_REMEMBERED = 16
"""How many answers are remembered, for the next typed letter."""


class TextQueries:
    """Finds papers by the texts of a library; none if the texts can't be read."""

    def __init__(self, library: Path) -> None:
        self._texts = FullTexts(library / FOLDER)
        self._places = Places(library / FOLDER)
        self._names: frozenset[str] = frozenset()
        self._stored: dict[str, bool] = {}
        """Whether a paper's text is stored, by id; as of `_names`."""
        self._saying: dict[str, frozenset[str]] = {}
        """The papers that contain a phrase, by the phrase; as of `_names`."""

    def __call__(self, name: str, value: str, papers: Sequence[Paper]) -> Collection[str]:
        """Return the ids of the papers that a field finds."""
        try:
            if name == "is":
                return self._begun(papers)
            stored = self._with_text(papers)
            return {paper.id for paper in stored} if name == "has" else self._say(value, stored)
        except LibraryError:
            return ()

    def shares(self, papers: Mapping[str, Paper]) -> dict[str, int]:
        """Return the read share of each begun text, in percent below 100, by paper's id."""
        try:
            begun = {key: share for key, share in self._places.shares().items() if share < 100}
        except LibraryError:
            return {}
        found = {key: share for key, share in begun.items() if key in papers}
        if len(found) < len(begun):  # some were read under another key
            for paper in papers.values():
                for key in paper.aliases:
                    if key in begun:
                        found.setdefault(paper.id, begun[key])
        return found

    def _begun(self, papers: Sequence[Paper]) -> set[str]:
        """Return the papers with a text begun and not read to its end."""
        begun = {key for key, share in self._places.shares().items() if share < 100}
        return {paper.id for paper in papers if begun and not begun.isdisjoint(paper.keys)}

    def _with_text(self, papers: Sequence[Paper]) -> list[Paper]:
        names = self._texts.names()
        if names != self._names:
            self._names = names
            self._stored.clear()
            self._saying.clear()
        if not names:
            return []
        for paper in papers:
            if paper.id not in self._stored:
                self._stored[paper.id] = is_stored(paper, names)
        return [paper for paper in papers if self._stored[paper.id]]

    def _say(self, value: str, papers: Sequence[Paper]) -> frozenset[str]:
        """Return the papers with these words in a row in the text, ignoring case."""
        words = value.split()
        if not words:
            return frozenset()
        asked = " ".join(words).casefold()
        if asked not in self._saying:
            # A text with the words also has their beginning, which an earlier key searched for.
            narrower = [ids for before, ids in self._saying.items() if asked.startswith(before)]
            among = min(narrower, key=len) if narrower else None
            pattern = re.compile(r"[\s\u00a0]+".join(map(re.escape, words)), re.IGNORECASE)
            found = frozenset(
                paper.id
                for paper in papers
                if (among is None or paper.id in among) and self._says(paper, pattern)
            )
            while len(self._saying) >= _REMEMBERED:
                del self._saying[next(iter(self._saying))]
            self._saying[asked] = found
        return self._saying[asked]

    def _says(self, paper: Paper, pattern: re.Pattern[str]) -> bool:
        data = self._texts.get_bytes(paper)
        if not data.startswith(b"papers-tui text "):
            return pattern.search(data.decode("utf-8", "replace")) is not None
        try:
            document = from_bytes(data)
        except NoFullTextError:
            return False
        return document is not None and any(map(pattern.search, document.blocks.plain()))
