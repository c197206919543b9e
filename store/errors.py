"""The errors the program turns into words, each with its exit status."""

from datetime import datetime
from errno import EDQUOT, EFBIG, EISDIR, ELOOP, ENAMETOOLONG, ENOSPC, ENOTDIR, EROFS
from pathlib import Path

LASTING = frozenset((EDQUOT, EFBIG, EISDIR, ELOOP, ENAMETOOLONG, ENOSPC, ENOTDIR, EROFS))
"""Reasons of the system that somebody has to see to; others pass, as a network that is down."""


class PapersError(Exception):
    """Something went wrong that the user can act on; the text says what, where and what to do."""

    status = 1
    """Exit status of the command line."""


class NotAFeedError(PapersError):
    """What was given to an importer is not a feed it knows."""

    status = 5


class FeedNameError(PapersError):
    """What was named is nothing that can be fetched."""

    status = 2


class FetchError(PapersError):
    """A feed could not be fetched."""


class PageMissingError(FetchError):
    """The server has no such page."""


class FetchCancelledError(PapersError):
    """The user ended the fetching; papers fetched before stay."""

    status = 130


class QueryError(PapersError):
    """A query can't be understood."""

    status = 2

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position
        """Offset in the query, in characters, where the trouble starts."""


class LibraryError(PapersError):
    """The library's folder or files can't be used (missing rights, full disk, a lock held)."""

    @property
    def may_pass(self) -> bool:
        """Whether the same may go well later, so that it is worth trying on."""
        return isinstance(self.__cause__, OSError) and self.__cause__.errno not in LASTING


class LibraryBusyError(LibraryError):
    """Another program holds the library's lock and does not let go."""

    may_pass = True

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path} is locked by {holder}, which does not release it")


class LibraryGoneError(LibraryError):
    """The library that was opened is not in its folder now, as where a drive was taken away."""

    may_pass = True

    def __init__(self, folder: Path) -> None:
        super().__init__(f"the library is gone from {folder}; is its drive there?")


class TakesTooLongError(LibraryError):
    """Something has not ended in the time there is for it."""

    may_pass = True

    def __init__(self) -> None:
        super().__init__("it takes too long")


class LibraryDamagedError(LibraryError):
    """A file of the library can't be understood; nothing is written to it."""

    status = 3

    def __init__(self, path: Path, reason: str, kept: Path | None = None) -> None:
        super().__init__(_damage(path, reason, kept))
        self.path = path
        """The file that can't be read."""
        self.reason = reason
        """What is wrong with it, in words."""


class LibraryTooNewError(LibraryError):
    """The library was written by a later version of the program."""

    status = 4


def _damage(path: Path, reason: str, kept: Path | None) -> str:
    text = f"{path} is damaged: {reason}."
    text += f" It was not changed; a copy is in {kept.name}." if kept else ""
    backup = backup_path(path)
    try:
        day = changed_at(backup).date()
    except OSError:  # there is none, or it can't be used now
        return f"{text} There is no earlier copy of it"
    return f"{text} {backup.name} is from {day}: papers-tui doctor --restore puts it back"


def changed_at(path: Path) -> datetime:
    """Return when a file was last changed; the first time there is if no calendar has it.

    Such times are left by broken file systems; they are no reason not to read or write.
    """
    try:
        return datetime.fromtimestamp(path.stat().st_mtime)
    except (OverflowError, ValueError):
        return datetime.min


def backup_path(path: Path) -> Path:
    """Return where the copy of a file from before its day's first change is."""
    return path.with_name(path.name + ".bak")
