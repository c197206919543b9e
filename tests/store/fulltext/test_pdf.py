"""The text of a PDF is read in the order of its columns; a broken PDF is refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.fulltext.blocks import Kind
from store.fulltext.document import Document, NoFullTextError
from store.fulltext.pdf import missing_extra, read_pdf
from store.fulltext.pdf_blocks import Page, Piece, read_pages

PDF = (Path(__file__).parent / "pages" / "columns.pdf").read_bytes()
needs_pdf = pytest.mark.skipif(bool(missing_extra()), reason="the extra pdf is not installed")


@pytest.fixture(scope="module")
def columns() -> Document:
    """A page with two columns."""
    return read_pdf(PDF, "https://a.example/pdf/1")


@needs_pdf
def test_second_column_goes_on_with_the_sentence_of_the_first(columns: Document) -> None:
    texts = list(columns.blocks.plain())
    assert any("The first column ends about here, and the second column" in text for text in texts)


@needs_pdf
def test_word_that_was_broken_is_whole(columns: Document) -> None:
    texts = " ".join(columns.blocks.plain())
    assert "extraordinarily, incomprehensibilities and characterisation" in texts


@needs_pdf
def test_headings_are_reported_by_number_and_name(columns: Document) -> None:
    assert [entry.title for entry in columns.contents] == [
        "Abstract", "1 Introduction", "2 Method", "2.1 Lamps", "References",
    ]  # fmt: skip


@needs_pdf
def test_numbers_in_the_text_lead_to_what_they_name(columns: Document) -> None:
    (first,) = (b for b in columns.blocks if b.plain.startswith("Pebbles are old"))
    found = [columns.blocks[columns.block_at(link.target) or 0].plain for link in first.links]
    assert found == ["Carl Moss. Light on stones. Journal of Lamps, 2019.", "Method"]


@needs_pdf
def test_number_of_the_page_is_left_out(columns: Document) -> None:
    assert [block.label for _, block in columns.blocks.of(Kind.REFERENCE)] == ["[1]", "[2]"]


@needs_pdf
def test_what_a_pdf_lacks_is_reported(columns: Document) -> None:
    assert columns.origin == "from the PDF; no figures; formulas and tables unformatted"


@needs_pdf
@pytest.mark.parametrize(
    ("data", "said"),
    [(b"<html>", "not a PDF"), (b"%PDF-1.5", "damaged"), (PDF[:20_000], "damaged|only pictures")],
)
def test_what_is_no_whole_pdf_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(NoFullTextError, match=said):
        read_pdf(data, "https://a.example/pdf/1")


@needs_pdf
@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(st.integers(0, len(PDF) - 1), st.binary(min_size=1, max_size=40))
def test_any_bytes_are_a_text_or_refused(place: int, damage: bytes) -> None:
    try:
        read_pdf(PDF[:place] + damage + PDF[place + len(damage) :], "https://a.example/pdf/1")
    except NoFullTextError:
        return


BOXES = st.lists(
    st.builds(
        Piece, st.floats(-9, 600), st.floats(-9, 800), st.floats(-9, 600), st.floats(-9, 800),
        st.text(max_size=12),
    ),
    max_size=40,
)  # fmt: skip


@given(st.lists(st.builds(Page, st.just(600.0), st.just(800.0), BOXES), max_size=3))
def test_words_anywhere_on_pages_are_blocks(pages: list[Page]) -> None:
    assert all(block.kind in (Kind.PARAGRAPH, Kind.HEADING) for block in read_pages(pages))
