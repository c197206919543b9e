"""The HTTP client against a real server that misbehaves on purpose."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from threading import Event

import pytest
from http_helpers import (
    PATIENT,
    QUICK,
    FakeTime,
    Reply,
    Server,
    client,
    cut_off,
    dripping,
    dripping_headers,
    packed,
    redirect,
    reset,
    silence,
)

from store.errors import FetchCancelledError, FetchError
from store.fetching.addresses import redirected
from store.fetching.client import Client, Validators
from store.fetching.transfer import Limits

pytestmark = pytest.mark.slow

FEED = b"the feed of the day"


@pytest.fixture
def time() -> FakeTime:
    """The time of the client under test."""
    return FakeTime()


@pytest.fixture
def http(time: FakeTime) -> Iterator[Client]:
    """The client under test."""
    with client(time) as opened:
        yield opened


@pytest.fixture
def hasty(time: FakeTime) -> Iterator[Client]:
    """A client that soon stops waiting for an answer."""
    with client(time, QUICK) as opened:
        yield opened


# What goes well


def test_get_returns_the_body(http: Client, server: Server) -> None:
    assert http.get(server.says("/feed", FEED)).body == FEED


def test_client_says_who_it_is(http: Client, server: Server) -> None:
    http.get(server.says("/feed", FEED))
    assert server.requests[0].headers["user-agent"].startswith("papers-tui/")


def test_gzipped_body_is_unpacked(http: Client, server: Server) -> None:
    assert http.get(server.says("/feed", packed(FEED))).body == FEED


@pytest.mark.parametrize("kind", ["text/html", "image/png", "nonsense"])
def test_content_type_does_not_matter(http: Client, server: Server, kind: str) -> None:
    address = server.says("/feed", Reply(FEED, headers={"Content-Type": kind}))
    assert http.get(address).body == FEED


def test_empty_body_is_an_answer(http: Client, server: Server) -> None:
    assert http.get(server.says("/feed", b"")).body == b""


# Asking whether there is something new


def test_answer_names_its_version(http: Client, server: Server) -> None:
    headers = {"ETag": '"7"', "Last-Modified": "Fri, 01 Aug 2025 06:00:00 GMT"}
    page = http.get(server.says("/feed", Reply(FEED, headers=headers)))
    assert page.validators == Validators('"7"', "Fri, 01 Aug 2025 06:00:00 GMT")


def test_known_version_is_sent_along(http: Client, server: Server) -> None:
    http.get(server.says("/feed", FEED), Validators('"7"', "Fri, 01 Aug 2025 06:00:00 GMT"))
    headers = server.requests[0].headers
    assert headers["if-none-match"] == '"7"'
    assert headers["if-modified-since"] == "Fri, 01 Aug 2025 06:00:00 GMT"


def test_unchanged_page_is_reported(http: Client, server: Server) -> None:
    page = http.get(server.says("/feed", Reply(status=304)), Validators('"7"'))
    assert (page.unchanged, page.validators) == (True, Validators('"7"'))


def test_unchanged_page_that_was_never_asked_for_is_an_error(http: Client, server: Server) -> None:
    with pytest.raises(FetchError, match="304 Not Modified"):
        http.get(server.says("/feed", Reply(status=304)))


def test_no_cookie_is_sent_back(http: Client, server: Server) -> None:
    moved = Reply(status=302, headers={"Location": "/there", "Set-Cookie": "who=me; Path=/"})
    server.says("/there", FEED)
    http.get(server.says("/here", moved))
    assert [request.headers.get("cookie") for request in server.requests] == [None, None]


@pytest.mark.parametrize("name", ["RateLimit", "Retry-After", "ETag", "Location", "X-Other"])
@pytest.mark.parametrize("piece", [";r=0", "; ", "Fri, 01 ", ";t=1;"])
def test_header_of_any_length_costs_nothing(
    http: Client, server: Server, name: str, piece: str
) -> None:
    value = piece * (60_000 // len(piece)) + "."
    assert http.get(server.says("/feed", Reply(FEED, headers={name: value}))).body == FEED


@pytest.mark.parametrize("version", ["é", "x" * 501], ids=["not ASCII", "long"])
def test_version_that_can_not_be_sent_back_is_dropped(
    http: Client, server: Server, version: str
) -> None:
    page = http.get(server.says("/feed", Reply(FEED, headers={"ETag": version})))
    assert page.validators == Validators()


# Trying again


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_trouble_is_tried_again(http: Client, server: Server, status: int) -> None:
    assert http.get(server.says("/feed", Reply(status=status), Reply(FEED))).body == FEED


@pytest.mark.parametrize(
    "trouble", [reset, cut_off(Reply(FEED)), cut_off(packed(FEED))],
    ids=["reset", "cut off", "packed and cut off"],
)  # fmt: skip
def test_broken_answer_is_tried_again(http: Client, server: Server, trouble: Reply) -> None:
    assert http.get(server.says("/feed", trouble, Reply(FEED))).body == FEED


def test_pauses_between_tries_double(http: Client, server: Server, time: FakeTime) -> None:
    with pytest.raises(FetchError, match=r"127.0.0.1 answered 503 Service Unavailable"):
        http.get(server.says("/feed", Reply(status=503)))
    assert time.waits == [1.5, 3.0, 6.0]


def test_retry_after_is_obeyed(http: Client, server: Server, time: FakeTime) -> None:
    busy = Reply(status=429, headers={"Retry-After": "7"})
    http.get(server.says("/feed", busy, Reply(FEED)))
    assert time.waits == [7.0]


def test_retry_after_can_be_a_date(http: Client, server: Server, time: FakeTime) -> None:
    later = datetime(2025, 8, 1, 12, 0, 30, tzinfo=UTC)
    busy = Reply(status=503, headers={"Retry-After": format_datetime(later, usegmt=True)})
    http.get(server.says("/feed", busy, Reply(FEED)))
    assert time.waits == [30.0]


def test_long_wait_that_is_asked_for_is_a_failure(
    http: Client, server: Server, time: FakeTime
) -> None:
    address = server.says("/feed", Reply(status=429, headers={"Retry-After": "36000"}))
    with pytest.raises(FetchError, match="try again after"):
        http.get(address)
    assert (len(server.requests), time.waits) == (1, [])


def test_rate_limit_of_a_refusal_is_obeyed(http: Client, server: Server, time: FakeTime) -> None:
    busy = Reply(status=429, headers={"RateLimit": '"api";r=0;t=55'})
    http.get(server.says("/feed", busy, Reply(FEED)))
    assert sum(time.waits) == 55.0


def test_rate_limit_holds_the_next_request_back(
    http: Client, server: Server, time: FakeTime
) -> None:
    address = server.says("/feed", Reply(FEED, headers={"RateLimit": '"api";r=0;t=55'}))
    http.get(address)
    http.get(address)
    assert time.waits == [55.0]


def test_rate_limit_that_is_not_reached_holds_nothing_back(
    http: Client, server: Server, time: FakeTime
) -> None:
    address = server.says("/feed", Reply(FEED, headers={"RateLimit": '"api";r=498;t=55'}))
    http.get(address)
    http.get(address)
    assert time.waits == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 501, 599])
def test_refusal_is_not_tried_again(http: Client, server: Server, status: int) -> None:
    with pytest.raises(FetchError, match=f"127.0.0.1 answered {status}"):
        http.get(server.says("/feed", Reply(status=status)))
    assert len(server.requests) == 1


# arXiv


@pytest.fixture
def arxiv(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server as a proxy, so that it answers for every host."""
    monkeypatch.setenv("http_proxy", server.url)
    server.says("/a", FEED)
    return server


