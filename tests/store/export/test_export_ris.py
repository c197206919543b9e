"""Papers as RIS: the fields, the lines, and that it reads back."""

from typing import Any

import pytest
import rispy
from conftest import paper
from hypothesis import given
from hypothesis import strategies as st

from store.export.formats import export
from store.model import NO_MARKS, Links, Marks, Paper
from store.text.clean import ABSTRACT_LIMIT, clean_line

LAMPS = paper(
    "arxiv:2506.01234",
    "Lamps for Sorters",
    authors=("Ludwig van Dam", "Mary Smith Jr.", "The Pebble Team"),
    abstract="One lamp.\n\nTwo lamps.",
    published="2025-06-12",
    links=Links(page="https://arxiv.org/abs/2506.01234", pdf="https://arxiv.org/pdf/2506.01234"),
)


def read(*papers: Paper, marks: Marks = NO_MARKS) -> list[dict[str, Any]]:
    """Return the records that rispy finds in the export."""
    text = export("ris", [(each, marks) for each in papers]).decode()
    records: list[dict[str, Any]] = rispy.loads(text)
    return records


def test_every_field_reads_back() -> None:
    marks = Marks(tags=("dpo", "lamps"), note="For Ana\nto read")
    assert read(LAMPS, marks=marks) == [
        {
            "type_of_reference": "UNPB",
            "title": "Lamps for Sorters",
            "authors": ["van Dam, Ludwig", "Smith, Mary, Jr.", "The Pebble Team"],
            "year": "2025",
            "date": "2025/06/12/",
            "doi": "10.48550/arXiv.2506.01234",
            "urls": ["https://arxiv.org/abs/2506.01234"],
            "file_attachments1": "https://arxiv.org/pdf/2506.01234",
            "keywords": ["dpo", "lamps"],
            "notes": ["For Ana to read"],
            "abstract": "One lamp. Two lamps.",
        }
    ]


@pytest.mark.parametrize(
    ("venue", "kind"), [("Lamp Letters", "JOUR"), ("Workshop on Lamps", "CONF"), ("", "GEN")]
)
def test_kind_is_reported_by_the_venue(venue: str, kind: str) -> None:
    record = read(paper("doi:10.1000/xyz", venue=venue))[0]
    assert (record["type_of_reference"], record.get("secondary_title", "")) == (kind, venue)


@pytest.mark.parametrize(
    ("published", "date"), [("2025-06-01", "2025/06//"), ("2025-01-01", None), ("", None)]
)
def test_date_says_what_is_known(published: str, date: str | None) -> None:
    assert read(paper(published=published))[0].get("date") == date


def test_doi_of_the_publisher_goes_before_that_of_arxiv() -> None:
    one = paper("arxiv:2506.01234", aliases=("doi:10.1000/xyz",))
    assert read(one)[0]["doi"] == "10.1000/xyz"


def test_record_has_its_ends_and_windows_lines() -> None:
    lines = export("ris", [(LAMPS, NO_MARKS)]).decode().split("\r\n")
    assert (lines[0], lines[-3:]) == ("TY  - UNPB", ["ER  - ", "", ""])
    assert not any("\n" in line for line in lines)


def test_year_of_an_old_arxiv_id() -> None:
    one = paper("arxiv:hep-th/9901001")
    assert read(one)[0]["year"] == "1999"


@given(st.text())
def test_any_text_stays_in_its_field(text: str) -> None:
    odd = paper("sha:0", "x" + text, abstract="y" + text, authors=("z" + text,))
    records = read(odd, LAMPS, marks=Marks(note="w" + text))
    assert len(records) == 2
    assert records[0]["abstract"] == clean_line("y" + text, ABSTRACT_LIMIT)
    assert records[0]["notes"] == [clean_line("w" + text, ABSTRACT_LIMIT)]
