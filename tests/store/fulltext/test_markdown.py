"""The Markdown of a paper is read into blocks, with the anchors and links that it lacks."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.fulltext.blocks import Kind
from store.fulltext.document import Document, NoFullTextError
from store.fulltext.latexml import read_latexml
from store.fulltext.markdown import read_markdown
from store.fulltext.markdown_parser import LONGEST_TABLE, split_markdown
from store.fulltext.numbers import section_anchor
from store.fulltext.writing import as_markdown, as_plain

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MARKS = [*"ab `*_#>-+|[]()!<&;\\$~:1.\n\n  ", "夜", "é", "𝒳", "\u0301", "<br>", "| a |\n|---|\n"]
SOURCE = st.one_of(
    st.lists(st.sampled_from(MARKS), max_size=150).map("".join), st.text(max_size=200)
)
"""Text in which most characters mean something."""
NUMBERED = """# Lamps

## 2 Method

See Fig. 3, Table 1, Section 2.1 and [7]; not Fig. 9.

### 2.1 Loss

![Refer to caption](https://a.example/x.png)

Figure 3: A lamp.

Table 1: Lamps.

## References

[7] Moss. Light.

* Fern. Stones.
"""


def plain(markdown: str) -> list[tuple[str, str]]:
    """Return what comes before each block, and its text."""
    return [(block.first, block.plain) for block in read_markdown(markdown).blocks]


def test_what_the_source_sets_before_a_text_is_dropped() -> None:
    head = "Title: A\n\nURL Source: https://a.example\n\nPublished Time: now\n\nMarkdown Content:\n"
    assert plain(f"{head}# A") == [("", "A")]


@pytest.mark.parametrize("text", ["", " \n", "Title: A\n\nMarkdown Content:\n"])
def test_what_is_empty_is_no_text(text: str) -> None:
    with pytest.raises(NoFullTextError):
        read_markdown(text)


def test_what_is_numbered_is_found_by_its_number() -> None:
    document = read_markdown(NUMBERED)
    (calls,) = (b for b in document.blocks if b.plain.startswith("See Fig."))
    found = [document.blocks[document.block_at(link.target) or 0].plain for link in calls.links]
    assert found == ["Figure 3: A lamp.", "Table 1: Lamps.", "2.1 Loss", "Moss. Light."]


def test_anchors_are_those_of_links_into_the_page_of_the_paper() -> None:
    document = read_markdown(NUMBERED)
    targets = ("#S2", "#S2.SS1", "#S2.F3", "#S2.T1", "#bib.bib7")
    assert [document.blocks[document.block_at(each) or 0].plain for each in targets] == [
        "2 Method", "2.1 Loss", "Figure 3: A lamp.", "Table 1: Lamps.", "Moss. Light.",
    ]  # fmt: skip


def test_picture_goes_with_the_caption_below_it() -> None:
    ((_, figure),) = read_markdown(NUMBERED).blocks.of(Kind.FIGURE)
    assert figure.pictures == ("https://a.example/x.png",)


@pytest.mark.parametrize(
    ("title", "anchor"),
    [("3 Method", "S3"), ("3.1. Loss", "S3.SS1"), ("A.2 More", "A1.SS2"), ("Appendix B Rest", "A2"),
     ("Method", ""), ("A pebble", "A1"), ("4.1.2 Deep", "S4.SS1.SSS2")],
)  # fmt: skip
def test_section_has_the_anchor_of_its_number(title: str, anchor: str) -> None:
    assert section_anchor(title) == anchor


def test_formula_that_is_set_apart_is_an_equation() -> None:
    ((_, equation),) = read_markdown("text\n\n$$a \\le b$$ (4)").blocks.of(Kind.EQUATION)
    assert (equation.plain, equation.label) == ("a\u00a0≤\u00a0b", "(4)")


def test_text_that_takes_too_long_ends_as_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.fulltext.markdown.PATIENCE", -1.0)
    document = read_markdown("**a**\n\nb")
    assert [block.plain for block in document.blocks] == ["**a**", "b"]
    assert "plain text" in document.origin


def test_fenced_code_is_one_piece() -> None:
    code = "```\n" + "x\n\n" * 400 + "```\n\nafter"
    assert split_markdown(code) == [code.removesuffix("after"), "after"]


@given(SOURCE)
def test_pieces_are_the_document(markdown: str) -> None:
    assert "".join(split_markdown(markdown)) == markdown


@given(st.text(alphabet="ab| `\n", max_size=60), st.integers(1, 3))
def test_no_piece_is_too_long(markdown: str, times: int) -> None:
    assert all(len(piece) <= LONGEST_TABLE for piece in split_markdown(markdown * 200 * times))


@given(SOURCE)
def test_any_markdown_is_a_harmless_text_or_refused(markdown: str) -> None:
    try:
        document = read_markdown(markdown)
    except NoFullTextError:
        return
    assert not any(CONTROL.search(block.plain.replace("\t", "")) for block in document.blocks)
    as_plain(document)


# Writing it again


def lamps() -> Document:
    """Return the paper of the page that has each class once."""
    page = (Path(__file__).parent / "pages" / "lamps.html").read_text(encoding="utf-8")
    return read_latexml(page, "https://arxiv.org/html/2508.00001", "arxiv")


def test_text_as_markdown_says_where_it_came_from() -> None:
    assert as_markdown(lamps()).startswith("<!-- from arXiv's HTML; converted with errors -->\n")


@pytest.mark.parametrize(
    "line",
    ["## 1 Introduction", "- a blue one:", "  1. pale,", "> A stone by any other light.",
     "| Oil | 91.2 | **88.1** |", "    a = b+c, (2)", "[our page](https://code.example/pebbles)",
     "![Figure 1](https://arxiv.org/html/lamp.png) Figure 1: The lamp at 45° over the table."],
)  # fmt: skip
def test_text_as_markdown_has_its_marks(line: str) -> None:
    assert line in as_markdown(lamps())


def test_text_as_markdown_is_read_as_the_same_text() -> None:
    again = read_markdown(as_markdown(lamps()))
    titles = [entry.title for entry in again.contents]
    assert titles == [entry.title for entry in lamps().contents]


def test_plain_text_has_no_marks() -> None:
    text = as_plain(lamps())
    assert "We sort pebbles by lamp light." in text
    assert "**" not in text
