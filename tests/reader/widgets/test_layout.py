"""How the screen is arranged: what is frame, what each size shows, the border that moves."""

from itertools import product

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import Reader, reading, until
from textual.geometry import Size

from store.library import Library
from store.model import Paper
from tui.reader.appearance.arrangement import (
    BESIDE,
    FRAMED,
    ONE_PANE,
    SHARES,
    STACKED,
    USUAL_SHARES,
    arrangement,
    save_shares,
    saved_shares,
)
from tui.settings.config import Config

ABSTRACT = "A lamp is lit and the pebbles are counted again until the numbers agree. " * 9


def day(count: int = 30) -> list[Paper]:
    """Return a day of papers as feeds list them: long titles, many authors, all links."""
    crowd = tuple(f"Ada {letter}. Lindqvist-Marsh" for letter in "ABCDEFGH")
    title = "Counting Snails in the Rain Without Getting Wet: A Benchmark of Umbrellas and Patience"
    return [
        paper(
            f"arxiv:2508.{number:05}", f"{title}, Part {number}", abstract=ABSTRACT,
            authors=crowd, upvotes=number,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """A library with a full day."""
    open_library().add(day(), "hf")
    return open_library()


def rows_of(reader: Reader, text: str) -> int:
    """Return in how many rows of the screen a text is."""
    return sum(text in line for line in reader.text.splitlines())


@pytest.mark.parametrize(
    ("size", "panes"),
    [
        ((80, 24), {STACKED}),
        ((100, 24), {BESIDE}),
        ((100, 30), {BESIDE, FRAMED}),
        ((80, 30), {STACKED, FRAMED}),
        ((45, 60), {STACKED, FRAMED}),
        ((45, 29), {ONE_PANE}),
        ((160, 15), {ONE_PANE}),
        ((1, 1), {ONE_PANE}),
    ],
)
def test_size_decides_how_panes_are_arranged(size: tuple[int, int], panes: set[str]) -> None:
    assert arrangement(Size(*size), sidebar=False) - {"-side-by"} == panes


def test_every_size_has_one_arrangement() -> None:
    for width, height, sidebar in product(range(1, 200, 7), range(1, 70, 5), (True, False)):
        classes = arrangement(Size(width, height), sidebar)
        assert len(classes & {ONE_PANE, STACKED, BESIDE}) == 1


async def test_80x24_has_at_most_four_rows_of_frame_and_shows_the_abstract(
    library: Library,
) -> None:
    async with reading(library, (80, 24)) as reader:
        assert rows_of(reader, "pebbles") + rows_of(reader, "numbers") >= 5
        papers, detail = reader.screen.panes.list, reader.screen.panes.detail
        assert papers.page + detail.page >= 20
        head = reader.text.split("─ 1 of")[0] + reader.text.split("\n")[22]
        assert (head + "1 of 30").count("30") <= 2  # counts are shown at most twice
        # An opened paper has the screen where there are few rows.
        await reader.press("enter")
        assert detail.page >= 20
        await reader.press("escape")
        assert papers.page >= 8


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_keys_move_the_border_which_stops_before_a_pane_is_gone(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size) as reader:
        papers, detail = reader.screen.panes.list, reader.screen.panes.detail
        for key, grows, shrinks in (
            ("greater_than_sign", papers, detail),
            ("less_than_sign", detail, papers),
        ):
            before = grows.outer_size.area
            await reader.press(key)
            assert grows.outer_size.area > before
            before = 0
            while grows.outer_size.area > before:
                before = grows.outer_size.area
                await reader.press(key, key)
            assert shrinks.page >= 2
            assert shrinks.text_width >= 2


async def test_moved_border_is_kept_for_the_next_start(library: Library) -> None:
    async with reading(library, (80, 24)) as reader:
        await reader.press("greater_than_sign")
        height = reader.screen.panes.list.outer_size.height
    assert saved_shares()["stacked"] > USUAL_SHARES["stacked"]
    async with reading(Library(library.folder), (80, 24)) as reader:
        assert reader.screen.panes.list.outer_size.height == height


@pytest.mark.parametrize(
    ("size", "start", "end"), [((80, 24), (30, 10), (30, 14)), ((120, 36), (66, 9), (80, 9))]
)
async def test_mouse_moves_the_border(
    library: Library, size: tuple[int, int], start: tuple[int, int], end: tuple[int, int]
) -> None:
    async with reading(library, size) as reader:
        papers = reader.screen.panes.list
        before = papers.outer_size.area
        await reader.pilot.mouse_down(offset=start)
        await reader.pilot.hover(offset=end)
        await reader.pilot.mouse_up(offset=end)
        await until(lambda: papers.outer_size.area > before, "a larger list")
        assert not reader.screen.selections


async def test_damaged_shares_are_the_usual_ones(library: Library) -> None:
    from store.files.folders import state_file

    save_shares({"stacked": 50})
    file = state_file(SHARES)
    for text in ("", "stacked x\n", "stacked 5000000\nbeside -3\n", "\x00", "stacked ²\n"):
        file.write_text(text, encoding="utf-8")
        assert saved_shares() == USUAL_SHARES


# The list


@pytest.mark.parametrize("size", [(80, 24), (160, 30)])
async def test_two_rows_stay_in_sight_around_the_cursor(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size) as reader:
        for key in ("j", "k"):
            for _ in range(16):
                await reader.press(key)
                seen = reader.screen.panes.list._in_sight()
                row = reader.screen.panes.list._listed.rows.row_of(reader.screen.panes.list.place)
                rows = {each for each, _ in seen}
                last = len(reader.screen.panes.list._listed.rows) - 1
                assert {max(row - 2, 0), min(row + 2, last)} <= rows | {0}
        await reader.press("G")
        # The heading of the day stays on top, in a frame or without.
        assert "Fri 1 Aug 2025" in "".join(reader.text.splitlines()[1:3])


@pytest.mark.parametrize(
    ("size", "chosen", "lines"),
    [((160, 48), None, 2), ((120, 36), None, 1), ((120, 36), True, 2), ((160, 48), False, 1)],
)
async def test_titles_take_two_lines_where_wanted(
    library: Library, size: tuple[int, int], chosen: bool | None, lines: int
) -> None:
    config = Config(theme="papers-dark", two_line_titles=chosen)
    async with reading(library, size, config=config) as reader:
        seen = reader.screen.panes.list._in_sight()
        assert max(line for _, line in seen) + 1 == lines


async def test_click_on_the_second_line_of_a_title_is_on_its_paper(library: Library) -> None:
    async with reading(library, (160, 48)) as reader:
        papers = reader.screen.panes.list
        y = papers._in_sight().index((3, 1))
        await reader.pilot.click("#list", offset=(20, y + 1))
        assert reader.cursor == papers.ids[2]


# Messages


async def test_message_is_in_the_line_of_the_filter_or_where_it_has_room(library: Library) -> None:
    async with reading(library, (80, 24)) as reader:
        await reader.press("s", "u")
        await until(lambda: "Undid" in reader.text.splitlines()[22], "the message in the line")
        await reader.press("slash", *"snails")
        assert reader.text.splitlines()[22].startswith(" / snails")
        reader.screen.messages.say("So it is. " * 12)
        await reader.shows("So it is. So it is.")
        assert "So it is" not in reader.text.splitlines()[22]


async def test_moving_the_cursor_draws_two_rows_of_the_list(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library, (120, 36)) as reader:
        papers, drawn = reader.screen.panes.list, []
        monkeypatch.setattr(papers, "refresh", lambda *regions, **_: drawn.append(regions))
        await reader.press("j")
        assert len(drawn) == 2
        assert all(len(regions) == 1 for regions in drawn)
