"""Unexpected errors: the traceback goes to a file, and the user sees one line.

The file is in the platform's folder for the state of programs. Only its user can read it, because
it may name files. Its size is limited.
"""

import os
import sys
from pathlib import Path

from store.text.clean import clean_line, clean_text

FILE = "mistakes.log"
MOST_BYTES = 200_000
"""The size at which the file starts over."""
MOST_CHARACTERS = 50_000
"""How much of a traceback is written: its end, which says most."""


def write_down(error: BaseException) -> str:
    """Append an error with its traceback to the file; return a line for the user.

    Raises nothing: if writing fails, the line says so.
    """
    try:
        from traceback import format_exception  # here because it is seldom needed

        text = "".join(format_exception(error))
    except Exception as another:  # noqa: BLE001 - a traceback that fails must not hide the error
        text = f"{type(error).__name__}, and no traceback: {type(another).__name__}"
    return write_text(_named(error), text)


def write_text(name: str, text: str) -> str:
    """Append a traceback to the file; return a line for the user that names the error."""
    try:
        path = _append(text)
    except Exception as error:  # noqa: BLE001 - as above
        where = f"its traceback could not be written ({clean_line(str(error), 200)})"
    else:
        where = f"its traceback is in {path}"
    return clean_line(f"a bug in papers-tui, {name}; {where}", 4_000)


def _named(error: BaseException) -> str:
    try:
        message = clean_line(str(error), 200)
    except Exception:  # noqa: BLE001 - its own text fails
        message = ""
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _append(text: str) -> Path:
    from datetime import datetime  # here as above, as are the next two
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
