"""Fetching in the reader: R asks the feeds, what they list appears, the cursor stays."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest
from conftest import OpenLibrary, paper
from http_helpers import Reply, Server, arxiv_listing, hf_day, silence
from patience import DEADLINE
from screen_helpers import BREAD, CROWS, PUDDLES, SNAILS, Reader, reading, until
from terminal import OpenTerminal

from store.fetching.subscriptions import Subscriptions
from store.library import Library
from store.model import Change

ROBINS = hf_day("2508.00009 Naming Robins")


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed and no subscription."""
    return filled()


@asynccontextmanager
async def fetching(
    library: Library, server: Server, *answers: bytes, query: str = ""
) -> AsyncIterator[Reader]:
    """Open the reader with a subscription to each answer, all months read, and press R."""
    subscribe(library, *(server.says(f"/{n}.json", each) for n, each in enumerate(answers)))
    async with reading(library, (120, 24), query) as reader:
        await until(lambda: library.complete, "all months read")
        await reader.press("R")
        yield reader


def subscribe(library: Library, *addresses: str) -> None:
    """Subscribe to feeds."""
    Subscriptions(library.folder).add(addresses)


def ended(reader: Reader) -> bool:
    """Return whether nothing is being fetched."""
    return not reader.screen.parts.fetching.running


async def shows_robins(reader: Reader) -> None:
    """Wait until the fetched paper is in the list."""
    await until(lambda: "arxiv:2508.00009" in reader.ids, "the fetched paper in the list")


async def test_fetched_papers_appear_and_marks_and_cursor_stay(
    library: Library, server: Server
) -> None:
    subscribe(library, server.says("/feed.json", ROBINS))
    async with reading(library, (120, 24)) as reader:
        await reader.press("j", "R", "s")
        await shows_robins(reader)
        await reader.notifies("/feed.json: 1 new")
        await reader.shows("Naming Robins")
        await reader.saved()
        assert reader.cursor == SNAILS
        assert library.marks(SNAILS).starred
        await until(lambda: ended(reader), "fetching ended")
        await reader.shows_not("R stops")


async def test_filter_is_applied_again_and_goes_for_what_is_fetched(
    library: Library, server: Server
) -> None:
    library.mark([PUDDLES], Change(read=True))
    subscribe(library, server.says("/feed.json", ROBINS))
    async with reading(library, query="is:unread -robins") as reader:
        await reader.press("r", "R")
        assert reader.ids == [SNAILS, CROWS, BREAD]
        await until(lambda: "arxiv:2508.00009" in library.papers, "the paper fetched")
        await until(lambda: ended(reader), "fetching ended")
        await reader.settled()
        assert reader.ids == [SNAILS, CROWS, BREAD]


async def test_keys_work_while_fetching_and_progress_is_shown(
    library: Library, server: Server
) -> None:
    subscribe(library, server.says("/feed.json", silence))
    async with reading(library, (120, 24), query="snails") as reader:
        await reader.press("R", "s")
        await reader.shows(f"fetching {server.url}/feed.json… R stops")
        assert library.marks(SNAILS).starred
        await reader.press("escape")
        assert (len(reader.ids), ended(reader)) == (5, False), "escape clears the filter first"


async def test_fetching_can_be_stopped_and_begun_again(library: Library, server: Server) -> None:
    subscribe(library, server.says("/feed.json", silence, silence, Reply(ROBINS)))
    async with reading(library) as reader:
        for key in ("R", "escape"):
            server.requests.clear()
            await reader.press("R")
            await until(lambda: server.requests, "the server asked")
            await reader.press(key)
            await reader.notifies("stopped; fetched papers stay")
            await until(lambda: ended(reader), "fetching ended")
            await reader.press("j", "u")
            await reader.notifies("Nothing to undo")
        await reader.press("R")
        await shows_robins(reader)


def test_quitting_does_not_wait_for_servers(
    filled: OpenLibrary, server: Server, open_terminal: OpenTerminal
) -> None:
    library = filled()
    subscribe(library, server.says("/feed.json", silence))
    terminal = open_terminal()
    terminal.shows("5 unread")
    terminal.type("R")
    terminal.shows("R stops")
    terminal.type("q")
    assert terminal.leaves(8) == 0


async def test_offline_is_a_message_that_stays(library: Library) -> None:
    subscribe(library, "http://127.0.0.1:9/feed.json")
    async with reading(library) as reader:
        await reader.press("R")
        await reader.notifies("Not fetched http://127.0.0.1:9/feed.json: no connection to")
        assert [n.timeout for n in reader.app._notifications] == [3_600]


async def test_feed_that_fails_does_not_stop_the_others(library: Library, server: Server) -> None:
    async with fetching(library, server, b"<!doctype html><html></html>", ROBINS) as reader:
        await reader.notifies("/0.json: not a feed")
        await shows_robins(reader)


