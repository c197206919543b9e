"""Tags in the reader: the line that adds and removes them, and other names for them."""

from typing import cast

import pytest
from conftest import OpenLibrary
from screen_helpers import BREAD, CROWS, IDS, PEBBLES, SNAILS, Reader, reading, until
from textual.color import Color
from textual.screen import Screen
from textual.widgets import Input

from store.library import Library
from store.model import Change
from tui.reader.appearance.tag_colours import tag_colour
from tui.settings.config import Config


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed; two papers are tagged."""
    library = filled()
    library.mark([BREAD, CROWS], Change(add_tags=("kitchen",)))
    library.mark([BREAD], Change(add_tags=("knife",)))
    return library


async def test_tags_are_added_and_removed(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("G")
        await tag(reader, "+a -knife")
        await has_tags(library, BREAD, "a", "kitchen")
        await reader.press("g", *"ta,b", "enter", "j", "s")  # typed ahead
        await until(lambda: library.marks(SNAILS).starred, "the keys after the tags")
        await has_tags(library, PEBBLES, "a", "b")


async def test_tags_of_a_selection_are_one_action(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("v", "G", "t")
        await reader.shows("Tag 5 papers")
        await reader.press("escape")
        await closed(reader)
        await tag(reader, "a -kitchen")
        await has_tags(library, BREAD, "a", "knife")
        assert [library.marks(each).tags for each in IDS[:4]] == [("a",)] * 4
        await reader.press("u")
        await has_tags(library, CROWS, "kitchen")
        assert [library.marks(each).tags for each in IDS[:3]] == [()] * 3


async def test_effect_is_shown_at_every_letter(library: Library) -> None:
    async with reading(library) as reader:
        await open_line(reader, "v", "G", "t")
        await reader.type("+kitchen")
        await reader.shows("adds #kitchen to 3 papers")
        await reader.type(" -kn")
        await reader.press("tab")
        await reader.shows("adds #kitchen to 3 papers, removes #knife from 1 paper")


async def test_keys_and_clicks_complete_the_line(library: Library) -> None:
    async with reading(library) as reader:
        line = await open_line(reader, "t")
        for keys, text in (
            ("+ k tab", "+kitchen "), ("k down down tab", "knife "),
            ("k left right right", "kitchen "),
        ):  # fmt: skip
            await reader.press("ctrl+u", *keys.split())
            assert line.value == text, keys
        await reader.press("ctrl+u")
        await reader.pilot.click("TagChoices", offset=(3, 1))
        assert line.value == "knife "
        await reader.press("escape")
        await closed(reader)
        assert library.marks(PEBBLES).tags == ()


async def test_enter_takes_the_completion_that_was_gone_to_or_what_was_typed(
    library: Library,
) -> None:
    async with reading(library) as reader:
        await open_line(reader, "t")
        await reader.press("k", "down", "enter")
        await closed(reader)
        await has_tags(library, PEBBLES, "kitchen")
        await reader.press("j")
        await open_line(reader, "t")
        await reader.press("k", "down", "up", "enter")
        await closed(reader)
        await has_tags(library, SNAILS, "k")


async def test_line_fits_on_a_small_terminal_and_completions_beyond_come_into_sight(
    library: Library,
) -> None:
    library.mark([BREAD], Change(add_tags=tuple(f"z{number}" for number in range(9))))
    async with reading(library, size=(50, 15)) as reader:
        await open_line(reader, "t")
        await reader.press(*["down"] * 14)
        await reader.shows("▌ #z8")
        await reader.press("k", "down")
        assert all(text in reader.text for text in ("▌ #kitchen", "adds #kitchen", "⏎ Done"))


async def test_letter_lays_nothing_out(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading(library) as reader:
        await open_line(reader, "t")
        await reader.settled()
        layouts: list[object] = []
        monkeypatch.setattr(reader.app.screen, "_refresh_layout", lambda *a, **_: layouts.append(a))
        await reader.type("+kit")
        await reader.press("down")
        await reader.pilot.pause()
        assert not layouts


async def test_tag_has_its_colour_in_list_and_detail(library: Library) -> None:
    config = Config(theme="papers-dark")
    async with reading(library, query="#knife", config=config) as reader:
        await reader.shows("#knife")
        colours = {
            segment.style.color.get_truecolor().hex
            for strip in reader.screen._compositor.render_strips()
            for segment in strip
            if "#kitchen" in segment.text and segment.style and segment.style.color
        }
        wanted = reader.app.theme_variables[tag_colour("kitchen")[1:]]
        assert colours == {Color.parse(wanted).hex.lower()}


# Other names


async def test_tag_gets_another_name_or_that_of_another_and_both_are_undone(
    library: Library,
) -> None:
    async with reading(library) as reader:
        await rename(reader, "kitchen oven")
        await has_tags(library, BREAD, "knife", "oven")
        assert library.marks(CROWS).tags == ("oven",)
        await reader.notifies("#kitchen is now #oven on 2 papers; u undoes it.")
        await rename(reader, "oven knife")
        await has_tags(library, BREAD, "knife")
        assert library.marks(CROWS).tags == ("knife",)
        await reader.press("u")
        await has_tags(library, BREAD, "knife", "oven")
        assert library.marks(CROWS).tags == ("oven",)


async def test_line_that_renames_nothing_stays_and_says_why(library: Library) -> None:
    async with reading(library) as reader:
        commands = [
            each.title
            for each in reader.app.get_system_commands(cast(Screen[object], reader.screen))
        ]
        assert "Rename a tag (T)" in commands
        await open_line(reader, "T")
        await reader.type("spoon x")
        await reader.press("enter")
        await reader.shows("no paper has #spoon")


async def test_without_tags_there_is_nothing_to_rename(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        await reader.press("T")
        await reader.notifies("There are no tags yet.")


# What the tests above are built of


async def open_line(reader: Reader, *keys: str) -> Input:
    """Press keys that open a line of tags; return the line."""
    await reader.press(*keys)
    await until(lambda: isinstance(reader.app.focused, Input), "a line to type in")
    assert isinstance(reader.app.focused, Input)
    return reader.app.focused


async def closed(reader: Reader) -> None:
    """Wait until the line has gone."""
    await until(lambda: reader.app.screen is reader.screen, "the line closed")
    await reader.pilot.pause()


async def has_tags(library: Library, paper: str, *tags: str) -> None:
    """Wait until a paper has these tags and no others."""
    await until(lambda: library.marks(paper).tags == tags, f"{tags} of {paper}")


async def tag(reader: Reader, text: str) -> None:
    """Type a line of tags for the target papers."""
    await open_line(reader, "t")
    await reader.type(text)
    await reader.press("enter")
    await closed(reader)


async def rename(reader: Reader, text: str) -> None:
    """Type the old name of a tag and the new one."""
    await open_line(reader, "T")
    await reader.type(text)
    await reader.press("enter")
    await closed(reader)
