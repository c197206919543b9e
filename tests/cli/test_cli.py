"""The command line: what is printed where, and the exit status."""

import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from cli_helpers import Run, process
from conftest import OpenLibrary, page
from patience import DEADLINE

from store.library import Library
from store.model import Change

ABSTRACT = (
    "We count snails in gardens of three towns, by day and by night, and find that the number of "
    "snails depends on who is counting. A second count by a neighbour agrees with the first in "
    "every garden but one, and in that garden there is a hedgehog."
)
TITLES = ("Counting Snails in the Rain", "Sorting Pebbles by Lamp Light", "A Map of Every Puddle")
PAGE = page(*((title, ABSTRACT) for title in TITLES))

KEYS = [
    *("id", "aliases", "title", "authors", "abstract", "summary", "keywords", "date", "published"),
    *("updated", "categories", "venue", "comment", "links", "upvotes", "comments", "feeds"),
    *("read", "starred", "tags", "note", "read_at", "starred_at", "hidden", "score", "news"),
]
"""The keys that scripts rely on."""


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed of three papers."""
    return file(tmp_path, PAGE)


@pytest.fixture
def filled(run: Run, feed: Path, open_library: OpenLibrary) -> OpenLibrary:
    """A library into which the feed was imported, to be opened."""
    run("import", feed)
    return open_library


def file(folder: Path, data: bytes) -> Path:
    """Return a file that holds the data."""
    path = folder / "feed.txt"
    path.write_bytes(data)
    return path


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file of a library with its contents, the empty lock files left out."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path): path.read_bytes() for path in files}


# import


def test_import_says_what_it_did(run: Run, feed: Path) -> None:
    assert run("import", feed).out == "imported 3, updated 0, unchanged 0, problems 0\n"


def test_import_succeeds(run: Run, feed: Path) -> None:
    assert run("import", feed).status == 0


def test_second_import_changes_nothing(run: Run, feed: Path) -> None:
    run("import", feed)
    assert run("import", feed).out == "imported 0, updated 0, unchanged 3, problems 0\n"


def test_import_of_the_installed_command_reads_standard_input() -> None:
    done = process(["import", "-"], PAGE)
    assert done.out == "imported 3, updated 0, unchanged 0, problems 0\n"


def test_import_takes_several_files(run: Run, feed: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_bytes(page(("Bread That Reads", ABSTRACT)))
    done = run("import", feed, tmp_path / "other.txt")
    assert done.out == "imported 4, updated 0, unchanged 0, problems 0\n"


def test_import_counts_a_paper_without_abstract_as_a_problem(run: Run, tmp_path: Path) -> None:
    feed = file(tmp_path, PAGE + b"\n\nA Title Alone")
    assert run("import", feed).out == "imported 4, updated 0, unchanged 0, problems 1\n"


def test_import_names_the_problem(run: Run, tmp_path: Path) -> None:
    assert "A Title Alone" in run("import", file(tmp_path, PAGE + b"\n\nA Title Alone")).err


def test_import_takes_the_day_it_is_told(run: Run, feed: Path, open_library: OpenLibrary) -> None:
    run("import", "--date", "2024-02-29", feed)
    assert {p.date for p in everything(open_library).papers.values()} == {"2024-02-29"}


def test_import_refuses_a_wrong_day(run: Run, feed: Path) -> None:
    assert run("import", "--date", "yesterweek", feed).status == 2


def test_import_marks_as_read_what_it_adds(run: Run, feed: Path, open_library: OpenLibrary) -> None:
    run("import", "--read", feed)
    assert everything(open_library).unread == 0


def test_import_as_read_leaves_known_papers_unread(run: Run, filled: OpenLibrary) -> None:
    run("import", "--read", filled().folder.parent / "feed.txt")
    assert everything(filled).unread == 3


@pytest.mark.parametrize("name", ["missing.txt", "."], ids=["missing", "folder"])
def test_import_of_what_is_no_file_fails(run: Run, tmp_path: Path, name: str) -> None:
    done = run("import", tmp_path / name)
    assert (done.status, done.out) == (1, "")


def test_import_names_the_missing_file(run: Run, tmp_path: Path) -> None:
    err = run("import", tmp_path / "missing.txt").err
    assert "missing.txt" in err
    assert err.count("\n") == 1


def test_import_goes_on_after_a_missing_file(run: Run, feed: Path, tmp_path: Path) -> None:
    done = run("import", tmp_path / "missing.txt", feed)
    assert (done.status, done.out) == (1, "imported 3, updated 0, unchanged 0, problems 0\n")


NO_FEEDS = {
    "empty": b"",
    "blank": b"\n \n\t\n",
    "binary": bytes(range(256)) * 40,
    "zeros": bytes(5_000),
    "html": b"<!DOCTYPE html><html><body><p>" + b"words " * 100 + b"</p></body></html>",
    "short": b"Nothing here\nto read",
}


@pytest.mark.parametrize("data", NO_FEEDS.values(), ids=NO_FEEDS.keys())
def test_import_refuses_what_is_no_feed(run: Run, tmp_path: Path, data: bytes) -> None:
    done = run("import", file(tmp_path, data))
    assert (done.status, done.out) == (5, "")


@pytest.mark.parametrize("data", NO_FEEDS.values(), ids=NO_FEEDS.keys())
def test_refused_import_leaves_the_library_as_it_was(
    run: Run, filled: OpenLibrary, tmp_path: Path, data: bytes
) -> None:
    before = snapshot(filled().folder)
    run("import", file(tmp_path, data))
    assert snapshot(filled().folder) == before


def test_library_that_is_a_file_is_refused(run: Run, feed: Path) -> None:
    done = run("--library", feed, "list")
    assert (done.status, done.out) == (1, "")


def test_library_that_is_a_file_is_named_in_one_line(run: Run, feed: Path) -> None:
    assert run("--library", feed, "list").err == (
        f"papers-tui: {feed} is a file, not a library folder\n"
    )


def test_library_may_be_named_after_the_command(run: Run, feed: Path, tmp_path: Path) -> None:
    run("import", feed, "--library", tmp_path / "other")
    assert run("--library", tmp_path / "other", "list").out.count("\n") == 3


def test_damaged_library_has_its_own_status(run: Run, filled: OpenLibrary) -> None:
    next(iter(filled().months())).write_bytes(b"{")
    assert run("list").status == 3


def test_advice_for_a_damaged_library_names_it(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "my library"
    folder.mkdir()
    (folder / "state.json").write_bytes(b"{")
    (folder / "state.json.bak").write_bytes(b"{}")
    told = run("list", "--library", folder).err
    assert f"papers-tui --library '{folder}' doctor --restore" in told


def test_library_of_a_later_version_has_its_own_status(run: Run, filled: OpenLibrary) -> None:
    (filled().folder / "state.json").write_bytes(b'{"meta":{"library":{"schema":99}}}')
    assert run("list").status == 4


# list


def test_list_prints_a_line_a_paper(run: Run, filled: OpenLibrary) -> None:
    printed = run("list").out.splitlines()
    assert [line.partition(" ● ")[2].strip() for line in printed] == list(TITLES)


def test_list_shows_marks(run: Run, filled: OpenLibrary) -> None:
    run("mark", "snails title:snails", "--star", "--tag", "garden")
    assert run("list", "title:snails").out.endswith("●★ Counting Snails in the Rain #garden\n")


def test_list_finds(run: Run, filled: OpenLibrary) -> None:
    assert "Sorting Pebbles" in run("list", "pebbles").out


def test_list_finds_despite_a_typo(run: Run, filled: OpenLibrary) -> None:
    assert "Sorting Pebbles" in run("list", "pebbels").out


def test_list_joins_the_words_of_a_query(run: Run, filled: OpenLibrary) -> None:
    assert run("list", "lamp", "light").out.count("\n") == 1


def test_list_stops_at_the_limit(run: Run, filled: OpenLibrary) -> None:
    assert run("list", "--limit", 2).out.count("\n") == 2


def test_list_that_finds_nothing_prints_nothing(run: Run, filled: OpenLibrary) -> None:
    done = run("list", "title:xyzzy")
    assert (done.status, done.out, done.err) == (0, "", "")


def test_json_has_the_keys_that_scripts_rely_on(run: Run, filled: OpenLibrary) -> None:
    assert sorted(orjson.loads(run("list", "--json").out)[0]) == sorted(KEYS)


def test_json_has_every_link_key(run: Run, filled: OpenLibrary) -> None:
    first = orjson.loads(run("list", "--json").out)[0]
    assert list(first["links"]) == ["page", "pdf", "code", "project"]


def test_json_of_nothing_is_an_empty_array(run: Run, filled: OpenLibrary) -> None:
    assert orjson.loads(run("list", "title:xyzzy", "--json").out) == []


def test_json_and_nothing_else_is_printed(run: Run, filled: OpenLibrary) -> None:
    done = run("list", "--json")
    assert (len(orjson.loads(done.out)), done.err) == (3, "")


@pytest.mark.parametrize("json", [[], ["--json"]], ids=["text", "json"])
def test_wrong_query_has_its_own_status(run: Run, filled: OpenLibrary, json: list[str]) -> None:
    done = run("list", "snails (", *json)
    assert (done.status, done.out) == (2, "")


def test_wrong_query_is_pointed_at(run: Run, filled: OpenLibrary) -> None:
    lines = run("list", "snails (").err.splitlines()
    assert lines[-1].index("^") == lines[-2].index("(")


@pytest.mark.parametrize("limit", ["0", "-1", "many", "²"])
def test_wrong_limit_is_wrong_usage(run: Run, limit: str) -> None:
    assert run("list", f"--limit={limit}").status == 2


def test_hostile_title_is_printed_harmlessly(run: Run, tmp_path: Path) -> None:
    run("import", file(tmp_path, page(("A \x1b]52;c;ZXZpbA==\x07 Title \x9b31m", ABSTRACT))))
    printed = run("list").out
    assert "Title" in printed
    assert printed.rstrip("\n").isprintable()


# mark


def test_mark_says_how_many(run: Run, filled: OpenLibrary) -> None:
    assert run("mark", "title:snails", "--star").out == "marked 1\n"


def test_star_is_on_disk(run: Run, filled: OpenLibrary) -> None:
    run("mark", "title:snails", "--star")
    assert [m.starred for m in filled().all_marks.values()] == [True]


def test_unstar_takes_the_star_away(run: Run, filled: OpenLibrary) -> None:
    run("mark", "title:snails", "--star")
    run("mark", "is:starred", "--unstar")
    assert [m.starred for m in filled().all_marks.values()] == [False]


def test_tags_are_separated_by_commas(run: Run, filled: OpenLibrary) -> None:
    run("mark", "title:snails", "--tag", "a,b", "--tag", "c")
    assert [m.tags for m in filled().all_marks.values()] == [("a", "b", "c")]


@pytest.mark.parametrize("option", ["--tag", "--untag"])
def test_tag_that_is_empty_is_wrong_usage(run: Run, filled: OpenLibrary, option: str) -> None:
    ended = run("mark", "*", "--star", option, " , ")
    assert (ended.status, ended.err) == (
        2, f"papers-tui: {option} has no tag; name one, such as {option} rlhf\n",
    )  # fmt: skip
    assert run("list", "is:starred").out == ""


def test_untag_removes_a_tag(run: Run, filled: OpenLibrary) -> None:
    run("mark", "title:snails", "--tag", "a,b")
    run("mark", "tag:a", "--untag", "a")
    assert [m.tags for m in filled().all_marks.values()] == [("b",)]


def test_read_and_note_in_one_go(run: Run, filled: OpenLibrary) -> None:
    run("mark", "title:snails", "--read", "--note", "Slow.")
    assert [(m.read, m.note) for m in filled().all_marks.values()] == [(True, "Slow.")]


def test_empty_query_marks_all(run: Run, filled: OpenLibrary) -> None:
    assert run("mark", "*", "--read").out == "marked 3\n"


def test_dry_run_says_how_many(run: Run, filled: OpenLibrary) -> None:
    assert run("mark", "title:snails", "--star", "--dry-run").out == "would mark 1\n"


def test_dry_run_marks_nothing(run: Run, filled: OpenLibrary) -> None:
    run("mark", "title:snails", "--star", "--dry-run")
    assert not filled().all_marks


def test_mark_without_a_change_is_wrong_usage(run: Run, filled: OpenLibrary) -> None:
    assert run("mark", "snails").status == 2


def test_mark_with_two_opposites_is_wrong_usage(run: Run, filled: OpenLibrary) -> None:
    assert run("mark", "snails", "--star", "--unstar").status == 2


def test_wrong_query_marks_nothing(run: Run, filled: OpenLibrary) -> None:
    done = run("mark", "snails OR", "--star")
    assert (done.status, filled().all_marks) == (2, {})


def test_marks_made_by_another_are_listed(run: Run, filled: OpenLibrary) -> None:
    library = everything(filled)
    library.mark(list(library.papers)[:1], Change(starred=True))
    library.commit()
    assert run("list", "is:starred").out.count("\n") == 1


# The reader, help, version


def test_reader_without_a_terminal_says_what_to_do(feed: Path) -> None:
    done = process([])
    assert (done.status, done.out) == (1, "")
    assert "papers-tui list" in done.err


@pytest.mark.parametrize("arguments", [["nonsense"], ["list", "--nonsense"], ["import"]])
def test_wrong_usage_has_its_own_status(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).status == 2


@pytest.mark.parametrize("arguments", [["--help"], ["import", "--help"], ["--version"]])
def test_help_is_printed_to_standard_output(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.status, bool(done.out), done.err) == (0, True, "")


def test_textual_is_not_imported(filled: OpenLibrary) -> None:
    code = """if True:
        import contextlib, io, sys
        from tui.cli.main import main
        sys.stdin = io.StringIO("st x\\nq")
        for command in ["list"], ["list", "--json"], ["triage"]:
            assert main(command) == 0
        with contextlib.suppress(SystemExit):
            main(["--help"])
        print("textual" in sys.modules)
    """
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, capture_output=True, text=True, timeout=DEADLINE)
    assert "Tags: x.\n" in done.stdout
    assert done.stdout.endswith("False\n")


@pytest.mark.parametrize("query", ["(" * 5_000, "\x1b[2J", "\udcff", '"', "tag:", "a" * 5_000])
@pytest.mark.parametrize("json", [[], ["--json"]], ids=["text", "json"])
def test_strange_query_makes_no_traceback(
    run: Run, filled: OpenLibrary, query: str, json: list[str]
) -> None:
    done = run("list", query, *json)
    assert done.status in (0, 2)
    assert "\x1b" not in done.err


def everything(open_library: OpenLibrary) -> Library:
    """Return the test's library with all of its papers read."""
    library = open_library()
    library.read_all()
    return library
