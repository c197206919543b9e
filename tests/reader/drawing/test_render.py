"""How a paper is put into words: the page of it, and the columns of its row."""

from datetime import date
from typing import Any

import pytest
from conftest import paper
from rich.cells import cell_len

from store.model import NO_MARKS, Links, Marks, Votes
from tui.reader.drawing.columns import columns_in, day_of, rise_of, title_lines, votes_of
from tui.reader.drawing.page import page

CROWD = tuple(f"Ada {letter}. Lindqvist" for letter in "ABCDE")


def lines(width: int = 76, marks: Marks = NO_MARKS, **fields: Any) -> list[str]:
    """Return the lines of a paper's page before they are wrapped."""
    return page(paper(**fields), marks, width).plain.splitlines()


def facts(width: int = 76, **fields: Any) -> str:
    """Return the line of facts under a paper's title."""
    return lines(width, **fields)[1]


def test_facts_are_authors_day_id_and_votes() -> None:
    assert facts(authors=("Ada Lindqvist", "Bo Marsh"), upvotes=52) == (
        "Ada Lindqvist, Bo Marsh · Fri 1 Aug 2025 · arXiv 2508.00001 · ▲ 52"
    )


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (76, "Ada A. Lindqvist, Ada B. Lindqvist +3 · 1 Aug 2025 · arXiv 2508.00001 · ▲ 52"),
        (70, "Ada A. Lindqvist +4 · 1 Aug 2025 · arXiv 2508.00001 · ▲ 52"),
        (50, "Ada A. Lindqvist +4 · 1 Aug 2025 · ▲ 52"),
        (30, "1 Aug 2025 · ▲ 52"),
        (5, "1 Aug 2025 · ▲ 52"),
    ],
)
def test_facts_are_fewer_where_there_is_no_room(width: int, said: str) -> None:
    assert facts(width, authors=CROWD, upvotes=52) == said


def test_summary_and_abstract_come_before_all_else() -> None:
    shown = lines(authors=CROWD, summary="In short.", abstract="At length.", comment="8 pages")
    assert shown[2:7] == ["", "In short.", "", "At length.", ""]
    assert shown[7:] == [", ".join(CROWD), "8 pages"]


def test_all_authors_are_named_once() -> None:
    assert lines(authors=CROWD[:2], abstract="A.")[2:] == ["", "A."]


def test_links_are_in_one_line() -> None:
    links = Links(page="https://a.example/", pdf="https://b.example/", code="https://c.example/")
    assert lines(links=links)[-1] == "1 page  2 pdf  3 code"


def test_link_opens_in_a_terminal_that_can() -> None:
    content = page(paper(links=Links(page="https://a.example/")), NO_MARKS, 76)
    addresses = {getattr(span.style, "link", None) for span in content.spans}
    assert "https://a.example/" in addresses


def test_address_with_control_characters_is_no_link() -> None:
    content = page(paper(links=Links(page="https://a.example/\x1b]8;;")), NO_MARKS, 76)
    assert not any(getattr(span.style, "link", None) for span in content.spans)


def test_marks_of_the_user_come_before_the_summary() -> None:
    marks = Marks(starred=True, tags=("dpo",), note="Read on.")
    shown = lines(marks=marks, title="Lamps", summary="In short.")
    assert (shown[0], shown[2:5]) == ("★ Lamps", ["#dpo", "✎ Read on.", ""])


def test_comments_are_reported() -> None:
    assert lines(upvotes=52, comments=1)[-1] == "1 comment"


def test_rise_is_shown_with_the_day_it_is_counted_from() -> None:
    shown = lines(upvotes=52, comments=3, earlier_votes=Votes("2025-08-01", 38, 2))
    assert shown[1].endswith("▲ 52 +14")
    assert shown[-1] == "▲ 52 (+14 since 1 Aug 2025) · 3 comments"


def test_fall_is_shown_as_one() -> None:
    assert "▲ 3 (-2 since" in lines(upvotes=3, earlier_votes=Votes("2025-08-01", 5, 0))[-1]


