"""A Zotero on this machine: what its local API and its connector answer, with a library behind."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
from http_helpers import Reply, Request, Server

SERVER_ID = "zotero-of-the-test"


@dataclass
class Zotero:
    """One that runs; what is in it, and how it is set."""

    server: Server
    version: int = 10
    """From 10 on its local API takes items."""
    lets_in: bool = True
    """Whether other programs may use the local API."""
    allows: bool = True
    """Whether its user says yes."""
    remembers: bool = True
    items: list[dict[str, Any]] = field(default_factory=list)
    collections: list[dict[str, Any]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    asked: int = 0
    """How often the user was asked."""
    imported: list[bytes] = field(default_factory=list)
    trouble: list[Reply] = field(default_factory=list)
    """What is answered to the next writes, in place of doing them."""
    refused: str = ""
    """A title that is not taken."""

    def __post_init__(self) -> None:
        self.server.says("/api/users/0/items", self._answer(self._items))
        self.server.says("/api/users/0/collections", self._answer(self._collections))
        self.server.says("/api/local/authorize", self._answer(self._authorize))
        self.server.says("/connector/import", self._answer(self._import))

    def _answer(self, act: Callable[[Request], Reply]) -> Callable[[BaseHTTPRequestHandler], None]:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            request = self.server.requests[-1]
            agent = request.headers["user-agent"]
            if agent.startswith("Mozilla/") or "origin" in request.headers:
                Reply(b"Forbidden", 403)(handler)
            elif request.path.startswith("/api") and not self.lets_in:
                Reply(b"Local API is not enabled", 403)(handler)
            else:
                act(request)(handler)

        return answer

    @property
    def _headers(self) -> dict[str, str]:
        return {"Zotero-Server-ID": SERVER_ID} if self.version >= 10 else {}

    def _json(self, value: object, status: int = 200) -> Reply:
        return Reply(orjson.dumps(value), status, self._headers)

    def _authorize(self, request: Request) -> Reply:
        if self.version < 10:
            return Reply(b"No endpoint found", 404)
        assert orjson.loads(request.body) == {"appName": "papers-tui"}
        self.asked += 1
        if not self.allows:
            return self._json({"denied": True}, 403)
        key = f"key{self.asked}"
        self.keys.add(key)
        return self._json({"key": key, "remember": self.remembers})

    def _items(self, request: Request) -> Reply:
        if request.body:
            return self._write(request, self.items, "title")
        (wanted,) = parse_qs(urlsplit(request.path).query)["q"]
        found = [each for each in self.items if wanted.encode() in orjson.dumps(each)]
        return self._json(found)

    def _collections(self, request: Request) -> Reply:
        if request.body:
            return self._write(request, self.collections, "name")
        asked = parse_qs(urlsplit(request.path).query)
        start = int(asked.get("start", ["0"])[0])
        return self._json(self.collections[start : start + int(asked["limit"][0])])

    def _write(self, request: Request, into: list[dict[str, Any]], name: str) -> Reply:
        if self.trouble:
            return self.trouble.pop(0)
        if self.version < 10:
            return Reply(b"Endpoint does not support method", 501)
        if "zotero-server-id" not in request.headers:
            return self._json({}, 428)
        if request.headers["zotero-server-id"] != SERVER_ID:
            return self._json({}, 412)
        if request.headers.get("zotero-api-key") not in self.keys:
            return self._json({}, 401)
        objects = orjson.loads(request.body)
        assert len(objects) <= 50
        success, failed = {}, {}
        for place, each in enumerate(objects):
            if self.refused and each.get(name) == self.refused:
                failed[str(place)] = {"code": 400, "message": "no such field"}
                continue
            key = f"KEY{len(into):05}"
            into.append({"key": key, "version": 0, "data": {**each, "key": key}})
            success[str(place)] = key
        return self._json({"success": success, "unchanged": {}, "failed": failed})

    def _import(self, request: Request) -> Reply:
        if self.trouble:
            return self.trouble.pop(0)
        self.imported.append(request.body)
        return Reply(b"[]", 201)

    @property
    def papers(self) -> list[dict[str, Any]]:
        """The items that are no notes."""
        return [each["data"] for each in self.items if each["data"]["itemType"] != "note"]
