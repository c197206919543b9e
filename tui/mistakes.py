"""Errors that nobody foresaw: their traceback goes to a file, and one line to whoever waits.

The file is in the platform's folder for the state of programs, for its user's eyes alone: it may
name files. It never grows beyond a bound.
"""

import os
import sys
from pathlib import Path

from store.text.clean import clean_line, clean_text

FILE = "mistakes.log"
MOST_BYTES = 200_000
"""Size from which the file starts over."""
MOST_CHARACTERS = 50_000
"""Of one traceback: its end, which tells most."""


def write_down(error: BaseException) -> str:
    """Append an error with its traceback to the file; return the line that says so.

    Raises nothing: the line says as well if that fails.
    """
    try:
        from traceback import format_exception  # here because there should never be one

        text = "".join(format_exception(error))
    except Exception as another:  # noqa: BLE001 - a text that can't be made must not hide the error
        text = f"{type(error).__name__}, and no traceback: {type(another).__name__}"
    return write_text(_named(error), text)


def write_text(name: str, text: str) -> str:
    """Append the text of a traceback, and what it is of; return the line that says so."""
    try:
        path = _append(text)
    except Exception as error:  # noqa: BLE001 - as above
        where = f"its traceback could not be written ({clean_line(str(error), 200)})"
    else:
        where = f"its traceback is in {path}"
    return clean_line(f"a bug in papers-tui, {name}; {where}", 4_000)


def _named(error: BaseException) -> str:
    try:
        said = clean_line(str(error), 200)
    except Exception:  # noqa: BLE001 - its own text fails
        said = ""
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _append(text: str) -> Path:
    from datetime import datetime  # here as above, like the next
    from importlib.metadata import version

    from store.files.folders import state_file

    path = state_file(FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    about = f"{datetime.now():%Y-%m-%d %H:%M:%S} papers-tui {version('papers-tui')}"
    entry = clean_text(text[-MOST_CHARACTERS:], MOST_CHARACTERS)
    data = f"{about}, Python {sys.version.split()[0]}\n{entry}\n".encode(errors="replace")
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o600)
    try:
        if os.fstat(descriptor).st_size + len(data) > MOST_BYTES:
            os.ftruncate(descriptor, 0)
        os.write(descriptor, data)
    finally:
        os.close(descriptor)
    return path
