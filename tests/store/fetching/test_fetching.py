"""Fetching feeds into a library from a real server: what is asked, stored and remembered."""

import os
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from conftest import OpenLibrary
from http_helpers import (
    CROWS,
    FRIDAY,
    NOW,
    PEBBLES,
    SNAILS,
    THURSDAY,
    WEDNESDAY,
    FakeTime,
    Reply,
    Server,
    arxiv_answer,
    arxiv_listing,
    client,
    hf_day,
    hf_path,
    silence,
    with_daily_papers,
)

from store.errors import FetchError, LibraryError, NotAFeedError
from store.fetching.feed_run import Fetcher
from store.fetching.sources import Mirrors, find_source
from store.fetching.subscriptions import Subscriptions
from store.fetching.visit import Outcome as Fetched
from store.fetching.visit import Progress
from store.files.locks import locked
from store.library import Library
from store.model import Change
from store.papers.months import Added

pytestmark = pytest.mark.slow

BUSY = Reply(status=404)


@pytest.fixture
def server(server: Server) -> Server:
    """A server of daily papers."""
    return with_daily_papers(server)


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
    assert titles(library) == {"Snails", "Pebbles", "Crows"}


def test_papers_are_listed_on_the_day_asked_for(fetch: Fetch, library: Library) -> None:
    fetch("hf")
    assert {p.title: p.date for p in library.papers.values()}["Pebbles"] == "2025-07-31"


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


def test_days_that_were_passed_over_are_made_up_for(
    fetch: Fetch, library: Library, server: Server
) -> None:
    fetch("hf", since=date(2025, 7, 20), until=date(2025, 7, 21))
    fetch("hf", since=FRIDAY)
    assert Subscriptions(library.folder).states()["hf"].complete == date(2025, 7, 21)


def test_long_absence_is_reported(fetch: Fetch) -> None:
    fetch("hf", since=date(2025, 1, 1), until=date(2025, 1, 1))
    (problem,) = fetch("hf")[0].problems
    assert problem.endswith("--since 2025-01-02 fetches them")


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
    server.says("/rss/cs.CL", arxiv_listing(SNAILS), arxiv_listing())
    fetch("arxiv:cs.CL")
    assert fetch("arxiv:cs.CL")[0] == Fetched("arxiv:cs.CL")


def test_newest_papers_are_fetched_where_the_first_listing_is_empty(
    fetch: Fetch, library: Library, server: Server
) -> None:
    server.says("/rss/cs.CL", Reply(arxiv_listing(), headers={"ETag": '"1"'}))
    server.says("/api/query", arxiv_answer(SNAILS, PEBBLES, total=900))
    assert fetch("arxiv:cs.CL") == [Fetched("arxiv:cs.CL", imported=2, newest=True)]
    assert len(server.paths) == 2
    assert "search_query=cat%3Acs.CL&sortBy=submittedDate&sortOrder=desc" in server.paths[1]
    assert fetch("arxiv:cs.CL")[0] == Fetched("arxiv:cs.CL")
    state = Subscriptions(library.folder).states()["arxiv:cs.CL"]
    assert (state.complete, state.feed) == (THURSDAY, "arxiv:cs.CL")


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


def test_page_that_lacks_papers_is_reported(fetch: Fetch, server: Server) -> None:
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


def test_error_of_arxiv_is_reported(fetch: Fetch, server: Server) -> None:
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
    assert titles(library) == {"Snails", "Pebbles"}


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
    assert titles(library) == {"Snails", "Pebbles"}
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
    monkeypatch.setattr("store.files.locks.LOCK_SECONDS", 0.0)
    busy = pytest.raises(FetchError, match=f"process {os.getpid()} is fetching")
    with locked(library.folder / "fetch"), busy:
        fetch("hf")
    assert not server.requests
