"""The selected papers of a list. Those that a filter hides stay selected."""

from collections.abc import Collection, Mapping, Sequence


class Selection:
    """Ids of papers, and a range of rows while one is being selected."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.hidden = 0
        """How many of them are not shown."""
        self._anchor: str | None = None
        """Where the range began; None if there is none."""
        self._before: set[str] = set()
        """What was selected before the range."""

    def show(self, papers: Collection[str], ids: Sequence[str]) -> None:
        """Record which papers exist, and which are shown.

        A range goes on without papers that are gone, and ignores hidden ones.
        """
        if not self.ids and self._anchor is None:
            return
        self.ids.intersection_update(papers)
        hidden = self.ids.difference(ids)
        self._before = self._before.intersection(papers) | hidden
        self.hidden = len(hidden)

    def rename(self, gone: Mapping[str, str]) -> None:
        """Record papers with a new id, and those that are gone."""
        self.ids = {gone.get(each, each) for each in self.ids} - {""}
        self._before = {gone.get(each, each) for each in self._before} - {""}
        if self._anchor is not None:
            self._anchor = gone.get(self._anchor, self._anchor)

    def here(self, ids: Sequence[str]) -> list[str]:
        """Return the selected papers that are shown, in order."""
        return [each for each in ids if each in self.ids]

    def toggle(self, paper_id: str) -> None:
        """Select or unselect a paper."""
        self.ids ^= {paper_id}

    def toggle_range(self, ids: Sequence[str], place: int) -> None:
        """Begin a range at a place, or end it."""
        if self._anchor is not None or not ids:
            self._anchor = None
            return
        self._anchor, self._before = ids[place], set(self.ids)
        self.extend(ids, place)

    def extend(self, ids: Sequence[str], place: int) -> bool:
        """End the range at a place; return False if there is no range."""
        if self._anchor is None:
            return False
        if self._anchor not in ids:
            self._anchor, self._before = ids[place], set(self.ids)
        first, last = sorted((ids.index(self._anchor), place))
        self.ids = self._before.union(ids[first : last + 1])
        return True

    def clear(self) -> bool:
        """Clear the selection; return False if there was none."""
        had = bool(self.ids)
        self.ids, self.hidden, self._anchor = set(), 0, None
        return had
