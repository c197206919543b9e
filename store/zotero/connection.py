"""Requests to the Zotero on this machine: one at a time, within limits; and its errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

import orjson

from store.errors import PapersError
from store.text.clean import clean_line

USUAL_ADDRESS = "http://127.0.0.1:23119"
SIZE = 20 * 1024 * 1024
"""Bytes of an answer that are read."""
SECONDS = 20.0
"""How long Zotero may be silent."""
PATIENCE = 6
"""How many times as long a whole answer may take."""
DIALOG_SECONDS = 180.0
"""How long the user may take to answer Zotero's question."""


class ZoteroError(PapersError):
    """Zotero is not running, refuses, or gives an answer that can't be understood."""


class ReadOnlyError(ZoteroError):
    """Zotero accepts nothing through its local API: it is too old, or its user forbids it."""


class DeniedError(ZoteroError):
    """The user answered Zotero that this program may not write."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of Zotero's."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    def json(self) -> Any:
        """Return the body; ZoteroError if it is not JSON."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError as error:
            raise ZoteroError("Zotero answered something that is not JSON") from error

    @property
    def words(self) -> str:
        """The body as one harmless line."""
        return clean_line(self.body[:500].decode("utf-8", errors="replace"), 200)


class Connection:
    """A connection to Zotero; a context manager."""

    def __init__(self, address: str = USUAL_ADDRESS, seconds: float = SECONDS) -> None:
        from importlib.metadata import version

        import httpx

        self.address = address.rstrip("/")
        self._seconds = seconds
        # Neither proxies nor redirects: Zotero is on this machine. It rejects user agents like
        # those of browsers, as requests of web pages.
        self._client: httpx.Client = httpx.Client(
            headers={
                "user-agent": f"papers-tui/{version('papers-tui')}",
                "zotero-api-version": "3",
            },
            timeout=seconds,
            follow_redirects=False,
            trust_env=False,
            verify=self.address.startswith(
                "https:"
            ),  # otherwise certificates would be read in vain
        )

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    def get(self, path: str, parameters: Mapping[str, str] | None = None) -> Answer:
        """Send a GET request; ZoteroError if there is no answer."""
        return self._ask("GET", path, params=dict(parameters or {}))

    def post(
        self,
        path: str,
        content: bytes,
        headers: Mapping[str, str],
        seconds: float | None = None,
    ) -> Answer:
        """Send a POST request; ZoteroError if there is no answer."""
        timeout = seconds or self._seconds
        return self._ask("POST", path, content=content, headers=dict(headers), timeout=timeout)

    def _ask(self, method: str, path: str, **more: Any) -> Answer:
        import httpx

        try:
            deadline = monotonic() + PATIENCE * more.get("timeout", self._seconds)
            with self._client.stream(method, self.address + path, **more) as response:
                body = b""
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > SIZE:
                        raise ZoteroError("the answer of Zotero is too large")
                    if monotonic() > deadline:
                        raise ZoteroError("Zotero takes too long to answer")
                headers = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status_code, headers, body)
        except httpx.ConnectError as error:
            raise ZoteroError(
                f"Zotero is not running here (nothing answers at {self.address}); start it"
            ) from error
        except httpx.TimeoutException as error:
            raise ZoteroError("Zotero does not answer") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ZoteroError(
                f"the connection to Zotero broke: {clean_line(str(error))}"
            ) from error
