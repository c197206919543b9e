"""What becomes of the reader where something fails that nobody foresaw.

Textual prints a traceback of many screens. Here it goes to a file; what is said in one line is said
once the terminal is itself again.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from rich.console import Console, RenderableType
from textual.worker import WorkerFailed

from tui.mistakes import write_down, write_text
from tui.reader.toasts import LONG_SECONDS
from tui.reader.typeahead import OrderedKeysApp


class GuardedApp(OrderedKeysApp):
    """An application that writes its mistakes down."""

    mistakes: tuple[str, ...] = ()
    """A line for each error that nobody foresaw."""

    def survive(self, error: BaseException) -> None:
        """Write down an error that does not end the program, and say so. From any thread."""
        line = self._note(write_down(error))
        if self.is_running:
            self.notify(line, title="Mistake", severity="error", timeout=LONG_SECONDS, markup=False)

    @contextmanager
    def watching_threads(self) -> Iterator[None]:
        """Let no thread end without a word."""

        def failed(arguments: threading.ExceptHookArgs) -> None:
            if arguments.exc_value is not None:
                self.survive(arguments.exc_value)

        before, threading.excepthook = threading.excepthook, failed
        try:
            yield
        finally:
            threading.excepthook = before

    def panic(self, *renderables: RenderableType) -> None:
        """End with an error that Textual has as something to be printed, as of its input thread."""
        self._return_code = 1
        if not self.mistakes:
            console = Console(file=StringIO(), width=100)
            with console.capture() as printed:
                console.print(*renderables)
            *_, last = printed.get().strip().splitlines() or ["an error"]
            self._note(write_text(last, printed.get()))
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        """End with an error: of a widget, a timer, a worker."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        self._note(write_down(cause))
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End; the error has been written down."""
        self._close_messages_no_wait()

    def _note(self, line: str) -> str:
        if line not in self.mistakes:
            self.mistakes = (*self.mistakes, line)
        return line
