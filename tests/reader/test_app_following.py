"""Following feeds in the reader: what a newcomer is offered, the list to tick, the sidebar."""

from pathlib import Path

import pytest
from conftest import OpenLibrary
from golden_screens import looks_golden
from http_helpers import Reply, Server, arxiv_listing, hf_day, silence
from screen_helpers import Reader, reading, small_feed, until

from store.fetching.subscriptions import Subscriptions
from store.library import Library
from tui.settings.config import Config
from tui.words import SAMPLE

OFFER = "What would you like to follow?"
CROWS, ROBINS = "arxiv:2508.00011", "arxiv:2508.00012"


@pytest.fixture
def sample(open_library: OpenLibrary) -> Library:
    """A library with the sample alone."""
    open_library().add(small_feed(), SAMPLE)
    return open_library()


@pytest.fixture
def services(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Hugging Face with a paper a day, and arXiv, where robotics are not to be had."""
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("PAPERS_TUI_ARXIV", server.url)
    server.says("/api/daily_papers", hf_day("2508.00011 Crows Again"))
    server.says("/rss/cs.CL", arxiv_listing("2508.00012 Naming Robins"))
    server.says("/rss/cs.RO", Reply(b"closed today", 404))
    return server


def names(library: Library) -> list[str]:
    """Return what is subscribed to."""
    return Subscriptions(library.folder).names()


async def came(reader: Reader, *ids: str) -> None:
    """Wait until papers are in the list, and nothing is being fetched any more."""
    await until(lambda: {*ids} <= {*reader.ids}, f"{ids} in the list")
    await until(lambda: not reader.screen.parts.fetching.running, "the end of fetching")
    await reader.settled()


async def test_newcomer_is_offered_once_ticks_and_lands_on_todays_papers(
    sample: Library, services: Server
) -> None:
    async with reading(sample) as reader:
        await reader.shows(f"{OFFER}")
        await reader.press("j", "s", "escape")
        await reader.shows_not(OFFER)
        assert sample.marks(reader.cursor).starred, "other keys do what they do"
        await reader.press("u", "a")
        await reader.shows("Enter follows hf")
        await reader.press("space", *"lang", "tab", *"robot", "tab")
        await reader.shows("Enter follows hf, cs.CL and cs.RO")
        await reader.press("enter")
        await reader.notifies("Not fetched arxiv:cs.RO: 127.0.0.1 answered 404")
        await came(reader, CROWS, ROBINS)
        await until(lambda: {*reader.ids} == {CROWS, ROBINS}, "the sample gone")
        await until(lambda: reader.cursor in (CROWS, ROBINS), "the cursor on a new paper")
        assert names(sample) == ["hf", "arxiv:cs.CL", "arxiv:cs.RO"]


async def test_offer_is_not_made_again_nor_to_who_has_something(
    sample: Library, open_library: OpenLibrary
) -> None:
    Subscriptions(sample.folder).add(["hf"])
    async with reading(sample) as reader:
        await reader.notifies("These papers are a sample: R fetches today's, a chooses feeds.")
    Subscriptions(sample.folder).remove("hf")
    async with reading(open_library(), query="rain") as reader:
        await reader.notifies("These papers are a sample")
    async with reading(open_library()) as reader:
        await reader.notifies(OFFER)
    async with reading(open_library()) as reader:
        await reader.notifies("These papers are a sample")
        assert OFFER not in "".join(reader.said)


async def test_golden(sample: Library) -> None:
    Subscriptions(sample.folder).add(["arxiv:cs.CL"])
    async with reading(sample) as reader:
        await reader.press("a", "down", "tab", "up")
        await reader.shows("✓ cs.AI")
        await looks_golden(reader, "follow", [(80, 24), (50, 15)])


async def test_files_are_imported_and_lists_subscribed_to(
    sample: Library, services: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    feed = services.says("/feed.json", hf_day("2508.00011 Crows Again"))
    (tmp_path / "reader.opml").write_text(
        f'<opml version="2.0"><body><outline text="A" xmlUrl="{feed}"/></body></opml>'
    )
    (tmp_path / "papers.bib").write_text("@article{a, title={Robins at Rest}, year={2025}}")
    async with reading(sample) as reader:
        await reader.press("a", *"./no.bib", "enter")
        await reader.shows("There is no file ./no.bib")
        await reader.press("ctrl+u", *"./papers.bib", "enter")
        await reader.notifies("papers.bib: 1 new")
        await reader.shows("Robins at Rest")
        await reader.press("a", *"reader.opml", "enter")
        await reader.notifies("reader.opml: 1 feed;")
        await came(reader, CROWS)
        assert names(sample) == [feed]


async def test_what_is_chosen_while_something_is_fetched_comes_behind_it(
    sample: Library, services: Server
) -> None:
    waits = services.says("/feed.json", silence)
    Subscriptions(sample.folder).add([waits])
    async with reading(sample) as reader:
        await reader.press("R")
        await until(lambda: "/feed.json" in services.paths, "the first feed asked for")
        await reader.press("a", *"cl", "enter")
        await reader.notifies("What you chose is fetched next.")
        assert names(sample) == [waits, "arxiv:cs.CL"]
        await reader.press("R")
        await came(reader, ROBINS)


async def test_feeds_are_listed_narrowed_to_removed_and_put_back(
    sample: Library, services: Server
) -> None:
    Subscriptions(sample.folder).add(["arxiv:cs.CL", "arxiv:cs.RO"])
    config = Config(feeds=("hf",))
    async with reading(sample, config=config) as reader:
        await reader.press("R")
        await came(reader, CROWS, ROBINS)
        await reader.press("escape", "b")
        await reader.shows("arxiv:cs.CL   now     1")
        await reader.shows("arxiv:cs.RO    !–")
        await reader.press("a")
        await reader.shows("hf     Hugging Face Daily Papers · followed")
        await reader.press("escape", *"jjjjj", "d")
        await reader.notifies("hf is in the settings; it can't be removed here.")
        await reader.press("j", "enter")
        await until(lambda: reader.ids == [ROBINS], "the feed alone")
        assert reader.screen.session.query == "feed:arxiv:cs.CL is:unread"
        reader.said.clear()
        await reader.press("b", "j", "enter")
        await reader.notifies("Not fetched arxiv:cs.RO: 127.0.0.1 answered 404")
        await reader.press("escape", "b", "d")
        await reader.notifies("arxiv:cs.RO is removed; its papers stay. Until you quit, u undoes")
        await reader.shows_not("arxiv:cs.RO    ")
        assert names(sample) == ["arxiv:cs.CL"]
        file = sample.folder / "feeds.json"
        data = file.read_bytes()
        file.unlink()
        file.mkdir()
        await reader.press("u")
        await reader.notifies("Feeds not saved")
        file.rmdir()
        file.write_bytes(data)
        await until(lambda: reader.screen.parts.side_lines._undoes, "the undo back in its place")
        reader.app.clear_notifications()
        await reader.press("u")
        await reader.notifies("arxiv:cs.RO is back.")
        await reader.shows("arxiv:cs.RO    !–")
        assert names(sample) == ["arxiv:cs.CL", "arxiv:cs.RO"]


async def test_damaged_subscriptions_are_reported_in_the_sidebar(sample: Library) -> None:
    (sample.folder / "feeds.json").write_bytes(b"{")
    async with reading(sample) as reader:
        await reader.notifies("Feeds are missing")
