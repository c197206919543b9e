"""The sidebar: views with their counts, the days that are left to catch up, its keys."""

from datetime import date

import pytest
from conftest import OpenLibrary, paper
from golden_screens import SIZES, looks_golden
from screen_helpers import (
    BREAD,
    CROWS,
    PEBBLES,
    PUDDLES,
    SNAILS,
    Reader,
    reading,
    small_feed,
    until,
)

from store.library import Library
from store.model import Change
from store.views.file import ViewsFile
from store.views.known import View
from tui.reader.background import Priority
from tui.settings.config import Config


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """The small feed and three weeks of earlier papers; some are read, one is starred."""
    earlier = [
        paper(f"arxiv:2507.000{day:02}", f"Paper of Day {day}", date=f"2025-07-{day:02}")
        for day in (7, 8, 15, 21, 22, 30)
    ]
    open_library().add([*small_feed(), *earlier], "hf")
    library = open_library()
    library.mark([SNAILS], Change(starred=True))
    library.mark([CROWS, BREAD], Change(read=True))
    library.commit()
    file = ViewsFile(library.folder)
    file.end_visit(date(2025, 7, 30), ())
    file.change(lambda saved: (View("rain", "snails OR puddle", "4"), View("crows", "crows")))
    return library


def row(reader: Reader, label: str) -> str:
    """Return what the sidebar's line with a label says behind it."""
    lines = [line for line in reader.text.splitlines() if f"{label}  " in line]
    return lines[0].partition(label)[2].split("│")[0].strip(" ┃") if lines else ""


async def opened(reader: Reader) -> None:
    """Open the sidebar and wait until all is counted."""
    await reader.press("b")
    await reader.shows("Since last visit")
    await until(lambda: reader.screen.panes.counts.views, "the views counted")


async def go_down(reader: Reader, label: str) -> None:
    """Move down to the line with a label."""
    for _ in range(30):
        entry = (await reader.screen.panes.with_sidebar()).entry
        if entry and entry.label == label:
            return
        await reader.press("j")
    raise AssertionError(f"no line {label}")


# What it shows


async def test_golden(library: Library) -> None:
    async with reading(library, size=SIZES[0]) as reader:
        await opened(reader)
        await looks_golden(reader, "sidebar")


async def test_counts_follow_marks_and_other_programs(
    library: Library, open_library: OpenLibrary
) -> None:
    settings = Config(views={"fixed": "bread"})
    async with reading(library, size=(120, 30), config=settings) as reader:
        await opened(reader)
        assert "fixed" in reader.text
        await until(lambda: "✓" in row(reader, "Thu 31 Jul"), "the day that is read ticked")
        await reader.press("enter", "r")
        await until(lambda: row(reader, "Inbox") == "8", "a paper less")
        await until(lambda: row(reader, "Fri 1 Aug").startswith("2 "), "a paper of the day less")
        open_library().add([paper("arxiv:2508.00009", "Newest", date="2025-08-02")], "hf")
        await reader.shows("Sat 2 Aug  ")


async def test_first_visit_has_no_last_one_and_is_remembered(filled: OpenLibrary) -> None:
    library = filled()
    async with reading(library) as reader:
        await reader.press("b")
        await reader.shows("Fri 1 Aug  ")
        assert "last visit" not in reader.text
        await reader.press("b")
        await reader.quit()
    kept = ViewsFile(library.folder).read()
    assert kept.last_visit(date(2025, 8, 2)) == date(2025, 8, 1)


# Moving and narrowing


async def test_enter_narrows_to_a_view_a_day_or_a_week(library: Library) -> None:
    narrowed = {
        "rain": ("snails OR puddle", {SNAILS, PUDDLES}),
        "Thu 31 Jul": ("date:2025-07-31", {CROWS, BREAD}),
        "7–13 Jul": ("date:2025-W28 is:unread", {"arxiv:2507.00008", "arxiv:2507.00007"}),
        "Since last visit": (
            "date:2025-07-30.. is:unread",
            {PEBBLES, SNAILS, PUDDLES, "arxiv:2507.00030"},
        ),
    }
    async with reading(library) as reader:
        for label, (query, ids) in narrowed.items():
            await opened(reader)
            await reader.press("g")
            await go_down(reader, label)
            await reader.press("enter")
            assert (reader.screen.panes.bar.value, set(reader.ids)) == (query, ids)


async def test_click_narrows_but_for_one_on_a_heading(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await reader.pilot.click("#sidebar", offset=(8, 0))
        await reader.settled()
        assert (reader.screen.panes.bar.value, reader.screen.panes.in_sidebar) == ("", True)
        await reader.pilot.click("#sidebar", offset=(8, 3))
        await until(lambda: reader.screen.panes.bar.value == "is:starred", "the view clicked")


async def test_cursor_begins_at_the_view_one_is_in_and_stops_at_both_ends(
    library: Library,
) -> None:
    async with reading(library, query="is:starred") as reader:
        await opened(reader)
        await reader.press("j", "enter")
        assert reader.screen.panes.bar.value == "date:today"
        await opened(reader)
        await reader.press("g", "k", "G", "j", "g", "k", "enter")
        assert reader.screen.panes.bar.value == ""


async def test_keys_in_the_sidebar_move_and_mark_nothing_in_the_list(library: Library) -> None:
    before = dict(library.all_marks)
    async with reading(library, size=(120, 30)) as reader:
        await opened(reader)
        for key in ("s", "r", "A", "t", "n", "space", "v", "j", "j"):
            await reader.press(key)
            assert (key, dict(library.all_marks)) == (key, before)
            assert (key, reader.screen.panes.list.selection.ids) == (key, set())
        assert reader.cursor == PEBBLES


# Opening and closing


async def test_sidebar_is_closed(library: Library) -> None:
    async with reading(library) as reader:
        for key in ("b", "escape", "h"):
            await opened(reader)
            await reader.press(key, "g", "j")
            await reader.shows_not("Since last visit")
            assert (key, reader.cursor) == (key, SNAILS)
        await reader.press("r")
        assert Priority.COUNTS not in reader.screen.background.busy, "counted behind it"


async def test_sidebar_stays_where_there_is_room_beside_the_list(library: Library) -> None:
    async with reading(library, size=(100, 24)) as reader:
        await opened(reader)
        await reader.press("enter", "j")
        assert reader.cursor == SNAILS
        await reader.shows("Counting Snails")
        assert "Since last visit" in reader.text
        await reader.press("b", "g", "j", "enter")
        assert reader.screen.panes.bar.value == "is:unread", "it can be gone back to"
        await reader.pilot.resize_terminal(79, 24)
        await reader.shows("Sorting Pebbles")
        await reader.shows_not("Since last visit")


async def test_sidebar_goes_where_there_is_no_room_for_both(library: Library) -> None:
    async with reading(library, size=(79, 24)) as reader:
        await opened(reader)
        await reader.press("enter")
        await reader.shows_not("Since last visit")
        await opened(reader)
        await reader.press("slash", *"crows")
        await reader.shows("Teaching Crows")


# What others write


async def test_markup_in_a_name_is_text(library: Library) -> None:
    file = ViewsFile(library.folder)
    file.change(lambda saved: (View("[red]x[/] [@click=app.quit]y", "crows"),))
    async with reading(library, size=(79, 24)) as reader:
        await opened(reader)
        await reader.shows("[red]x[/] [@click=app.quit]y")
