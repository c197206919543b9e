"""The index of the papers that have been read, built at the first search."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from store.errors import LibraryError
from store.files.folders import is_there
from store.library import Library
from store.model import Paper
from store.papers.holdings import PaperChanges

if TYPE_CHECKING:  # most of the search code is imported after the first paint
    from store.fulltext.queries import TextQueries
    from store.search.index import Index


class Catalogue:
    """The index of a library, brought up to date whenever it is asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.made: Index | None = None
        """The index as it is; None until it is needed."""
        self._changes: list[PaperChanges] = []
        """Changes of papers that the index does not have yet."""

    @property
    def is_behind(self) -> bool:
        """Whether the index lacks papers that have been read."""
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
        for changes in self._changes:
            self.made.remove(changes.gone)
            self.made.add(changes.changed)
        self._changes.clear()
        return self.made

    def changed(self, changes: PaperChanges) -> None:
        """Note a change of papers, for the next time the index is asked for."""
        self._changes.append(changes)

    def begun(self, papers: Mapping[str, Paper]) -> Mapping[str, int]:
        """Return how much the user has read of each begun text, in percent, by id."""
        # Most libraries have no texts, and loading that code takes longer than looking.
        try:
            there = is_there(self._library.folder / "texts")
        except LibraryError:
            return {}
        return self._texts.shares(papers) if there else {}

    @cached_property
    def _texts(self) -> "TextQueries":
        """Searches the stored texts."""
        from store.fulltext.queries import TextQueries

        return TextQueries(self._library.folder)

    def _in_texts(self, name: str, value: str, papers: Sequence[Paper]) -> Collection[str]:
        """Return the papers that a field finds by their stored texts."""
        return self._texts(name, value, papers)

    def _with_files(self) -> Collection[str]:
        """Return the papers with a PDF on disk."""
        from store.pdfs.pdf_files import ids_with_file

        try:
            return ids_with_file(self._library.folder)
        except LibraryError:
            return ()
