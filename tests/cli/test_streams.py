"""Output that is closed, or in an encoding that lacks signs; and colours."""

import os
import subprocess

import orjson
import pytest
from cli_helpers import COMMAND, Run
from conftest import OpenLibrary
from patience import DEADLINE
from screen_helpers import small_feed

from store.export.json import json_array_pieces, paper_json
from store.model import Marks

pytestmark = pytest.mark.slow


def in_shell(text: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run commands in a shell, in which papers-tui is the installed one."""
    path = f"{COMMAND.parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", text],
        env=os.environ | {"PATH": path} | environment,
        capture_output=True, text=True, timeout=DEADLINE,
    )  # fmt: skip


CLOSED = {
    ">&-": ["list", "list --json", "show 2508.00001", "config", "--help"],
    "<&-": ["list"],
    "2>&-": ["list"],
    "<&- >&- 2>&-": ["list", "--version"],
    "| true": ["list", "list --json", "--help", "completion zsh"],
}
"""How streams are closed, and commands that write in different ways."""


@pytest.mark.parametrize(("closed", "commands"), CLOSED.items(), ids=CLOSED)
def test_closed_stream_is_fine(filled: OpenLibrary, closed: str, commands: list[str]) -> None:
    tried = (f"papers-tui {each} {closed} || echo failed: {each}" for each in commands)
    done = in_shell("\n".join(tried))
    assert (done.stdout.count("failed"), done.stderr.count("Traceback")) == (0, 0), done


def test_mark_with_all_streams_closed_is_made(run: Run, filled: OpenLibrary) -> None:
    in_shell("papers-tui mark title:snails --star <&- >&- 2>&-")
    assert run("list", "is:starred").out.count("\n") == 1


def test_files_of_the_library_are_not_written_to_as_output(filled: OpenLibrary) -> None:
    in_shell("papers-tui mark title:snails --star >&-; papers-tui doctor >&-")
    assert in_shell("papers-tui doctor --json | jq length", TERM="xterm").returncode == 0


def test_reader_with_closed_input_says_what_to_do(filled: OpenLibrary) -> None:
    done = in_shell("papers-tui <&-")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_sign_that_the_encoding_lacks_becomes_another(filled: OpenLibrary) -> None:
    done = in_shell("papers-tui list title:snails", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2025-08-01 ?  Counting Snails in the Rain\n"


def test_first_paper_of_a_long_array_comes_first(filled: OpenLibrary) -> None:
    done = in_shell("papers-tui list --json | head -2")
    assert done.stdout == "[\n  {\n"
    assert done.stderr == ""


@pytest.mark.parametrize("count", [0, 1, 3])
def test_pieces_of_an_array_are_the_array_as_orjson_writes_it(count: int) -> None:
    entries = [(each, Marks(note="a\nb")) for each in small_feed()[:count]]
    whole = orjson.dumps(
        [paper_json(*entry) for entry in entries],
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )
    assert b"".join(json_array_pieces(entries)) == whole


@pytest.mark.parametrize("place", ["--no-color list", "list --no-color"])
def test_no_color_is_reported_to_all_that_draw(
    run: Run, filled: OpenLibrary, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    assert run(*place.split()).status == 0
    assert os.environ["NO_COLOR"] == "1"
