"""A citation key that was given out belongs to its paper for good."""

import json
from pathlib import Path

import pytest
from cli_helpers import Run

FIRST = """@article{snail2020, title = {On Snails}, author = {Moss, Ada}, year = 2020}
@article{The Key, title = {On Slugs}, author = {Moss, Ada}, year = 2020}"""
LATER = """@article{snail2020, title = {On Other Snails}, author = {Fern, Bo}, year = 2001}
@article{SNAIL2020, title = {On Third Snails}, author = {Fern, Cy}, year = 2002}
@article{renamed, title = {On Snails}, author = {Moss, Ada}, year = 2020}"""


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    return tmp_path / "refs.bib"


def keys(run: Run) -> dict[str, str]:
    """Return the titles of what is exported by citation key."""
    items = json.loads(run("export", "--to", "csl-json").out)
    return {item["id"]: item["title"] for item in items}


def test_key_of_an_imported_entry_is_exported_again(run: Run, bib: Path) -> None:
    bib.write_text(FIRST)
    run("import", bib)
    assert "@article{snail2020,\n  title = {On Snails}," in run("export", "--to", "bibtex").out


def test_key_that_no_entry_can_have_is_made_again(run: Run, bib: Path) -> None:
    bib.write_text(FIRST)
    run("import", bib)
    assert keys(run) == {"snail2020": "On Snails", "moss2020slugs": "On Slugs"}


def test_imported_key_stays_its_papers_whatever_is_imported_later(run: Run, bib: Path) -> None:
    bib.write_text(FIRST)
    run("import", bib)
    bib.write_text(LATER)
    run("import", bib)
    assert keys(run) == {
        "snail2020": "On Snails",
        "moss2020slugs": "On Slugs",
        "fern2001other": "On Other Snails",
        "fern2002third": "On Third Snails",
    }


def test_exported_key_stays_when_an_older_paper_would_have_it(run: Run, bib: Path) -> None:
    bib.write_text(
        "@article{, title = {Slow Snails}, author = {Moss, Ada}, year = {2020}, month = 5}"
    )
    run("import", bib)
    assert keys(run) == {"moss2020slow": "Slow Snails"}
    bib.write_text(
        "@article{, title = {Slow Slugs}, author = {Moss, Ada}, year = {2020}, month = 2}"
    )
    run("import", bib)
    assert keys(run) == {"moss2020slow": "Slow Snails", "moss2020slowa": "Slow Slugs"}


def test_exported_key_is_not_given_to_a_paper_that_is_imported_with_it(run: Run, bib: Path) -> None:
    bib.write_text("@article{, title = {Slow Snails}, author = {Moss, Ada}, year = 2020}")
    run("import", bib)
    keys(run)
    bib.write_text("@book{moss2020slow, title = {Another}, author = {Fern, Bo}, year = 1999}")
    run("import", bib)
    assert keys(run) == {"moss2020slow": "Slow Snails", "fern1999another": "Another"}


def test_key_follows_a_paper_to_its_better_id(run: Run, bib: Path) -> None:
    bib.write_text("@article{mine, title = {On Snails}, author = {Moss, Ada}, year = 2020}")
    run("import", bib)
    bib.write_text(
        "@misc{x, title={On Snails}, author={Moss, Ada}, eprint={2001.00001}, year=2020}"
    )
    run("import", bib)
    assert keys(run) == {"mine": "On Snails"}


def test_keys_of_another_library_are_taken_in_by_merge(run: Run, bib: Path, tmp_path: Path) -> None:
    bib.write_text("@article{theirs, title = {On Snails}, author = {Moss, Ada}, year = 2020}")
    other = ("--library", tmp_path / "other")
    run("import", bib, *other)
    run("mark", "snails", "--star", *other)
    bib.write_text("@article{, title = {On Snails}, author = {Moss, Ada}, year = 2020}")
    run("import", bib)
    run("merge", tmp_path / "other")
    assert keys(run) == {"theirs": "On Snails"}


def test_keys_that_cannot_be_kept_are_exported_all_the_same(run: Run, bib: Path) -> None:
    bib.write_text(FIRST)
    run("import", bib)
    from store.model import Paper
    from store.papers.given_keys import give_keys

    nowhere = bib.parent / "missing" / "folder"
    assert give_keys(nowhere, [Paper("sha:1", "On Snails")], []) == {"sha:1": "anonsnails"}


def test_file_of_keys_that_is_damaged_is_named_and_left_alone(
    run: Run, bib: Path, tmp_path: Path
) -> None:
    bib.write_text(FIRST)
    run("import", bib)
    kept = tmp_path / "library" / "keys.json"
    kept.write_text("{")
    done = run("export", "--to", "bibtex")
    assert (done.status, done.out) == (3, "")
    assert "keys.json" in done.err
    assert kept.read_text() == "{"
