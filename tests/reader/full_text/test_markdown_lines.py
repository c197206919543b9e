"""Markdown is laid out as lines that fit, say what the source says and do no harm."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.reader.full_text.document import Document
from tui.reader.full_text.layout import lay_out
from tui.reader.full_text.pieces import LONGEST_TABLE, split_markdown
from tui.reader.line_breaks import folds, line_breaks

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MARKS = [*"ab `*_#>-+|[]()!<&;\\$~:1.\n\n  ", "夜", "é", "𝒳", "\u0301", "<br>", "| a |\n|---|\n"]
MARKDOWN = st.lists(st.sampled_from(MARKS), max_size=150).map("".join)
"""Text in which most characters mean something."""
SOURCE = st.one_of(MARKDOWN, st.text(max_size=200))


def shown(markdown: str, width: int = 40) -> list[str]:
    """Return the lines of a document."""
    lines = []
    for piece in split_markdown(markdown):
        laid = lay_out(piece, width)
        lines += [line.lead + laid.text.plain[line.start : line.end] for line in laid.lines]
    return [line.rstrip() for line in lines]


def text(markdown: str, width: int = 40) -> str:
    """Return the lines of a document as one text, without the empty ones around."""
    return "\n".join(shown(markdown, width)).strip("\n")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("one\ntwo", "one two"),
        ("one  \ntwo", "one\ntwo"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("# Lamps\ntext", "Lamps\n\ntext"),
        ("Lamps\n=====\ntext", "Lamps\n\ntext"),
        ("**bold** _it_ `code`", "bold it code"),
        ("- a\n- b\n\ntext", "• a\n• b\n\ntext"),
        ("text\n- a", "text\n\n• a"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("2.   a\n    1.   b", "2. a\n   1. b"),
        ("*   a\n    *   b", "• a\n  • b"),
        ("> a\n>\n> b", "│ a\n│\n│ b"),
        ("```\nx  y\n\n  z\n```", "x  y\n\n  z"),
        ("* * *", "─" * 40),
        ("<div>a<br>b</div>", "a\nb"),
        ("H<sub>2</sub>O", "H2O"),
        ("it says <think> first", "it says <think> first"),
        ("![Image 1: a lamp](https://a.example/x.png)", "[image: a lamp]"),
        ("![Image 1: Refer to caption](x.png)", "[image]"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("[1]: https://a.example", "[1]: https://a.example"),
        ("costs $5 or $6", "costs $5 or $6"),
        (r"$a_i * b_i * c$", "aᵢ * bᵢ * c"),
        (r"a set $\alpha \in A$.", "a set α ∈ A."),
        (r"s(x),\,a(x)", "s(x), a(x)"),
    ],
)  # fmt: skip
def test_markdown_is_read(markdown: str, expected: str) -> None:
    assert text(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("[a lamp](https://a.example)", "a lamp (https://a.example)"),
        ("[https://a.example](https://a.example)", "https://a.example"),
        ("[a.example](https://a.example/)", "a.example"),
        ("[12](https://arxiv.org/html/2508.1#bib.3 \"Lamps\")", "12"),
        ("[12](#three)", "12"),
        ("<https://a.example>", "https://a.example"),
        ("[a](javascript:alert)", "a (javascript:alert)"),
        ("[](https://a.example)", "https://a.example"),
    ],
)  # fmt: skip
def test_link_is_shown_with_its_address_where_that_tells_more(markdown: str, expected: str) -> None:
    assert text(markdown) == expected


def test_paragraph_is_wrapped_under_its_marker() -> None:
    assert text("- one two three", 9) == "• one two\n  three"


def test_table_is_aligned_by_cells() -> None:
    table = "| a | b |\n|---|--:|\n| 夜夜 | 1 |\n| c | 234 |"
    assert text(table) == "a       b\n────  ───\n夜夜    1\nc     234"


def test_table_that_is_too_wide_wraps_its_cells() -> None:
    table = "| name | text |\n|---|---|\n| a | one two three four |"
    assert text(table, 16) == "name  text\n────  ──────────\na     one two\n      three four"


def test_long_table_is_one_table() -> None:
    table = "| name | text |\n|---|---|\n" + "| a | one two three four |\n" * 400
    assert "|" not in text(table)


def test_headings_are_known() -> None:
    laid = lay_out("a\n\n# One\n\nb\n\n## Two", 40)
    assert [laid.text.plain[laid.lines[n].start : laid.lines[n].end] for n in laid.headings] == [
        "One",
        "Two",
    ]


def test_entity_is_no_way_around_cleaning() -> None:
    assert not CONTROL.search(text("a&#x202e;b&#x9b;c&#27;d `&#7;`"))


def test_long_word_is_broken() -> None:
    assert shown("a" * 25, 10)[:3] == ["a" * 10, "a" * 10, "a" * 5]


def test_fenced_code_is_one_piece() -> None:
    code = "```\n" + "x\n\n" * 400 + "```\n\nafter"
    assert split_markdown(code) == [code.removesuffix("after"), "after"]


@given(SOURCE, st.integers(1, 60))
def test_no_line_is_too_wide(markdown: str, width: int) -> None:
    assert all(cell_len(line) <= max(width, 3) for line in shown(markdown, width))


@given(SOURCE)
def test_what_is_shown_is_harmless(markdown: str) -> None:
    assert not any(CONTROL.search(line) for line in shown(markdown))


@given(SOURCE)
def test_pieces_are_the_document(markdown: str) -> None:
    assert "".join(split_markdown(markdown)) == markdown


@given(st.text(alphabet="ab| `\n", max_size=60), st.integers(1, 3))
def test_no_piece_is_too_long(markdown: str, times: int) -> None:
    assert all(len(piece) <= LONGEST_TABLE for piece in split_markdown(markdown * 200 * times))


@given(st.text(alphabet="ab é夜\u0301", max_size=80), st.integers(2, 20))
def test_broken_lines_hold_all_words(text: str, width: int) -> None:
    lines = [text[start:end] for start, end in line_breaks(text, width)]
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(alphabet="ab é夜\u0301", max_size=80), st.integers(2, 20))
def test_folded_code_is_the_code(text: str, width: int) -> None:
    assert "".join(text[start:end] for start, end in folds(text, width)) == text


@pytest.mark.parametrize(
    "text",
    ["[" * 6_000, "![*a" * 1_500, "|a" * 99 + "\n" + "|-" * 99 + "\n|" * 2_800, "$a" * 3_000],
    ids=["brackets", "images", "table", "dollars"],
)
def test_hostile_piece_is_laid_out_soon(text: str) -> None:
    before = process_time()
    lay_out(text, 80)
    assert process_time() - before < 1.0


# A document


PIECES = [f"# Part {number}\n\n" + "pebbles and lamps " * 30 for number in range(30)]


def test_place_is_the_same_at_another_width() -> None:
    narrow, wide = Document(PIECES, 30), Document(PIECES, 90)
    place = narrow.place_at(narrow.settle(200, 20))
    assert wide.place_at(wide.index_of(place)).piece == place.piece


def test_laying_out_above_keeps_the_line() -> None:
    document = Document(PIECES, 40)
    top = document.settle(300, 10)
    place = document.place_at(top)
    while not document.complete:
        top = document.lay_next(top)
    assert document.place_at(top) == place


def test_match_is_found_over_a_line_break() -> None:
    document = Document(["one two three"], 8)
    document.search("TWO three")
    document.settle(0, 5)
    assert [place.offset for place in document.matches()] == [4]


@given(st.lists(SOURCE, max_size=4), st.integers(1, 30), st.integers(-5, 500), st.integers(1, 40))
def test_any_place_can_be_shown(pieces: list[str], width: int, top: int, page: int) -> None:
    document = Document(pieces, width)
    top = document.settle(top, page)
    for index in range(top, min(top + page, document.line_count())):
        document.drawn(index, "bold", "reverse", None)
    assert document.index_of(document.place_at(top)) <= max(top, document.line_count())
