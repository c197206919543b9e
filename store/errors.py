"""The errors the program turns into words, each with its exit status."""

from pathlib import Path


class PapersError(Exception):
    """Something went wrong that the user can act on; the text says what, where and what to do."""

    status = 1
    """Exit status of the command line."""


class NotAFeedError(PapersError):
    """What was given to an importer is not a feed it knows."""

    status = 5


class QueryError(PapersError):
    """A query can't be understood."""

    status = 2

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position
        """Offset in the query, in characters, where the trouble starts."""


class LibraryError(PapersError):
    """The library's folder or files can't be used (missing rights, full disk, a lock held)."""


class LibraryDamagedError(LibraryError):
    """A file of the library can't be understood; it has been left as it is."""

    status = 3

    def __init__(self, path: Path, reason: str) -> None:
        backup = path.with_name(path.name + ".bak")
        advice = f"; an earlier copy is {backup}" if backup.exists() else ""
        super().__init__(f"{path} is damaged ({reason}) and was left untouched{advice}")
        self.path = path
        """The file that can't be read."""


class LibraryTooNewError(LibraryError):
    """The library was written by a later version of the program."""

    status = 4
