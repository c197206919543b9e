"""The errors the program turns into words, each with its exit status."""

from datetime import datetime
from errno import EDQUOT, EFBIG, EISDIR, ELOOP, ENAMETOOLONG, ENOSPC, ENOTDIR, EROFS
from pathlib import Path

LASTING = frozenset((EDQUOT, EFBIG, EISDIR, ELOOP, ENAMETOOLONG, ENOSPC, ENOTDIR, EROFS))
"""System errors that the user has to fix; others may pass, such as a network that is down."""


class PapersError(Exception):
    """Something went wrong that the user can act on; the text says what, where and what to do."""

    status = 1
    """Exit status of the command line."""


class NotAFeedError(PapersError):
    """The input of an importer is not a feed it knows."""

    status = 5


class NoPaperError(NotAFeedError):
    """The input is in a known format, but none of its entries is a paper."""

    def __init__(self, problem: str) -> None:
        reason = problem.removesuffix(": skipped")
        super().__init__(f"no paper in it can be read: {reason}")


class FeedNameError(PapersError):
    """The name is not a feed that can be fetched."""

    status = 2


class FetchError(PapersError):
    """A feed could not be fetched."""


class PageMissingError(FetchError):
    """The server has no such page."""


class FetchCancelledError(PapersError):
    """The user stopped fetching; papers fetched before stay."""

    status = 130


class QueryError(PapersError):
    """A query can't be understood."""

    status = 2

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position
        """Offset of the error in the query, in characters."""


class LibraryError(PapersError):
    """The library's folder or files can't be used (missing rights, full disk, a lock held)."""

    @property
    def may_pass(self) -> bool:
        """Whether it may work later, so that trying again makes sense."""
        return isinstance(self.__cause__, OSError) and self.__cause__.errno not in LASTING


class LibraryBusyError(LibraryError):
    """Another program holds the library's lock and does not release it."""

    may_pass = True

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path} is locked by {holder}, which does not release it")


class LibraryGoneError(LibraryError):
    """The open library is no longer in its folder, for example because a drive was unplugged."""

    may_pass = True

    def __init__(self, folder: Path) -> None:
        super().__init__(f"the library is gone from {folder}; is its drive there?")


class TakesTooLongError(LibraryError):
    """Something did not finish in time."""

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
        """The problem, in words."""


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
    """Return when a file was last changed; the earliest time if no calendar has it.

    Broken file systems leave such times; they must not prevent reading or writing.
    """
    try:
        return datetime.fromtimestamp(path.stat().st_mtime)
    except (OverflowError, ValueError):
        return datetime.min


def backup_path(path: Path) -> Path:
    """Return where the copy of a file from before its day's first change is."""
    return path.with_name(path.name + ".bak")
