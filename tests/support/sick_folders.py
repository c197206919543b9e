"""Folders that answer with an error, or not at all, as a network mount does that is not well.

The system calls of this process fail there, and no others: nothing has to be mounted.
"""

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any, TypeAlias

import pytest

CALLS = ("stat", "lstat", "scandir", "listdir", "open", "mkdir", "replace", "link", "unlink")
"""Those of the module os that take a path first."""


class SickFolder:
    """A folder that is well until it is told otherwise."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._folder = str(folder)
        self._error = 0
        self._answers = Event()
        self._answers.set()
        self.hanging = Event()
        """Something waits for an answer."""
        for module, name in [*((os, call) for call in CALLS), (io, "open"), (builtins, "open")]:
            patch.setattr(module, name, self._around(getattr(module, name)))

    def fail(self, error: int) -> None:
        """Answer with an error from now on."""
        self._error = error

    def hang(self) -> None:
        """Answer no more, until it is well again."""
        self._answers.clear()

    def heal(self) -> None:
        """Be well."""
        self._error = 0
        self._answers.set()

    def _around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def answer(path: Any, *arguments: Any, **options: Any) -> Any:
            if isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self._folder):
                if not self._answers.is_set():
                    self.hanging.set()
                    self._answers.wait()
                if self._error:
                    raise OSError(self._error, os.strerror(self._error), str(path))
            return call(path, *arguments, **options)

        return answer


@contextmanager
def failing_call(folder: Path, number: int, error: int) -> Iterator[list[str]]:
    """Let one call on a folder fail, the first being number 0; yield the names of all made."""
    made: list[str] = []

    def around(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def answer(path: Any, *arguments: Any, **options: Any) -> Any:
            if isinstance(path, str | os.PathLike) and os.fspath(path).startswith(str(folder)):
                made.append(name)
                if len(made) == number + 1:
                    raise OSError(error, os.strerror(error), str(path))
            return call(path, *arguments, **options)

        return answer

    with pytest.MonkeyPatch.context() as patch:
        for module, name in [*((os, call) for call in CALLS), (io, "open"), (builtins, "open")]:
            patch.setattr(module, name, around(name, getattr(module, name)))
        yield made


MayBeSick: TypeAlias = Callable[[Path], SickFolder]
"""Makes a folder one that can be told to fail or to hang."""
