"""Run checks separately: one that fails or hangs does not affect the others."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from store.errors import PapersError, TakesTooLongError
from store.files.attempt import Attempt

PATIENCE_SECONDS = 10.0
"""Longest time of a check that waits for a disk."""
LESS_PATIENCE_SECONDS = 1.0
"""The same after a check took too long: most others would hang at the same place."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A result of a check."""

    check: str
    """Its subject: files, marks, papers, left-overs, clock, locks, sync."""
    level: Literal["ok", "note", "problem"]
    text: str
    remedy: str = ""
    """The command that repairs it, or what to do in words; empty if nothing."""
    status: int = 0
    """The exit status of the program for a problem."""


class Checks:
    """Runs checks."""

    def __init__(self) -> None:
        self._seconds = PATIENCE_SECONDS

    def make(
        self, name: str, check: Callable[[], Iterable[Finding]], *, waits: bool = True
    ) -> Iterator[Finding]:
        """Yield the findings of a check, and one more if it could not be completed.

        `waits` is whether it waits for a disk, not only for the processor.
        """
        found: list[Finding] = []

        def look() -> None:
            for each in check():
                found.append(each)  # one by one: findings before a failure stay

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
        except Exception as error:  # noqa: BLE001 - the other checks run all the same
            trouble = f"the check is incomplete: {type(error).__name__}: {error}"
        yield from list(found)
        if trouble:
            yield Finding(name, "problem", trouble, "check its disk, then run doctor again", status)
