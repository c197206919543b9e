"""Commands of one's own in the reader: by key, with their output as it comes."""

import os
from dataclasses import replace
from pathlib import Path

import orjson
from conftest import OpenLibrary
from screen_helpers import IN_COLOUR, PEBBLES, SNAILS, reading, until

from tui.settings.commands import read_commands, read_hooks
from tui.settings.config import Config


def settings(**command: object) -> Config:
    """Return settings with a command on X."""
    table = {"key": "X", "name": "mine", **command}
    return replace(IN_COLOUR, commands=read_commands([table]))


async def test_output_is_shown_as_it_comes_and_closing_ends_it(
    filled: OpenLibrary, tmp_path: Path
) -> None:
    line = f"echo $$ > {tmp_path}/pid; echo first; sleep 60"
    config = settings(run=["sh", "-c", line], output="popup")
    async with reading(filled(), config=config) as reader:
        await reader.press("X")
        await reader.shows("first")
        await reader.shows("running…")
        await reader.press("escape")
        pid = int((tmp_path / "pid").read_text())
        await until(lambda: not alive(pid), "the program has ended")
        await reader.shows_not("first")


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_failure_is_below_what_was_printed(filled: OpenLibrary) -> None:
    config = settings(run=["sh", "-c", "echo half; exit 4"], output="popup")
    async with reading(filled(), config=config) as reader:
        await reader.press("X")
        await reader.shows("ended with status 4")
        assert "half" in reader.text


async def test_message_shows_the_output(filled: OpenLibrary) -> None:
    config = settings(run=["echo", "[b]{title}[/b]"], output="message")
    async with reading(filled(), config=config) as reader:
        await reader.press("X")
        await reader.notifies("mine [b]Sorting Pebbles by Lamp Light[/b]")


async def test_tags_of_a_selection_are_one_undo(filled: OpenLibrary) -> None:
    config = settings(run=["echo", "lamp"], output="tags", on="selection")
    async with reading(filled(), config=config) as reader:
        await reader.press("space", "space", "X")
        await reader.notifies("2 papers tagged")
        assert reader.library.marks(SNAILS).tags == ("lamp",)
        await reader.press("u")
        assert reader.library.marks(SNAILS).tags == ()


async def test_back_ends_what_runs_long(filled: OpenLibrary) -> None:
    config = settings(run=["sleep", "60"], output="note")
    async with reading(filled(), config=config) as reader:
        await reader.press("X")
        await reader.shows("mine… esc stops")
        await reader.press("escape")
        await reader.notifies("cancelled")
        await reader.shows_not("mine…")


async def test_program_that_is_not_here_is_reported(filled: OpenLibrary) -> None:
    async with reading(filled(), config=settings(run=["no-such"], output="none")) as reader:
        await reader.press("X")
        await reader.notifies("there is no program no-such here")


async def test_command_is_in_help_and_palette(filled: OpenLibrary) -> None:
    config = settings(run=["true"])
    async with reading(filled(), config=config) as reader:
        await reader.press("question_mark", "slash", *"mine", "enter")
        await reader.shows("Your own commands")
        await reader.press("escape", "escape", "ctrl+p")
        await reader.type("mine")
        await reader.shows("mine (X)")


async def test_command_without_a_key_is_in_the_palette(filled: OpenLibrary) -> None:
    config = settings(run=["echo", "keyless"], key="")
    async with reading(filled(), config=config) as reader:
        await reader.press("ctrl+p")
        await reader.type("mine")
        await reader.shows("mine")
        await reader.press("enter")
        await reader.notifies("keyless")


async def test_star_runs_the_hook_once_it_is_saved(filled: OpenLibrary, tmp_path: Path) -> None:
    said = tmp_path / "said"
    config = replace(
        IN_COLOUR,
        hooks=read_hooks({"on_star": ["sh", "-c", f"cat > {said}.new; mv {said}.new {said}"]}),
    )
    async with reading(filled(), config=config) as reader:
        await reader.press("s")
        await until(said.exists, "the hook has run")
        assert orjson.loads(said.read_text())["id"] == PEBBLES
        assert filled().marks(PEBBLES).starred
