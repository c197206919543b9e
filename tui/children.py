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
    """Start a program that neither reads nor writes here and lives on; OSError where it can't."""
    none = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=none, stdout=none, stderr=none, start_new_session=True)


def run_in_terminal(command: Sequence[str]) -> int:
    """Run a program in this terminal, from which the reader has gone; return its exit status.

    ctrl+c is for the program alone. Raises OSError where it does not start.
    """
    # Where our output goes to a file, the screen is on stderr alone.
    screen = None if os.isatty(1) else ITS_STDERR
    # A handler and not SIG_IGN, which the program would inherit.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run(command, stdout=screen, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)