async def test_problem_of_a_feed_is_named(library: Library, server: Server) -> None:
    feed = (
        b'<rss version="2.0"><channel><title>F</title><item><title>Snails & Slugs</title>'
        b"<link>https://a.example/1</link></item></channel></rss>"
    )
    async with fetching(library, server, feed) as reader:
        await reader.notifies("1 new, 1 problem; line 1 is not well-formed XML")


async def test_what_came_before_a_failure_is_reported(
    library: Library, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    server.says("/api/daily_papers", Reply(ROBINS), Reply(b"[]"), Reply(status=404))
    async with fetching(library, server) as reader:
        await reader.notifies("hf: 1 new")
        await reader.notifies("Not fetched hf: 127.0.0.1 answered 404")


async def test_without_subscriptions_the_daily_papers_are_fetched(
    library: Library, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    server.says("/api/daily_papers", ROBINS)
    async with fetching(library, server) as reader:
        await reader.notifies("You follow nothing yet: a lets you choose")
        await shows_robins(reader)


async def test_failure_without_subscriptions_is_not_told_as_fetched(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("R")
        await reader.notifies("Not fetched hf: no connection")
        assert [n.title for n in reader.app._notifications] == ["Not fetched"]


async def test_library_of_a_later_version_is_not_fetched_into(
    library: Library, server: Server
) -> None:
    library.newer = "written by a later version"
    async with fetching(library, server, ROBINS) as reader:
        await reader.notifies("Read only")
        assert ended(reader)
        assert not server.requests


async def test_damaged_subscriptions_are_reported(library: Library, tmp_path: Path) -> None:
    (library.folder / "feeds.json").write_bytes(b"{")
    async with reading(library) as reader:
        await reader.press("R")
        await reader.notifies("feeds.json is damaged")


async def test_sample_goes_with_the_first_real_papers(
    open_library: OpenLibrary, server: Server
) -> None:
    library = open_library()
    library.add([paper(), paper("arxiv:2508.00002", "On Sand")], "sample")
    library.mark(["arxiv:2508.00002"], Change(starred=True))
    library.commit()
    async with fetching(library, server, ROBINS) as reader:
        left = {"arxiv:2508.00009", "arxiv:2508.00002"}
        await until(lambda: set(reader.ids) == left, "the sample gone")
        await until(lambda: reader.cursor == "arxiv:2508.00009", "the first new paper")


# What is new is gone to, or told


async def test_fetching_from_the_top_brings_to_what_is_new(
    library: Library, server: Server
) -> None:
    day = hf_day("2508.00008 Naming Wrens", "2508.00009 Naming Robins")
    async with fetching(library, server, day) as reader:
        await until(lambda: reader.cursor == "arxiv:2508.00008", "the first new paper")
        assert "new: R" not in reader.text


async def test_what_a_later_feed_brings_below_leads_nobody_away(
    library: Library, server: Server
) -> None:
    may_answer = Event()
    listing = Reply(arxiv_listing("2507.00009 Naming Wrens", day="Tue, 29 Jul 2025"))

    def late(handler: BaseHTTPRequestHandler) -> None:
        may_answer.wait(DEADLINE)
        listing(handler)

    subscribe(library, server.says("/day.json", ROBINS), server.says("/listing.xml", late))
    async with reading(library) as reader:
        await reader.press("R")
        await until(lambda: reader.cursor == "arxiv:2508.00009", "the first new paper")
        may_answer.set()
        await reader.shows("▲ 1 new: R")
        assert reader.cursor == "arxiv:2508.00009"


@pytest.mark.parametrize("key", ["R", "g"])
async def test_who_reads_is_reported_what_is_new_and_goes_there_by_key(
    library: Library, server: Server, key: str
) -> None:
    subscribe(library, server.says("/feed.json", ROBINS))
    async with reading(library) as reader:
        await reader.press("j", "R")
        await reader.shows("▲ 1 new: R")
        assert reader.cursor == SNAILS
        await reader.press(key)
        assert reader.cursor == "arxiv:2508.00009"
        await reader.shows_not("1 new: R")


async def test_what_another_program_adds_is_reported(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("enter")
        Library(library.folder).add([paper("arxiv:2508.00009", "Naming Robins")], "hf")
        await reader.shows("▲ 1 new: R")
        assert reader.cursor != "arxiv:2508.00009"


async def test_what_is_filtered_out_is_not_told(library: Library) -> None:
    async with reading(library, query="crows") as reader:
        Library(library.folder).add([paper("arxiv:2508.00009", "Naming Robins")], "hf")
        await reader.shows("6 unread")
        assert "new: R" not in reader.text
