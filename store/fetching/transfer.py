"""One request and its answer, within limits on time and size; errors in words.

The request runs in a thread of its own, which is abandoned if it takes too long or is cancelled:
looking up a host's name and waiting for a server's first byte can't be interrupted.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from store.errors import FetchCancelledError, FetchError
from store.fetching.addresses import host_of

if TYPE_CHECKING:  # httpx is imported where a client is made
    import httpx

Wait: TypeAlias = Callable[[float], bool]
"""Waits for seconds or until cancelled; returns whether it was cancelled. `Event.wait` is one."""

HEADER_LIMIT = 4_096
"""Characters of a header that are read: more than any address or validator has."""
POLL = 0.05
"""Seconds between two checks whether the request was cancelled."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on the time (in seconds) and size of an answer."""

    connect: float = 10.0
    silence: float = 20.0
    """The longest time between two pieces of an answer."""
    total: float = 120.0
    """For a whole answer."""
    size: int = 20 * 1024 * 1024
    """Most bytes of an unpacked answer."""
    patience: float = 120.0
    """The longest wait that a server may demand."""
    retries: int = 3
    """How often a request is repeated after an error that may pass."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a server's; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class PassingError(FetchError):
    """An error that may pass: the request may succeed another time."""


def ask(
    session: "httpx.Client",
    address: str,
    headers: Mapping[str, str],
    limits: Limits,
    wait: Wait,
    body: bytes = b"",
) -> Answer:
    """Send a GET request, or a POST if there is a body; return the answer, even a redirect.

    Raises FetchError, FetchCancelledError, and PassingError if another try may help.
    """
    future: Future[Answer] = Future()
    given_up = Event()

    def work() -> None:
        try:
            future.set_result(_transfer(session, address, headers, limits, given_up, body))
        except Exception as error:  # noqa: BLE001  # raised again in the thread that waits
            future.set_exception(error)

    Thread(target=work, name="request", daemon=True).start()
    deadline = monotonic() + limits.total
    try:
        while not wait_for([future], POLL).done:
            if wait(0):
                raise FetchCancelledError("cancelled")
            if monotonic() > deadline:
                raise FetchError(f"{host_of(address)} took over {limits.total:.0f} s to answer")
    finally:
        given_up.set()
    return future.result()


def _transfer(
    session: "httpx.Client",
    address: str,
    headers: Mapping[str, str],
    limits: Limits,
    given_up: Event,
    sent: bytes,
) -> Answer:
    import httpx

    host = host_of(address)
    try:
        method = "POST" if sent else "GET"
        with session.stream(
            method, address, headers=dict(headers), content=sent or None
        ) as response:
            wanted = response.status_code == 200
            body = b"".join(_body(response, limits, host, given_up)) if wanted else b""
            shown = {name: value[:HEADER_LIMIT] for name, value in response.headers.items()}
            return Answer(response.status_code, shown, body)
    except httpx.ProxyError as error:
        raise FetchError(f"no connection to {host}: the proxy refuses") from error
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise FetchError(_no_connection(host, str(error))) from error
    except httpx.TimeoutException as error:
        raise PassingError(f"{host} does not answer") from error
    except httpx.RemoteProtocolError as error:
        cut = "complete message body" in str(error) or "incomplete chunked" in str(error)
        raise PassingError(_cut_off(host) if cut else f"{host} broke the connection") from error
    except httpx.TransportError as error:
        raise PassingError(f"the connection to {host} broke") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(f"{address[:100]} can't be asked for") from error


def _body(
    response: "httpx.Response", limits: Limits, host: str, given_up: Event
) -> Iterator[bytes]:
    """Yield the unpacked body in pieces, each within the rest of the limit.

    httpx would unpack a piece as a whole: a bomb becomes a thousand times as large.
    """
    encoding = response.headers.get("content-encoding", "identity")[:HEADER_LIMIT].strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise FetchError(f"{host} sends its answer compressed as {encoding[:20]!r}, unrequested")
    unpacker = None if encoding == "identity" else zlib.decompressobj(wbits=31)
    room = limits.size
    for piece in response.iter_raw():
        if given_up.is_set():
            return
        if unpacker:
            try:
                piece = unpacker.decompress(piece, room + 1)
            except zlib.error as error:
                raise PassingError(f"the answer of {host} is damaged") from error
        room -= len(piece)
        if room < 0:
            raise FetchError(f"the answer of {host} is larger than {limits.size / 2**20:,.0f} MB")
        yield piece
    if unpacker and not unpacker.eof:
        raise PassingError(_cut_off(host))


def _cut_off(host: str) -> str:
    return f"the answer of {host} was cut off"


def _no_connection(host: str, reason: str) -> str:
    if "certificate" in reason.lower():
        return f"no secure connection to {host}: its certificate is not valid"
    return f"no connection to {host}"
