"""Whatever a page holds, it is read in bounds: what is beyond them is left out, and that is
reported.

What is counted are calls and sizes: how long they take depends on the machine.
"""

import sys

import pytest

from store.fulltext import html_tree
from store.fulltext.document import Document, NoFullTextError
from store.fulltext.html_tree import read_html
from store.fulltext.text_sources import read_source

HEAD = '<html><article class="ltx_document"><p class="ltx_p">Pebbles.</p>'
MANY = 3_500
MOST_CALLS = 75_000
"""Of functions, for a page that may take the work below; a hostile one would take millions."""
WORK, ELEMENTS = 2_500, 750


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds hundreds of times as narrow as usual."""
    monkeypatch.setattr(html_tree, "MOST_WORK", WORK)
    monkeypatch.setattr(html_tree, "MOST_ELEMENTS", ELEMENTS)
    monkeypatch.setattr(html_tree, "MOST_TOKENS", 4 * ELEMENTS)
    monkeypatch.setattr(html_tree, "MOST_TEXT", 50_000)


def read(page: str) -> Document:
    """Return the text of a page at arXiv."""
    return read_source("arxiv", page.encode(), "https://arxiv.org/html/1")


def calls_of(page: str) -> int:
    """Return how many functions are called to read a page, which has to be cut."""
    calls = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        document = read(page)
    finally:
        sys.setprofile(None)
    assert document.flaws[-1] == "cut: the page is too long"
    assert document.blocks[0].plain == "Pebbles."
    return calls


LINE = '<div class="ltx_listing"><div class="ltx_listingline">a'


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "piece",
    [
        *('<figure class="ltx_figure">', "<ul><li>a", "<blockquote>a", LINE, "<sub>a", "<h2>a"),
        *('<table class="ltx_tabular"><tr><td>a<td>', "<span class='ltx_note'>a", "<dl><dt>a"),
        *('<table class="ltx_equationgroup"><tbody><tr><td>a', "<figcaption>a", "<p>a</p>"),
        *("<math alttext='x_1'></math>", "<a href='#S1'>1</a>", "</div>", "<!---->a", "<a b='"),
        *("<div class='ltx_authors'><span class='ltx_personname'>a", "&amp;" * 20, "<tr><td>b"),
        *("<img src='x.png'>", "<td rowspan=60 colspan=60>a"),
    ],
)
def test_page_of_one_thing_again_and_again_is_cut(piece: str) -> None:
    assert calls_of(HEAD + piece * MANY) < MOST_CALLS


def test_rows_of_equations_are_not_searched_for_each_of_them() -> None:
    row = '<tr class="ltx_equation"><td><math alttext="x"></math></td></tr>'

    def calls(count: int) -> int:
        found = 0

        def seen(frame: object, event: str, argument: object) -> None:
            nonlocal found
            found += event in ("call", "c_call")

        page = f'{HEAD}<table class="ltx_equationgroup"><tbody>{row * count}</tbody></table>'
        sys.setprofile(seen)
        try:
            read(page)
        finally:
            sys.setprofile(None)
        return found

    assert calls(400) < 4.5 * calls(100)


@pytest.mark.parametrize(
    "tag",
    [
        "<p " + " ".join(f"a{number}=b" for number in range(100_000)) + ">",
        "<p class='" + " ".join(f"a{number}" for number in range(100_000)) + "'>",
    ],
    ids=["attributes", "classes"],
)
def test_attributes_of_a_tag_are_read_up_to_a_limit(tag: str) -> None:
    root, whole = read_html(f"{tag}Pebbles.</p>")
    paragraph = root.find("p")
    assert whole
    assert paragraph is not None
    assert paragraph.text().endswith("Pebbles.")
    assert sum(map(len, paragraph.attributes)) <= html_tree.LONGEST_TAG
    assert sum(map(len, paragraph.classes)) <= html_tree.LONGEST_TAG


def test_annotations_of_a_formula_are_gone_through_once() -> None:
    root, _ = read_html("<math><annotation " + "application/x-tex" * 50_000 + "</math>Pebbles.")
    assert root.text().endswith("Pebbles.")
    tex = '<math><annotation encoding="application/x-tex">x</annotation></math>'
    formula = read_html(tex)[0].find("math")
    assert formula is not None
    assert formula.get("alttext") == "x"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("sign", ["a", "a ", "é", "𝒳", "&amp;", "\n"])
def test_long_line_is_cut_and_said(sign: str) -> None:
    document = read(HEAD + sign * 60_000)
    assert document.flaws == ("cut: the page is too long",)
    assert document.length <= 50_010


@pytest.mark.parametrize("limit", range(100, 104))
def test_page_is_cut_between_characters(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.fulltext.text_sources.HTML_LIMIT", limit)
    assert set(read(HEAD + "𝒳" * 60).blocks[1].plain) == {"𝒳"}


def test_page_beyond_the_limit_in_bytes_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.fulltext.text_sources.HTML_LIMIT", 200)
    assert read(HEAD + "<p>Lamps.</p>" * 50).flaws == ("cut: the page is too long",)
    assert read(HEAD).flaws == ()


def test_markdown_beyond_the_limit_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.fulltext.text_sources.TEXT_LIMIT", 10)
    document = read_source("hf", b"Pebbles and lamps.", "")
    assert (document.blocks[0].plain, document.flaws) == (
        "Pebbles an",
        ("cut: the text is too long",),
    )


@pytest.mark.usefixtures("small")
def test_page_that_takes_too_long_before_a_paper_is_found_is_refused() -> None:
    with pytest.raises(NoFullTextError, match="takes too long"):
        read(HEAD + '<div class="ltx_page_message">' * 90 + "<b>a</b>" * 2_000)
