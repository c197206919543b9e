"""Entries of a bibliography that count as one paper though they may be several are reported."""

from datetime import date

import pytest

from store.feeds.formats import read_feed

COLUMN = "@article{{{key}, title = {{Letters}}, author = {{{author}}}, {more}}}\n"


def problems(*entries: dict[str, str]) -> list[str]:
    text = "".join(
        COLUMN.format(**{"key": f"k{number}", "author": "Moss, Ada", **entry})
        for number, entry in enumerate(entries)
    )
    return read_feed(text.encode(), None, date(2026, 5, 10)).problems


@pytest.mark.parametrize("field", ["year", "volume", "number", "pages"])
def test_entries_that_came_out_elsewhere_are_reported(field: str) -> None:
    one, two = ({"more": f"{field} = {{{number}}}"} for number in (2001, 2002))
    assert problems(one, two) == [
        "1 entry has the title and first author of another that came out elsewhere, and no DOI: "
        "they count as the same paper (“Letters”)"
    ]


def test_columns_are_counted_in_one_line() -> None:
    years = ({"more": f"year = {year}"} for year in range(1990, 1995))
    (line,) = problems(*years)
    assert line.startswith("4 entries have the title")


@pytest.mark.parametrize(
    "other",
    [
        {"more": "year = 2001"},
        {"more": "volume = 3"},
        {"more": "year = 2002, doi = {10.1000/182}"},
        {"more": "year = 2002, eprint = {2001.00001}"},
        {"more": "year = 2002", "author": "Fern, Bo"},
    ],
)
def test_nothing_is_reported_of_entries_that_agree_or_stay_apart(other: dict[str, str]) -> None:
    assert problems({"more": "year = 2001"}, other) == []
