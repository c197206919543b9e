"""Let the user change a note in the editor of their choice."""

import os
import shlex
import tempfile
from pathlib import Path

from store.errors import PapersError
from tui.children import run_in_terminal


class EditorError(PapersError):
    """The editor could not be used, or gave nothing back."""


def edit_text(text: str) -> str:
    """Return what the editor makes of a note; it runs in this terminal, which it has to itself.

    The editor is $VISUAL, else $EDITOR, else vi. The note is in a file in a folder that nobody else
    can read, with all that the editor puts beside it; the folder is removed after. Raises
    EditorError where the editor does not start, or tells that it gives up, as `:cq` in vi does.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        with tempfile.TemporaryDirectory(prefix="papers-tui-") as folder:
            file = Path(folder, "note.md")
            file.touch(mode=0o600)
            file.write_text(text + "\n" if text else "", encoding="utf-8")
            status = run_in_terminal([*shlex.split(command), str(file)])
            # Ended by a signal, as where the terminal goes away, it may have saved before.
            if status > 0:
                raise EditorError(f"{command} ended with status {status}; the note is as it was")
            return file.read_bytes().decode("utf-8", errors="replace")
    except ValueError as error:
        raise EditorError(f"can't understand the editor {command!r}: {error}") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise EditorError(f"can't edit with {command}: {reason}; set $VISUAL or $EDITOR") from error
