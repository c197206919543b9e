"""Fetching feeds into a library: from a real server, with the command and under it."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import orjson
import pexpect
import pytest
from cli_helpers import COMMAND, Outcome, Run
from conftest import OpenLibrary, paper
from http_helpers import (
    NOW,
    FakeTime,
    Reply,
    Server,
    arxiv_answer,
    arxiv_listing,
    client,
    hf_day,
    silence,
)

from store.errors import FetchError, LibraryError, NotAFeedError
from store.fetching.batch import Batch
from store.fetching.outcome import Outcome as Fetched
from store.fetching.outcome import Progress
from store.fetching.run import Fetcher
from store.fetching.sources import Mirrors, find_source
from store.fetching.subscriptions import Subscriptions
from store.library import Library
from store.locks import locked
from store.model import Change
from store.shelves import Added

SNAILS, PEBBLES, CROWS = (
    "2508.00001 Counting Snails",
    "2508.00002 Sorting Pebbles",
    ("2508.00003 Teaching Crows"),
)
FRIDAY, THURSDAY, WEDNESDAY = date(2025, 8, 1), date(2025, 7, 31), date(2025, 7, 30)
BUSY = Reply(status=404)


def hf_path(day: date, number: int = 0) -> str:
    """Return what is asked of Hugging Face for a page of a day."""
    return f"/api/daily_papers?date={day}&limit=100&p={number}"


@pytest.fixture
def server(server: Server) -> Server:
    """A server of daily papers, one on each of the last days, none before."""
    server.says("/api/daily_papers", b"[]")
    server.says(hf_path(FRIDAY), hf_day(CROWS))
    server.says(hf_path(THURSDAY), hf_day(PEBBLES))
    server.says(hf_path(WEDNESDAY), hf_day(SNAILS))
    return server


Fetch = Callable[..., list[Fetched]]


@pytest.fixture
def fetch(server: Server, library: Library) -> Iterator[Fetch]:
    """Fetch feeds by their names into the library; return the outcomes."""
    with client(FakeTime()) as http:

        def fetch_feeds(*names: str, **days: date) -> list[Fetched]:
            mirrors = Mirrors(server.url, server.url, server.url)
            fetcher = Fetcher(library.folder, library.add, http.get, lambda: NOW)
            sources = [find_source(name, mirrors) for name in names]
            events = list(fetcher.fetch(sources, **days))
            return [event for event in events if not isinstance(event, Progress)]

        yield fetch_feeds


def titles(library: Library) -> set[str]:
    """Return the titles of the papers on disk."""
    other = Library(library.folder)
    other.read_all()
    return {paper.title for paper in other.papers.values()}


# Hugging Face


def test_papers_of_the_last_week_are_fetched(fetch: Fetch, library: Library) -> None:
    outcome = fetch("hf")[0]
    assert (outcome.imported, len(outcome.days), len(outcome.empty)) == (3, 7, 4)
    assert titles(library) == {"Counting Snails", "Sorting Pebbles", "Teaching Crows"}


def test_papers_are_listed_on_the_day_asked_for(fetch: Fetch, library: Library) -> None:
    fetch("hf")
    assert {p.title: p.date for p in library.papers.values()}["Sorting Pebbles"] == "2025-07-31"


def test_papers_are_of_the_feed_by_its_name(fetch: Fetch, library: Library) -> None:
    fetch("hf")
    assert {paper.feeds for paper in library.papers.values()} == {("hf",)}


def test_pages_are_asked_for_until_one_is_empty(
    fetch: Fetch, library: Library, server: Server
) -> None:
    server.says(hf_path(FRIDAY, 1), hf_day("2508.00004 Bread"))
    fetch("hf", since=FRIDAY)
    assert server.paths == [hf_path(FRIDAY, number) for number in range(3)]
    assert "Bread" in titles(library)


def test_server_that_knows_no_pages_is_asked_twice(fetch: Fetch, server: Server) -> None:
    for number in range(3):
        server.says(hf_path(FRIDAY, number), hf_day(CROWS))
    assert fetch("hf", since=FRIDAY)[0].imported == 1
    assert len(server.requests) == 2


def test_day_without_papers_is_no_failure(fetch: Fetch) -> None:
    outcome = fetch("hf", since=date(2025, 7, 26), until=date(2025, 7, 27))[0]
    assert (outcome.error, len(outcome.empty)) == (None, 2)


def test_second_visit_asks_for_the_last_two_days(fetch: Fetch, server: Server) -> None:
    fetch("hf")
    server.requests.clear()
    fetch("hf")
    assert {path.partition("&")[0][-10:] for path in server.paths} == {"2025-07-31", "2025-08-01"}


def test_new_votes_are_taken(fetch: Fetch, library: Library, server: Server) -> None:
    fetch("hf")
    server.says(hf_path(FRIDAY), hf_day(CROWS, upvotes=90))
    outcome = fetch("hf")[0]
    assert (outcome.updated, outcome.unchanged) == (1, 1)
    assert library.papers["arxiv:2508.00003"].upvotes == 90


def test_marks_stay(fetch: Fetch, library: Library, open_library: OpenLibrary) -> None:
    fetch("hf")
    library.mark(["arxiv:2508.00003"], Change(starred=True, read=True))
    library.commit()
    fetch("hf", since=WEDNESDAY)
    marks = open_library().marks("arxiv:2508.00003")
    assert (marks.starred, marks.read) == (True, True)


def test_fetching_does_not_write_to_the_file_of_marks(fetch: Fetch, library: Library) -> None:
    fetch("hf")
    assert not (library.folder / "state.json").exists()


# Only what is new


def test_known_version_is_asked_about(fetch: Fetch, server: Server) -> None:
    server.says(hf_path(FRIDAY), Reply(hf_day(CROWS), headers={"ETag": '"1"'}))
    fetch("hf")
    server.requests.clear()
    fetch("hf")
    asked = {request.path: request.headers.get("if-none-match") for request in server.requests}
    assert asked[hf_path(FRIDAY)] == '"1"'


def test_unchanged_day_is_left_at_that(fetch: Fetch, server: Server) -> None:
    server.says(hf_path(FRIDAY), Reply(hf_day(CROWS), headers={"ETag": '"1"'}), Reply(status=304))
    fetch("hf")
    server.requests.clear()
    outcome = fetch("hf")[0]
    assert (outcome.error, outcome.unchanged, outcome.empty) == (None, 1, ())
    assert hf_path(FRIDAY, 1) not in server.paths


def test_since_asks_whatever_the_version(fetch: Fetch, server: Server) -> None:
    server.says(hf_path(FRIDAY), Reply(hf_day(CROWS), headers={"ETag": '"1"'}))
    fetch("hf")
    server.requests.clear()
    fetch("hf", since=FRIDAY)
    assert not any("if-none-match" in request.headers for request in server.requests)


def test_version_of_a_day_of_several_pages_is_not_kept(
    fetch: Fetch, library: Library, server: Server
) -> None:
    server.says(hf_path(FRIDAY), Reply(hf_day(CROWS), headers={"ETag": '"1"'}))
    server.says(hf_path(FRIDAY, 1), hf_day("2508.00004 Bread"))
    fetch("hf")
    assert not Subscriptions(library.folder).states()["hf"].validators


# arXiv


def test_listing_is_fetched(fetch: Fetch, library: Library, server: Server) -> None:
    server.says("/rss/cs.CL", arxiv_listing(SNAILS, PEBBLES))
    assert fetch("arxiv:cs.CL")[0].imported == 2
    assert {p.feeds for p in library.papers.values()} == {("arxiv:cs.CL",)}


def test_listing_says_up_to_which_day_it_is_complete(
    fetch: Fetch, library: Library, server: Server
) -> None:
    server.says("/rss/cs.CL", arxiv_listing(SNAILS, day="Thu, 31 Jul 2025"))
    fetch("arxiv:cs.CL")
    assert Subscriptions(library.folder).states()["arxiv:cs.CL"].complete == THURSDAY


def test_empty_listing_is_no_failure(fetch: Fetch, server: Server) -> None:
    server.says("/rss/cs.CL", arxiv_listing())
    assert fetch("arxiv:cs.CL")[0] == Fetched("arxiv:cs.CL")


def test_missed_listings_are_made_up_for(fetch: Fetch, library: Library, server: Server) -> None:
    server.says("/rss/cs.CL", arxiv_listing(SNAILS, day="Tue, 29 Jul 2025"), Reply(b"", 503))
    fetch("arxiv:cs.CL")
    server.says("/rss/cs.CL", arxiv_listing(CROWS))
    server.says("/api/query", arxiv_answer(), arxiv_answer(), arxiv_answer(PEBBLES))
    assert fetch("arxiv:cs.CL")[0].imported == 2
    assert server.paths.count("/rss/cs.CL") == 2


def test_pages_of_the_api_are_asked_for_until_the_last(fetch: Fetch, server: Server) -> None:
    many = [f"2507.{number:05} Paper {number}" for number in range(130)]
    server.says(
        "/api/query", arxiv_answer(*many[:100], total=130), arxiv_answer(*many[100:], total=130)
    )
    assert fetch("arxiv:cs.CL", since=WEDNESDAY, until=WEDNESDAY)[0].imported == 130
    assert [path.rpartition("=")[2] for path in server.paths] == ["0", "100"]


def test_page_that_lacks_papers_is_told(fetch: Fetch, server: Server) -> None:
    server.says("/api/query", arxiv_answer(SNAILS, total=130), arxiv_answer(total=130))
    outcome = fetch("arxiv:cs.CL", since=WEDNESDAY, until=WEDNESDAY)[0]
    assert outcome.problems == (
        "2025-07-30: arXiv sent 1 of 130 papers; --since 2025-07-30 asks again",
    )


def test_search_stops_at_a_page_without_anything_new(fetch: Fetch, server: Server) -> None:
    server.says("/api/query", arxiv_answer(SNAILS, total=900))
    fetch("arxiv?all:snail")
    server.requests.clear()
    assert fetch("arxiv?all:snail")[0].unchanged == 1
    assert len(server.requests) == 1


def test_error_of_arxiv_is_told(fetch: Fetch, server: Server) -> None:
    server.says(
        "/api/query",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/x</id><entry>'
        b"<id>https://arxiv.org/api/errors#a</id><title>Error</title>"
        b"<summary>malformed search</summary></entry></feed>",
    )
    outcome = fetch("arxiv?all:(")[0]
    assert "malformed search" in str(outcome.error)


# Other feeds


def test_address_is_read_by_its_content(fetch: Fetch, server: Server) -> None:
    address = server.says("/feed.json", hf_day(SNAILS))
    assert fetch(address)[0].imported == 1


def test_page_of_a_browser_is_no_feed(fetch: Fetch, server: Server) -> None:
    address = server.says("/feed", b"<!doctype html><html><body>Please log in</body></html>")
    assert isinstance(fetch(address)[0].error, NotAFeedError)


# What goes wrong


def test_feed_that_fails_does_not_stop_the_others(fetch: Fetch, server: Server) -> None:
    server.says("/rss/cs.CL", arxiv_listing(SNAILS))
    outcomes = fetch("arxiv:cs.CL", server.url + "/missing", "hf")
    assert [isinstance(each.error, FetchError) for each in outcomes] == [False, True, False]


def test_error_is_remembered_and_forgotten(fetch: Fetch, library: Library, server: Server) -> None:
    address = server.says("/feed", BUSY, Reply(hf_day(SNAILS)))
    fetch(address)
    assert "404" in Subscriptions(library.folder).states()[address].error
    fetch(address)
    assert not Subscriptions(library.folder).states()[address].error


def test_days_before_a_failure_are_kept(fetch: Fetch, library: Library, server: Server) -> None:
    server.says(hf_path(FRIDAY), BUSY)
    outcome = fetch("hf")[0]
    assert (outcome.imported, isinstance(outcome.error, FetchError)) == (2, True)
    assert titles(library) == {"Counting Snails", "Sorting Pebbles"}


def test_next_visit_goes_on_where_it_failed(fetch: Fetch, server: Server) -> None:
    server.says(hf_path(THURSDAY), BUSY)
    fetch("hf")
    server.requests.clear()
    fetch("hf")
    assert server.paths == [hf_path(THURSDAY)]


def test_interruption_keeps_what_was_fetched(library: Library, server: Server) -> None:
    server.says(hf_path(FRIDAY), silence)
    time = FakeTime()
    with client(time) as http:
        fetcher = Fetcher(library.folder, library.add, http.get, lambda: NOW)
        outcomes = []
        for event in fetcher.fetch([find_source("hf", Mirrors(server.url))]):
            if isinstance(event, Progress) and event.number == event.total:
                time.cancel_at = 0.0
            outcomes.append(event)
    assert titles(library) == {"Counting Snails", "Sorting Pebbles"}
    assert Subscriptions(library.folder).states()["hf"].complete == THURSDAY


def test_interruption_is_the_end(fetch: Fetch, library: Library, server: Server) -> None:
    with client(FakeTime(cancel_at=0.0)) as http:
        fetcher = Fetcher(library.folder, library.add, http.get, lambda: NOW)
        source = find_source(server.says("/feed", silence), Mirrors())
        events = list(fetcher.fetch([source, source]))
    assert len(events) == 2


def test_full_disk_ends_it(server: Server, library: Library) -> None:
    def add(papers: object, feed: str, *, tex: bool) -> Added:
        raise LibraryError("can't write: No space left on device")

    with client(FakeTime()) as http:
        fetcher = Fetcher(library.folder, add, http.get, lambda: NOW)
        with pytest.raises(LibraryError, match="No space left"):
            list(fetcher.fetch([find_source("hf", Mirrors(server.url))]))


def test_second_program_does_not_fetch_at_the_same_time(
    fetch: Fetch, library: Library, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.locks.LOCK_SECONDS", 0.0)
    busy = pytest.raises(FetchError, match=f"process {os.getpid()} is fetching")
    with locked(library.folder / "fetch"), busy:
        fetch("hf")
    assert not server.requests


# Storing


def test_what_is_stored_quickly_is_stored_at_once(library: Library) -> None:
    batch = Batch(library.add, FakeTime().clock)
    batch.put([paper()], "hf", tex=False)
    assert batch.is_due


def test_what_is_stored_slowly_waits_for_more() -> None:
    time = FakeTime()

    def add(papers: object, feed: str, *, tex: bool) -> Added:
        time.wait(10)
        return Added(imported=1)

    batch = Batch(add, time.clock)
    batch.put([paper()], "hf", tex=False)
    batch.store()
    assert not batch.is_due
    time.wait(10)
    assert batch.is_due


def test_papers_of_several_days_are_stored_together(library: Library) -> None:
    batch = Batch(library.add)
    batch.put([paper("arxiv:2508.00001", "Snails")], "hf", tex=False)
    batch.put([paper("arxiv:2508.00002", "Crows")], "hf", tex=False)
    assert batch.store() == Added(imported=2)
    assert batch.store() == Added()


# The command


@pytest.fixture
def hf(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server as Hugging Face's for the command."""
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    return server