def test_requests_to_arxiv_are_three_seconds_apart(arxiv: Server, time: FakeTime) -> None:
    with client(time) as http:
        http.get("http://export.arxiv.org/a")
        http.get("http://rss.arxiv.org/a")
        http.get("http://arxiv.org/a")
    assert time.waits == [3.0, 3.0]


def test_other_hosts_do_not_wait_for_arxiv(arxiv: Server, time: FakeTime) -> None:
    with client(time) as http:
        http.get("http://export.arxiv.org/a")
        http.get("http://notarxiv.org/a")
        http.get("http://arxiv.org.example/a")
    assert time.waits == []


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_followed(http: Client, server: Server, status: int) -> None:
    server.says("/new", FEED)
    assert http.get(server.says("/old", redirect("/new", status))).body == FEED


def test_relative_redirect_begins_at_its_page(http: Client, server: Server) -> None:
    server.says("/feeds/new?a=1", FEED)
    assert http.get(server.says("/feeds/old", redirect("new?a=1"))).body == FEED


def test_redirect_to_another_host_is_followed(arxiv: Server, time: FakeTime) -> None:
    arxiv.says("/old", redirect("http://other.example/a"))
    with client(time) as http:
        assert http.get("http://one.example/old").body == FEED


def test_circle_is_named(http: Client, server: Server) -> None:
    server.says("/b", redirect("/a"))
    with pytest.raises(FetchError, match="redirects in a circle"):
        http.get(server.says("/a", redirect("/b")))


def test_long_chain_is_refused(http: Client, server: Server) -> None:
    for number in range(9):
        server.says(f"/{number}", redirect(f"/{number + 1}"))
    with pytest.raises(FetchError, match="redirects more than 5 times"):
        http.get(server.url + "/0")
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "http://[", "",
     "http://a:b@c.example/", "http://a.example:x/", "http://a.example/ b", "/" + "x" * 9_000],
)  # fmt: skip
def test_redirect_elsewhere_than_the_web_is_refused(
    http: Client, server: Server, target: str
) -> None:
    with pytest.raises(FetchError, match="redirect"):
        http.get(server.says("/feed", redirect(target)))
    assert len(server.requests) == 1


