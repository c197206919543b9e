"""Zotero's local API: find existing items, add new ones.

Source: Zotero 10's server_localAPI.js. Zotero asks its user whether a program may write. It then
gives a key, which is sent with each request, together with the id of that Zotero.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from store.model import Paper
from store.text.clean import clean_line
from store.zotero.api_keys import Keys
from store.zotero.connection import (
    DIALOG_SECONDS,
    Answer,
    Connection,
    DeniedError,
    ReadOnlyError,
    ZoteroError,
)
from store.zotero.items import Item, is_of, names_of

APP_NAME = "papers-tui"
AT_ONCE = 50
"""Most items in a request."""
_LIBRARY = "/api/users/0"
_PAGE = 100
_PAGES = 100
"""Most pages of collections that are searched."""


@dataclass(slots=True)
class Written:
    """The result of a request to add items, by their place in it."""

    keys: dict[int, str] = field(default_factory=dict)
    """The keys of those added."""
    failed: dict[int, str] = field(default_factory=dict)
    """Why others were not, in words."""


class LocalApi:
    """The local API of a running Zotero."""

    def __init__(self, connection: Connection, keys: Keys, say: Callable[[str], None]) -> None:
        """`say` reports in words when Zotero asks its user something."""
        self._connection = connection
        self._keys = keys
        self._say = say
        self._server = ""

    def begin(self) -> None:
        """Check that this Zotero accepts items; ReadOnlyError if it does not."""
        answer = self._connection.get(f"{_LIBRARY}/collections", {"limit": "1"})
        if answer.status in (403, 404, 501):
            raise ReadOnlyError(
                "Zotero does not allow other programs; allow them in Settings → Advanced"
            )
        _check(answer, "asked for its collections")
        self._server = answer.headers.get("zotero-server-id", "")
        if not self._server:
            raise ReadOnlyError("this Zotero is older than 10")

    def having(self, paper: Paper) -> str:
        """Return the key of the item of a paper; empty if there is none."""
        for name in names_of(paper):
            asked = {"q": name, "qmode": "everything", "limit": "25"}
            answer = self._connection.get(f"{_LIBRARY}/items", asked)
            _check(answer, "asked for a paper")
            for item in _list(answer):
                if is_of(_data(item), paper):
                    return str(item.get("key", ""))
        return ""

    def collection(self, name: str) -> str:
        """Return the key of the collection with a name; create it if there is none."""
        for page in range(_PAGES):
            asked = {"limit": str(_PAGE), "start": str(page * _PAGE)}
            answer = self._connection.get(f"{_LIBRARY}/collections", asked)
            _check(answer, "asked for its collections")
            found = _list(answer)
            for each in found:
                if _data(each).get("name") == name:
                    return str(each.get("key", ""))
            if len(found) < _PAGE:
                break
        written = self._write("collections", [{"name": name, "parentCollection": False}])
        if 0 not in written.keys:
            raise ZoteroError(
                f"Zotero does not create the collection {clean_line(name)}: {written.failed[0]}"
            )
        return written.keys[0]

    def add(self, items: Sequence[Item]) -> Written:
        """Add up to AT_ONCE items; the result reports those that Zotero rejects."""
        return self._write("items", items)

    def _write(self, what: str, objects: Sequence[Item]) -> Written:
        body, token = orjson.dumps(objects), secrets.token_hex(16)
        answer = self._send(what, body, token)
        if answer.status in (401, 412, 428):
            # The key was valid once, was revoked, or is another Zotero's.
            self._keys.forget(self._server)
            self.begin()
            answer = self._send(what, body, token)
        if answer.status == 403:
            raise DeniedError("Zotero does not allow this program to write")
        _check(answer, "given papers")
        return _written(answer, len(objects))

    def _send(self, what: str, body: bytes, token: str) -> Answer:
        headers = {
            "content-type": "application/json",
            "zotero-api-key": self._key(),
            "zotero-server-id": self._server,
            "zotero-write-token": token,
        }
        return self._connection.post(f"{_LIBRARY}/{what}", body, headers)

    def _key(self) -> str:
        """Return the key for this Zotero; without one, Zotero asks its user."""
        if key := self._keys.get(self._server):
            return key
        self._say("Zotero asks whether papers-tui may write; answer there")
        answer = self._connection.post(
            "/api/local/authorize",
            orjson.dumps({"appName": APP_NAME}),
            {"content-type": "application/json"},
            DIALOG_SECONDS,
        )
        if answer.status == 403:
            raise DeniedError("Zotero did not allow it")
        if answer.status in (404, 405, 501):
            raise ReadOnlyError("this Zotero is older than 10")
        _check(answer, "asked for permission to write")
        said = answer.json()
        given = said.get("key") if isinstance(said, dict) else None
        if not isinstance(given, str) or not given or not (given.isascii() and given.isprintable()):
            raise ZoteroError("Zotero gave no key")
        self._keys.put(self._server, given, said.get("remember") is True)
        return given


def _check(answer: Answer, when: str) -> None:
    """Raise ZoteroError for an answer that reports a failure."""
    if answer.status == 429:
        after = clean_line(answer.headers.get("retry-after", ""), 20)
        again = f"in {after} seconds" if after.isdecimal() else "later"
        raise ZoteroError(f"Zotero limits requests; try again {again}")
    if answer.status >= 300:
        words = f": {answer.words}" if answer.words else ""
        raise ZoteroError(f"Zotero answered {answer.status} when {when}{words}")


def _list(answer: Answer) -> list[dict[str, Any]]:
    found = answer.json()
    if not isinstance(found, list):
        raise ZoteroError("Zotero answered something other than a list")
    return [each for each in found if isinstance(each, dict)]


def _data(item: dict[str, Any]) -> dict[str, Any]:
    data = item.get("data")
    return data if isinstance(data, dict) else {}


def _written(answer: Answer, count: int) -> Written:
    """Return the result of a request for each of its objects."""
    said = answer.json()
    if not isinstance(said, dict):
        raise ZoteroError("Zotero answered something other than the result for the papers")
    written = Written()
    for name in ("success", "unchanged"):
        places = said.get(name)
        for place, key in places.items() if isinstance(places, dict) else ():
            if place.isdecimal() and isinstance(key, str):
                written.keys[int(place)] = key
    failed = said.get("failed")
    for place, why in failed.items() if isinstance(failed, dict) else ():
        if place.isdecimal():
            text = why.get("message", "") if isinstance(why, dict) else why
            written.failed[int(place)] = clean_line(str(text), 200) or "no reason given"
    for place in range(count):
        if place not in written.keys:
            written.failed.setdefault(place, "Zotero does not mention it")
    return written
