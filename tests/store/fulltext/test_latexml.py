"""Pages that LaTeXML made are read into blocks; pages without a paper are told from them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.fulltext import html_tree
from store.fulltext.blocks import Block, Kind, Look
from store.fulltext.document import Document, NoFullTextError
from store.fulltext.html_tree import read_html
from store.fulltext.latexml import read_latexml

LAMPS = (Path(__file__).parent / "pages" / "lamps.html").read_text(encoding="utf-8")
ALGORITHMS = (Path(__file__).parent / "pages" / "algorithms.html").read_text(encoding="utf-8")
ADDRESS = "https://arxiv.org/html/2508.00001"


def read(page: str) -> Document:
    """Return the paper on a page at arXiv."""
    return read_latexml(page, ADDRESS, "arxiv")


def article(body: str) -> Document:
    """Return a paper with something in it."""
    return read(f'<html><body><article class="ltx_document">{body}</article></body></html>')


def only(document: Document, kind: Kind) -> list[Block]:
    """Return the blocks of a kind."""
    return [block for _, block in document.blocks.of(kind)]


@pytest.fixture(scope="module")
def lamps() -> Document:
    """A page that has each class once."""
    return read(LAMPS)


def test_headings_have_levels_numbers_and_anchors(lamps: Document) -> None:
    found = [(b.level, b.label, b.words.text, b.anchors) for b in only(lamps, Kind.HEADING)]
    assert found == [
        (1, "", "Lamps and Pebbles†", ()),
        (2, "", "Abstract", ()),
        (2, "1", "Introduction", ("S1",)),
        (2, "2", "Method", ("S2",)),
        (3, "2.1", "Loss", ("S2.SS1",)),
        (5, "", "A run-in title.", ("S2.SS1.SSS0.Px1",)),
        (2, "", "Acknowledgements", ("Sx1",)),
        (2, "", "References", ("bib",)),
        (2, "Appendix A", "More lamps", ("A1",)),
    ]


def test_links_lead_to_places_in_the_paper_and_to_addresses(lamps: Document) -> None:
    (block,) = (b for b in only(lamps, Kind.PARAGRAPH) if b.plain.startswith("Pebbles are old"))
    assert [link.target for link in block.links] == [
        "#bib.bib1", "#bib.bibx1", "#S2", "#S1.F1", "#S2.T1", "#S2.E1", "#footnote1",
        "https://code.example/pebbles",
    ]  # fmt: skip
    assert all(
        lamps.block_at(link.target) is not None for link in block.links if link.target[0] == "#"
    )


def test_footnote_is_below_the_block_that_calls_it(lamps: Document) -> None:
    thanks, beach = only(lamps, Kind.NOTE)
    assert thanks.words.text == "Paid for by a lighthouse."
    assert (beach.first, beach.words.text[:24]) == ("¹ ", "Pebbles from the beach a")


def test_items_have_their_markers_and_depth(lamps: Document) -> None:
    leads = [(b.first, b.words.text[:6]) for b in lamps.blocks if b.first and b.kind == "p"]
    assert leads == [
        ("• ", "a red "), ("• ", "a blue"), ("  1. ", "pale,"), ("  2. ", "dark."),
        ("  ", "Lamp w"), ("  ", "Pebble"), ("│ ", "A ston"),
    ]  # fmt: skip


def test_equations_are_numbered_and_in_unicode(lamps: Document) -> None:
    found = [(b.label, b.plain.replace("\u00a0", " ")) for b in only(lamps, Kind.EQUATION)]
    assert found == [
        ("(1)", "L(θ) = ∑ᵢ₌₁ⁿ‖f_θ(xᵢ)-yᵢ‖²+ λ‖θ‖₁."),
        ("(2)", "a = b+c,"),
        ("(3)", "d = {1, if lit; 0, otherwise"),
        ("", "p(x) = 1/Z exp(-E(x))"),
    ]


def test_theorem_runs_in_with_its_text(lamps: Document) -> None:
    theorem = lamps.blocks[lamps.block_at("#Thmtheorem1") or 0]
    assert theorem.plain == "Theorem 1 (Moss). Every pebble has a colour."


def test_table_has_spans_heads_and_nested_tables(lamps: Document) -> None:
    (table,) = only(lamps, Kind.TABLE)
    assert table.plain.split("\n") == [
        "Lamp\tAccuracy\t", "\tday\tnight", "Oil\t91.2\t88.1", "\t90.0\t80.0",
        "Gas [1]\t70.1\t60.0 (old)",
    ]  # fmt: skip
    assert (table.level, table.aligned) == (2, "lrr")


def test_code_keeps_its_spaces(lamps: Document) -> None:
    listing, verbatim = only(lamps, Kind.CODE)
    assert listing.plain.split("\n")[1] == "    # by colour"
    assert verbatim.plain == "  lamp | sort"


def test_figure_has_its_pictures_address_and_caption(lamps: Document) -> None:
    (figure,) = only(lamps, Kind.FIGURE)
    assert figure.pictures == ("https://arxiv.org/html/lamp.png",)
    assert figure.plain == "Figure 1: The lamp at 45° over the table."


def test_entries_of_the_bibliography_have_labels(lamps: Document) -> None:
    found = [(b.label, b.anchors) for b in only(lamps, Kind.REFERENCE)]
    assert found == [("[1]", ("bib.bib1",)), ("[Fern(2021)]", ("bib.bibx1",))]


def test_errors_of_the_conversion_are_reported(lamps: Document) -> None:
    assert lamps.origin == "from arXiv's HTML; converted with errors"


def test_formula_that_can_not_be_shown_stays_tex() -> None:
    document = article(r'<p><math alttext="\ours{x}+1"><mi>x</mi></math></p>')
    words = document.blocks[0].words
    assert words.text == r"\ours{x}+1"
    assert [span.look for span in words.spans] == [Look.TEX]


def test_formula_without_an_attribute_is_read_from_its_annotation() -> None:
    tex = '<annotation encoding="application/x-tex">a\\le b</annotation>'
    assert article(f"<p><math><mi>a</mi>{tex}</math></p>").blocks[0].plain == "a\u00a0≤\u00a0b"


def test_prose_between_equations_is_a_paragraph() -> None:
    document = article(
        '<table class="ltx_equationgroup"><tr id="E1" class="ltx_equation"><td>'
        '<math alttext="a=b"></math></td><td class="ltx_eqn_eqno">'
        '<span class="ltx_tag ltx_tag_equation">(2b)</span></td></tr>'
        "<tr><td colspan=5>where lamps are lit</td></tr></table>"
    )
    assert [(b.kind, b.label, b.plain) for b in document.blocks] == [
        (Kind.EQUATION, "(2b)", "a\u00a0=\u00a0b"),
        (Kind.PARAGRAPH, "", "where lamps are lit"),
    ]


def test_algorithm_keeps_its_lines_and_formulas() -> None:
    document = article(
        '<figure class="ltx_float ltx_float_algorithm" id="alg1">'
        '<figcaption><span class="ltx_tag ltx_tag_float">Algorithm 1 </span>Sorting</figcaption>'
        '<div class="ltx_listing"><div class="ltx_listingline"><span>1:</span> for '
        '<math alttext="p\\in P"></math> do</div><div class="ltx_listingline">2: end</div></div>'
        "</figure>"
    )
    caption, code = document.blocks
    assert (caption.anchors, caption.plain) == (("alg1",), "Algorithm 1 Sorting")
    assert code.plain.split("\n") == ["1: for p\u00a0∈\u00a0P do", "2: end"]


def test_furniture_of_the_page_is_left_out() -> None:
    page = (
        "<body><dialog>Report an issue</dialog><header>Back</header>"
        '<div class="ds-announcement">News!</div><nav class="ltx_TOC">Contents</nav>'
        '<article class="ltx_document"><p class="ltx_p">Pebbles.</p></article>'
        "<footer>Logs</footer></body>"
    )
    assert [block.plain for block in read(page).blocks] == ["Pebbles."]


def test_link_to_another_version_of_the_page_is_a_place_in_it() -> None:
    document = article('<p><a href="https://arxiv.org/html/2508.00001v3#S2">2</a></p>')
    assert document.blocks[0].links[0].target == "#S2"


PSEUDOCODE = """\
0: pebbles P = {p₁,…,pₙ}, a lamp ℓ
0: P in the order of brightness
1: b ← 0 {nothing was measured}
2: for i = 1 to n do
3:    if ℓ(pᵢ) > b then
4:       b ← ℓ(pᵢ)
5:    else
6:       put pᵢ aside
7:    end if
8: end for
9: return  P"""
RULED = """\
  Input: a lamp ℓ
   Result: light
