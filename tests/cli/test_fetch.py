"""The commands `fetch` and `feeds`: what is printed where, and the exit status."""

import signal
import subprocess
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import orjson
import pexpect
import pytest
from cli_helpers import COMMAND, Outcome, Run
from conftest import OpenLibrary, done, paper
from http_helpers import (
    FRIDAY,
    SNAILS,
    Server,
    arxiv_answer,
    arxiv_listing,
    hf_day,
    hf_path,
    silence,
    with_daily_papers,
)
from patience import DEADLINE

from store.model import Change

pytestmark = pytest.mark.slow

# The command


@pytest.fixture
def hf(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server as Hugging Face's for the command."""
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    return with_daily_papers(server)


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
    assert run("list", "snails").out == "2025-07-30 ●  Snails\n"


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


def test_newest_papers_are_said_to_be_the_newest(run: Run, server: Server, tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text(f'[mirrors]\narxiv = "{server.url}"\n')
    server.says("/rss/cs.CL", arxiv_listing())
    server.says("/api/query", arxiv_answer(SNAILS))
    done = run("fetch", "arxiv:cs.CL", "--config", tmp_path / "c.toml")
    assert done.out == "arxiv:cs.CL: 1 new (arXiv lists nothing today: the newest before)\n"


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2025-02", "2025-02-02", "2025-02-01 to 2025-02-02"),
        ("2025-02-27", "2025-02", "2025-02-27 to 2025-02-28"),
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
def test_wrong_day_is_reported_in_one_line(run: Run, hf: Server, day: str) -> None:
    done = run("fetch", "hf", "--since", day)
    assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert not hf.requests


def test_fetch_of_no_feed_is_wrong_usage(run: Run, hf: Server) -> None:
    done = run("fetch", "hf", "nonsense")
    assert (done.status, hf.requests) == (2, [])
    assert "'nonsense' is not a feed" in done.err


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
    child = pexpect.spawn(str(COMMAND), ["fetch", "hf", *DAYS], timeout=DEADLINE)
    child.expect_exact("fetching hf 3/3…".encode())
    child.expect_exact(b"\r\x1b[Khf: 3 new")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 0


def test_interrupted_command_keeps_what_it_fetched(hf: Server, run: Run) -> None:
    started = Event()

    def interrupt(handler: BaseHTTPRequestHandler) -> None:
        assert started.wait(DEADLINE)
        running.send_signal(signal.SIGINT)
        silence(handler)

    hf.says(hf_path(FRIDAY), interrupt)
    running = subprocess.Popen(
        [COMMAND, "fetch", "hf", *DAYS], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    started.set()
    out, err = running.communicate(timeout=DEADLINE)
    assert Outcome(running.returncode, out, err).status == 130
    assert out == "hf: 2 new (2025-07-30 to 2025-07-31)\n"
    assert err == "papers-tui: hf: cancelled; papers fetched before stay\n"
    assert run("list").out.count("\n") == 2


# Subscriptions by command


def test_feeds_are_added_and_listed(run: Run) -> None:
    run("feeds", "add", "hf", "arxiv:cs.cl")
    assert run("feeds").out == (
        "hf           0 papers, never fetched\narxiv:cs.CL  0 papers, never fetched\n"
    )


def test_feed_that_is_there_already_is_reported(run: Run) -> None:
    run("feeds", "add", "hf")
    assert run("feeds", "add", "hf").out == "already subscribed to: hf\n"


def test_feeds_are_removed(run: Run) -> None:
    run("feeds", "add", "hf")
    assert run("feeds", "remove", "hf").status == 0
    assert run("feeds").out == ""


def test_papers_of_a_feed_that_was_not_subscribed_to_are_removed(
    run: Run, open_library: OpenLibrary
) -> None:
    open_library().add([paper("arxiv:2508.00009", "Naming Robins")], "hf")
    done = run("feeds", "remove", "hf", "--papers")
    assert (done.out, done.err) == ("removed 1 paper of hf\n", "")


def test_papers_that_were_added_one_by_one_are_removed(run: Run, open_library: OpenLibrary) -> None:
    open_library().add([paper("arxiv:2508.00009", "Naming Robins")], "added")
    assert run("feeds", "remove", "added").out == "removed 1 paper of added\n"
    assert run("feeds", "remove", "added").status == 2


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
        "never fetched; the last attempt failed: 127.0.0.1 answered 404 Not Found"
        in run("feeds").out
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
def test_wrong_use_of_feeds_is_reported(run: Run, arguments: tuple[str, ...]) -> None:
    done = run("feeds", *arguments)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)


def test_sample_feed_goes_but_for_what_is_marked(run: Run, open_library: OpenLibrary) -> None:
    library = open_library()
    library.add([paper(), paper("arxiv:2508.00002", "On Sand")], "sample")
    done(library, Change(starred=True))
    outcome = run("feeds", "remove", "sample")
    assert outcome.out == "removed 1 paper of sample; 1 paper marked or in another feed stay\n"


def test_papers_of_a_feed_go_with_it_where_asked(run: Run, open_library: OpenLibrary) -> None:
    open_library().add([paper()], "hf")
    run("feeds", "add", "hf")
    assert run("feeds", "remove", "hf", "--papers").out == "removed hf\nremoved 1 paper of hf\n"
    assert run("list").out == ""


def test_sample_feed_can_not_be_subscribed_to(run: Run) -> None:
    assert run("feeds", "add", "sample").status == 2