def test_redirect_that_gives_up_encryption_is_refused() -> None:
    with pytest.raises(FetchError, match="not encrypted"):
        redirected("https://a.example/feed", "http://a.example/feed")


def test_redirect_to_encryption_is_followed() -> None:
    assert redirected("http://a.example/x", "https://a.example/y#z") == "https://a.example/y"


# Limits


def test_answer_of_just_the_limit_is_taken(server: Server, time: FakeTime) -> None:
    with client(time, Limits(size=len(FEED))) as http:
        assert http.get(server.says("/feed", FEED)).body == FEED


@pytest.mark.parametrize("reply", [Reply(FEED), packed(FEED)], ids=["plain", "packed"])
def test_answer_above_the_limit_is_refused(server: Server, time: FakeTime, reply: Reply) -> None:
    with (
        client(time, Limits(size=len(FEED) - 1)) as http,
        pytest.raises(FetchError, match=r"the answer of 127.0.0.1 is larger than"),
    ):
        http.get(server.says("/feed", reply))


def test_21_megabytes_are_refused(http: Client, server: Server) -> None:
    with pytest.raises(FetchError, match="larger than 20 MB"):
        http.get(server.says("/feed", packed(bytes(21 << 20))))


@pytest.mark.parametrize("trouble", [dripping, dripping_headers])
def test_slow_drip_comes_to_an_end(server: Server, time: FakeTime, trouble: Reply) -> None:
    with (
        client(time, Limits(total=0.2)) as http,
        pytest.raises(FetchError, match="took over 0 s to answer"),
    ):
        http.get(server.says("/feed", trouble))


def test_silent_server_is_asked_again_and_named(hasty: Client, server: Server) -> None:
    with pytest.raises(FetchError, match=r"127.0.0.1 does not answer"):
        hasty.get(server.says("/feed", silence))
    assert len(server.requests) == 4


def test_answer_that_is_always_cut_off_is_an_error(http: Client, server: Server) -> None:
    with pytest.raises(FetchError, match=r"the answer of 127.0.0.1 was cut off"):
        http.get(server.says("/feed", cut_off(Reply(FEED))))


def test_damaged_packing_is_an_error(http: Client, server: Server) -> None:
    address = server.says("/feed", Reply(b"plain", headers={"Content-Encoding": "gzip"}))
    with pytest.raises(FetchError, match="is damaged"):
        http.get(address)


def test_unknown_packing_is_an_error(http: Client, server: Server) -> None:
    address = server.says("/feed", Reply(FEED, headers={"Content-Encoding": "br"}))
    with pytest.raises(FetchError, match="compressed as 'br'"):
        http.get(address)


# No connection


def test_refused_connection_is_reported_at_once(http: Client, time: FakeTime) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        with pytest.raises(FetchError, match=r"no connection to 127.0.0.1$"):
            http.get(f"http://127.0.0.1:{unheard.getsockname()[1]}/")
    assert time.waits == []


def test_plain_server_asked_for_encryption_is_no_connection(http: Client, server: Server) -> None:
    with pytest.raises(FetchError, match=r"no connection to 127.0.0.1"):
        http.get(server.url.replace("http:", "https:"))


@pytest.mark.parametrize("host", [f"{'a' * 70}.example", "xn--a", "a..b"])
def test_impossible_host_is_one_line(http: Client, host: str) -> None:
    with pytest.raises(FetchError) as raised:
        http.get(f"http://{host}/")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "feed", "http://", "http://a b/"])
def test_what_is_no_web_address_is_not_asked_for(http: Client, address: str) -> None:
    with pytest.raises(FetchError):
        http.get(address)


# Cancelling


def test_pause_can_be_cancelled(server: Server) -> None:
    with (
        client(FakeTime(cancel_at=1.0)) as http,
        pytest.raises(FetchCancelledError),
    ):
        http.get(server.says("/feed", Reply(status=503)))
    assert len(server.requests) == 1


@pytest.mark.parametrize("trouble", [silence, dripping, dripping_headers])
def test_request_under_way_can_be_cancelled(server: Server, trouble: Reply) -> None:
    with (
        Client(lambda seconds: bool(server.requests), PATIENT) as http,
        pytest.raises(FetchCancelledError),
    ):
        http.get(server.says("/feed", trouble))


def test_event_is_what_cancels(server: Server) -> None:
    cancel = Event()
    cancel.set()
    with Client(cancel.wait, PATIENT) as http, pytest.raises(FetchCancelledError):
        http.get(server.says("/feed", silence))
