"""The command `text` prints the text of a paper, or keeps the texts of many."""

from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import OpenLibrary, paper
from http_helpers import Reply, Server

PAGE = b'<article class="ltx_document"><p class="ltx_p">Pebbles at <b>arXiv</b>.</p></article>'
ONE, TWO = "/html/2508.00001", "/html/2508.00002"


@pytest.fixture(autouse=True)
def arxiv(server: Server, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch) -> Server:
    """An arXiv that has the text of one of two papers in the library."""
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("PAPERS_TUI_ARXIV", server.url)
    server.says(ONE, PAGE)
    open_library().add([paper(), paper("arxiv:2508.00002", "Snails")], "hf")
    return server


def test_text_is_printed_as_markdown(run: Run) -> None:
    outcome = run("text", "2508.00001")
    assert outcome.status == 0
    assert outcome.out == "<!-- from arXiv's HTML -->\n\nPebbles at **arXiv**.\n"
    assert outcome.err == "papers-tui: from arXiv's HTML\n"


def test_plain_text_has_no_marks(run: Run) -> None:
    assert run("text", "2508.00001", "--plain").out == "Pebbles at arXiv.\n"


def test_text_is_kept_once_it_was_fetched(run: Run, arxiv: Server) -> None:
    run("text", "2508.00001")
    arxiv.says(ONE, Reply(b"", 404))
    assert run("text", "2508.00001", "--offline").status == 0
    assert arxiv.paths.count(ONE) == 1


def test_offline_asks_nobody(run: Run, arxiv: Server) -> None:
    outcome = run("text", "2508.00001", "--offline")
    assert (outcome.status, arxiv.paths) == (1, [])
    assert "is not stored" in outcome.err


def test_paper_need_not_be_in_the_library(run: Run, arxiv: Server) -> None:
    arxiv.says("/html/2508.99999", PAGE)
    assert "Pebbles" in run("text", "https://arxiv.org/abs/2508.99999").out


def test_paper_without_a_text_is_one_line(run: Run) -> None:
    outcome = run("text", "2508.00002")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1


def test_file_is_taken_for_the_text_and_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("# Snails\n\nFrom a file.")
    assert "From a file." in run("text", "--file", tmp_path / "x.md", "2508.00002").out
    again = run("text", "2508.00002", "--offline")
    assert again.err == "papers-tui: from a local file\n"


@pytest.mark.parametrize("content", [b"", b"\0\1\2" * 99, b"<html><body>Log in</body></html>"])
def test_file_that_is_no_text_is_one_line(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    outcome = run("text", "--file", tmp_path / "x", "2508.00002")
    assert (outcome.status, outcome.err.count("\n")) == (1, 1)


def test_texts_of_many_are_kept_and_what_has_none_is_reported(run: Run, arxiv: Server) -> None:
    outcome = run("text", "--fetch", "pebbles OR snails")
    assert outcome.out == "fetched 1 paper, 0 were there, 1 not available\n"
    assert "arxiv:2508.00002: " in outcome.err
    arxiv.says(TWO, PAGE)
    assert run("text", "--fetch", "snails OR pebbles").out == (
        "fetched 1 paper, 1 were there, 0 not available\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [("a", "b"), ("--fetch", "--offline", "a"), ("--fetch", "--plain", "a"), ("--fetch", "is:odd")],
)
def test_options_that_do_not_go_together_are_wrong_usage(
    run: Run, arguments: tuple[str, ...]
) -> None:
    assert run("text", *arguments).status == 2


def test_unknown_id_is_reported(run: Run) -> None:
    assert "no paper has the id nothing" in run("text", "nothing").err


def test_words_of_a_kept_text_are_searched(run: Run) -> None:
    run("text", "2508.00001")
    found = run("list", "--format", "{id}", 'text:"pebbles at arxiv"', "has:text")
    assert found.out == "arxiv:2508.00001\n"


def test_library_that_is_gone_when_the_text_comes_gets_none(
    run: Run, arxiv: Server, tmp_path: Path
) -> None:
    library = tmp_path / "library"

    def take_away(handler: BaseHTTPRequestHandler) -> None:
        library.rename(tmp_path / "away")
        library.mkdir()
        Reply(PAGE)(handler)

    arxiv.says(ONE, take_away)
    outcome = run("text", "--fetch", "pebbles")
    assert (outcome.status, "the library is gone from" in outcome.err) == (1, True)
    assert list(library.iterdir()) == []
