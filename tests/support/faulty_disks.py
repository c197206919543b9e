"""Disks that fail or kill their process at a chosen system call; also a process that has one.

    python faulty_disks.py

reads lines of FOLDER, WORK, CALL, OCCURRENCE and before or after, with tabs between them. For each
a process does some work on a library and is killed there, as by `kill -9`; its status is printed.

    python faulty_disks.py FOLDER PREFIX

marks papers until it is killed, and prints the id of each paper whose mark was acknowledged.
"""

import errno
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

from patience import DEADLINE

from store.files.disk import Disk
from store.health.restore import restore
from store.library import Library
from store.model import Change, Paper

T = TypeVar("T")
When: TypeAlias = Literal["before", "after"]


class WatchedDisk(Disk):
    """A disk whose system calls all go through `around`."""

    def around(self, name: str, call: Callable[[], T]) -> T:
        """Make a system call."""
        return call()

    def create(self, path: Path, mode: int = 0o666) -> int:
        return self.around("create", lambda: Disk.create(self, path, mode))

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        return self.around("write", lambda: Disk.write(self, descriptor, data))

    def sync(self, descriptor: int) -> None:
        self.around("sync", lambda: Disk.sync(self, descriptor))

    def rename(self, source: Path, target: Path) -> None:
        self.around("rename", lambda: Disk.rename(self, source, target))

    def link(self, source: Path, target: Path) -> None:
        self.around("link", lambda: Disk.link(self, source, target))

    def sync_folder(self, folder: Path) -> None:
        self.around("sync_folder", lambda: Disk.sync_folder(self, folder))


@dataclass
class RecordingDisk(WatchedDisk):
    """A good disk that remembers what was asked of it."""

    calls: list[str] = field(default_factory=list)

    def around(self, name: str, call: Callable[[], T]) -> T:
        self.calls.append(name)
        return call()


@dataclass
class FailingDisk(WatchedDisk):
    """A disk on which one call fails once; the same call works when it is tried again."""

    call: str
    occurrence: int = 1
    error: int | BaseException = errno.EIO
    _seen: int = 0

    def around(self, name: str, call: Callable[[], T]) -> T:
        self._seen += name == self.call
        if name == self.call and self._seen == self.occurrence:
            if isinstance(self.error, BaseException):
                raise self.error
            raise OSError(self.error, os.strerror(self.error))
        return call()


class FailingInSmallPieces(FailingDisk):
    """The same, but it writes no more than a few bytes at a time."""

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        return super().write(descriptor, memoryview(data)[:50])


@dataclass
class CoarseDisk(Disk):
    """A disk with times of few digits; on some, a file keeps its number when it is replaced."""

    tick: int
    """Nanoseconds between two times."""
    one_number: bool

    def rename(self, source: Path, target: Path) -> None:
        if self.one_number and target.exists():
            target.write_bytes(source.read_bytes())
            source.unlink()
        else:
            super().rename(source, target)
        os.utime(target, ns=(self.tick,) * 2)  # all writes of the test are in one tick


class InSmallPieces(Disk):
    """A good disk that writes no more than a few bytes at a time."""

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        return super().write(descriptor, memoryview(data)[:50])


@dataclass
class KillingDisk(WatchedDisk):
    """A disk that kills its process at one call."""

    call: str
    occurrence: int
    when: When
    _seen: Counter[str] = field(default_factory=Counter)

    def around(self, name: str, call: Callable[[], T]) -> T:
        self._seen[name] += 1
        here = name == self.call and self._seen[name] == self.occurrence
        if here and self.when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = call()
        if here:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


OLD, NEW = "arxiv:2508.00001", "arxiv:2508.00002"
"""The paper whose mark was there before, and the one that is marked when the disk fails."""
STAR = Change(starred=True)
PAPERS = (
    Paper(OLD, "Sorting Pebbles", date="2025-08-01"),
    Paper(NEW, "Counting Snails", date="2025-07-01"),
)
"""Papers of two months."""


def mark(folder: Path, disk: Disk) -> None:
    """Star a paper."""
    library = Library(folder, disk=disk)
    library.mark([NEW], STAR)
    library.commit()


def add(folder: Path, disk: Disk) -> None:
    """Add papers to two months."""
    Library(folder, disk=disk).add(PAPERS, "hf")


def restore_marks(folder: Path, disk: Disk) -> None:
    """Put the backup of the marks in their place."""
    restore(folder / "state.json", disk)


WORKS = {work.__name__: work for work in (mark, add, restore_marks)}


@dataclass(frozen=True)
class Kill:
    """A moment at which a process is killed."""

    call: str
    occurrence: int
    when: When

    def __str__(self) -> str:
        return f"{self.when}-{self.call}-{self.occurrence}"


def moments(*calls: str) -> list[Kill]:
    """Return the moments before and after each of these calls, in order."""
    count: Counter[str] = Counter()
    kills = []
    for call in calls:
        count[call] += 1
        kills += [Kill(call, count[call], "before"), Kill(call, count[call], "after")]
    return kills


Die: TypeAlias = Callable[[Path, str, Kill], int]
"""Do some work in a process that is killed meanwhile; return its status."""


@contextmanager
def dying() -> Iterator[Die]:
    """Do works in processes that are killed, each the child of one that has loaded the program."""
    with subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        wishes, statuses = parent.stdin, parent.stdout
        assert wishes
        assert statuses

        def die(folder: Path, work: str, kill: Kill) -> int:
            wish = (folder, work, kill.call, kill.occurrence, kill.when)
            print(*wish, sep="\t", file=wishes, flush=True)
            return int(statuses.readline())

        yield die


def mark_until_killed(folder: Path, first: str, acknowledged: int) -> list[str]:
    """Let a process mark papers, kill it some acknowledged marks later, return all of them."""
    with subprocess.Popen(
        [sys.executable, __file__, str(folder), first], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(acknowledged)]
        process.kill()
        lines += process.stdout.readlines()
    return [line.strip() for line in lines if line.endswith("\n")]


def _mark_without_end(folder: Path, first: str) -> None:
    library = Library(folder)
    number = 0
    while True:
        number += 1
        paper_id = f"{first}-{number}"
        library.mark([paper_id], STAR)
        library.commit()
        print(paper_id, flush=True)


def _die_as_wished(wish: str) -> None:
    folder, work, call, occurrence, when = wish.rstrip("\n").split("\t")
    signal.alarm(int(DEADLINE))
    moment: When = "before" if when == "before" else "after"
    WORKS[work](Path(folder), KillingDisk(call, int(occurrence), moment))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _mark_without_end(Path(sys.argv[1]), sys.argv[2])
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _die_as_wished(line)
            break
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
