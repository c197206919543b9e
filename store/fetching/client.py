"""A polite HTTP client: one request at a time, pauses, retries, redirects, conditional requests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from random import random
from time import monotonic
from typing import TYPE_CHECKING

from store.errors import FetchCancelledError, FetchError, PageMissingError
from store.fetching.addresses import LONGEST_ASKED, address_problem, host_of, redirected
from store.fetching.delays import asked_delay, back_off, moment_after, rate_limit
from store.fetching.transfer import Answer, Limits, PassingError, Wait, ask

if TYPE_CHECKING:  # imported where a client is made
    import httpx

REDIRECTS = 5
PAUSES = {"arxiv.org": 3.0, "dblp.org": 3.0, "api.semanticscholar.org": 1.0}
"""Seconds between two requests to a group of hosts. arXiv's are in the terms of use of its API, for
all its hosts together; DBLP asks for a second or two; Semantic Scholar allows a key one a
second."""

_REDIRECT = (301, 302, 303, 307, 308)
_PASSING = (429, 500, 502, 503, 504)
_LONGEST_VALIDATOR = 500
_LOCATION = "location-put-aside"


@dataclass(frozen=True, slots=True)
class Validators:
    """A server's names for the version of a page, for asking whether there is a newer one."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to a request."""

    body: bytes
    validators: Validators
    unchanged: bool = False
    """Whether it is still the known version; then there is no body."""


def utc_now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


USUAL_LIMITS = Limits()
UNKNOWN = Validators()
"""For a page that was never requested."""


class Client:
    """Requests pages, one at a time; a context manager that closes its connections.

    `wait` waits and returns whether it was cancelled (see Wait), `clock` returns seconds, `now` the
    time, `chance` numbers from 0 to 1. `turn` returns the seconds to wait before a request to an
    address, as agreed with other programs (store.fetching.turns).
    """

    def __init__(
        self,
        wait: Wait,
        limits: Limits = USUAL_LIMITS,
        clock: Callable[[], float] = monotonic,
        now: Callable[[], datetime] = utc_now,
        chance: Callable[[], float] = random,
        turn: Callable[[str], float] | None = None,
    ) -> None:
        from http.cookiejar import CookieJar, DefaultCookiePolicy
        from importlib.metadata import version

        import httpx

        self._wait = wait
        self._limits = limits
        self._clock = clock
        self._now = now
        self._chance = chance
        self._turn = turn
        self._free_at: dict[str, float] = {}
        """By group of hosts, when the next request may be sent."""
        self._session = httpx.Client(
            headers={
                "user-agent": f"papers-tui/{version('papers-tui')}",
                "accept-encoding": "gzip",
            },
            timeout=httpx.Timeout(limits.silence, connect=limits.connect),
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            event_hooks={"response": [_put_location_aside]},
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def get(self, address: str, known: Validators = UNKNOWN, accept: str = "") -> Page:
        """Return the page at an address, or that it is still the known version.

        `accept` is the media type to ask for; empty for any. Raises FetchError, with the host and
        what to do, and FetchCancelledError.
        """
        if problem := address_problem(address, LONGEST_ASKED):
            raise FetchError(f"{address[:100]}: {problem}")
        headers = {"accept": accept} if accept else {}
        if known.etag:
            headers["if-none-match"] = known.etag
        if known.modified:
            headers["if-modified-since"] = known.modified
        seen = [address]
        while True:
            answer = self._ask(address, headers)
            if answer.status not in _REDIRECT:
                return _page(address, answer, known)
            address = redirected(address, answer.headers.get(_LOCATION, ""))
            if address in seen:
                raise FetchError(f"{host_of(address)} redirects in a circle: {address[:100]}")
            if len(seen) > REDIRECTS:
                raise FetchError(f"{host_of(seen[0])} redirects more than {REDIRECTS} times")
            seen.append(address)

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Page:
        """Send JSON and return the answer; the headers are never sent to another host.

        Raises FetchError, FetchCancelledError.
        """
        if problem := address_problem(address):
            raise FetchError(f"{address[:100]}: {problem}")
        answer = self._ask(address, {**headers, "content-type": "application/json"}, body)
        if answer.status in _REDIRECT:
            raise FetchError(f"{host_of(address)} redirects a sent form: refused")
        if answer.status in (401, 403):
            raise FetchError(f"{host_of(address)} answered {answer.status}: is the key right?")
        return _page(address, answer, UNKNOWN)

    def _ask(self, address: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Send a request; again if it fails for a reason that may pass."""
        host = host_of(address)
        attempt = 0
        while True:
            self._pause(host)
            if self._turn and (left := self._turn(address)):
                self._wait_for(host, left)
            asked = 0.0
            try:
                answer = ask(self._session, address, headers, self._limits, self._wait, body)
            except PassingError as error:
                failure: FetchError = error
                self._done(host, 0.0)
            else:
                self._done(host, rate_limit(answer.headers.get("ratelimit", "")))
                if answer.status not in _PASSING:
                    return answer
                failure = _refusal(address, answer.status)
                asked = asked_delay(answer.headers, self._now())
            if attempt == self._limits.retries:
                raise failure
            self._wait_for(host, max(asked, back_off(attempt, self._chance())))
            attempt += 1

    def _pause(self, host: str) -> None:
        """Wait until the next request to a host may be sent."""
        left = self._free_at.get(_group(host), 0.0) - self._clock()
        if left > 0:
            self._wait_for(host, left)

    def _done(self, host: str, asked: float) -> None:
        group = _group(host)
        self._free_at[group] = self._clock() + max(asked, PAUSES.get(group, 0.0))

    def _wait_for(self, host: str, seconds: float) -> None:
        if seconds > self._limits.patience:
            moment = moment_after(self._now(), seconds)
            raise FetchError(f"{host} limits requests; try again after {moment}")
        if self._wait(seconds):
            raise FetchCancelledError("cancelled")


def _put_location_aside(response: "httpx.Response") -> None:
    """Hide the target of a redirect from httpx, which fails on invalid addresses."""
    if "location" in response.headers:
        response.headers[_LOCATION] = response.headers.pop("location")


def _group(host: str) -> str:
    """Return the group of a host: hosts of a group count their requests together."""
    return "arxiv.org" if f".{host}".endswith(".arxiv.org") else host


def _page(address: str, answer: Answer, known: Validators) -> Page:
    if answer.status == 304 and known != UNKNOWN:
        return Page(b"", known, unchanged=True)
    if answer.status != 200:
        raise _refusal(address, answer.status)
    headers = answer.headers
    return Page(
        answer.body,
        Validators(_validator(headers, "etag"), _validator(headers, "last-modified")),
    )


def _validator(headers: Mapping[str, str], name: str) -> str:
    """Return a header that is sent with the next request; empty if it can't be sent."""
    value = headers.get(name, "")
    fit = value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR
    return value if fit else ""


def _refusal(address: str, status: int) -> FetchError:
    try:
        phrase = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    kind = PageMissingError if status in (404, 410) else FetchError
    return kind(f"{host_of(address)} answered {phrase}: {address[:200]}")
