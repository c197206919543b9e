"""Citation keys belong to their papers on all machines that share a sync folder."""

from pathlib import Path

import pytest
from conftest import done, paper
from sync_helpers import Machine, exchanged, name_of

from store.export.json import json_text
from store.files.storage import SCHEMA
from store.identity import title_key
from store.library import Library
from store.model import Change, Paper
from store.papers.shared_keys import FOLDER

TITLE, AUTHORS = "Sorting Pebbles by Lamplight", ("Ada Stone", "Bo Rock")
ARXIV = paper("arxiv:2508.00009", TITLE, authors=AUTHORS, published="2025-08-01")
BY_TITLE = paper(title_key(TITLE, AUTHORS), TITLE, authors=AUTHORS, published="2025-08-01")
OLDER = paper("arxiv:2501.00001", "Sorting Shells", authors=AUTHORS, published="2025-01-01")
PLAIN = "stone2025sorting"


def having(library: Library, *papers: Paper) -> Library:
    """Put papers into a library and mark one; return it."""
    library.add(papers, "hf")
    return done(library, Change(starred=True), ids=[papers[0].id])


def keys(library: Library, *papers: Paper) -> dict[str, str]:
    """Return the keys that papers are exported with."""
    return library.citation_keys(papers)


def folder_of(library: Library) -> Path:
    assert library.sync
    return library.sync / FOLDER


def given_by_another(machine: Machine, documents: dict[str, object]) -> Library:
    """Return a library that has exchanged keys with a machine that gave out these."""
    here = exchanged(having(machine("here"), ARXIV))
    folder_of(here).mkdir(exist_ok=True)
    tables = {"meta": {"library": {"schema": SCHEMA}}, "keys": documents}
    (folder_of(here) / "other.json").write_bytes(json_text(tables, indented=False))
    here.others.exchange()
    return here


def test_key_that_one_machine_exported_is_that_of_all(machine: Machine) -> None:
    there = having(machine("there"), ARXIV)
    assert keys(there, ARXIV) == {ARXIV.id: PLAIN}
    exchanged(there)
    # Here an older paper would have the key.
    here = exchanged(having(machine("here"), ARXIV, OLDER))
    assert keys(here, OLDER, ARXIV) == {ARXIV.id: PLAIN, OLDER.id: f"{PLAIN}a"}


def test_key_arrives_before_its_paper(machine: Machine) -> None:
    there = having(machine("there"), ARXIV)
    keys(there, ARXIV)
    exchanged(there)
    here = exchanged(having(machine("here"), OLDER))
    assert keys(here, OLDER) == {OLDER.id: f"{PLAIN}a"}
    here.add([ARXIV], "hf")
    assert keys(here, ARXIV) == {ARXIV.id: PLAIN}


@pytest.mark.parametrize(("known", "wanted"), [(BY_TITLE, ARXIV), (ARXIV, BY_TITLE)])
def test_key_finds_its_paper_under_another_name(
    machine: Machine, known: Paper, wanted: Paper
) -> None:
    there = having(machine("there"), OLDER, known)
    given = keys(there, known)[known.id]
    exchanged(there)
    here = exchanged(having(machine("here"), wanted))
    assert keys(here, wanted) == {wanted.id: given} == {wanted.id: f"{PLAIN}a"}


def test_title_of_another_paper_with_other_ids_is_not_enough(machine: Machine) -> None:
    there = having(machine("there"), ARXIV)
    keys(there, ARXIV)
    exchanged(there)
    other = paper("arxiv:2508.77777", TITLE, authors=AUTHORS, published="2025-08-02")
    here = exchanged(having(machine("here"), other))
    assert keys(here, other) == {other.id: f"{PLAIN}a"}


def test_keys_given_on_both_before_they_met_stay(machine: Machine) -> None:
    there, here = having(machine("there"), ARXIV), having(machine("here"), OLDER)
    assert (keys(there, ARXIV), keys(here, OLDER)) == ({ARXIV.id: PLAIN}, {OLDER.id: PLAIN})
    for library in (there, here, there, here):
        exchanged(library)
    assert (keys(there, ARXIV), keys(here, OLDER)) == ({ARXIV.id: PLAIN}, {OLDER.id: PLAIN})


def test_another_key_of_the_same_paper_goes_to_no_other(machine: Machine) -> None:
    here = given_by_another(machine, {PLAIN + "a": {"paper": ARXIV.id}})
    keys(here, ARXIV)
    here.add([OLDER], "hf")
    assert keys(here, OLDER) == {OLDER.id: PLAIN}


def test_only_the_own_file_is_written_and_only_when_it_changes(machine: Machine) -> None:
    here = having(machine("here"), ARXIV)
    keys(here, ARXIV)
    exchanged(here)
    own = folder_of(here) / f"{name_of(here)}.json"
    written = own.stat().st_mtime_ns
    exchanged(here)
    assert [path.name for path in folder_of(here).iterdir()] == [own.name]
    assert own.stat().st_mtime_ns == written


@pytest.mark.parametrize(
    ("key", "document"),
    [
        ("a}b", {"paper": ARXIV.id}),
        ("\x1b[2J", {"paper": ARXIV.id}),
        ("k" * 101, {"paper": ARXIV.id}),
        ("fine", {"paper": 3}),
        ("fine", {"paper": "x" * 301}),
        ("fine", {"names": [ARXIV.id]}),
    ],
)
def test_what_is_no_key_is_not_taken_in(
    machine: Machine, key: str, document: dict[str, object]
) -> None:
    here = given_by_another(machine, {key: document})
    assert keys(here, ARXIV) == {ARXIV.id: PLAIN}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"keys": {"a": []}}'])
def test_file_that_cannot_be_read_is_named_and_left(machine: Machine, data: bytes) -> None:
    here = exchanged(having(machine("here"), ARXIV))
    folder_of(here).mkdir(exist_ok=True)
    (folder_of(here) / "other.json").write_bytes(data)
    (problem,) = here.others.exchange()
    assert "other.json was skipped" in problem
    assert keys(here, ARXIV) == {ARXIV.id: PLAIN}


def test_forgotten_machine_leaves_its_keys(machine: Machine) -> None:
    there = having(machine("there"), OLDER, ARXIV)
    given = keys(there, ARXIV)
    exchanged(there)
    here = having(machine("here"), ARXIV)
    here.others.forget(name_of(there))
    assert keys(here, ARXIV) == given
    assert list(folder_of(here).glob(f"{name_of(there)}*")) == []


def test_sync_folder_that_is_away_keeps_no_key_back(machine: Machine, tmp_path: Path) -> None:
    here = exchanged(having(machine("here"), ARXIV))
    assert here.sync
    here.sync.rename(tmp_path / "away")
    assert keys(here, ARXIV) == {ARXIV.id: PLAIN}
