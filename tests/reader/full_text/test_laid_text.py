"""A text is laid out as lines that fit, say what the source says and do no harm."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.fulltext.document import Blocks, NoFullTextError
from store.fulltext.latexml import read_latexml
from store.fulltext.markdown import read_markdown
from store.fulltext.reading_places import Place
from tui.reader.drawing.line_breaks import folds, line_breaks
from tui.reader.full_text.laid_text import LaidText

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MARKS = [*"ab `*_#>-+|[]()!<&;\\$~:1.\n\n  ", "夜", "é", "𝒳", "\u0301", "<br>", "| a |\n|---|\n"]
MARKDOWN = st.lists(st.sampled_from(MARKS), max_size=150).map("".join)
"""Text in which most characters mean something."""
SOURCE = st.one_of(MARKDOWN, st.text(max_size=200))


def blocks_of(markdown: str) -> Blocks:
    """Return the blocks of a text; none where it is empty."""
    try:
        return read_markdown(markdown).blocks
    except NoFullTextError:
        return Blocks([])


def lines_of(blocks: Blocks, width: int) -> list[str]:
    """Return the lines of a text."""
    laid = LaidText(blocks, width)
    laid.lay_next(0, len(blocks))
    lines = []
    for index in range(laid.line_count()):
        _, _, line, content = laid.drawn(index, "bold", "reverse", None)
        lines.append((line.lead + content.plain + line.tail).replace("\u00a0", " ").rstrip())
    return lines


def shown(markdown: str, width: int = 40) -> list[str]:
    """Return the lines of a Markdown text."""
    return lines_of(blocks_of(markdown), width)


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
        ("![Image 1: a lamp](https://a.example/x.png)", "a lamp"),
        ("a\n\n![Image 1: Refer to caption](x.png)", "a\n\n[image]"),
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
        ("[a lamp](https://a.example)", "a lamp"),
        ("[https://a.example](https://a.example)", "https://a.example"),
        ("[12](https://arxiv.org/html/2508.1#bib.3 \"Lamps\")", "12"),
        ("[12](#three)", "12"),
        ("<https://a.example>", "https://a.example"),
        ("[a](javascript:alert)", "a"),
        ("[](https://a.example)", "https://a.example"),
    ],
)  # fmt: skip
def test_address_of_a_link_is_not_in_the_sentence(markdown: str, expected: str) -> None:
    assert text(markdown) == expected


def test_terminal_is_reported_the_address_of_a_link() -> None:
    laid = LaidText(blocks_of("see [a lamp](https://a.example) and [b](#c)"), 40)
    _, _, _, content = laid.drawn(0, "", "", None)
    styles = [span.style for span in content.spans]
    assert [getattr(style, "link", None) for style in styles] == ["https://a.example", None]


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


def test_headings_are_gone_to_in_turn() -> None:
    laid = LaidText(blocks_of("a\n\n# One\n\nb\n\n## Two"), 40)
    assert (laid.heading(0, 1), laid.heading(2, 1), laid.heading(6, -1)) == (2, 6, 2)
    assert (laid.heading(6, 1), laid.heading(0, -1)) == (None, None)


def test_entity_is_no_way_around_cleaning() -> None:
    assert not CONTROL.search(text("a&#x202e;b&#x9b;c&#27;d `&#7;`"))


def test_long_word_is_broken() -> None:
    assert shown("a" * 25, 10)[:3] == ["a" * 10, "a" * 10, "a" * 5]


@given(SOURCE, st.integers(1, 60))
def test_no_line_is_too_wide(markdown: str, width: int) -> None:
    assert all(cell_len(line) <= max(width, 3) for line in shown(markdown, width))


@given(SOURCE)
def test_what_is_shown_is_harmless(markdown: str) -> None:
    assert not any(CONTROL.search(line) for line in shown(markdown))


@given(st.text(alphabet="ab é夜\u0301", max_size=80), st.integers(2, 20))
def test_broken_lines_hold_all_words(text: str, width: int) -> None:
    lines = [text[start:end] for start, end in line_breaks(text, width)]
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(alphabet="ab é夜\u0301", max_size=80), st.integers(2, 20))
def test_folded_code_is_the_code(text: str, width: int) -> None:
    assert "".join(text[start:end] for start, end in folds(text, width)) == text


# A page of LaTeXML


def test_equation_is_in_the_middle_and_its_number_at_the_edge() -> None:
    page = (
        '<article class="ltx_document"><table class="ltx_equation"><tr class="ltx_equation"><td>'
        '<math alttext="a=b"></math></td><td><span class="ltx_tag_equation">(1)</span></td></tr>'
        "</table></article>"
    )
    assert lines_of(read_latexml(page, "https://a.example", "arxiv").blocks, 21) == [
        "      a = b       (1)",
    ]


def test_formula_is_not_broken_where_it_fits_a_line() -> None:
    assert text("the loss $a + b + c + d$ falls", 20) == "the loss\na + b + c + d falls"


def test_equation_that_is_too_wide_is_broken_between_its_terms() -> None:
    assert text("$$aaaa = bbbb = cccc$$", 12) == "aaaa = bbbb\n   = cccc"


def test_caption_stands_right_above_its_table() -> None:
    assert text("Table 1: Lamps.\n\n| a |\n|---|\n| b |") == "Table 1: Lamps.\na\n─\nb"


# A text as it is looked at


PARTS = "\n\n".join(f"# Part {number}\n\n" + "pebbles and lamps " * 30 for number in range(30))


def test_place_is_the_same_at_another_width() -> None:
    narrow, wide = LaidText(blocks_of(PARTS), 30), LaidText(blocks_of(PARTS), 90)
    place = narrow.place_at(narrow.settle(200, 20))
    assert wide.place_at(wide.index_of(place)).block == place.block


def test_laying_out_above_keeps_the_line() -> None:
    laid = LaidText(blocks_of(PARTS), 40)
    top = laid.settle(300, 10)
    place = laid.place_at(top)
    while not laid.complete:
        top = laid.lay_next(top, 1)
    assert laid.place_at(top) == place


def test_lines_that_were_forgotten_are_the_same_again() -> None:
    blocks = blocks_of("\n\n".join(f"line {number}" for number in range(1_000)))
    laid = LaidText(blocks, 40)
    laid.lay_next(0, len(blocks))
    assert [laid.drawn(index, "", "", None)[3].plain for index in (0, 1, 1_998)] == [
        "line 0", "", "line 999",
    ]  # fmt: skip


def test_match_is_found_over_a_line_break() -> None:
    laid = LaidText(blocks_of("one two three"), 8)
    laid.search("TWO three")
    assert laid.matches() == [Place(0, 4)]


def test_match_is_found_in_a_formula_and_in_what_was_not_looked_at() -> None:
    laid = LaidText(blocks_of(PARTS + "\n\nso $a = b$ holds"), 40)
    laid.search("a = b")
    assert len(laid.matches()) == 1


def test_match_in_a_table_is_marked_in_its_cell() -> None:
    laid = LaidText(blocks_of("| name | lamp |\n|---|---|\n| oil | gas |"), 40)
    laid.search("gas")
    _, _, _, content = laid.drawn(2, "reverse", "bold", None)
    assert [content.plain[s.start : s.end] for s in content.spans if s.style == "reverse"] == [
        "gas"
    ]


@given(SOURCE, st.integers(1, 30), st.integers(-5, 500), st.integers(1, 40))
def test_any_place_can_be_shown(markdown: str, width: int, top: int, page: int) -> None:
    laid = LaidText(blocks_of(markdown), width)
    top = laid.settle(top, page)
    for index in range(top, min(top + page, laid.line_count())):
        laid.drawn(index, "bold", "reverse", None)
    assert laid.index_of(laid.place_at(top)) <= max(top, laid.line_count())
