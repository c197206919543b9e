"""The command `export`: where papers go, in which order, and what is refused."""

import errno
import os
import stat
import subprocess
from argparse import Namespace
from pathlib import Path

import orjson
import pytest
from cli_helpers import COMMAND, Run
from conftest import OpenLibrary, done, paper

from store.errors import PapersError
from store.export.formats import EXPORTS
from store.files.disk import Disk
from store.model import Change
from store.query.syntax import parse
from tui.cli.export import export_papers

TITLES = ("Counting Snails", "Sorting Pebbles", "A Map of Puddles")


@pytest.fixture
def filled(open_library: OpenLibrary) -> OpenLibrary:
    """A library of three papers, the second starred and with a tag, to be opened."""
    library = open_library()
    library.add(
        [
            paper(f"arxiv:2508.0000{n}", title, upvotes=n, authors=("Ana Lamp",))
            for n, title in enumerate(TITLES)
        ],
        "hf",
    )
    done(library, Change(starred=True, add_tags=("dpo",)), ids=["arxiv:2508.00001"])
    return open_library


def titles(out: str) -> list[str]:
    """Return the titles in JSON Lines."""
    return [orjson.loads(line)["title"] for line in out.splitlines()]


def test_export_goes_to_standard_output(run: Run, filled: OpenLibrary) -> None:
    ended = run("export", "--to", "jsonl", "pebbles")
    assert (ended.status, titles(ended.out), ended.err) == (0, ["Sorting Pebbles"], "")


def test_hyphen_is_standard_output(run: Run, filled: OpenLibrary) -> None:
    assert titles(run("export", "--to", "jsonl", "-o", "-", "pebbles").out) == ["Sorting Pebbles"]


@pytest.mark.parametrize("form", EXPORTS)
def test_every_format_has_every_paper(run: Run, filled: OpenLibrary, form: str) -> None:
    out = run("export", "--to", form).out
    assert [title in out for title in TITLES] == [True, True, True]


@pytest.mark.parametrize("form", EXPORTS)
def test_every_format_of_nothing_succeeds(run: Run, filled: OpenLibrary, form: str) -> None:
    assert run("export", "--to", form, "title:nowhere").status == 0


def test_order_is_that_of_the_query(run: Run, filled: OpenLibrary) -> None:
    out = run("export", "--to", "jsonl", "sort:-upvotes").out
    assert titles(out) == ["A Map of Puddles", "Sorting Pebbles", "Counting Snails"]


def test_limit(run: Run, filled: OpenLibrary) -> None:
    out = run("export", "--to", "jsonl", "--limit", "1", "sort:-upvotes").out
    assert titles(out) == ["A Map of Puddles"]


def test_words_of_a_query_need_no_quotes(run: Run, filled: OpenLibrary) -> None:
    assert titles(run("export", "sorting", "pebbles", "--to", "jsonl").out) == ["Sorting Pebbles"]


@pytest.mark.parametrize(("form", "suffix"), EXPORTS.items())
def test_format_is_reported_by_the_files_name(
    run: Run, filled: OpenLibrary, tmp_path: Path, form: str, suffix: str
) -> None:
    run("export", "-o", tmp_path / f"papers{suffix.upper()}")
    written = (tmp_path / f"papers{suffix.upper()}").read_bytes()
    assert written.decode() == run("export", "--to", form).out


def test_file_is_reported(run: Run, filled: OpenLibrary, tmp_path: Path) -> None:
    ended = run("export", "-o", tmp_path / "papers.bib")
    assert ended.out == f"exported 3 to {tmp_path / 'papers.bib'}\n"


