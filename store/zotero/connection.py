"""Ask the Zotero of this machine: one request, its answer, within limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

import orjson

from store.text.clean import clean_line
from store.zotero.errors import ZoteroError

if TYPE_CHECKING:  # imported where a connection is made
    pass

USUAL_ADDRESS = "http://127.0.0.1:23119"
NAME = "papers-tui"
SIZE = 20 * 1024 * 1024
"""Bytes of an answer that are read."""
SECONDS = 20.0
"""How long Zotero may say nothing."""
PATIENCE = 6
"""How many times that a whole answer may take."""
DIALOG_SECONDS = 180.0
"""How long it may take the user to answer its question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What Zotero said."""

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
        """What is in the body, in one line."""
        return clean_line(self.body[:500].decode("utf-8", errors="replace"), 200)


class Connection:
    """A connection to Zotero; a context manager."""

    def __init__(self, address: str = USUAL_ADDRESS, seconds: float = SECONDS) -> None:
        from importlib.metadata import version

        import httpx

        self.address = address.rstrip("/")
        self._seconds = seconds
        # Neither proxies nor redirects: it is on this machine. Zotero takes a name that begins like
        # a browser's for a web page.
        self._client: httpx.Client = httpx.Client(
            headers={
                "user-agent": f"papers-tui/{version('papers-tui')}",
                "zotero-api-version": "3",
            },
            timeout=seconds,
            follow_redirects=False,
            trust_env=False,
            verify=self.address.startswith("https:"),  # else certificates would be read for nothing
        )

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    def get(self, path: str, parameters: Mapping[str, str] | None = None) -> Answer:
        """Ask for something; ZoteroError if nothing comes."""
        return self._ask("GET", path, params=dict(parameters or {}))

    def post(
        self,
        path: str,
        content: bytes,
        headers: Mapping[str, str],
        seconds: float | None = None,
    ) -> Answer:
        """Send something; ZoteroError if nothing comes back."""
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