DAYS = ("--since", "2025-07-30", "--until", "2025-08-01")


def test_fetch_says_what_it_did(run: Run, hf: Server) -> None:
    done = run("fetch", "hf", "--since", "2025-07-26", "--until", "2025-08-01")
    assert (done.status, done.err) == (0, "")
    assert done.out == "hf: 3 new, 4 empty days (2025-07-26 to 2025-08-01)\n"


def test_second_fetch_says_that_nothing_changed(run: Run, hf: Server) -> None:
    run("fetch", "hf", *DAYS)
    assert run("fetch", "hf", *DAYS).out == "hf: 3 unchanged (2025-07-30 to 2025-08-01)\n"


def test_fetched_papers_are_listed(run: Run, hf: Server) -> None:
    run("fetch", "hf", *DAYS)
    assert run("list", "snails").out == "2025-07-30 ● Counting Snails\n"


def test_fetch_without_subscriptions_says_what_it_fetches(run: Run, hf: Server) -> None:
    done = run("fetch", *DAYS)
    assert "no subscriptions: fetching hf" in done.err
    assert done.out.startswith("hf: 3 new")


def test_fetch_takes_the_subscriptions(run: Run, hf: Server) -> None:
    address = hf.says("/feed.json", hf_day(SNAILS))
    run("feeds", "add", address)
    done = run("fetch")
    assert (done.status, done.out, done.err) == (0, f"{address}: 1 new\n", "")


