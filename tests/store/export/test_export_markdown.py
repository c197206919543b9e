"""Papers as a reading list in Markdown: groups, items, and that text stays text."""

import re

import pytest
from conftest import paper
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from store.export.formats import export
from store.model import NO_MARKS, Links, Marks, Paper
from store.text.clean import clean_line

LAMPS = paper(
    "arxiv:2506.01234",
    "Lamps for Sorters",
    authors=("Ana Lamp", "Ben Shade", "Cy Bulb", "Di Wick"),
    summary="Lamps help.",
    links=Links(code="https://example.org/a_(b)"),
)
GITHUB = MarkdownIt("gfm-like")
"""With tables, strikethrough, and links where an address is in the text."""


def written(*entries: tuple[Paper, Marks], by_tag: bool = False) -> str:
    """Return the list as text."""
    return export("markdown", entries, group="tag" if by_tag else "day").decode()


def tokens(text: str) -> list[Token]:
    """Return all that a reader of GitHub's dialect finds in a list."""
    return [
        inner
        for outer in GITHUB.parse(text)
        for inner in (outer.children if outer.children is not None else [outer])
    ]


BY_DAY = r"""# Reading list

## 2025-08-01

- ★ [Lamps for Sorters](https://arxiv.org/abs/2506.01234)\
  Ana Lamp, Ben Shade, Cy Bulb and 1 more · [code](https://example.org/a_%28b%29) · \#to-do

  Lamps help.

  > For Ana
  >
  > \# not now
"""


def test_list_by_day() -> None:
    marks = Marks(starred=True, tags=("to-do",), note="For Ana\n# not now")
    assert written((LAMPS, marks)) == BY_DAY


def test_days_are_in_the_order_of_the_papers() -> None:
    days = ["2025-08-02", "2025-07-01", "2025-08-02", ""]
    text = written(*((paper(f"sha:{n}", date=day), NO_MARKS) for n, day in enumerate(days)))
    assert re.findall("^## (.*)", text, re.MULTILINE) == ["2025-08-02", "2025-07-01", "No day"]


def test_list_by_tag_has_a_paper_under_each_of_its_tags() -> None:
    entries = [
        (paper("sha:0", "First"), NO_MARKS),
        (paper("sha:1", "Second"), Marks(tags=("b",))),
        (paper("sha:2", "Third"), Marks(tags=("a", "b"))),
    ]
    headings = re.findall(
        "^(?:##|-) (.[a-zA-Z ]*)(?:\\\\\n.*)?$", written(*entries, by_tag=True), re.M
    )
    assert headings == ["a", "Third", "b", "Second", "Third", "No tag", "First"]


def test_note_of_several_paragraphs_is_one_quotation() -> None:
    text = written((paper(), Marks(note="One.\n\nTwo.")))
    assert [t.type for t in GITHUB.parse(text)].count("blockquote_open") == 1


HOSTILE = [
    "# Heading",
    "1. item",
    "12) item",
    "- item",
    "> quoted",
    "===",
    "[text](https://example.org)",
    "![](https://example.org/x.png)",
    "https://example.org",
    "www.example.org",
    "example.org",
    "//example.org",
    "<https://example.org>",
    "ana@example.org",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; &copy;",
    "`code` and ~~struck~~ *a* __b__",
    "a | b",
    "```",
    "~~~",
    "end\\",
    "<!--",
    "[a]: https://example.org",
    "* * *",
    "a\u2028# b",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    assert shown(text) == [clean_line(text)] * 5


@given(st.text() | st.text("".join(HOSTILE)))
def test_any_text_stays_text(text: str) -> None:
    assert shown("x" + text) == [clean_line("x" + text)] * 5


def shown(text: str) -> list[str]:
    """Return what is shown of a text as heading, title, author, tag, summary and note.

    The one link, heading, list and quotation that the list itself makes are checked.
    """
    one = paper("arxiv:2506.01234", text, authors=(text,), summary=text)
    document = GITHUB.parse(written((one, Marks(tags=(text,), note=clean_line(text))), by_tag=True))
    kinds = [token.type.removesuffix("_open") for token in document if token.nesting == 1]
    assert kinds == [
        *("heading", "heading", "bullet_list", "list_item"),
        *("paragraph", "paragraph", "blockquote", "paragraph"),
    ]
    inline = [token for token in document if token.type == "inline"][1:]
    children = [token for each in inline for token in each.children or []]
    assert {token.type for token in children} <= {"text", "link_open", "link_close", "hardbreak"}
    assert [token.type for token in children].count("link_open") == 1
    heading, title, about, summary, note = (
        "".join(token.content for token in line)
        for each in inline
        for line in lines(each.children or [])
    )
    return [heading, title, about.removesuffix(f" · #{clean_line(text)}"), summary, note]


def lines(children: list[Token]) -> list[list[Token]]:
    """Return tokens line by line."""
    parts: list[list[Token]] = [[]]
    for token in children:
        if token.type == "hardbreak":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