def test_file_is_replaced(run: Run, filled: OpenLibrary, tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text("old\n" * 1_000)
    run("export", "-o", tmp_path / "papers.jsonl", "pebbles")
    assert titles((tmp_path / "papers.jsonl").read_text()) == ["Sorting Pebbles"]


def test_link_stays_a_link(run: Run, filled: OpenLibrary, tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to("real.jsonl")
    run("export", "-o", tmp_path / "link.jsonl", "pebbles")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert titles((tmp_path / "real.jsonl").read_text()) == ["Sorting Pebbles"]


def test_folder_is_refused(run: Run, filled: OpenLibrary, tmp_path: Path) -> None:
    ended = run("export", "--to", "bibtex", "-o", tmp_path)
    assert (ended.status, ended.out) == (1, "")
    assert "it is a folder" in ended.err


def test_folder_that_is_not_there_is_refused(run: Run, filled: OpenLibrary, tmp_path: Path) -> None:
    ended = run("export", "-o", tmp_path / "nowhere" / "papers.bib")
    assert (ended.status, ended.out) == (1, "")
    assert f"can't write {tmp_path}/nowhere/papers.bib: there is no folder" in ended.err


def test_name_too_long_is_refused(run: Run, filled: OpenLibrary, tmp_path: Path) -> None:
    ended = run("export", "-o", tmp_path / ("x" * 300 + ".bib"))
    assert (ended.status, ended.out) == (1, "")


def test_device_is_left_alone(run: Run, filled: OpenLibrary, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.bib")
    assert run("export", "-o", tmp_path / "pipe.bib").status == 1
    assert stat.S_ISFIFO((tmp_path / "pipe.bib").stat().st_mode)


def test_library_is_left_alone(run: Run, filled: OpenLibrary) -> None:
    state = filled().folder / "state.json"
    before = state.read_bytes()
    assert run("export", "-o", state).status == 1
    assert state.read_bytes() == before


class FullDisk(Disk):
    """A disk that takes ten bytes and no more."""

    def write(self, descriptor: int, data: bytes | memoryview) -> int:
        """Write the first bytes, then refuse."""
        if os.fstat(descriptor).st_size:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(descriptor, data[:10])


def test_full_disk_leaves_the_old_file(filled: OpenLibrary, tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text("old")
    options = Namespace(
        to=None,
        output=str(tmp_path / "papers.bib"),
        group=None,
        with_marks=False,
        limit=None,
        query=[],
        keep=None,
        kept=False,
        forget=None,
    )
    with pytest.raises(PapersError, match=r"papers\.bib: No space left on device"):
        export_papers(filled(), parse(""), options, FullDisk())
    assert (tmp_path / "papers.bib").read_text() == "old"
    assert [file.name for file in tmp_path.glob("papers*")] == ["papers.bib"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "choose a format with --to: bibtex, ris"),
        (["-o", "papers.txt"], "papers.txt does not end in one of .bib"),
        (["--to", "bibtex", "--group", "tag"], "--group is for markdown"),
        (["--to", "csv", "--with-marks"], "--with-marks is for jsonl"),
        (["--to", "word"], "invalid choice: 'word'"),
        (["--to", "bibtex", "(pebbles"], "("),
    ],
)
def test_wrong_usage(run: Run, filled: OpenLibrary, arguments: list[str], said: str) -> None:
    ended = run("export", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err


def test_groups_of_a_reading_list(run: Run, filled: OpenLibrary) -> None:
    by_tag = run("export", "--to", "markdown", "--group", "tag").out
    assert [line for line in by_tag.splitlines() if line.startswith("##")] == [
        "## dpo",
        "## No tag",
    ]


def test_lines_with_marks(run: Run, filled: OpenLibrary) -> None:
    out = run("export", "--to", "jsonl", "--with-marks", "pebbles").out
    assert orjson.loads(out)["tags"] == ["dpo"]


def test_citation_key_is_the_same_in_every_export(run: Run, filled: OpenLibrary) -> None:
    filled().add([paper("arxiv:2508.00007", "Pebbles, Sorting", authors=("Ana Lamp",))], "hf")
    filled().add([paper("arxiv:2508.00008", "Sorting Lamps", authors=("Ana Lamp",))], "hf")
    assert "@misc{lamp2025sortinga," in run("export", "--to", "bibtex", "title:lamps").out


def test_papers_of_other_months_are_exported_where_one_is_damaged(
    run: Run, filled: OpenLibrary
) -> None:
    library = filled()
    library.add([paper("arxiv:2507.00001", "Bread", date="2025-07-01")], "hf")
    (library.folder / "papers" / "2025-07.json").write_text("{")
    ended = run("export", "--to", "jsonl")
    assert (ended.status, len(titles(ended.out))) == (3, 3)


def test_reader_that_has_enough_is_fine(filled: OpenLibrary) -> None:
    filled().add([paper(f"sha:{n:016}", "Long", abstract="x" * 9_999) for n in range(90)], "hf")
    child = subprocess.Popen(
        [COMMAND, "export", "--to", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout
    assert child.stderr
    child.stdout.read(10)
    child.stdout.close()
    assert (child.wait(30), child.stderr.read()) == (0, b"")
    child.stderr.close()
