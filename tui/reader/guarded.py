"""Errors that nobody foresaw: they go to a file, and the user reads one line.

Textual would print a traceback of many screens. The line is printed once the reader has ended.
"""

import errno
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from rich.console import Console, RenderableType
from textual.app import App
from textual.worker import WorkerFailed

from tui.mistakes import write_down, write_text
from tui.reader.messages import LONG_SECONDS


class Guard:
    """Records the unforeseen errors of an application."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self.mistakes: list[str] = []
        """A line for each error that nobody foresaw."""

    def survive(self, error: BaseException) -> None:
        """Record an error that does not end the program, and say so. From any thread."""
        line = self._note(write_down(error))
        if self._app.is_running:
            self._app.notify(
                line, title="Mistake", severity="error", timeout=LONG_SECONDS, markup=False
            )

    @contextmanager
    def watching_threads(self) -> Iterator[None]:
        """Record the errors that end threads."""

        def failed(arguments: threading.ExceptHookArgs) -> None:
            if arguments.exc_value is not None and not _is_closed_terminal(arguments):
                self.survive(arguments.exc_value)

        before, threading.excepthook = threading.excepthook, failed
        try:
            yield
        finally:
            threading.excepthook = before

    def note_error(self, error: BaseException) -> None:
        """Record an error that ends the program: of a widget, a timer, a worker."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        self._note(write_down(cause))

    def note_printed(self, *renderables: RenderableType) -> None:
        """Record an error that Textual would print, such as one of its input thread."""
        if not self.mistakes:
            console = Console(file=StringIO(), width=100)
            with console.capture() as printed:
                console.print(*renderables)
            *_, last = printed.get().strip().splitlines() or ["an error"]
            self._note(write_text(last, printed.get()))

    def _note(self, line: str) -> str:
        if line not in self.mistakes:
            self.mistakes.append(line)
        return line


def _is_closed_terminal(arguments: threading.ExceptHookArgs) -> bool:
    """Return whether Textual's thread for output met a terminal that was closed.

    The signal that says so may come later.
    """
    thread, error = arguments.thread, arguments.exc_value
    is_output = thread is not None and thread.name == "textual-output"
    return is_output and isinstance(error, OSError) and error.errno == errno.EIO
