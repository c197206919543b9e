"""What helps to type a filter: earlier ones, completion, what to leave out if nothing matches."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter

from store.query.wanted import Sought
from tui.reader.changing_views import ChangingViewsScreen
from tui.reader.finding import SLICE
from tui.reader.slices import Slices

LOOKED_AT = 60
"""The papers at the top of the list whose authors complete what is typed."""
RELAXED_AFTER = 0.1
"""Seconds from a filter that finds nothing to looking for what it could do without."""
MOST_SAID = 3
"""So many things to leave out are named."""


class FilteringScreen(ChangingViewsScreen):
    """A screen with a filter that remembers and completes."""

    _typed: Sequence[str] = ()
    """The filters typed since the reader was opened, the latest last."""
    _older: Sequence[str] = ()
    """The filters that can be gone back to, the latest last, and behind them the present one."""
    _place = 0
    """Which of them is shown."""
    _relaxing: Slices | None = None
    _completions: Mapping[str, Iterable[str]] = {}
    """By field, the names that complete what is typed, as they were when it was begun."""

    # Those typed before

    def begin_filter(self) -> None:
        """Take note of where Esc goes back to; earlier filters and names are looked up anew."""
        super().begin_filter()
        self._older, self._completions = (), {}

    def action_accept_filter(self) -> None:
        """Go to what was found, and remember the filter."""
        super().action_accept_filter()
        if self._query.strip() and not self._is_typing:
            self._typed = (*self._typed, self._query)

    def typed_filters(self) -> list[str]:
        """Return the filters that were typed since the reader was opened."""
        return list(self._typed)

    def action_earlier_filter(self) -> None:
        """Show the filter typed before this one."""
        if not self._older or self._older[self._place] != self._query:
            from store.views.file import NOTHING, with_filters

            kept = (self._kept or NOTHING).filters
            earlier = [text for text in with_filters(kept, self._typed) if text != self._query]
            self._older = (*earlier, self._query)
            self._place = len(earlier)
        self._show_older(-1)

    def action_later_filter(self) -> None:
        """Show the filter typed after this one; behind the latest is the list."""
        at_end = self._place + 1 >= len(self._older)
        if at_end or self._older[self._place] != self._query:
            self.action_accept_filter()
        else:
            self._show_older(1)

    def _show_older(self, step: int) -> None:
        self._place = max(self._place + step, 0)
        self.bar.value = self._older[self._place]

    # Completion

    def filter_typed(self, text: str) -> None:
        """Show what a filter finds that is being typed, and how it may go on."""
        from tui.reader.filter_completion import complete

        super().filter_typed(text)
        self.bar.suggest(complete(text, self._names_of))

    def _names_of(self, field: str) -> Iterable[str]:
        """Return the names of a field, the most used or the nearest first."""
        library = self._library
        if field == "view":
            return self._views
        if field == "author":
            papers = map(library.papers.__getitem__, self.papers.ids[:LOOKED_AT])
            return (author for paper in papers for author in paper.authors)
        if field == "tag" and "tag" not in self._completions:
            self._completions = {**self._completions, "tag": library.tags()}
        elif field in ("feed", "cat") and field not in self._completions:
            of_each = attrgetter({"feed": "feeds", "cat": "categories"}[field])
            uses = Counter(name for paper in library.papers.values() for name in of_each(paper))
            self._completions = {**self._completions, field: dict(uses.most_common())}
        return self._completions.get(field, ())

    # No match

    def _show_found(
        self,
        ids: Sequence[str],
        headings: bool,
        words: tuple[Sought, ...] = (),
        to_top: bool = False,
    ) -> None:
        super()._show_found(ids, headings, words, to_top)
        if not ids and self._query:
            if self._relaxing is None:
                self._relaxing = Slices(self, lambda: not self._abstracts.running)
            self._relaxing.start(self._relax(), RELAXED_AFTER)
        elif self._relaxing:
            self._relaxing.stop()

    def _relax(self) -> Iterator[None]:
        """Find out what the filter would find without one of its parts, else with one alone."""
        from store.query.relax import parts, relaxations

        for word, less in (("without", relaxations), ("only", parts)):
            said: list[str] = []
            for label, query in islice(less(self._parsed(), self._query).items(), 10):
                yield
                while not self._index().scan(query, SLICE):
                    yield
                found = self._index().search(query, self._library.all_marks, self._today())
                if found.ids:
                    said.append(f"{word} {label}: {len(found.ids):,}")
            if said:
                self.papers.empty_text = self._nothing_found(said[:MOST_SAID])
                self.papers.refresh()
                return
