"""The reader's screen as it was at its last end, shown before anything else is loaded.

It is shown where library, settings, program and day are as they were (tui.screen_file). The real
screen is drawn over it a moment later, so that what is wrong here is seen for that long at most.

Nothing is imported here that takes longer than a moment to load.
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
    """The screen that is shown now, and what has to be undone if the reader does not follow."""

    def __init__(self) -> None:
        self._drawn = False
        self._undo: list[Callable[[], object]] = []

    def __bool__(self) -> bool:
        return self._drawn

    @property
    def is_quiet(self) -> bool:
        """Whether what is typed waits for the reader."""
        return bool(self._undo)

    def begin(self, screen: str) -> None:
        """Write a screen; what is typed from now on waits for the reader."""
        self.quiet()
        self._drawn = True
        os.write(2, (_BEGIN + screen).encode())

    def quiet(self, at_end: Callable[[], object] | None = None) -> None:
        """Let what is typed from now on wait for the reader, and not be echoed.

        `at_end` is called before the terminal is as it was.
        """
        if not self._undo:
            self._quiet()
        if at_end:
            self._undo.append(at_end)

    def _quiet(self) -> None:
        import signal  # here because most starts are of commands

        before = termios.tcgetattr(0)
        quiet = termios.tcgetattr(0)
        quiet[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        self._undo.append(lambda: termios.tcsetattr(0, termios.TCSANOW, before))
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP):
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, self._ends)
                self._undo.append(partial(self._give_back, number))
        termios.tcsetattr(0, termios.TCSANOW, quiet)
        # It is not a text stream, but has all that one has.
        setattr(sys, "stderr", _Talk(sys.stderr, self))  # noqa: B010

    def hand_over(self) -> None:
        """Leave the screen to the reader, and all else as it was found."""
        if isinstance(sys.stderr, _Talk):
            setattr(sys, "stderr", sys.stderr.stream)  # noqa: B010
        self._drawn = False
        while self._undo:
            self._undo.pop()()

    def leave(self) -> None:
        """Take the screen away again: there is something to say, or the reader does not come."""
        if self._drawn:
            os.write(2, _END.encode())
        self.hand_over()

    def _give_back(self, number: int) -> None:
        import signal

        if signal.getsignal(number) == self._ends:  # else the reader's driver has taken it
            signal.signal(number, signal.SIG_DFL)

    def _ends(self, number: int, _: object) -> None:
        self.leave()
        os.kill(os.getpid(), number)


class _Talk:
    """Standard error while a screen is shown: the first word takes that away."""

    def __init__(self, stream: object, shown: Shown) -> None:
        self.stream = stream
        self._shown = shown

    def __getattr__(self, name: str) -> object:
        if name in ("write", "writelines", "buffer"):
            self._shown.leave()
        return getattr(self.stream, name)


SHOWN = Shown()
"""That of this process."""


def show(arguments: Sequence[str]) -> None:
    """Show what is kept for a start of the reader with these arguments, if there is anything."""
    if arguments and not arguments[0].startswith("-"):
        return  # a command
    try:
        seen = all(map(os.isatty, (0, 1, 2))) and os.tcgetpgrp(0) == os.getpgrp()
        if seen and (screen := find(arguments)):
            rows = enumerate(screen.split("\n"), 1)
            SHOWN.begin("".join(f"\x1b[{row};1H{line}" for row, line in rows))
    except (OSError, termios.error):
        pass  # the reader comes without
