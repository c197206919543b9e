"""An assistant asks the library, by the protocol's own client."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from cli_helpers import COMMAND, Run
from conftest import OpenLibrary
from patience import DEADLINE
from screen_helpers import PEBBLES, SNAILS, until

from tui.agents.shelf import Shelf
from tui.cli.commands import make_parser
from tui.settings.config import Config

if TYPE_CHECKING:
    from mcp import Client, ClientSession

    Asking: TypeAlias = Client | ClientSession

pytestmark = pytest.mark.slow
with_the_extra = pytest.mark.skipif(not find_spec("mcp"), reason="the extra mcp is not here")


NO_QUESTIONS = r'no json\n{}\n[1]\n{"jsonrpc":"2.0"}\n'
SHELL = f"{{ printf '{NO_QUESTIONS}'; cat; }} | papers-tui mcp --write 2>said; echo $? >status"


@asynccontextmanager
async def assistant(folder: Path) -> AsyncIterator["ClientSession"]:
    """Connect a client to the installed command, which first gets lines that are no questions.

    Its errors are in the file `said`, its exit status is in the file `status`.
    """
    from mcp import ClientSession, StdioServerParameters, stdio_client  # takes a second

    environment = os.environ | {"PATH": f"{COMMAND.parent}:{os.environ['PATH']}"}
    server = StdioServerParameters(
        command="sh", args=["-c", SHELL], env=dict(environment), cwd=folder
    )
    async with stdio_client(server) as streams, ClientSession(*streams) as session:
        await session.initialize()
        yield session


async def answer(session: "Asking", tool: str, **arguments: Any) -> tuple[bool, str]:
    """Return whether a question was wrong, and the answer."""
    result = await session.call_tool(tool, arguments)
    (content,) = result.content
    assert content.type == "text"
    return bool(result.is_error), content.text


@with_the_extra
async def test_only_tools_that_read_are_there(filled: OpenLibrary) -> None:
    from mcp import Client  # takes a second

    from tui.agents.server import make_server

    assert make_parser().parse_args(["mcp"]).write is False
    server = make_server(Shelf(filled(), {"inbox": "is:unread"}, Config()), write=False)
    async with Client(server) as session:
        tools = (await session.list_tools()).tools
        assert [each.name for each in tools] == ["search", "show", "text", "views", "tags"]
        assert all(each.annotations and each.annotations.read_only_hint for each in tools)
        assert "at most 50" in (tools[0].description or "")
        assert (await answer(session, "mark", query="snails", star=True))[0]
        assert '"query": "is:unread"' in (await answer(session, "views"))[1]
        assert (await answer(session, "tags"))[1] == "[]\n"
        # Several questions at once.
        asked = [answer(session, "search", query=word) for word in ("snails", "crows", "map")]
        asked += [answer(session, tool, id=PEBBLES) for tool in ("show", "text")]
        *found, (_, shown), (wrong, words) = await asyncio.gather(*asked)
        assert [text[:14] for _, text in found] == ["1 paper found,"] * 3
        assert '"title": "Sorting Pebbles by Lamp Light"' in shown
        assert (wrong, "no text is stored for" in words) == (True, True)
    assert not filled().marks(SNAILS).starred


@with_the_extra
async def test_tools_that_write_are_there_where_that_is_wanted(
    filled: OpenLibrary, run: Run, tmp_path: Path
) -> None:
    async with assistant(tmp_path) as session:
        _, text = await answer(session, "mark", query="snails", star=True, add_tags=["lamp"])
        assert text == "changed 1 paper; papers-tui undo undoes it"
        assert filled().marks(SNAILS).tags == ("lamp",)
        assert "marked by an assistant" in run("undo").out
        assert '"tags": []' in (await answer(session, "show", id=SNAILS))[1]
        await answer(session, "note", id=PEBBLES, text="its own")
        assert filled().marks(PEBBLES).note == "its own"
        for tool, arguments, words in (
            ("search", {"limit": "many"}, "limit"),
            ("mark", {"query": "", "star": True}, "this would mark every paper"),
        ):
            wrong, text = await answer(session, tool, **arguments)
            assert wrong
            assert words in text
            assert "Traceback" not in text
    await until((tmp_path / "status").exists, "the end of the command")
    await until((tmp_path / "status").read_text, "its exit status")
    assert (tmp_path / "status").read_text() == "0\n"
    assert "Traceback" not in (tmp_path / "said").read_text()


def test_extra_that_is_missing_is_one_line(filled: OpenLibrary) -> None:
    code = (
        "import sys; sys.modules['mcp'] = None\n"
        "from tui.cli.main import main; sys.exit(main(['mcp']))"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, capture_output=True, text=True, timeout=DEADLINE)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "papers-tui: mcp needs its extra: pip install 'papers-tui[mcp]'\n"
