"""The terminal of a command: JSON on its output, progress in its last line, and Ctrl-C."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType


def print_json(value: object) -> None:
    """Print a value as indented JSON."""
    from store.export.json import json_text  # here because most commands print none

    sys.stdout.buffer.write(json_text(value, indented=True))


def show_progress(text: str) -> None:
    """Show a text in the last line of the terminal, if there is one, in place of the one before."""
    if sys.stderr.isatty():
        width = max(os.get_terminal_size(sys.stderr.fileno()).columns - 1, 1)
        print(f"\r\x1b[K{text[:width]}", end="", file=sys.stderr, flush=True)


@contextmanager
def interrupt_sets(cancel: Event) -> Iterator[None]:
    """Let the first Ctrl-C set an event, so that work ends cleanly; the second quits at once."""

    def interrupted(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        cancel.set()

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
