"""A text is changed in an editor of the user's choice."""

import shlex
import signal
import sys
from pathlib import Path

import pytest

from tui.reader.terminal.editor import EditorError, edit_text


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Editors":
    """Something that makes editors; none is named in the environment before."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    return Editors(tmp_path, monkeypatch)


class Editors:
    """Make editors of a few lines of Python, which find the file to edit in `file`."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._monkeypatch = folder, monkeypatch

    def name(self, lines: str, variable: str = "EDITOR") -> None:
        """Name an editor in the environment."""
        program = self._folder / f"the {variable}.py"
        program.write_text(
            f"import os, pathlib, signal, sys\nfile = pathlib.Path(sys.argv[1])\n{lines}"
        )
        self._monkeypatch.setenv(variable, shlex.join([sys.executable, str(program)]))


def test_what_the_editor_writes_comes_back(editor: Editors) -> None:
    editor.name("file.write_text(file.read_text().upper())")
    assert edit_text("two\nlines") == "TWO\nLINES\n"


def test_visual_comes_before_editor(editor: Editors) -> None:
    editor.name("file.write_text('editor')")
    editor.name("file.write_text('visual')", variable="VISUAL")
    assert edit_text("") == "visual"


def test_file_can_be_read_by_nobody_else(editor: Editors) -> None:
    editor.name(
        "modes = [oct(each.stat().st_mode & 0o777) for each in (file, file.parent)]\n"
        "file.write_text(' '.join(modes))"
    )
    assert edit_text("") == "0o600 0o700"


def test_nothing_is_left_of_the_file(editor: Editors) -> None:
    editor.name("(file.parent / '.note.md.swp').touch(); file.write_text(str(file.parent))")
    assert not Path(edit_text("")).exists()


def test_bytes_that_are_no_text_are_replaced(editor: Editors) -> None:
    editor.name(r"file.write_bytes(b'a\xffb')")
    assert edit_text("") == "a\ufffdb"


def test_editor_that_gives_up_is_reported(editor: Editors) -> None:
    editor.name("file.write_text('half'); sys.exit(3)")
    with pytest.raises(EditorError, match="ended with status 3; the note is unchanged"):
        edit_text("whole")


def test_what_was_saved_before_a_hangup_comes_back(editor: Editors) -> None:
    editor.name("file.write_text('saved'); os.kill(os.getpid(), signal.SIGHUP)")
    assert edit_text("") == "saved"


def test_interrupt_is_for_the_editor_alone(editor: Editors) -> None:
    before = signal.getsignal(signal.SIGINT)
    editor.name(
        "signal.signal(signal.SIGINT, lambda *_: file.write_text('interrupted'))\n"
        "os.kill(os.getppid(), signal.SIGINT); os.kill(os.getpid(), signal.SIGINT)"
    )
    assert edit_text("") == "interrupted"
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("command", ["/no/such/editor --wait", "   ", 'vim "'])
def test_editor_that_does_not_start_is_reported(
    editor: Editors, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("EDITOR", command)
    with pytest.raises(EditorError, match="can't"):
        edit_text("text")


def test_editor_of_the_settings_comes_first(editor: Editors, tmp_path: Path) -> None:
    editor.name("file.write_text('editor')")
    program = tmp_path / "mine.py"
    program.write_text("import sys; open(sys.argv[-1].removeprefix('--file='), 'w').write('mine')")
    assert edit_text("", [sys.executable, str(program)]) == "mine"
    assert edit_text("", [sys.executable, str(program), "--file={file}"]) == "mine"
