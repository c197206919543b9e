"""The library: papers, their marks, and the history of actions. The only owner of TinyDB."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from store.errors import LibraryError, LibraryTooNewError
from store.files.disk import DISK, Disk
from store.files.home import Home
from store.files.storage import SCHEMA, Signature, signature_of, too_new
from store.marks.cells import Cells
from store.marks.file import MarksFile
from store.marks.history import Action, Step
from store.marks.memory import Clock, DiskDiff, MarksInMemory, UndoResult
from store.model import Change, Marks, Paper
from store.papers.holdings import Holdings, PaperChanges
from store.papers.month_file import Written, read_month
from store.papers.months import Added, Dropped, MonthFiles

if TYPE_CHECKING:  # needed for marks of other machines, which no start waits for
    from store.other_machines import OtherMachines


ADDED = "added"
"""The feed of papers added one by one."""


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


class Month(NamedTuple):
    """What was read from a month's file."""

    path: Path
    signature: Signature | None
    papers: list[Paper]
    error: LibraryError | None = None
    """Why there are no papers, if the file can't be read."""


class Library:
    """A folder with papers by month and one file of marks.

    Marks change in memory at once (`mark`, `undo`, `redo`) and on disk with `commit`. What touches
    the disk (`load_month`, `load_marks`, `commit`) may run in one other thread, `others.exchange`
    in a third; everything else belongs to the thread that made the library. Raises LibraryError (or
    a subclass) if the folder or a file in it can't be used: LibraryGoneError if it was a library
    before, so that nothing counts as removed and nothing is written in its place.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock = utc_now,
        disk: Disk = DISK,
        sync: Path | None = None,
    ) -> None:
        self.folder = folder
        self._clock = clock
        self._disk = disk
        try:
            disk.make_folder(folder, 0o700)
        except FileExistsError as error:
            raise LibraryError(f"{folder} is a file, not a library folder") from error
        except OSError as error:
            raise LibraryError(f"can't make the folder {folder}: {error.strerror}") from error
        self._month_files = MonthFiles(folder / "papers", disk)
        self._holdings = Holdings()
        self._signatures: dict[Path, Signature | None] = {}
        self._home = Home(folder)
        self._file = MarksFile(folder, disk, expected=self._home.had_marks)
        self._in_memory = MarksInMemory(self._file.read(), clock, self._holdings.papers)
        self._keeping: list[Paper] = []
        """Papers that wait to be saved."""
        self.complete = False
        """Whether every month has been read once."""
        self.feeds: frozenset[str] = frozenset()
        """Names of all feeds on disk, as of the last `add`; empty before."""
        self.sync = sync
        """The folder through which machines exchange marks, if there is one."""
        self.newer = self._file.newer()
        """The message if a later version of the program wrote the library; else empty."""

    # Papers

    @property
    def papers(self) -> Mapping[str, Paper]:
        """The papers read so far, by id, newest month first."""
        return MappingProxyType(self._holdings.papers)

    def months(self) -> list[Path]:
        """Return the month files on disk, newest first."""
        return self._month_files.months()

    def months_of(self, names: Iterable[str]) -> list[Path]:
        """Return the month files that may contain given names, newest first."""
        return self._month_files.months_of(names)

    def load_month(self, path: Path) -> Month:
        """Read one month's file; `apply_months` makes its papers the library's."""
        signature = None
        try:
            signature = signature_of(path)
            if signature is None:
                self._home.check()
            papers, schema = read_month(path)
        except LibraryError as error:
            return Month(path, signature, [], error)
        if schema > SCHEMA:
            self.newer = str(too_new(path, schema))
        return Month(path, signature, papers)

    def apply_months(self, *months: Month) -> PaperChanges:
        """Make the papers of months that were read the library's; return what changed.

        If a month can't be read, what was read of it before stays.
        """
        self._signatures |= {month.path: month.signature for month in months}
        changes = self._holdings.apply(
            {each.path: each.papers for each in months if not each.error}
        )
        for paper_id in changes.new:
            self._in_memory.marks.count(paper_id, 1)
        for paper_id in changes.gone:
            self._in_memory.marks.count(paper_id, -1)
        for paper in changes.changed:
            if paper.aliases:
                self._in_memory.adopt(paper.id, paper.aliases)
        return changes

    def read_month(self, path: Path) -> list[Paper]:
        """Read one month into memory and return its new papers; LibraryError if it can't be."""
        month = self.load_month(path)
        changes = self.apply_months(month)
        if month.error:
            raise month.error
        return changes.changed

    def read_all(self) -> None:
        """Read every month."""
        for month in self.months():
            self.read_month(month)
        self.complete = True

    def changed_months(self) -> list[Path]:
        """Return the months whose files have changed since they were read here."""
        self._home.check()
        return [
            month for month in self.months() if signature_of(month) != self._signatures.get(month)
        ]

    def add(
        self, papers: Iterable[Paper], feed: str, seen: datetime | None = None, tex: bool = False
    ) -> Added:
        """Save the papers of a feed, and read the months that this changed.

        `seen` is when the feed listed them, by default now; the latest text is shown. With `tex`,
        all texts are TeX source.
        """
        papers = list(papers)
        self.check_writable()
        before = self._months_now()
        added, written = self._add_to_disk(papers, feed, seen, tex)
        self._apply_changed(before, written)
        if any(paper.publication.key for paper in papers):
            from store.papers.given_keys import claim_keys

            claim_keys(self.folder, self.papers.values(), self._disk)
        return added

    def _add_to_disk(
        self, papers: Iterable[Paper], feed: str, seen: datetime | None = None, tex: bool = False
    ) -> tuple[Added, Mapping[Path, Written]]:
        from store.papers.records import describe

        moment = (seen or self._clock()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        added, written = self._month_files.add(describe(papers, feed, moment, tex))
        self.feeds = added.feeds
        return added, written

    def keep(self, papers: Iterable[Paper]) -> None:
        """Let `commit` save papers in the feed ADDED, from which they are then read."""
        self._keeping += papers

    def named(self, name: str) -> str:
        """Return the id of the paper in memory with a key, which may be an alias."""
        return self._holdings.named(name)

    def drop_feed(self, feed: str) -> Dropped:
        """Remove the papers of a feed that have no marks and are in no other feed."""
        self.check_writable()
        before = self._months_now()
        dropped, written = self._month_files.drop(feed, set(self.marked()))
        self._apply_changed(before, written)
        return dropped

    def _months_now(self) -> dict[Path, Signature | None]:
        """Return the months as they were read here, and the others from disk."""
        return {month: signature_of(month) for month in self.months()} | self._signatures

    def _apply_changed(
        self, before: Mapping[Path, Signature | None], written: Mapping[Path, Written]
    ) -> None:
        """Apply the changed months; those written here need not be read."""
        self._home.record_write()
        for path in self.months():
            if (signature := signature_of(path)) == before.get(path):
                continue
            if path in written and written[path].signature == signature:
                self.apply_months(Month(path, signature, written[path].papers))
            else:
                self.read_month(path)

    def version(self) -> str:
        """Return what changes with the papers on disk."""
        return repr([(month.name, signature_of(month)) for month in self.months()])

    def all_papers(self) -> list[Paper]:
        """Return the papers on disk, of all readable months; from any thread."""
        # Memory is up to date if all months have been read as they are.
        if not any(signature_of(month) != self._signatures.get(month) for month in self.months()):
            return list(self.papers.values())
        return [paper for month in self.months() for paper in self.load_month(month).papers]

    # Marks

    @property
    def all_marks(self) -> Mapping[str, Marks]:
        """The marks of every paper that has any, by id."""
        return self._in_memory.marks

    def all_cells(self) -> list[tuple[str, Cells]]:
        """Return the marks of every paper with their stamps, a snapshot for any thread."""
        return list(self._in_memory.marks.cells.items())

    def marked(self) -> Iterator[str]:
        """Yield the ids of papers with a mark, in memory or not."""
        return self._in_memory.marks.marked()

    def marks(self, paper_id: str) -> Marks:
        """Return the marks of one paper."""
        return self._in_memory.of(paper_id)

    @property
    def unread(self) -> int:
        """Number of papers in memory that are neither read nor hidden."""
        marks = self._in_memory.marks
        return len(self.papers) - marks.read_here - marks.hidden_here

    @property
    def hidden(self) -> frozenset[str]:
        """Ids of all hidden papers; the same object while they do not change."""
        return self._in_memory.marks.hidden

    @property
    def hidden_count(self) -> int:
        """Number of hidden papers in memory."""
        return self._in_memory.marks.hidden_here

    def tags(self) -> dict[str, int]:
        """Return how many papers have each tag in use, the most used first."""
        cells = self._in_memory.marks.cells.values()  # ten times as fast as making marks of them
        uses = Counter(
            name[1:] for each in cells for name in each if name[0] == "#" and each[name][0]
        )
        return dict(sorted(uses.items(), key=lambda use: (-use[1], use[0])))

    def mark(self, paper_ids: Iterable[str], change: Change) -> Action:
        """Change marks in memory; `commit` saves them. Return what changed, for undo."""
        return self._in_memory.mark(paper_ids, change)

    def mark_each(
        self,
        changes: Mapping[str, Change],
        label: Callable[[Sequence[Step]], str],
        decided_stays: bool = False,
        continuing: Action | None = None,
    ) -> Action:
        """Change the marks of each paper separately, as one action; see MarksInMemory."""
        return self._in_memory.mark_each(changes, label, decided_stays, continuing)

    def add_news(self, news: Mapping[str, Sequence[str]]) -> None:
        """Store news of papers, in lines by id; `commit` saves it, undo leaves it alone."""
        self._in_memory.add_news(news)

    def undo(self) -> UndoResult | None:
        """Undo the last action, with new marks; None if there is none."""
        return self._in_memory.undo()

    def redo(self) -> UndoResult | None:
        """Redo the last action undone; None if there is none."""
        return self._in_memory.redo()

    @property
    def unsaved(self) -> int:
        """Number of actions not on disk yet; if there are none, of papers to keep."""
        return self._in_memory.unsaved or len(self._keeping)

    def commit(self) -> int:
        """Save the papers to keep, then all waiting marks in one write.

        After an error they still wait. Returns the number of papers that an undo leaves alone
        because they were changed elsewhere in the meantime.
        """
        edits, keeping = self._in_memory.waiting(), list(self._keeping)
        if not edits and not keeping:
            return 0
        self.check_writable()
        if keeping:
            self._add_to_disk(keeping, ADDED)
            self._home.record_write()
            del self._keeping[: len(keeping)]
        if not edits:
            return 0
        result = self._file.commit(edits)
        self._in_memory.written(edits, result)
        self._home.record_write(marks=True)
        return result.left_alone

    def revert(self) -> set[str]:
        """Drop what is not on disk, after a failed write; return the papers concerned."""
        kept = {paper.id for paper in self._keeping}
        self._keeping.clear()
        return self._in_memory.revert() | kept

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Lock the marks against other programs, with those here up to date; commit inside."""
        self._home.check()
        with self._file.alone():
            self.reload_marks()
            yield

    def marks_changed_elsewhere(self) -> bool:
        """Return whether another program has changed the marks since the last read."""
        return self._file.changed_elsewhere()

    def load_marks(self) -> DiskDiff:
        """Read the marks again; `apply_marks` brings them into memory."""
        self._home.check()
        return self._in_memory.compare(self._file.read())

    def apply_marks(self, diff: DiskDiff) -> set[str]:
        """Apply marks that were read; waiting ones stay. Return the papers that this changed."""
        return self._in_memory.apply(diff)

    def reload_marks(self) -> None:
        """Bring the marks in memory up to date with the disk."""
        self.apply_marks(self.load_marks())

    @cached_property
    def others(self) -> "OtherMachines":
        """The exchange with other machines; imported on first use."""
        from store.other_machines import OtherMachines

        return OtherMachines(self, self._file, self._home, self._clock, self._disk)

    # Keys and checks

    def citation_keys(
        self, wanted: Iterable[Paper], among: Iterable[Paper] | None = None
    ) -> dict[str, str]:
        """Return the citation keys of papers, by id; from now on they never change.

        If one of them is not in the library, none of these keys is kept.
        `among` has all papers with which a key must not clash, by default the library's.
        Raises LibraryDamagedError if the keys given out before can't be read.
        """
        from store.papers.given_keys import give_keys

        self._home.check()
        papers = self.papers.values() if among is None else among
        wanted = list(wanted)
        keep = not self.newer and all(each.id in self.papers for each in wanted)
        return give_keys(self.folder, wanted, papers, self._disk, keep=keep)

    def stamped(self, paper_id: str) -> Cells:
        """Return the marks of one paper with the stamps of their last changes."""
        return self._in_memory.marks.cells.get(paper_id, {})

    def check_here(self) -> None:
        """Raise LibraryGoneError if the library has disappeared from its folder."""
        self._home.check()

    def check_writable(self) -> None:
        """Raise LibraryTooNewError if a later version wrote the library, or as `check_here`."""
        if self.newer:
            raise LibraryTooNewError(self.newer)
        self._home.check()
