"""A web server on this machine that says what a test tells it to, and misbehaves on purpose."""

import gzip
import socket
import struct
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TypeAlias
from urllib.parse import urlsplit

import orjson

from store.fetching.client import Client
from store.fetching.transfer import Limits

NOW = datetime(2025, 8, 1, 12, tzinfo=UTC)
"""The time of a test: a Friday."""
QUICK = Limits(silence=0.2)
"""Limits of a test in which nothing is answered."""
PATIENT = Limits(connect=60.0, silence=60.0)
"""Limits of all others: a machine may have other work than to answer."""


@dataclass(frozen=True)
class Reply:
    """An answer as it should be."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(self.status)
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(self.body)))
        handler.end_headers()
        handler.wfile.write(self.body)


Answering: TypeAlias = Callable[[BaseHTTPRequestHandler], None]


def redirect(location: str, status: int = 302) -> Reply:
    """Return an answer that sends the client elsewhere."""
    return Reply(status=status, headers={"Location": location})


def packed(body: bytes) -> Reply:
    """Return an answer that is gzipped."""
    return Reply(gzip.compress(body), headers={"Content-Encoding": "gzip"})


def cut_off(reply: Reply) -> Answering:
    """Return an answer that ends in the middle."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(reply.body)))
        handler.end_headers()
        handler.wfile.write(reply.body[: len(reply.body) // 2])
        handler.close_connection = True

    return answer


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Break the connection instead of answering."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def silence(handler: BaseHTTPRequestHandler) -> None:
    """Say nothing for as long as the server runs."""
    closing_of(handler).wait()


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not closing_of(handler).wait(0.02):
        handler.wfile.write(b"a")


def dripping_headers(handler: BaseHTTPRequestHandler) -> None:
    """Send a letter of a header now and then, for ever."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nA: ")
    while not closing_of(handler).wait(0.02):
        handler.wfile.write(b"a")


@dataclass
class Request:
    """What the server was asked."""

    path: str
    """With the query; if it was asked as a proxy, without the host."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = b""


class Server(ThreadingHTTPServer):
    """Answers each path with its next reply; the last one again and again."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.requests: list[Request] = []
        self.closing = Event()
        self._replies: defaultdict[str, list[Answering]] = defaultdict(list)

    def says(self, path: str, *replies: Answering | bytes) -> str:
        """Answer a path, with or without its query, in this way; return its address."""
        self._replies[path] = [Reply(r) if isinstance(r, bytes) else r for r in replies]
        return self.url + path

    def reply_to(self, path: str) -> Answering:
        """Return the next reply."""
        replies = self._replies.get(path) or self._replies.get(urlsplit(path).path)
        if not replies:
            return Reply(b"nothing here", 404)
        return replies.pop(0) if len(replies) > 1 else replies[0]

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [request.path for request in self.requests]

    def handle_error(self, request: object, client_address: object) -> None:
        """Take no notice of clients that go away."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits for the receipt of its headers

    def do_GET(self) -> None:
        """Answer as the server was told."""
        assert isinstance(self.server, Server)
        parts = urlsplit(self.path)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append(Request(path, headers))
        self.server.reply_to(path)(self)

    def do_POST(self) -> None:
        """Take what is sent, and answer in the same way."""
        assert isinstance(self.server, Server)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        self.server.requests.append(Request(self.path, headers, body))
        self.server.reply_to(self.path)(self)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def closing_of(handler: BaseHTTPRequestHandler) -> Event:
    """Return what is set when the server ends."""
    assert isinstance(handler.server, Server)
    return handler.server.closing


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server."""
    server = Server()
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class FakeTime:
    """Waiting that takes no time, and clocks that go on by it."""

    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cancel_at: float | None = None
    """From how many seconds on waiting is cancelled; None for never."""

    def wait(self, seconds: float) -> bool:
        """Go on by some seconds; return whether it was cancelled."""
        if seconds:
            self.waits.append(seconds)
            self.seconds += seconds
        return self.cancel_at is not None and self.seconds >= self.cancel_at

    def clock(self) -> float:
        """Return the seconds waited."""
        return self.seconds


def client(time: FakeTime, limits: Limits = PATIENT) -> Client:
    """Return a client that waits in no time, in the middle of the spread of its pauses."""
    return Client(time.wait, limits, time.clock, lambda: NOW, lambda: 0.5)


def hf_day(*papers: str, upvotes: int = 1) -> bytes:
    """Return the daily papers of a day: an arXiv id and a title for each, as "2508.00001 Title"."""
    return orjson.dumps([
        {
            "paper": {
                "id": paper[:10],
                "title": paper[11:],
                "summary": f"About {paper[11:]}, at some length.",
                "authors": [{"name": "Ada Snail", "hidden": False}],
                "publishedAt": "2025-07-30T00:00:00.000Z",
                "upvotes": upvotes,
            },
            "title": paper[11:],
            "publishedAt": "2025-07-30T00:00:00.000Z",
            "numComments": 2,
        }
        for paper in papers
    ])  # fmt: skip


def arxiv_answer(*papers: str, total: int | None = None) -> bytes:
    """Return an answer of arXiv's API; `total` is how many there are on all pages."""
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{paper[:10]}v1</id><title>{paper[11:]}</title>"
        f"<summary>About {paper[11:]}.</summary><published>2025-07-30T09:00:00Z</published>"
        "<updated>2025-07-30T09:00:00Z</updated><author><name>Ada Snail</name></author></entry>"
        for paper in papers
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        "<id>https://arxiv.org/api/abc</id><title>arXiv Query: all</title>"
        f"<opensearch:totalResults>{len(papers) if total is None else total}"
        f"</opensearch:totalResults>{entries}</feed>"
    ).encode()


def arxiv_listing(*papers: str, day: str = "Fri, 01 Aug 2025", category: str = "cs.CL") -> bytes:
    """Return arXiv's RSS of a day."""
    items = "".join(
        f"<item><title>{paper[11:]}</title><link>https://arxiv.org/abs/{paper[:10]}</link>"
        f"<description>arXiv:{paper[:10]}v1 Announce Type: new \nAbstract: About {paper[11:]}."
        f"</description><guid>oai:arXiv.org:{paper[:10]}v1</guid>"
        f"<pubDate>{day} 00:00:00 -0400</pubDate></item>"
        for paper in papers
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{category} updates on arXiv.org</title>"
        f"<link>http://rss.arxiv.org/rss/{category}</link>"
        f"<pubDate>{day} 00:00:00 -0400</pubDate>{items}</channel></rss>"
    ).encode()


SNAILS, PEBBLES, CROWS = "2508.00001 Snails", "2508.00002 Pebbles", "2508.00003 Crows"
FRIDAY, THURSDAY, WEDNESDAY = date(2025, 8, 1), date(2025, 7, 31), date(2025, 7, 30)


def hf_path(day: date, number: int = 0) -> str:
    """Return what is asked of Hugging Face for a page of a day."""
    return f"/api/daily_papers?date={day}&limit=100&p={number}"


def with_daily_papers(server: Server) -> Server:
    """Return a server that has a paper on each of the last three days, and none before."""
    server.says("/api/daily_papers", b"[]")
    for day, listed in ((FRIDAY, CROWS), (THURSDAY, PEBBLES), (WEDNESDAY, SNAILS)):
        server.says(hf_path(day), hf_day(listed))
    return server
