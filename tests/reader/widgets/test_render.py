"""How papers are put into words for the screen."""

from typing import Any

import pytest
from conftest import paper

from store.model import NO_MARKS, Votes
from tui.reader.render import detail, row_text


def facts(**fields: Any) -> str:
    """Return the line of facts under a paper's title."""
    return detail(paper(**fields), NO_MARKS).plain.splitlines()[2]


def right_column(**fields: Any) -> str:
    """Return what stands to the right of a title in a wide row."""
    return row_text(paper(**fields), NO_MARKS, selected=False, width=100)[2].strip()


def test_votes_and_comments_are_shown() -> None:
    assert facts(upvotes=52, comments=1).endswith("· ▲ 52 · 1 comment")


def test_rise_is_shown_with_the_day_it_is_counted_from() -> None:
    shown = facts(upvotes=52, comments=3, earlier_votes=Votes("2025-08-01", 38, 2))
    assert shown.endswith("▲ 52 (+14 since 1 Aug 2025) · 3 comments")


def test_fall_is_shown_as_one() -> None:
    assert "▲ 3 (-2 since" in facts(upvotes=3, earlier_votes=Votes("2025-08-01", 5, 0))


def test_paper_without_votes_says_nothing_of_them() -> None:
    assert "▲" not in facts()


def test_row_shows_the_rise() -> None:
    assert right_column(upvotes=52, earlier_votes=Votes("2025-08-01", 38, 0)) == "▲52 +14"


def test_row_shows_no_fall() -> None:
    assert right_column(upvotes=3, earlier_votes=Votes("2025-08-01", 5, 0)) == "▲3"


@pytest.mark.parametrize("upvotes", [None, 5])
def test_without_an_earlier_reading_no_rise_is_known(upvotes: int | None) -> None:
    assert paper(upvotes=upvotes).rise is None


MANY = tuple(f"Ada Moss{number}" for number in range(3_000))


def test_a_few_of_many_authors_are_named_and_the_rest_counted() -> None:
    named = detail(paper(authors=MANY), NO_MARKS).plain.splitlines()[2]
    assert named == ", ".join(MANY[:12]) + " and 2,988 more"
    assert right_column(authors=MANY) == "Ada Moss0"


def test_a_list_of_authors_that_breaks_off_is_shown_to() -> None:
    one = paper(authors=("Ada Moss", "Bo Reed"), authors_incomplete=True)
    assert detail(one, NO_MARKS).plain.splitlines()[2] == "Ada Moss, Bo Reed et al."
