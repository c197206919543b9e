"""Saving, renaming and removing views: what is said before, and how it is undone."""

import pytest
from conftest import OpenLibrary
from screen_helpers import CROWS, PUDDLES, Reader, reading, until

from store.library import Library
from store.model import Change
from store.views.file import ViewsFile
from store.views.known import View, saved_with
from tui.settings.config import Config

RAIN = View("rain", "snails OR puddle", "4")
BIRDS = View("birds", "crows")


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """The small feed with two views; one paper was read."""
    library = filled()
    library.mark([CROWS], Change(read=True))
    library.commit()
    ViewsFile(library.folder).change(lambda saved: (RAIN, BIRDS))
    return library


def saved(library: Library) -> tuple[View, ...]:
    """Return the views on disk."""
    return ViewsFile(library.folder).read().views


async def on_disk(library: Library, *views: View) -> None:
    """Wait until these views are on disk."""
    await until(lambda: saved(library) == views, f"{views} on disk")


async def go_to(reader: Reader, label: str) -> None:
    """Open the sidebar, and go down to the view of that name."""
    await reader.press("g" if reader.screen.panes.in_sidebar else "b")
    for _ in range(30):
        entry = (await reader.screen.panes.with_sidebar()).entry
        if entry and entry.label == label:
            return
        await reader.press("j")
    raise AssertionError(f"no line {label}")


async def rename(reader: Reader, label: str, *keys: str) -> None:
    """Begin to rename a view: type keys in place of its name."""
    await go_to(reader, label)
    await reader.press("r")
    await reader.shows("Rename the view")
    await reader.press("ctrl+u", *keys)


# What is said before


@pytest.mark.parametrize("size", [(80, 24), (50, 15)])
async def test_what_saving_will_do_is_reported_at_every_letter(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size, query="bread") as reader:
        await reader.press("m")
        await reader.shows("0 All  1 Inbox  2 Starred  3 Today  4 rain")
        await reader.press(*"bird")
        await reader.shows("saves bird")
        await reader.press("s", "tab", "4")
        await reader.shows("replaces birds (crows)")
        await reader.shows("takes 4 from rain")


async def test_what_renaming_will_do_is_reported(library: Library) -> None:
    async with reading(library) as reader:
        await rename(reader, "birds", *"fog", "tab", "7")
        await reader.shows("renames birds to fog")
        await reader.shows("7 goes there")


async def test_enter_does_not_do_what_was_not_said(library: Library) -> None:
    async with reading(library, query="bread") as reader:
        await reader.press("m")
        await reader.shows("Save the filter as a view")
        await reader.press(*"new")
        theirs = View("new", "pebbles")
        ViewsFile(library.folder).change(lambda saved: saved_with(saved, theirs))
        await reader.press("enter")
        await reader.shows("replaces new (pebbles)")
        assert theirs in saved(library)


# Taking it back


async def test_what_was_saved_is_undone(library: Library) -> None:
    replacing = [*"birds"], "It replaces birds (crows). Until you quit, b u undoes that."
    taking = [*"new", "tab", "1"], "new is saved: 1 goes there. It takes 1 from Inbox."
    async with reading(library, query="bread") as reader:
        for (keys, said), back in (
            (replacing, "birds (crows) is back."),
            (taking, "1 goes to Inbox again, new is gone."),
        ):
            await reader.press("m", *keys, "enter")
            await reader.notifies(said)
            await until(lambda: saved(library) != (RAIN, BIRDS), "the view on disk")
            await reader.press("b", "u")
            await reader.notifies(back)
            await on_disk(library, RAIN, BIRDS)
            await reader.shows("1 Inbox")
            await reader.press("b")


async def test_filter_with_spaces_that_mean_nothing_is_undone(library: Library) -> None:
    async with reading(library, query=" bread  OR pebbles ") as reader:
        await reader.press("m", *"birds", "enter")
        await on_disk(library, RAIN, View("birds", "bread OR pebbles"))
        await reader.press("b", "u")
        await on_disk(library, RAIN, BIRDS)


async def test_view_that_another_was_renamed_to_is_brought_back(library: Library) -> None:
    async with reading(library) as reader:
        await rename(reader, "rain", *"birds", "enter")
        await reader.notifies("It replaces birds (crows). Until you quit, u undoes that.")
        await on_disk(library, View("birds", RAIN.query, "4"))
        await reader.press("u")
        await reader.notifies("rain (snails OR puddle) is back, birds (crows) is back.")
        await on_disk(library, RAIN, BIRDS)


