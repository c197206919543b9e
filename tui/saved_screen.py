"""The last screen of the reader, shown at the next start before anything else is loaded.

It is shown only if library, settings, program and day have not changed (tui.screen_file). The real
screen is drawn over it a moment later, so a mistake in it is visible for that long at most.

This module imports nothing that is slow to load.
"""

import os
import sys
import termios
from collections.abc import Callable, Sequence
from functools import partial

from tui.screen_file import find

ALTERNATE_SCREEN = "\x1b[?1049h"

_BEGIN = f"{ALTERNATE_SCREEN}\x1b[?25l\x1b[?7l"
_END = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l"


class Shown:
    """The screen that is shown now, and how to restore the terminal without the reader."""

    def __init__(self) -> None:
        self._drawn = False
        self._undo: list[Callable[[], object]] = []

    def __bool__(self) -> bool:
        return self._drawn

    @property
    def is_quiet(self) -> bool:
        """Whether keys are held back for the reader."""
        return bool(self._undo)

    def begin(self, screen: str) -> None:
        """Write a screen; keys are held back for the reader from now on."""
        self.quiet()
        self._drawn = True
        os.write(2, (_BEGIN + screen).encode())

    def quiet(self, at_end: Callable[[], object] | None = None) -> None:
        """Hold back keys for the reader from now on, and do not echo them.

        `at_end` is called before the terminal is restored.
        """
        if not self._undo:
            self._quiet()
        if at_end:
            self._undo.append(at_end)

    def _quiet(self) -> None:
        import signal  # here because most starts run a command

        before = termios.tcgetattr(0)
        quiet = termios.tcgetattr(0)
        quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        self._undo.append(lambda: termios.tcsetattr(0, termios.TCSANOW, before))
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP):
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, self._terminated)
                self._undo.append(partial(self._restore_signal, number))
        termios.tcsetattr(0, termios.TCSANOW, quiet)
        # It is no text stream, but it has the methods of one.
        setattr(sys, "stderr", _WatchedStderr(sys.stderr, self))  # noqa: B010

    def hand_over(self) -> None:
        """Leave the screen to the reader, and restore everything else."""
        if isinstance(sys.stderr, _WatchedStderr):
            setattr(sys, "stderr", sys.stderr.stream)  # noqa: B010
        self._drawn = False
        while self._undo:
            self._undo.pop()()

    def leave(self) -> None:
        """Remove the screen: there is a message to print, or the reader does not start."""
        if self._drawn:
            os.write(2, _END.encode())
        self.hand_over()

    def _restore_signal(self, number: int) -> None:
        import signal

        if signal.getsignal(number) == self._terminated:  # else the reader's driver handles it
            signal.signal(number, signal.SIG_DFL)

    def _terminated(self, number: int, _: object) -> None:
        self.leave()
        os.kill(os.getpid(), number)


class _WatchedStderr:
    """Standard error while a screen is shown: the first output removes the screen."""

    def __init__(self, stream: object, shown: Shown) -> None:
        self.stream = stream
        self._shown = shown

    def __getattr__(self, name: str) -> object:
        if name in ("write", "writelines", "buffer"):
            self._shown.leave()
        return getattr(self.stream, name)


SHOWN = Shown()
"""The one of this process."""


def show(arguments: Sequence[str]) -> None:
    """Show the screen saved for these arguments, if there is one."""
    if arguments and not arguments[0].startswith("-"):
        return  # a command
    try:
        seen = all(map(os.isatty, (0, 1, 2))) and os.tcgetpgrp(0) == os.getpgrp()
        if seen and (screen := find(arguments)):
            rows = enumerate(screen.split("\n"), 1)
            SHOWN.begin("".join(f"\x1b[{row};1H{line}" for row, line in rows))
    except (OSError, termios.error):
        pass  # the reader starts without it
