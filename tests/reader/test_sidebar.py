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
from tui.config import Config
from tui.reader.background import Priority


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


async def test_counts_follow_a_mark(library: Library) -> None:
    async with reading(library, size=(120, 30)) as reader:
        await opened(reader)
        await reader.press("enter", "r")
        await until(lambda: row(reader, "Inbox") == "8", "a paper less")
        assert row(reader, "Fri 1 Aug").startswith("2 ")


async def test_counts_follow_another_program(library: Library, open_library: OpenLibrary) -> None:
    async with reading(library, size=(120, 30)) as reader:
        await opened(reader)
        open_library().add([paper("arxiv:2508.00009", "Newest", date="2025-08-02")], "hf")
        await reader.shows("Sat 2 Aug  ")


async def test_day_that_is_read_has_a_tick(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        assert "✓" in row(reader, "Thu 31 Jul")


async def test_view_of_the_settings_is_listed(library: Library) -> None:
    async with reading(library, config=Config(views={"fixed": "bread"})) as reader:
        await opened(reader)
        assert "fixed" in reader.text


async def test_first_visit_has_no_last_one(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        await reader.press("b")
        await reader.shows("Fri 1 Aug  ")
        assert "last visit" not in reader.text


async def test_visit_is_remembered(filled: OpenLibrary) -> None:
    library = filled()
    async with reading(library) as reader:
        await reader.quit()
    kept = ViewsFile(library.folder).read()
    assert kept.last_visit(date(2025, 8, 2)) == date(2025, 8, 1)


# Moving and narrowing


async def test_enter_narrows_to_a_view(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await go_down(reader, "rain")
        await reader.press("enter")
        assert (reader.screen.panes.bar.value, set(reader.ids)) == (
            "snails OR puddle",
            {SNAILS, PUDDLES},
        )


async def test_enter_narrows_to_a_day(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await go_down(reader, "Thu 31 Jul")
        await reader.press("enter")
        assert (reader.screen.panes.bar.value, reader.ids) == ("date:2025-07-31", [CROWS, BREAD])


async def test_enter_narrows_to_a_week(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await go_down(reader, "7–13 Jul")
        await reader.press("enter")
        assert reader.ids == ["arxiv:2507.00008", "arxiv:2507.00007"]


async def test_enter_narrows_to_all_since_the_last_visit(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await go_down(reader, "Since last visit")
        await reader.press("enter")
        assert reader.ids == [PEBBLES, SNAILS, PUDDLES, "arxiv:2507.00030"]


async def test_enter_on_a_day_that_is_read_shows_all_of_it(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await go_down(reader, "Thu 31 Jul")
        await reader.press("enter")
        assert reader.ids == [CROWS, BREAD]


async def test_click_narrows(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await reader.pilot.click("#sidebar", offset=(8, 3))
        await until(lambda: reader.screen.panes.bar.value == "is:starred", "the view clicked")


async def test_click_on_a_heading_does_nothing(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await reader.pilot.click("#sidebar", offset=(8, 0))
        assert (reader.screen.panes.bar.value, reader.screen.panes.in_sidebar) == ("", True)


async def test_cursor_begins_at_the_view_one_is_in(library: Library) -> None:
    async with reading(library, query="is:starred") as reader:
        await opened(reader)
        await reader.press("j", "enter")
        assert reader.screen.panes.bar.value == "date:today"


async def test_cursor_stops_at_both_ends(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await reader.press("k", "G", "j", "g", "k", "enter")
        assert reader.screen.panes.bar.value == ""


async def test_moving_in_the_sidebar_leaves_the_list(library: Library) -> None:
    async with reading(library, size=(120, 30)) as reader:
        await opened(reader)
        await reader.press("j", "j")
        assert reader.cursor == PEBBLES


@pytest.mark.parametrize("key", ["s", "r", "A", "t", "n", "space", "v"])
async def test_keys_in_the_sidebar_mark_nothing(library: Library, key: str) -> None:
    before = dict(library.all_marks)
    async with reading(library) as reader:
        await opened(reader)
        await reader.press(key)
        assert (dict(library.all_marks), reader.screen.panes.list.selection.ids) == (before, set())


# Opening and closing


@pytest.mark.parametrize("key", ["b", "escape", "h"])
async def test_sidebar_is_closed(library: Library, key: str) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await reader.press(key, "j")
        await reader.shows_not("Since last visit")
        assert reader.cursor == SNAILS


async def test_sidebar_stays_beside_the_list(library: Library) -> None:
    async with reading(library, size=(100, 24)) as reader:
        await opened(reader)
        await reader.press("enter", "j")
        assert reader.cursor == SNAILS
        assert "Since last visit" in reader.text
        assert "Counting Snails" in reader.text


async def test_sidebar_goes_where_there_is_no_room_for_both(library: Library) -> None:
    async with reading(library, size=(79, 24)) as reader:
        await opened(reader)
        await reader.press("enter")
        await reader.shows_not("Since last visit")


async def test_sidebar_can_be_gone_back_to(library: Library) -> None:
    async with reading(library, size=(120, 30)) as reader:
        await opened(reader)
        await reader.press("enter", "b", "j", "enter")
        assert reader.screen.panes.bar.value == "is:unread"


async def test_filter_over_the_list_closes_the_sidebar(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await reader.press("slash", *"crows")
        await reader.shows("Teaching Crows")


async def test_sidebar_goes_when_the_terminal_gets_too_narrow(library: Library) -> None:
    async with reading(library, size=(120, 30)) as reader:
        await opened(reader)
        await reader.press("enter")
        await reader.pilot.resize_terminal(79, 24)
        await reader.shows("Sorting Pebbles")
        await reader.shows_not("Since last visit")


async def test_nothing_is_counted_behind_a_closed_sidebar(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await reader.press("escape", "r")
        assert Priority.COUNTS not in reader.screen.background.busy


# What others write


async def test_markup_in_a_name_is_text(library: Library) -> None:
    file = ViewsFile(library.folder)
    file.change(lambda saved: (View("[red]x[/] [@click=app.quit]y", "crows"),))
    async with reading(library, size=(79, 24)) as reader:
        await opened(reader)
        await reader.shows("[red]x[/] [@click=app.quit]y")
