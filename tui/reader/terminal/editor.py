"""Let the user change a note in the editor of their choice."""

import os
import shlex
import tempfile
from collections.abc import Sequence
from pathlib import Path

from store.errors import PapersError
from tui.programs.children import run_in_terminal
from tui.settings.programs import FILE


class EditorError(PapersError):
    """The editor could not be used, or gave nothing back."""


def edit_text(text: str, program: Sequence[str] = ()) -> str:
    """Return what the editor makes of a note; it runs in this terminal, which it has to itself.

    The editor is the `program` of the settings, else $VISUAL, else $EDITOR, else vi. The note is in
    a file in a folder that nobody else can read, with all that the editor puts beside it; the
    folder is removed after. Raises EditorError if the editor does not start, or tells that it
    gives up, as `:cq` in vi does.
    """
    usual = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    command = shlex.join(program) if program else usual
    try:
        with tempfile.TemporaryDirectory(prefix="papers-tui-") as folder:
            file = Path(folder, "note.md")
            file.touch(mode=0o600)
            file.write_text(text + "\n" if text else "", encoding="utf-8")
            words = list(program) or shlex.split(command)
            if not any(FILE in word for word in words):
                words.append(FILE)
            status = run_in_terminal([word.replace(FILE, str(file)) for word in words])
            # Ended by a signal, as where the terminal goes away, it may have saved before.
            if status > 0:
                raise EditorError(f"{command} ended with status {status}; the note is unchanged")
            return file.read_bytes().decode("utf-8", errors="replace")
    except ValueError as error:
        raise EditorError(f"can't parse the editor command {command!r}: {error}") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise EditorError(f"can't edit with {command}: {reason}; set $VISUAL or $EDITOR") from error