async def test_what_was_removed_and_renamed_is_undone_one_after_the_other(
    library: Library,
) -> None:
    async with reading(library) as reader:
        await go_to(reader, "rain")
        await reader.press("d")
        await reader.notifies("rain is removed. Until you quit, u undoes that.")
        await reader.shows_not("4 rain")
        await on_disk(library, BIRDS)
        await reader.press("u")
        await reader.shows("4 rain")
        await on_disk(library, RAIN, BIRDS)
        await go_to(reader, "birds")
        await reader.press("d")
        await rename(reader, "rain", *"wet", "enter")
        await on_disk(library, View("wet", RAIN.query, "4"))
        await reader.press("u", "u")
        await on_disk(library, RAIN, BIRDS)
        await reader.press("u")
        await reader.notifies("No change of views or feeds to undo; u in the list")
        assert library.marks(CROWS).read


async def test_what_another_reader_changed_since_stays(library: Library) -> None:
    async with reading(library) as reader:
        await go_to(reader, "rain")
        await reader.press("d")
        await on_disk(library, BIRDS)
        theirs = View("bread", "bread", "4")
        ViewsFile(library.folder).change(lambda saved: saved_with(saved, theirs))
        await reader.press("u")
        await on_disk(library, View("rain", RAIN.query), BIRDS, theirs)


async def test_taking_back_that_can_not_be_written_can_be_tried_again(library: Library) -> None:
    path = library.folder / "views.json"
    async with reading(library) as reader:
        await go_to(reader, "rain")
        await reader.press("d")
        await on_disk(library, BIRDS)
        data = path.read_bytes()
        path.unlink()
        path.mkdir()
        await reader.press("u")
        await reader.notifies("Views not saved")
        path.rmdir()
        path.write_bytes(data)
        await reader.press("u")
        await on_disk(library, RAIN, BIRDS)


async def test_messages_say_the_new_keys(library: Library) -> None:
    keys = {"view.sidebar": "B", "side.restore": "z", "view.save": "V"}
    async with reading(library, query="bread", config=Config(keys=keys)) as reader:
        await reader.press("8")
        await reader.notifies("No view has the digit 8; V saves")
        await reader.press("V", *"new", "enter")
        await reader.notifies("new is saved: B lists views. Until you quit, B z undoes")
        await reader.press("B", "z")
        await reader.notifies("new is gone.")


# Renaming and removing


async def test_renamed_view_keeps_its_place_or_goes_to_that_of_its_digit(
    library: Library,
) -> None:
    async with reading(library) as reader:
        await rename(reader, "rain", *"wet", "tab", "backspace", "enter")
        await on_disk(library, View("wet", RAIN.query), BIRDS)
        await reader.press("enter")
        assert reader.screen.panes.bar.value == RAIN.query
        await rename(reader, "birds", *"crows", "tab", "4", "enter")
        await on_disk(library, View("wet", RAIN.query), View("crows", "crows", "4"))
        await reader.press("enter")
        assert reader.screen.panes.bar.value == "crows"


async def test_what_is_no_view_of_ones_own_stays(library: Library) -> None:
    async with reading(library, config=Config(views={"fixed": "bread"})) as reader:
        for key in ("d", "r"):
            await go_to(reader, "All")
            await reader.press(key)
            await reader.notifies("All is built in")
            await go_to(reader, "fixed")
            await reader.press(key)
            await reader.notifies("fixed is in the settings")
            reader.app.clear_notifications()
        await reader.shows("Fri 1 Aug  ")
        await reader.press("G", "d")
        await reader.notifies("Only views and feeds can be removed")


# Another reader


async def test_what_another_reader_saved_is_there_at_once(library: Library) -> None:
    async with reading(library) as reader:
        before = reader.screen.saved_views.kept
        await reader.press("4", "0", "b")
        assert reader.screen.saved_views.kept is before  # a file that is as it was is not read
        await reader.shows("4 rain")
        theirs = View("bread", "snails", "5")
        ViewsFile(library.folder).change(lambda saved: saved_with(saved, theirs))
        await reader.shows("5 bread")
        theirs = View("wet", "puddle", "6")
        ViewsFile(library.folder).change(lambda saved: saved_with(saved, theirs))
        await reader.press("6")
        assert reader.ids == [PUDDLES]


async def test_cursor_goes_to_the_next_view_when_others_remove_its_own(library: Library) -> None:
    async with reading(library, size=(120, 30)) as reader:
        await go_to(reader, "rain")
        ViewsFile(library.folder).change(lambda saved: (View("aaa", "bread"), BIRDS))
        await reader.shows("aaa")
        entry = (await reader.screen.panes.with_sidebar()).entry
        assert entry
        assert entry.label == "For you"
