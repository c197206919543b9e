"""Papers as a table: what is in which cell, and that no cell is a formula."""

import csv
import io

import pytest
from conftest import paper
from hypothesis import given
from hypothesis import strategies as st

from store.export.formats import export
from store.model import NO_MARKS, Links, Marks, Paper
from store.text.clean import clean_text


def read(one: Paper, marks: Marks = NO_MARKS) -> dict[str, str]:
    """Return the cells of a paper, by the names of the columns."""
    data = export("csv", [(one, marks)])
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 1
    return rows[0]


def test_columns() -> None:
    assert export("csv", []).decode("utf-8-sig") == (
        "id,title,authors,date,published,venue,categories,starred,read,tags,note,upvotes,doi,"
        "page,pdf,code,project,keywords,summary,abstract\r\n"
    )


def test_excel_is_reported_the_encoding() -> None:
    assert export("csv", []).startswith(b"\xef\xbb\xbf")


def test_cells_of_a_paper() -> None:
    one = paper(
        "doi:10.1000/xyz",
        'Lamps, "bright"',
        authors=("Ana Lamp", "Ben Shade"),
        abstract="One.\n\nTwo.",
        upvotes=0,
        links=Links(code="https://example.org/lamps"),
    )
    cells = read(one, Marks(starred=True, tags=("dpo", "lamps"), note="for Ana"))
    assert {name: text for name, text in cells.items() if text} == {
        "id": "doi:10.1000/xyz",
        "title": 'Lamps, "bright"',
        "authors": "Ana Lamp; Ben Shade",
        "date": "2025-08-01",
        "starred": "yes",
        "tags": "dpo; lamps",
        "note": "for Ana",
        "upvotes": "0",
        "doi": "10.1000/xyz",
        "page": "https://doi.org/10.1000/xyz",
        "code": "https://example.org/lamps",
        "abstract": "One.\n\nTwo.",
    }


@pytest.mark.parametrize(
    "title", ['=HYPERLINK("https://example.org")', "+1", "-1+2", "@SUM(A1)", "＝1", "\nx", "-"]
)
def test_cell_that_would_be_a_formula_has_an_apostrophe(title: str) -> None:
    assert read(paper(title=title))["title"] == "'" + title


def test_tab_can_not_begin_a_cell() -> None:
    assert read(paper(title="\t=1"))["title"] == " =1"


@given(st.text(), st.text())
def test_any_text_reads_back(title: str, note: str) -> None:
    cells = read(paper(title=title), Marks(note=note))
    assert cells["title"].removeprefix("'") == clean_text(title).removeprefix("'")
    assert cells["note"].removeprefix("'") == clean_text(note).removeprefix("'")


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cells = read(paper(text, text, authors=(text,), venue=text), Marks(note=text, tags=(text,)))
    assert not any(cell.startswith(tuple("=+-@\t\r\n")) for cell in cells.values())
