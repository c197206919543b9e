"""The reader stays open over midnight: what depends on the day is drawn again."""

from datetime import date

import pytest
from conftest import OpenLibrary
from screen_helpers import BREAD, CROWS, PEBBLES, PUDDLES, SNAILS, Reader, reading, until

from store.library import Library

BEFORE, AFTER = date(2025, 7, 31), date(2025, 8, 1)


class Days:
    """A clock that shows one day until it is told another."""

    def __init__(self) -> None:
        self.day = BEFORE

    def __call__(self) -> date:
        return self.day

    def midnight(self, reader: Reader) -> None:
        """Let the next day begin, and the reader look."""
        self.day = AFTER
        reader.screen.finding.look_at_day()


@pytest.fixture
def days() -> Days:
    """The day before the last of the small feed."""
    return Days()


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with papers of both days."""
    return filled()


async def test_reader_looks_at_the_day_by_itself(
    library: Library, days: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.reader.main.LOOKS_AT_DAY", 0.01)
    async with reading(library, today=days) as reader:
        days.day = AFTER
        await reader.shows("Fri 1 Aug 2025")


async def test_header_and_view_of_today_are_those_of_the_new_day(
    library: Library, days: Days
) -> None:
    async with reading(library, query="date:today", today=days) as reader:
        assert set(reader.ids) == {CROWS, BREAD}
        await reader.shows("Thu 31 Jul 2025")
        days.midnight(reader)
        await reader.shows("Fri 1 Aug 2025")
        assert set(reader.ids) == {PEBBLES, SNAILS, PUDDLES}


async def test_paper_just_read_stays_in_the_inbox_over_midnight(
    library: Library, days: Days
) -> None:
    async with reading(library, query="is:unread", today=days) as reader:
        await reader.press("j", "enter")
        days.midnight(reader)
        assert reader.cursor == SNAILS
        assert len(reader.ids) == 5


async def test_sidebar_counts_the_new_day(library: Library, days: Days) -> None:
    async with reading(library, size=(130, 30), today=days) as reader:
        await reader.press("b")

        def today() -> str:
            lines = [line for line in reader.text.splitlines() if "3 Today" in line]
            return lines[0].split("Today")[1].split()[0] if lines else ""

        await until(lambda: today() == "2", "two papers of the old day")
        days.midnight(reader)
        await until(lambda: today() == "3", "three papers of the new day")