def test_fetch_takes_the_feeds_of_the_settings(run: Run, hf: Server, tmp_path: Path) -> None:
    address = hf.says("/feed.json", hf_day(SNAILS))
    (tmp_path / "c.toml").write_text(f'feeds = ["{address}"]')
    assert run("fetch", "--config", tmp_path / "c.toml").out == f"{address}: 1 new\n"


def test_mirrors_of_the_settings_are_asked(run: Run, server: Server, tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text(f'[mirrors]\narxiv = "{server.url}"\n')
    server.says("/rss/cs.CL", arxiv_listing(SNAILS))
    done = run("fetch", "arxiv:cs.CL", "--config", tmp_path / "c.toml")
    assert done.out == "arxiv:cs.CL: 1 new\n"


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2025-02", "2025-02", "2025-02-01 to 2025-02-28"),
        ("2025-W31", "2025-w31", "2025-07-28 to 2025-08-03"),
        ("9999d", "2023-05-06", "2023-05-04 to 2023-05-06"),
    ],
)
def test_days_are_written_as_in_queries(
    run: Run, hf: Server, since: str, until: str, days: str
) -> None:
    assert days in run("fetch", "hf", "--since", since, "--until", until).out


@pytest.mark.parametrize(
    "day", ["", "soon", "2025-02-31", "2025-07-01..2025-08-01", "..", "2999", "\x1b[2J"]
)
def test_wrong_day_is_told_in_one_line(run: Run, hf: Server, day: str) -> None:
    done = run("fetch", "hf", "--since", day)
    assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert not hf.requests


