"""Apply rules in a library: to papers when they arrive, and to papers that it has."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from store.marks.history import Action, Step
from store.marks.memory import DiskDiff
from store.marks.tag_names import spelled
from store.model import NO_MARKS, Change, Marks, Paper
from store.papers.months import Added
from store.rules.deciding import Decided, decide
from store.rules.explaining import done_words
from store.rules.rule import Rule


class Shelf(Protocol):
    """The part of a library that rules need."""

    @property
    def papers(self) -> Mapping[str, Paper]:
        """The papers read so far, by id."""

    @property
    def all_marks(self) -> Mapping[str, Marks]:
        """The marks of papers that have any."""

    def tags(self) -> dict[str, int]:
        """Return the tags in use."""

    def mark_each(
        self,
        changes: Mapping[str, Change],
        label: Callable[[Sequence[Step]], str],
        decided_stays: bool = False,
        continuing: Action | None = None,
    ) -> Action:
        """Change marks as one action."""

    def commit(self) -> int:
        """Write unsaved marks to disk."""

    def load_marks(self) -> DiskDiff:
        """Read the marks on disk again."""

    def apply_marks(self, diff: DiskDiff) -> set[str]:
        """Apply marks read from disk; return the ids of papers that changed."""


class Add(Protocol):
    """Adds the papers of a feed to a library, like Library.add."""

    def __call__(
        self, papers: Iterable[Paper], feed: str, seen: datetime | None = None, tex: bool = False
    ) -> Added:
        """Return which of them were new."""


class Arrivals:
    """Adds papers to a library, and applies the rules once to each new one.

    Everything the rules do in one run of the program is one action for `undo`. They change no mark
    that was ever set, and hide no paper with a star, tag or note: another machine may have marked a
    paper before it came here.
    """

    def __init__(
        self, library: Shelf, rules: Sequence[Rule], today: Callable[[], date], add: Add
    ) -> None:
        self._library = library
        self._add = add
        self._new: list[str] = []
        """Ids of papers to which the rules have not been applied."""
        self.arrived: list[str] = []
        """Ids of all papers that were new, for those who report them."""
        self._rules = rules
        self._today = today
        self._found_by: set[int] = set()
        """Numbers of the rules that found any paper."""
        self._action: Action | None = None

    @property
    def done(self) -> str:
        """What the rules have done so far, in words; empty if nothing."""
        return done_words(self._action.steps, len(self._found_by)) if self._action else ""

    def add(
        self, papers: Iterable[Paper], feed: str, seen: datetime | None = None, tex: bool = False
    ) -> Added:
        """Add papers to the library, and apply the rules to the new ones."""
        added = self.put(papers, feed, seen, tex)
        self.run()
        return added

    def put(
        self, papers: Iterable[Paper], feed: str, seen: datetime | None = None, tex: bool = False
    ) -> Added:
        """Add papers to the library; `run` applies the rules to the new ones."""
        added = self._add(papers, feed, seen, tex)
        self._new += added.new
        self.arrived += added.new
        return added

    def run(self) -> None:
        """Apply the rules to the papers put since the last run, and save the changes."""
        new, self._new = self._new, []
        if not new or not self._rules:
            return
        library = self._library
        library.apply_marks(library.load_marks())
        papers = [library.papers[each] for each in new if each in library.papers]
        decided = decide(self._rules, papers, library.all_marks, self._today())
        changes = {
            each: self._kept_visible(library.all_marks.get(each, NO_MARKS), change)
            for each, change in as_spelled(decided.changes, library.tags()).items()
        }
        self._found_by |= {number for number, ids in enumerate(decided.found) if ids}
        action = library.mark_each(
            changes,
            lambda steps: done_words(steps, len(self._found_by)),
            decided_stays=True,
            continuing=self._action,
        )
        if action.steps:
            self._action = action
            library.commit()

    def _kept_visible(self, marks: Marks, change: Change) -> Change:
        stays_visible = change.hidden and (marks.starred or marks.tags or marks.note)
        return replace(change, hidden=None) if stays_visible else change


def run_on(
    library: Shelf, rules: Sequence[Rule], among: Collection[str] | None, today: date
) -> tuple[Decided, Action]:
    """Apply rules to the papers of a library, or to those `among` them; `commit` saves it."""
    decided = decide(rules, library.papers.values(), library.all_marks, today, among)
    count = sum(bool(ids) for ids in decided.found)
    action = library.mark_each(
        as_spelled(decided.changes, library.tags()), lambda steps: done_words(steps, count)
    )
    return decided, action


def as_spelled(changes: Mapping[str, Change], known: Collection[str]) -> dict[str, Change]:
    """Return changes with the spelling of tags that the library uses."""
    spelling: dict[str, str] = {}
    for change in changes.values():
        for tag in (*change.add_tags, *change.remove_tags):
            if tag not in spelling:
                spelling[tag] = spelled(tag, known)
    return {
        paper_id: replace(
            change,
            add_tags=tuple(map(spelling.__getitem__, change.add_tags)),
            remove_tags=tuple(map(spelling.__getitem__, change.remove_tags)),
        )
        for paper_id, change in changes.items()
    }