def test_paper_without_votes_says_nothing_of_them() -> None:
    assert "▲" not in facts()


def test_columns_stand_still() -> None:
    many = paper(upvotes=52, earlier_votes=Votes("2025-08-01", 38, 0))
    one = paper(upvotes=3, earlier_votes=Votes("2025-08-01", 2, 0))
    assert [votes_of(many, 5), rise_of(many, 4)] == ["▲  52", " +14"]
    assert [votes_of(one, 5), rise_of(one, 4)] == ["▲   3", "  +1"]


def test_row_shows_no_fall() -> None:
    assert not rise_of(paper(upvotes=3, earlier_votes=Votes("2025-08-01", 5, 0)), 4).strip()


@pytest.mark.parametrize("upvotes", [9_999, 10_000, 1_234_567, 10**12])
def test_many_votes_keep_to_their_column(upvotes: int) -> None:
    assert len(votes_of(paper(upvotes=upvotes), 5)) == 5


def test_author_goes_before_the_votes() -> None:
    wide, tight = columns_in(78, dated=False), columns_in(50, dated=False)
    assert (wide.author > 0, wide.votes > 0) == (True, True)
    assert (tight.author > 0, tight.votes > 0) == (False, True)


def test_row_is_as_wide_as_its_columns_together() -> None:
    for width in range(10, 200):
        columns = columns_in(width, dated=True)
        cells = (columns.date, columns.author, columns.votes, columns.rise)
        assert 3 + columns.title + sum(each + 1 for each in cells if each) + 1 == width


def test_list_without_headings_has_a_column_of_days() -> None:
    assert columns_in(78, dated=True).date
    assert not columns_in(78, dated=False).date


@pytest.mark.parametrize(
    ("listed", "said"), [("2025-08-01", "1 Aug"), ("2024-11-30", "2024-11"), ("soon", "")]
)
def test_day_in_a_row_is_no_number_beside_a_month_for_votes(listed: str, said: str) -> None:
    assert day_of(paper(date=listed), date(2025, 8, 19)) == said


def test_title_takes_two_lines_between_words() -> None:
    title = "Counting Snails in the Rain Without Getting Wet"
    assert title_lines(title, 30, 30, 2) == (
        "Counting Snails in the Rain ", "Without Getting Wet",
    )  # fmt: skip


def test_title_is_cut_where_two_lines_do_not_do() -> None:
    assert title_lines("Counting Snails in the Rain", 12, 8, 2) == ("Counting ", "Snails …")


def test_wide_letters_are_not_halved() -> None:
    shown = title_lines("夜の灯台は誰のために光るのか", 11, 11, 2)
    assert all(cell_len(line) <= 11 for line in shown)


@pytest.mark.parametrize("upvotes", [None, 5])
def test_without_an_earlier_reading_no_rise_is_known(upvotes: int | None) -> None:
    assert paper(upvotes=upvotes).rise is None


MANY = tuple(f"Ada Moss{number}" for number in range(3_000))


def test_a_few_of_many_authors_are_named_and_the_rest_counted() -> None:
    assert facts(authors=MANY).startswith("Ada Moss0, Ada Moss1 +2,998 · ")
    assert lines(authors=MANY)[-1] == ", ".join(MANY[:300]) + " and 2,700 more"


def test_a_list_of_authors_that_breaks_off_is_shown_to() -> None:
    assert facts(authors=("Ada Moss", "Bo Reed"), authors_incomplete=True).startswith(
        "Ada Moss, Bo Reed et al. · "
    )


def test_what_rules_did_is_beside_the_tags() -> None:
    shown = lines(marks=Marks(tags=("dpo",), hidden=True, score=-3))
    assert shown[2] == "#dpo × hidden score -3"


def test_what_arxiv_says_is_one_line() -> None:
    shown = lines(venue="ICML", categories=("cs.LG", "cs.AI"), announced="replace", comment="8 p")
    assert shown[-1] == "ICML · cs.LG cs.AI · new version · 8 p"
