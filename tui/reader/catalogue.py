"""The index of the papers that have been read, made when something is first looked for."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from store.errors import LibraryError
from store.files.folders import is_there
from store.library import Library
from store.model import Paper
from store.papers.holdings import Taken

if TYPE_CHECKING:  # most of what finds is imported behind the first paint
    from store.fulltext.asking import TextQueries
    from store.search.index import Index


class Catalogue:
    """The index of a library, brought up to what was read whenever it is asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.made: Index | None = None
        """The index as it is; None before it was needed."""
        self._changes: list[Taken] = []
        """What changed among the papers and is not in the index."""

    @property
    def is_behind(self) -> bool:
        """Whether papers that were read are not in the index yet."""
        return bool(self._changes)

    @property
    def index(self) -> "Index":
        """The index of all papers that have been read."""
        if self.made is None:
            from store.search.index import Index

            # The library may have been read before it was opened here.
            self.made = Index(self._with_files)
            self.made.in_texts = self._in_texts
            self.made.add(self._library.papers.values())
            self._changes.clear()
        for taken in self._changes:
            self.made.remove(taken.gone)
            self.made.add(taken.came)
        self._changes.clear()
        return self.made

    def changed(self, taken: Taken) -> None:
        """Take note of what changed among the papers."""
        self._changes.append(taken)

    def begun(self, papers: Mapping[str, Paper]) -> Mapping[str, int]:
        """Return by id how much was read of each text that was begun, in percent."""
        # Most have no texts, and what reads them takes longer to load than to look.
        try:
            there = is_there(self._library.folder / "texts")
        except LibraryError:
            return {}
        return self._texts.shares(papers) if there else {}

    @cached_property
    def _texts(self) -> "TextQueries":
        """Asks the texts that are kept."""
        from store.fulltext.asking import TextQueries

        return TextQueries(self._library.folder)

    def _in_texts(self, name: str, value: str, papers: Sequence[Paper]) -> Collection[str]:
        """Return the papers that a field finds by their kept texts."""
        return self._texts(name, value, papers)

    def _with_files(self) -> Collection[str]:
        """Return the papers of which there is a PDF on disk."""
        from store.pdfs.kept import ids_with_file

        try:
            return ids_with_file(self._library.folder)
        except LibraryError:
            return ()
