"""Checks that are made apart from each other: one that fails or hangs leaves the others be."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from store.errors import PapersError, TakesTooLongError
from store.files.attempt import Attempt

PATIENCE_SECONDS = 10.0
"""How long a check may take that waits for a disk."""
LESS_PATIENCE_SECONDS = 1.0
"""The same once one has taken too long: most others will hang at the same place."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    check: str
    """What was looked at: files, marks, papers, left-overs, clock, locks, sync, ..."""
    level: Literal["ok", "note", "problem"]
    text: str
    remedy: str = ""
    """The command that repairs it, or in words what to do; empty if nothing has to be done."""
    status: int = 0
    """Exit status of the program where this is a problem."""


class Checks:
    """Makes checks."""

    def __init__(self) -> None:
        self._seconds = PATIENCE_SECONDS

    def make(
        self, name: str, check: Callable[[], Iterable[Finding]], *, waits: bool = True
    ) -> Iterator[Finding]:
        """Yield what a check finds, and what it could not find out.

        `waits` tells that it waits for a disk, and not for the processor alone.
        """
        found: list[Finding] = []

        def look() -> None:
            for each in check():
                found.append(each)  # one by one: what was found before it fails is kept

        attempt = Attempt(look, f"check {name}")
        trouble, status = "", 1
        try:
            attempt.result(self._seconds if waits else None)
        except TakesTooLongError:
            trouble = f"the check is incomplete: no answer in {self._seconds:g} seconds"
            self._seconds = min(self._seconds, LESS_PATIENCE_SECONDS)
        except PapersError as error:
            trouble, status = str(error), error.status
        except OSError as error:
            trouble = f"the check is incomplete: {error.filename}: {error.strerror}"
        except Exception as error:  # noqa: BLE001 - the other checks are made all the same
            trouble = f"the check is incomplete: {type(error).__name__}: {error}"
        yield from list(found)
        if trouble:
            yield Finding(name, "problem", trouble, "check its disk, then run doctor again", status)