1  while not ℓ shines do
2   │    turn ℓ;
3   │    if it clicks then
4   │     │   wait tᵢ seconds;
5   │   else
6   │     │   buy a lamp;
7   │    end if
8   │
9  end while"""
PYTHON = """\
1 def sort(pebbles):
2     # by colour
3     for each in pebbles:
4         if each.bright:
5             yield each"""


def test_algorithms_and_listings_keep_their_numbers_and_indentation() -> None:
    code = [block.plain.replace("\u00a0", " ") for block in only(read(ALGORITHMS), Kind.CODE)]
    lines = ["\n".join(line.rstrip() for line in each.split("\n")) for each in code]
    assert lines == [PSEUDOCODE, PYTHON, RULED]


def test_captions_of_algorithms_are_named_and_found_by_links() -> None:
    document = read(ALGORITHMS)
    assert [(b.label, b.plain) for b in only(document, Kind.CAPTION)] == [
        ("Algorithm 1", "Algorithm 1 Sorting pebbles by lamp light"),
        ("Listing\u00a01", "Listing\u00a01: The same in code"),
        ("Algorithm\u00a01", "Algorithm\u00a01 Mending a lamp"),
    ]
    (paragraph,) = (b for b in only(document, Kind.PARAGRAPH) if b.links)
    found = [document.blocks[document.block_at(link.target) or 0].label for link in paragraph.links]
    assert found == ["Algorithm 1", "Listing\u00a01"]


def test_numbers_of_code_stand_at_the_right() -> None:
    lines = "".join(
        f'<div class="ltx_listingline"><span class="ltx_tag ltx_tag_listingline">{n}:</span>a</div>'
        for n in (9, 10)
    )
    (block,) = only(article(f'<div class="ltx_listing">{lines}</div>'), Kind.CODE)
    assert block.plain == " 9: a\n10: a"


def test_picture_among_the_text_stands_where_it_was_and_a_sign_among_words_does_not() -> None:
    document = article(
        '<p class="ltx_p">One.<img src="sign.png" width="20" height="20"></p>'
        '<p class="ltx_p"><img src="x1.png" width="20" height="300"></p><p class="ltx_p">Two.</p>'
    )
    assert [(b.kind, b.plain, len(b.pictures)) for b in document.blocks] == [
        (Kind.PARAGRAPH, "One.", 0), (Kind.FIGURE, "", 1), (Kind.PARAGRAPH, "Two.", 0),
    ]  # fmt: skip


def test_pictures_are_relative_to_the_base_of_the_page() -> None:
    document = read(
        '<head><base href="/html/2508.00001v2/"></head><article class="ltx_document">'
        '<figure><img src="x1.png"><figcaption>Figure 1: A.</figcaption></figure></article>'
    )
    assert document.blocks[0].pictures == ("https://arxiv.org/html/2508.00001v2/x1.png",)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<html><body>No HTML for this paper</body></html>", "without a paper"),
        ('<title>Untitled Document</title><article class="ltx_document"><p>long</p></article>',
         "conversion to HTML failed"),
        ('<article class="ltx_document"><p>a<span class="ltx_ERROR">\\b</span></p></article>',
         "conversion to HTML failed"),
        ('<article class="ltx_document"></article>', "no text in it"),
    ],
)  # fmt: skip
def test_page_without_a_paper_is_refused(page: str, said: str) -> None:
    with pytest.raises(NoFullTextError, match=said):
        read(page)


def test_untitled_page_with_a_whole_paper_is_read() -> None:
    words = "pebbles and lamps " * 100
    page = f'<title>Untitled Document</title><article class="ltx_document"><p>{words}</p></article>'
    assert len(read(page).blocks) == 1


def test_three_hundred_references_are_three_hundred_blocks() -> None:
    entries = "".join(
        f'<li id="bib.bib{n}" class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">[{n}]'
        f'</span><span class="ltx_bibblock">Moss. Lamp {n}.</span></li>'
        for n in range(1, 301)
    )
    document = article(f'<section id="bib"><ul class="ltx_biblist">{entries}</ul></section>')
    found = document.blocks[document.block_at("#bib.bib12") or 0]
    assert (len(document.blocks), found.plain) == (300, "Moss. Lamp 12.")


TAGS = (
    *("<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td colspan=9>", "</table>", "<li>"),
    *('<span class="ltx_note">', "</span>", "<ul>", "<dl><dt>", "<dd>", "<math alttext='x^2'>"),
    *("</math>", "<figure>", "<img src=x>", "<h2 class='ltx_title ltx_title_section'>", "<!--"),
    *('<a href="#S1">', "</a>", "&#x202e;", "&lt;", "\x1b[2J", "夜", "<h6 class=ltx_title_proof>"),
    *('<table class="ltx_equation"><tr class="ltx_equation"><td>', "<pre>", "<", ">", '"', "word"),
)


@given(st.lists(st.sampled_from(TAGS), max_size=60).map("".join))
def test_any_page_is_a_harmless_paper_or_refused(body: str) -> None:
    try:
        document = article(body)
    except NoFullTextError:
        return
    for block in document.blocks:
        assert not set(block.plain) & set("\x1b\u202e")
        for words in block.words_apart():
            assert all(0 <= start < end <= len(words.text) for start, end, *_ in words.spans)


@pytest.mark.parametrize(
    "piece", ["<", "<a ", '<a "', "<!--", "<math>", "<div>", "<table><tr><td>"]
)
def test_page_of_broken_markup_is_read_to_an_end(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html_tree, "MOST_ELEMENTS", 4_000)
    root, _ = read_html(piece * 20_000)
    assert sum(1 for _ in root.walk()) <= 4_001