def test_fetch_of_no_feed_is_wrong_usage(run: Run, hf: Server) -> None:
    done = run("fetch", "hf", "nonsense")
    assert (done.status, hf.requests) == (2, [])
    assert "'nonsense' is no feed" in done.err


def test_offline_is_one_line(run: Run) -> None:
    done = run("fetch", "hf")
    assert (done.status, done.out) == (1, "")
    assert done.err == "papers-tui: hf: no connection to 127.0.0.1\n"


def test_what_is_no_feed_has_its_own_status(run: Run, hf: Server) -> None:
    done = run("fetch", hf.says("/feed", b"<!doctype html><html></html>"))
    assert (done.status, done.out, done.err.count("\n")) == (5, "", 1)


def test_failure_of_one_feed_is_the_status(run: Run, hf: Server) -> None:
    done = run("fetch", hf.url + "/missing", hf.says("/feed.json", hf_day(SNAILS)))
    assert (done.status, done.out) == (1, f"{hf.url}/feed.json: 1 new\n")


def test_hostile_feed_does_nothing_to_the_terminal(run: Run, hf: Server) -> None:
    feed = orjson.dumps([{"paper": {"id": "\x1b[2J", "title": "\x1b]0;a\x07", "summary": "a"}}])
    done = run("fetch", hf.says("/feed", feed))
    assert "\x1b" not in done.out + done.err


