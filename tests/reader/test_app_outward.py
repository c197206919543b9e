"""What the library lacks: a pasted name is fetched with Enter, ctrl+f asks services for words."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import OpenLibrary, paper
from http_helpers import PATIENT, QUICK, Reply, Server, arxiv_answer, cut_off, hf_day, silence
from screen_helpers import IDS, IN_COLOUR, PEBBLES, SNAILS, Reader, reading, until

from store.library import Library
from tui.reader.terminal.screen_keeping import drawn
from tui.settings.commands import read_hooks

MOSS, FERN = "arxiv:2508.00077", "arxiv:2508.00078"
NAMES = "2508.00002 Counting Snails in the Rain", "2508.00077 Moss", "2508.00078 Fern"
HTML = b"<!doctype html><html><body>Sign in</body></html>"


@pytest.fixture
def library(filled: OpenLibrary, server: Server, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The small feed, and services at the server."""
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("PAPERS_TUI_ARXIV", server.url)
    return filled()


async def lists(reader: Reader, *ids: str) -> None:
    """Wait until the list has these papers, and no others."""
    await until(lambda: reader.ids == [*ids], f"{ids} in the list")


async def test_pasted_name_is_fetched_kept_and_opened(
    library: Library, server: Server, open_library: OpenLibrary
) -> None:
    library.add([paper("arxiv:2508.00099", "Sample")], "sample")
    server.says("/api/query", arxiv_answer(), arxiv_answer(NAMES[1]))
    async with reading(library) as reader:
        await reader.type("/2508.00077v2")
        await reader.shows("fetches arXiv 2508.00077.")
        await reader.press("enter")
        await reader.shows("arXiv 2508.00077: 127.0.0.1 answered 404 Not Found")
        await reader.press("enter")
        await until(lambda: reader.screen.focused is reader.screen.panes.detail, "the paper open")
        await until(lambda: MOSS in library.papers, "the paper in the library")
        await until(lambda: "arxiv:2508.00099" not in library.papers, "the sample gone")
        await reader.press("escape")
        await until(lambda: (reader.ids, reader.cursor) == ([MOSS], MOSS), "the paper alone")
        await reader.press("escape", "g", "/", *"doi.org/10.48550/arXiv.2508.00002", "enter")
        await lists(reader, SNAILS)
    kept = open_library()
    kept.read_all()
    assert (kept.papers[MOSS].title, kept.papers[MOSS].feeds) == ("Moss", ("added",))
    assert kept.marks(MOSS).read


async def test_words_are_searched_for_elsewhere_and_a_mark_keeps_what_is_found(
    library: Library, server: Server, open_library: OpenLibrary, tmp_path: Path
) -> None:
    server.says("/api/papers/search", hf_day(*NAMES))
    server.says("/api/query", silence)
    told = tmp_path / "starred"
    hooks = read_hooks({"on_star": ["sh", "-c", f"cat > {told}.new; mv {told}.new {told}"]})
    async with reading(library, (160, 24), config=replace(IN_COLOUR, hooks=hooks)) as reader:
        await reader.press("/", *"is:unread (the OR crows)", "enter", "j")
        before = reader.ids, reader.cursor
        assert len(reader.ids) > 1
        await reader.press("ctrl+f")
        await reader.shows("asking arXiv… · without is:unread")
        await reader.shows("found at Hugging Face (○ not in the library)")
        await lists(reader, SNAILS, MOSS, FERN)
        await reader.press("j", "n")
        assert (reader.cursor, library.marks(MOSS).read) == (FERN, False)
        await reader.shows("Not in the library")
        await reader.press("A", "s")
        await reader.shows("★ Fern")
        await until(lambda: FERN in library.papers, "the paper in the library")
        await until(told.exists, "the hook run")
        assert '"Fern"' in told.read_text()
        await lists(reader, SNAILS, MOSS, FERN)
        await reader.press("u", "x")
        assert not library.marks(FERN).starred
        await until(lambda: reader.screen.session.query == f"like:{FERN}", "what is like it")
        assert MOSS not in reader.ids
        await reader.press("escape")
        await lists(reader, SNAILS, MOSS, FERN)
        await reader.press("escape")
        await until(lambda: (reader.ids, reader.cursor) == before, "the list before")
        await reader.press("ctrl+f")
        await lists(reader, SNAILS, MOSS, FERN)
        assert "Moss" not in drawn(reader.app, reader.screen, reader.screen.session.query)
        await reader.saved()
    kept = open_library()
    kept.read_all()
    assert kept.papers.keys() == {*IDS, FERN}
    assert not any(library.marks(each).read for each in (SNAILS, MOSS, PEBBLES))


async def test_no_answer_is_reported_where_the_papers_would_be(
    library: Library, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Reply(status=429, headers={"Retry-After": "3600"})
    cut = cut_off(Reply(hf_day(NAMES[1])))
    limits = "tui.reader.subjects.outward.LIMITS"
    monkeypatch.setattr(limits, replace(PATIENT, retries=0))
    server.says("/api/papers/search", refused, cut, silence, hf_day())
    server.says("/api/query", HTML, refused, silence, arxiv_answer())
    async with reading(library, (160, 24), query="zebra") as reader:
        await reader.shows("searches arXiv and Hugging Face.")
        await reader.press("enter")
        await reader.shows("Hugging Face: 127.0.0.1 answered 429")
        await reader.shows("arXiv: its answer can't be read")
        await reader.shows("⏎ tries again, esc goes back.")
        await reader.press("enter")
        await reader.shows("Hugging Face: the answer of 127.0.0.1 was cut off")
        await reader.shows("⏎ tries again, esc goes back.")
        monkeypatch.setattr(limits, replace(QUICK, retries=0))
        await reader.press("enter")
        await reader.shows("Hugging Face: 127.0.0.1 does not answer")
        await reader.shows("arXiv: 127.0.0.1 does not answer")
        await reader.shows("⏎ tries again, esc goes back.")
        monkeypatch.setattr(limits, replace(PATIENT, retries=0))
        await reader.press("enter")
        await reader.shows("have no such paper")
        asked = len(server.requests)
        await reader.press("enter")
        await reader.shows("have no such paper")
        assert len(server.requests) == asked
        await reader.press("escape")
        await reader.shows("No paper matches.")


async def test_search_needs_words(library: Library, server: Server) -> None:
    async with reading(library) as reader:
        await reader.press("ctrl+f")
        await reader.notifies("/ takes words")
        await reader.press("/", *"zebra )", "ctrl+f")
        await reader.notifies("The filter is wrong")
        assert server.requests == []
