"""A book leaves as a book: what an entry is, and what it says of its publisher, is exported."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from cli_helpers import Run

ENTRIES = {
    "book": "@book{b, title={Snails}, author={Moss, Ada}, publisher={Slime Press}, year=2016,"
    " isbn={9780262035613}, edition={2}, series={Slow Books}, address={Mudford}}",
    "edited": "@book{e, title={Slugs}, editor={Fern, Bo}, publisher={Slime Press}, year=2016}",
    "thesis": "@phdthesis{t, title={Trails}, author={Moss, A}, school={Mud University}, year=2000}",
    "masters": "@mastersthesis{m, title={Shells}, author={Moss, Ada}, school={Mud University}}",
    "talk": "@inproceedings{c, title={Pace}, author={Moss, Ada}, year=2016, pages={770--778},"
    " booktitle={2016 IEEE Computer Vision and Pattern Recognition}, editor={Fern, Bo}}",
    "chapter": "@incollection{i, title={Eyes}, author={Moss, Ada}, booktitle={Handbook of Mud},"
    " publisher={Slime Press}, year=2011, pages={1-20}}",
    "article": "@article{a, title={Mucus}, author={Moss, Ada}, journal={J. Slime}, volume={7},"
    " number={2}, pages={e12}, issn={1234-5678}, year=2019}",
    "report": "@techreport{r, title={Mud}, author={Moss, Ada}, institution={Mud Lab},"
    " number={TR-7}}",
    "data": "@misc{d, title={Tracks}, author={Moss, Ada}, publisher={Zenodo},"
    " doi={10.5281/zenodo.1}}",
}


Export: TypeAlias = Callable[[str, str], str]


@pytest.fixture
def export(run: Run, tmp_path: Path) -> Export:
    """Import an entry, by its name, and return what is exported in a format."""

    def exported(name: str, form: str) -> str:
        path = tmp_path / "refs.bib"
        path.write_text(ENTRIES[name])
        run("import", path)
        return run("export", "--to", form).out

    return exported


@pytest.mark.parametrize(
    ("name", "kind", "fields"),
    [
        ("book", "book", {"publisher": "Slime Press", "isbn": "9780262035613", "edition": "2"}),
        ("book", "book", {"series": "Slow Books", "address": "Mudford", "author": "Moss, Ada"}),
        ("edited", "book", {"editor": "Fern, Bo", "publisher": "Slime Press"}),
        ("thesis", "phdthesis", {"school": "Mud University"}),
        ("masters", "mastersthesis", {"school": "Mud University"}),
        ("talk", "inproceedings", {"pages": "770--778", "editor": "Fern, Bo"}),
        (
            *("talk", "inproceedings"),
            {"booktitle": "2016 IEEE Computer Vision and Pattern Recognition"},
        ),
        ("chapter", "incollection", {"booktitle": "Handbook of Mud", "publisher": "Slime Press"}),
        ("article", "article", {"journal": "J. Slime", "volume": "7", "number": "2"}),
        ("article", "article", {"pages": "e12", "issn": "1234-5678"}),
        ("report", "techreport", {"institution": "Mud Lab", "number": "TR-7"}),
        ("data", "misc", {"publisher": "Zenodo", "doi": "10.5281/zenodo.1"}),
    ],
)
def test_entry_leaves_in_bibtex_as_it_came(
    export: Export, name: str, kind: str, fields: dict[str, str]
) -> None:
    [entry] = parse_string(export(name, "bibtex")).entries
    found = {field.key: str(field.value) for field in entry.fields}
    assert entry.entry_type == kind
    assert {name: found[name].strip("{}") for name in fields} == fields


@pytest.mark.parametrize(
    ("name", "absent"),
    [("book", "journal"), ("thesis", "journal"), ("data", "journal"), ("edited", "author")],
)
def test_publisher_is_no_journal_and_an_editor_no_author(
    export: Export, name: str, absent: str
) -> None:
    assert f"{absent} =" not in export(name, "bibtex")


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("book", {"type_of_reference": "BOOK", "publisher": "Slime Press", "edition": "2"}),
        ("thesis", {"type_of_reference": "THES", "publisher": "Mud University"}),
        ("talk", {"type_of_reference": "CONF", "start_page": "770", "end_page": "778"}),
        ("chapter", {"type_of_reference": "CHAP", "secondary_title": "Handbook of Mud"}),
        ("article", {"type_of_reference": "JOUR", "volume": "7", "issn": "1234-5678"}),
        ("report", {"type_of_reference": "RPRT", "publisher": "Mud Lab", "number": "TR-7"}),
    ],
)
def test_entry_leaves_in_ris_as_what_it_is(export: Export, name: str, tags: dict[str, str]) -> None:
    [record] = rispy.loads(export(name, "ris"))
    assert {tag: record[tag] for tag in tags} == tags


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("book", {"type": "book", "publisher": "Slime Press", "ISBN": "9780262035613"}),
        ("thesis", {"type": "thesis", "publisher": "Mud University", "genre": "PhD thesis"}),
        ("talk", {"type": "paper-conference", "page": "770-778"}),
        ("chapter", {"type": "chapter", "container-title": "Handbook of Mud", "page": "1-20"}),
        ("article", {"type": "article-journal", "volume": "7", "issue": "2", "id": "a"}),
        ("report", {"type": "report", "publisher": "Mud Lab", "number": "TR-7"}),
        ("edited", {"type": "book", "editor": [{"family": "Fern", "given": "Bo"}]}),
    ],
)
def test_entry_leaves_in_csl_json_as_what_it_is(
    export: Export, name: str, members: dict[str, object]
) -> None:
    [item] = json.loads(export(name, "csl-json"))
    assert {member: item[member] for member in members} == members


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json", "jsonl"])
def test_what_is_exported_can_be_imported_as_the_same(run: Run, tmp_path: Path, form: str) -> None:
    path, other = tmp_path / "refs", ("--library", tmp_path / "other")
    path.write_text("\n".join(ENTRIES.values()))
    run("import", path)
    path.write_text(run("export", "--to", form).out)
    run("import", path, *other)
    written = run("export", "--to", "bibtex").out
    assert written.count("\n@") + 1 == len(ENTRIES)
    assert run("export", "--to", "bibtex", *other).out == written


def test_kind_is_kept_when_a_feed_lists_the_paper_later(
    run: Run, tmp_path: Path, export: Export
) -> None:
    export("talk", "bibtex")
    path = tmp_path / "day.json"
    path.write_text(json.dumps([{"paper": {"id": "1512.03385", "title": "Pace"}}]))
    run("import", "--date", "2025-08-01", path)
    written = run("export", "--to", "bibtex").out
    assert written.startswith("@inproceedings{c,")
    assert "pages = {770--778}" in written
    assert "eprint = {1512.03385}" in written