def test_progress_is_shown_in_a_terminal(hf: Server) -> None:
    child = pexpect.spawn(str(COMMAND), ["fetch", "hf", *DAYS], timeout=10)
    child.expect_exact("fetching hf 3/3…".encode())
    child.expect_exact(b"\r\x1b[Khf: 3 new")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 0


def test_interrupted_command_keeps_what_it_fetched(hf: Server, run: Run) -> None:
    def interrupt(handler: BaseHTTPRequestHandler) -> None:
        running.send_signal(signal.SIGINT)
        silence(handler)

    hf.says(hf_path(FRIDAY), interrupt)
    running = subprocess.Popen(
        [COMMAND, "fetch", "hf", *DAYS], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    out, err = running.communicate(timeout=20)
    assert Outcome(running.returncode, out, err).status == 130
    assert out == "hf: 2 new (2025-07-30 to 2025-07-31)\n"
    assert err == "papers-tui: hf: cancelled; what was fetched before stays\n"
    assert run("list").out.count("\n") == 2


# Subscriptions by command


def test_feeds_are_added_and_listed(run: Run) -> None:
    run("feeds", "add", "hf", "arxiv:cs.cl")
    assert run("feeds").out == (
        "hf           0 papers, never fetched\narxiv:cs.CL  0 papers, never fetched\n"
    )


def test_feed_that_is_there_already_is_told(run: Run) -> None:
    run("feeds", "add", "hf")
    assert run("feeds", "add", "hf").out == "subscribed to already: hf\n"


def test_feeds_are_removed(run: Run) -> None:
    run("feeds", "add", "hf")
    assert run("feeds", "remove", "hf").status == 0
    assert run("feeds").out == ""


def test_removing_what_is_not_subscribed_to_fails(run: Run) -> None:
    done = run("feeds", "remove", "hf")
    assert (done.status, done.err) == (1, "papers-tui: hf: not subscribed to\n")


def test_list_says_how_much_was_fetched(run: Run, hf: Server) -> None:
    run("feeds", "add", "hf")
    run("fetch", *DAYS)
    assert run("feeds").out.startswith("hf  3 papers, fetched 20")


def test_list_says_what_went_wrong(run: Run, hf: Server) -> None:
    address = hf.url + "/missing"
    run("feeds", "add", address)
    run("fetch")
    assert (
        "never fetched; the last try failed: 127.0.0.1 answered 404 Not Found" in run("feeds").out
    )


def test_list_as_json(run: Run, hf: Server) -> None:
    run("feeds", "add", "hf")
    run("fetch", *DAYS)
    (feed,) = orjson.loads(run("feeds", "--json").out)
    fetched = feed.pop("fetched")
    assert fetched.endswith("+00:00")
    assert feed == {
        "name": "hf", "complete": "2025-08-01", "papers": 3, "error": "", "in_settings": False,
    }  # fmt: skip


def test_list_without_subscriptions_is_empty(run: Run) -> None:
    assert (run("feeds", "list").out, run("feeds", "--json").out) == ("", "[]\n")


@pytest.mark.parametrize("arguments", [("list", "hf"), ("add",), ("remove",), ("add", "x")])
def test_wrong_use_of_feeds_is_told(run: Run, arguments: tuple[str, ...]) -> None:
    done = run("feeds", *arguments)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
