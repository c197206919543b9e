"""Start programs: either apart from this terminal, or with the terminal to themselves.

A program that shared the terminal with the reader would write over its screen and take its keys.
"""

import os
import signal
import subprocess
from collections.abc import Sequence

ITS_STDERR = 2


def start_apart(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a program that does not use the terminal and outlives us; OSError if that fails."""
    none = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=none, stdout=none, stderr=none, start_new_session=True)


def run_in_terminal(command: Sequence[str], data: bytes = b"", timeout: float | None = None) -> int:
    """Run a program in this terminal, which the reader has left; return its exit status.

    Only the program gets ctrl+c. It reads `data` if there is some, else the terminal. Raises
    OSError if it does not start, TimeoutError if it took too long and was ended.
    """
    # If our output goes to a file, only stderr is the screen.
    screen = None if os.isatty(1) else ITS_STDERR
    # A handler and not SIG_IGN, which the program would inherit.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        # None, not b"": with that it would read nothing instead of the terminal.
        given = data or None
        done = subprocess.run(command, input=given, stdout=screen, check=False, timeout=timeout)
        return done.returncode
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"it took over {timeout:g} s") from error
    finally:
        signal.signal(signal.SIGINT, before)
