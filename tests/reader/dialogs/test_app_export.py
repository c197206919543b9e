"""Exporting from the reader: what, as what, where to, and what can go wrong."""

import json
import re
from pathlib import Path

import pytest
from conftest import OpenLibrary
from screen_helpers import IDS, PEBBLES, PUDDLES, Reader, reading, until
from textual.widgets import Input, Static

from store.export.formats import EXPORTS
from store.library import Library


@pytest.fixture
def library(filled: OpenLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library with the small feed; the current folder is an empty one."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return filled()


async def written(reader: Reader, name: str) -> str:
    """Return what is in a file, once it has been written."""
    await reader.notifies("Exported")
    return Path(name).read_text(encoding="utf-8")


async def says(reader: Reader, said: str) -> None:
    """Wait until the prompt says that, wrapped where the length of a folder's name decides."""
    await until(lambda: said in " ".join(re.sub("[│┃]", " ", reader.text).split()), said)


async def test_all_that_is_shown_is_exported(library: Library) -> None:
    async with reading(library, query="date:2025-08-01") as reader:
        await reader.press("e", "enter")
        text = await written(reader, "papers.bib")
    assert (text.count("@"), "Counting Snails" in text) == (3, True)


async def test_selection_is_exported_alone(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("space", "j", "space", "e")
        await reader.shows("Export 2 papers")
        await reader.press(*["tab"] * 5, "enter")
        text = await written(reader, "papers.json")
    assert [each["id"] for each in json.loads(text)] == [PEBBLES, PUDDLES]


async def test_ending_of_the_name_tells_the_format(library: Library) -> None:
    async with reading(library, query="snails") as reader:
        await reader.press("e", "ctrl+u", *"snails", "end", *["backspace"] * 3)
        await reader.type("ris")
        await reader.shows("[ris]")
        await reader.press("enter")
        assert (await written(reader, "snails.ris")).startswith("TY  - ")


async def test_tab_goes_through_all_formats(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("e", *["tab"] * len(EXPORTS))
        await reader.shows("papers.bib")
        await reader.press("shift+tab")
        await reader.shows("papers.atom")


async def test_file_that_is_there_is_replaced_when_asked_twice(library: Library) -> None:
    Path("papers.bib").write_text("mine")
    async with reading(library) as reader:
        await reader.press("e", "enter")
        await reader.shows("Enter again")
        await reader.press("escape")
        await until(lambda: reader.app.screen is reader.screen, "the prompt closed")
        await reader.press("e", "enter")
        await reader.shows("Enter again")
        assert Path("papers.bib").read_text() == "mine"
        await reader.press("enter")
        assert "Lamp" in await written(reader, "papers.bib")


async def test_files_are_named_from_home_on(library: Library) -> None:
    Path.home().mkdir()
    async with reading(library, query="snails") as reader:
        await reader.press("e", *"~/a", "enter")
        await reader.notifies("Exported 1 paper to ~/a.bib")
        await reader.press("e", *"~/a", "enter")
        await reader.shows("~/a.bib is there; Enter again replaces it")


async def test_name_that_can_not_be_is_refused(library: Library) -> None:
    Path("folder.bib").mkdir()
    async with reading(library, (120, 24)) as reader:
        await reader.press("e")
        for name, said in (
            ("../library/state.bib", "own folder"), ("papers.txt", "sets the format: .bib"),
            ("folder.bib", "it is a folder"), ("nowhere/papers.bib", "there is no folder"),
            ("", "sets the format: .bib"),
        ):  # fmt: skip
            await reader.press("end", "ctrl+u", *name, "enter")
            await says(reader, said)
            assert reader.app.screen is not reader.screen


async def test_name_that_is_too_long_is_refused(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("e", "ctrl+u")
        reader.app.screen.query_one(Input).value = "n" * 300 + ".bib"
        await reader.pilot.pause()
        await reader.press("enter")
        said = reader.app.screen.query_one("#said", Static)
        await until(lambda: "File name too long" in str(said.content), "why it is refused")


async def test_nothing_shown_is_nothing_exported(library: Library) -> None:
    async with reading(library, query="xyzzyxyzzy") as reader:
        await reader.press("e")
        await reader.notifies("There is no paper to export.")


async def test_keys_typed_ahead_reach_the_name_and_its_ending_is_the_only_one(
    library: Library,
) -> None:
    async with reading(library) as reader:
        for typed, name in (
            ("lamps", "lamps.bib"), ("refs.md", "refs.md"), ("days.jsonl", "days.jsonl"),
        ):  # fmt: skip
            await reader.press("e", *typed, "enter")
            await until(Path(name).exists, f"the file {name}")
            await reader.notifies(name)
            assert reader.ids == IDS
