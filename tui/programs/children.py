"""Programs that are started from here: either apart from this terminal, or with it to themselves.

There is nothing in between: what shares a terminal with the reader writes over its screen and
takes keys from it.
"""

import os
import signal
import subprocess
from collections.abc import Sequence

ITS_STDERR = 2


def start_apart(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a program that neither reads nor writes here and lives on; OSError if it can't."""
    none = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=none, stdout=none, stderr=none, start_new_session=True)


def run_in_terminal(command: Sequence[str], data: bytes = b"", timeout: float | None = None) -> int:
    """Run a program in this terminal, from which the reader has gone; return its exit status.

    ctrl+c is for the program alone. It reads `data` where there is some, else the terminal. Raises
    OSError if it does not start, TimeoutError if it was ended because it took too long.
    """
    # Where our output goes to a file, the screen is on stderr alone.
    screen = None if os.isatty(1) else ITS_STDERR
    # A handler and not SIG_IGN, which the program would inherit.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        # None and not nothing: it would read nothing in place of the terminal.
        given = data or None
        done = subprocess.run(command, input=given, stdout=screen, check=False, timeout=timeout)
        return done.returncode
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"it took over {timeout:g} s") from error
    finally:
        signal.signal(signal.SIGINT, before)
