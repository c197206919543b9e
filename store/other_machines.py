"""The exchange with other machines: marks, and citation keys."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from store.errors import LibraryError
from store.files.disk import Disk
from store.files.folders import is_folder, is_there
from store.files.home import Home
from store.marks.cells import Cells
from store.marks.exchange import Exchange
from store.marks.file import MarksFile
from store.marks.foreign import read_marks
from store.marks.memory import Clock
from store.marks.sync import Machine, SyncFolder
from store.model import Paper

if TYPE_CHECKING:  # citation keys are exchanged if there is a folder for it
    from store.papers.shared_keys import SharedKeys


class Here(Protocol):
    """The part of this library that the exchange needs."""

    folder: Path
    sync: Path | None
    """The folder through which machines exchange marks; None without one."""
    newer: str
    """The message if a later version of the program wrote the library; else empty."""

    def version(self) -> str:
        """Return a text that changes with the papers on disk."""

    def all_papers(self) -> list[Paper]:
        """Return the papers on disk."""

    def check_here(self) -> None:
        """Raise LibraryGoneError if the library is not in its folder any more."""

    def check_writable(self) -> None:
        """Raise the error that says why the library can't be written, if it can't."""

    def reload_marks(self) -> None:
        """Update the marks in memory from the disk."""


class Merged(NamedTuple):
    """The result of a merge."""

    papers: int
    """Number of papers whose marks changed here."""
    problems: tuple[str, ...]
    """What could not be merged, and wrong clocks, in words."""


class OtherMachines:
    """The exchange of one library with the other machines of its user.

    Raises the errors of the library's files. `exchange` may run in a thread of its own.
    """

    def __init__(self, here: Here, file: MarksFile, home: Home, clock: Clock, disk: Disk) -> None:
        self._here = here
        self._file = file
        self._home = home
        self._clock = clock
        self._disk = disk
        self._exchange = Exchange(file, here.folder, disk)

    def merge(self, path: Path) -> Merged:
        """Merge the marks of another library or of a file, on disk and in memory.

        The citation keys of another library are merged too.
        """
        self._here.check_writable()
        foreign = read_marks(path, self._clock())
        papers = self._file.merge(foreign.marks, foreign.names)
        self._exchange.tie(self._here)
        if is_folder(path):
            from store.papers.given_keys import KEYS, adopt_keys, keys_from

            if is_there(path / KEYS):
                adopt_keys(self._here.folder, keys_from(path / KEYS), self._disk)
        self._take_in(papers)
        return Merged(papers, foreign.problems)

    def merge_marks(self, marks: Mapping[str, Cells]) -> int:
        """Merge marks by paper's key, on disk and in memory; return how many papers changed."""
        self._here.check_writable()
        papers = self._file.merge(marks, {})
        self._exchange.tie(self._here)
        self._take_in(papers)
        return papers

    def redate(self) -> int:
        """Correct marks that are dated too far ahead; return their number."""
        self._here.check_writable()
        count = self._file.redate(self._clock())
        self._here.reload_marks()
        return count

    def machines(self) -> list[Machine]:
        """Return the machines that have a file in the sync folder, by name."""
        return self._folder.machines(self._file.read().machine, self._clock())

    def forget(self, name: str) -> int:
        """Merge a machine's marks, then remove its files; return their number.

        Raises LibraryError if there are none, if they can't be read, and for this machine.
        """
        self._here.check_writable()
        if name == self._file.read().machine:
            raise LibraryError(f"{name} is this machine; it would write its file again")
        files = self._folder.files_of(name)
        for path in files:
            self.merge(path)
        self._folder.remove(files)
        self._keys.forget(name)
        return len(files)

    def exchange(self) -> tuple[str, ...]:
        """Exchange marks with the sync folder, on disk; `load_marks` reads the new ones.

        Returns problems in words. It hangs if the folder does.
        """
        here = self._here
        here.check_here()
        problems = self._exchange.exchange(self._folder, self._clock(), here)
        if here.sync is None or here.newer:
            return problems
        machine = self._file.machine()
        return (*problems, *(self._keys.exchange(machine) if machine else ()))

    def _take_in(self, papers: int) -> None:
        """Update memory from the disk, if the marks of any papers have changed."""
        if papers:
            self._home.record_write(marks=True)
        self._here.reload_marks()

    @cached_property
    def _folder(self) -> SyncFolder:
        return SyncFolder(self._here.sync, self._here.folder, self._disk)

    @cached_property
    def _keys(self) -> "SharedKeys":
        from store.papers.shared_keys import SharedKeys

        return SharedKeys(self._here.sync, self._here.folder, self._disk)
