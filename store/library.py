"""The library: papers, the marks on them, and what was done last. The only owner of TinyDB."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from store.errors import LibraryError, LibraryTooNewError
from store.files.disk import DISK, Disk
from store.files.storage import SCHEMA, Signature, signature_of, too_new
from store.files.tables import read_month
from store.marks.cells import Cells
from store.marks.file import MarksFile
from store.marks.history import Action
from store.marks.memory import Clock, MarkBook, News, TakenBack
from store.marks.sync import SyncFolder, read_marks
from store.model import Change, Marks, Paper
from store.papers.months import Added, Dropped, Shelves


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Month:
    """A month's file as it was read."""

    path: Path
    signature: Signature | None
    papers: list[Paper]
    error: LibraryError | None = None
    """Why there are no papers, where the file can't be read."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did."""

    papers: int
    """Number of papers whose marks changed here."""
    problems: tuple[str, ...]
    """What could not be taken in, and wrong clocks, in words."""


class Library:
    """A folder with papers by month and one file of marks.

    Marks change in memory at once (`mark`, `undo`, `redo`) and on disk with `commit`. What touches
    the disk (`load_month`, `load_marks`, `commit`, `exchange`) may run in one other thread;
    everything else belongs to the thread that made the library. Raises LibraryError (or one of its
    kinds) where the folder or a file in it can't be used.
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
            folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise LibraryError(f"{folder} is a file, not a library folder") from error
        except OSError as error:
            raise LibraryError(f"can't make the folder {folder}: {error.strerror}") from error
        self._shelves = Shelves(folder / "papers", disk)
        self._papers: dict[str, Paper] = {}
        self._signatures: dict[Path, Signature | None] = {}
        self._file = MarksFile(folder, disk)
        self._book = MarkBook(self._file.read(), clock)
        self.complete = False
        """Whether every month has been read once."""
        self.feeds: frozenset[str] = frozenset()
        """Names of all feeds on disk, as of the last `add`; empty before."""
        self._sync = SyncFolder(sync, folder, disk)
        self.newer = self._file.newer()
        """What can't be done where a later version of the program wrote the library; else empty."""

    # Papers

    @property
    def papers(self) -> Mapping[str, Paper]:
        """The papers read so far, by id, newest month first."""
        return MappingProxyType(self._papers)

    def months(self) -> list[Path]:
        """Return the month files on disk, newest first."""
        return self._shelves.months()

    def load_month(self, path: Path) -> Month:
        """Read one month's file; `take_month` makes its papers the library's."""
        signature = signature_of(path)
        try:
            papers, schema = read_month(path)
        except LibraryError as error:
            return Month(path, signature, [], error)
        if schema > SCHEMA:
            self.newer = str(too_new(path, schema))
        return Month(path, signature, papers)

    def take_month(self, month: Month) -> list[Paper]:
        """Make the papers of a month that was read the library's, and return them.

        Of several months that changed, the earliest first: a paper may have moved from it.
        """
        if month.path in self._signatures and not month.error:
            self._forget_gone(month)
        papers = [paper for paper in month.papers if not self._known_earlier(paper)]
        self._signatures[month.path] = month.signature
        for paper in papers:
            self._papers[paper.id] = paper
            for name in paper.aliases:
                self._papers.pop(name, None)
            if paper.aliases:
                self._book.adopt(paper.id, paper.aliases)
        return papers

    def read_month(self, path: Path) -> list[Paper]:
        """Read one month's papers into memory and return them; LibraryError where it can't be."""
        month = self.load_month(path)
        papers = self.take_month(month)
        if month.error:
            raise month.error
        return papers

    def read_all(self) -> None:
        """Read every month."""
        for month in self.months():
            self.read_month(month)
        self.complete = True

    def changed_months(self) -> list[Path]:
        """Return the months that are not on disk as they were last read here."""
        return [
            month for month in self.months() if signature_of(month) != self._signatures.get(month)
        ]

    def add(
        self, papers: Iterable[Paper], feed: str, seen: datetime | None = None, tex: bool = False
    ) -> Added:
        """Put what a feed lists on disk, and read the months that this changed.

        `seen` is when the feed said so, by default now; what was said last is shown. `tex` tells
        that texts are TeX source throughout.
        """
        from store.papers.records import describe

        self._refuse_newer()
        moment = (seen or self._clock()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        papers = list(papers)
        with self._reading_changed():
            added = self._shelves.add(describe(papers, feed, moment, tex))
        if any(paper.publication.key for paper in papers):
            from store.papers.given_keys import claim_keys

            claim_keys(self.folder, self._papers.values(), self._disk)
        self.feeds = added.feeds
        return added

    def drop_feed(self, feed: str) -> Dropped:
        """Take away the papers of a feed that are not marked and that no other feed lists."""
        self._refuse_newer()
        with self._reading_changed():
            return self._shelves.drop(feed, self.all_marks.keys())

    @contextmanager
    def _reading_changed(self) -> Iterator[None]:
        """Read the months that change inside, and those read before that others changed."""
        before = {month: signature_of(month) for month in self.months()} | self._signatures
        yield
        for month in reversed(self.months()):
            if signature_of(month) != before.get(month):
                self.read_month(month)

    # Marks

    @property
    def all_marks(self) -> Mapping[str, Marks]:
        """The marks of every paper that has any, by id."""
        return self._book.marks

    def marks(self, paper_id: str) -> Marks:
        """Return the marks of one paper."""
        return self._book.of(paper_id)

    @property
    def unread(self) -> int:
        """Number of papers in memory that are not marked read."""
        return len(self._papers) - len(self._book.marks.read & self._papers.keys())

    def tags(self) -> dict[str, int]:
        """Return how many papers have each tag in use, the most used first."""
        cells = self._book.marks.cells.values()  # ten times as fast as making marks of them
        uses = Counter(
            name[1:] for each in cells for name in each if name[0] == "#" and each[name][0]
        )
        return dict(sorted(uses.items(), key=lambda use: (-use[1], use[0])))

    def mark(self, paper_ids: Iterable[str], change: Change) -> Action:
        """Change marks in memory; `commit` saves them. Return what changed, for undoing."""
        return self._book.mark(paper_ids, change)

    def undo(self) -> TakenBack | None:
        """Take back the last action, as new marks; None where there is none."""
        return self._book.undo()

    def redo(self) -> TakenBack | None:
        """Do again what was taken back last; None where there is nothing."""
        return self._book.redo()

    @property
    def unsaved(self) -> int:
        """Number of actions that are not on disk yet."""
        return self._book.unsaved

    def commit(self) -> int:
        """Write all that waits in one write. On an error it still waits.

        Returns the number of papers that an undo leaves as they are, since they were changed
        elsewhere in the meantime.
        """
        edits = self._book.waiting()
        if not edits:
            return 0
        self._refuse_newer()
        result = self._file.commit(edits)
        self._book.written(edits, result)
        return result.kept

    def revert(self) -> set[str]:
        """Forget what is not on disk, after a write that failed; return the papers concerned."""
        return self._book.revert()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others from changing marks, with those here up to date; commit inside."""
        with self._file.alone():
            self.take_marks(self.load_marks())
            yield

    def marks_changed_elsewhere(self) -> bool:
        """Tell whether another program has changed the marks since they were last read."""
        return self._file.changed_elsewhere()

    def load_marks(self) -> News:
        """Read the marks again; `take_marks` brings those in memory to what is there."""
        return self._book.compare(self._file.read())

    def take_marks(self, news: News) -> set[str]:
        """Take what was read, keep what waits; return the papers whose marks changed."""
        return self._book.take(news)

    # Other machines

    def merge(self, path: Path) -> Merged:
        """Take in, on disk and in memory, the marks of another library or a file of marks.

        Of another library the citation keys that it gave out as well.
        """
        self._refuse_newer()
        foreign = read_marks(path, self._clock())
        papers = self._file.merge(foreign.marks)
        if path.is_dir():
            from store.papers.given_keys import adopt_keys, read_keys

            adopt_keys(self.folder, read_keys(path), disk=self._disk)
        self.take_marks(self.load_marks())
        return Merged(papers, foreign.problems)

    def stamped(self, paper_id: str) -> Cells:
        """Return the marks of one paper with the stamps of their last changes."""
        return self._book.marks.cells.get(paper_id, {})

    def merge_marks(self, marks: Mapping[str, Cells]) -> int:
        """Take in marks by paper's key, on disk and in memory; return how many papers' changed."""
        self._refuse_newer()
        papers = self._file.merge(marks)
        self.take_marks(self.load_marks())
        return papers

    def exchange(self) -> tuple[str, ...]:
        """Exchange marks with the sync folder, on disk; `load_marks` reads what came.

        Returns problems in words.
        """
        return self._file.exchange(self._sync, self._clock())

    def _refuse_newer(self) -> None:
        if self.newer:
            raise LibraryTooNewError(self.newer)

    def _forget_gone(self, month: Month) -> None:
        """Forget papers that were in a month when it was last read."""
        here = {paper.id for paper in month.papers}
        name = month.path.stem
        for paper in list(self._papers.values()):
            if paper.id not in here and paper.date.startswith(name):
                del self._papers[paper.id]

    def _known_earlier(self, paper: Paper) -> bool:
        """Tell whether a crash between two writes left a paper in a later month as well."""
        known = self._papers.get(paper.id)
        return known is not None and known.date < paper.date
