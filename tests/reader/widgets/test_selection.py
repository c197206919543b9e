"""What is selected outlives a filter, and marks are for what is selected and in sight."""

import re
from typing import TypeAlias

import pytest
from conftest import OpenLibrary, paper
from hypothesis import given
from hypothesis import strategies as st
from screen_helpers import CROWS, IDS, PEBBLES, PUDDLES, SNAILS, Reader, reading, until

from store.library import Library
from tui.reader.widgets.selection import Selection

ALL = "abcdef"


def selected(*ids: str) -> Selection:
    """Return a selection of some of all papers, all of them shown."""
    selection = Selection()
    for each in ids:
        selection.toggle(each)
    selection.show(ALL, ALL)
    return selection


# Pure


def test_hidden_papers_stay_selected_and_are_counted() -> None:
    selection = selected("a", "c", "e")
    selection.show(ALL, "cd")
    assert (selection.ids, selection.hidden, selection.here("cd")) == ({*"ace"}, 2, ["c"])
    selection.show(ALL, ALL)
    assert (selection.hidden, selection.here(ALL)) == (0, ["a", "c", "e"])


def test_papers_that_leave_are_selected_no_more() -> None:
    selection = selected("a", "c")
    selection.show("bcd", "b")
    assert (selection.ids, selection.hidden) == ({"c"}, 1)


def test_range_adds_to_what_was_selected_and_gives_back_what_it_leaves() -> None:
    selection = selected("a")
    selection.toggle_range(ALL, 2)
    selection.extend(ALL, 4)
    assert selection.ids == {*"acde"}
    selection.extend(ALL, 1)
    assert selection.ids == {*"abc"}
    selection.toggle_range(ALL, 1)
    assert not selection.extend(ALL, 5)


def test_range_that_is_partly_hidden_loses_nothing() -> None:
    selection = selected()
    selection.toggle_range(ALL, 0)
    selection.extend(ALL, 3)
    selection.show(ALL, "def")
    selection.extend("def", 1)
    assert selection.ids == {*"abcde"}


def test_paper_that_left_during_a_range_does_not_come_back() -> None:
    selection = selected("a")
    selection.toggle_range(ALL, 2)
    selection.show("bcdef", "bcdef")
    selection.extend("bcdef", 2)
    assert selection.ids == {*"cd"}


def test_paper_that_was_given_back_and_left_during_a_range_does_not_come_back() -> None:
    selection = selected("a")
    selection.toggle_range(ALL, 2)
    selection.toggle("a")
    selection.toggle("c")
    selection.show("bcdef", "bcdef")
    selection.extend("bcdef", 2)
    assert selection.ids == {*"cd"}


def test_nothing_selected_is_nothing_hidden_and_no_range() -> None:
    selection = selected("a", "b")
    selection.toggle_range(ALL, 3)
    selection.show(ALL, "c")
    assert selection.clear()
    assert not selection.clear()
    assert (selection.ids, selection.hidden) == (set(), 0)
    assert not selection.extend(ALL, 5)


Step: TypeAlias = tuple[str, str, int]
steps = st.lists(
    st.tuples(
        st.sampled_from(("filter", "toggle", "range", "move", "leave")),
        st.sets(st.sampled_from(ALL)).map(lambda some: "".join(sorted(some))),
        st.integers(0, len(ALL)),
    )
)


@given(steps)
def test_only_keys_and_leaving_change_what_is_selected(taken: list[Step]) -> None:
    selection, there, shown = Selection(), ALL, ALL
    for action, some, number in taken:
        before, place = set(selection.ids), number % (len(shown) or 1)
        if action == "filter":
            shown = "".join(each for each in some if each in there)
            selection.show(there, shown)
            assert selection.ids == before
        elif action == "leave":
            there = "".join(each for each in there if each not in some)
            shown = "".join(each for each in shown if each in there)
            selection.show(there, shown)
            assert selection.ids == before & {*there}
        elif action == "range":
            selection.toggle_range(shown, place)
            assert before <= selection.ids <= before | {*shown}
        elif shown and action == "toggle":
            selection.toggle(shown[place])
            assert before ^ selection.ids == {shown[place]}
        elif shown:
            selection.extend(shown, place)
            assert before - {*shown} == selection.ids - {*shown}
        assert selection.ids <= {*there}
        assert selection.hidden == len(selection.ids - {*shown})
        assert selection.here(shown) == [each for each in shown if each in selection.ids]


# On the screen


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed."""
    return filled()


def told(reader: Reader) -> str:
    """Return what the status line says of the selection."""
    found = re.search(r"\d+ selected(, \d+ hidden)?", reader.text.splitlines()[0])
    return found[0] if found else ""


def starred(library: Library) -> set[str]:
    """Return the ids of the papers with a star."""
    return {each for each in IDS if library.marks(each).starred}


def read(library: Library) -> set[str]:
    """Return the ids of the papers marked read."""
    return {each for each in IDS if library.marks(each).read}


async def test_marks_are_for_the_cursor_while_the_selection_is_hidden(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("space", "space")
        reader.screen.finding.go_to("puddle")
        await reader.shows("2 selected, 2 hidden ")
        await reader.press("s", "A")
        assert starred(library) == {PUDDLES}
        assert read(library) == {PUDDLES}
        reader.screen.finding.go_to("")
        await reader.shows_not("hidden")
        assert told(reader) == "2 selected"
        await reader.press("s")
        assert starred(library) == {*IDS[:3]}


async def test_marks_are_for_what_is_selected_and_shown(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("space", "space")
        reader.screen.finding.go_to("snails OR puddle")
        await reader.shows("2 selected, 1 hidden ")
        await reader.press("s", "e")
        assert starred(library) == {SNAILS}
        await reader.shows("Export 1 paper")


async def test_all_read_marks_the_selection_alone(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("space", "j", "space", "A")
        assert read(library) == {PEBBLES, PUDDLES}


async def test_count_is_reported_at_every_key(library: Library) -> None:
    async with reading(library) as reader:
        counts = []
        for key in ("space", "j", "v", "j", "k", "v", "j", "escape"):
            await reader.press(key)
            counts.append(told(reader).partition(" ")[0])
        assert counts == ["1", "1", "2", "3", "2", "2", "2", ""]


async def test_paper_that_leaves_the_library_leaves_the_selection(filled: OpenLibrary) -> None:
    filled().add([paper("arxiv:2508.00009", "Naming Robins")], "sample")
    async with reading(filled()) as reader:
        reader.screen.panes.list.move_to_paper("arxiv:2508.00009")
        await reader.press("space")
        reader.screen.panes.list.move_to_paper(CROWS)
        await reader.press("space")
        assert told(reader) == "2 selected"
        filled().drop_feed("sample")
        await until(lambda: told(reader) == "1 selected", "the paper gone from the selection")
        assert reader.screen.panes.list.selection.ids == {CROWS}
