"""Parse JSON from outside, and read the members of its objects by kind."""

import json
import re
from collections.abc import Mapping

from store.errors import NotAFeedError
from store.feeds.feed_text import LINK
from store.text.clean import NAME_LIMIT, clean_line
from store.text.dates import exact_day
from store.text.web import arxiv_key, doi_key, is_web_address

_BRACKETS_LIMIT = 1_000_000
"""Most lists and objects in a document: even an empty one takes 64 bytes of memory."""
_TEXT_LIMIT = 500_000
"""Most characters of a text in a document: ten times the limit of an abstract."""
_LARGEST = 2**53
"""Every reader of JSON reads integers below this exactly."""
_OWN_KEY = re.compile(r"sha:[0-9a-f]{16}")


def entries_limit(size: int) -> int:
    """Return the most entries that are read of a file with a size in bytes.

    Real entries are longer than 200 bytes.
    """
    return max(50_000, size // 200)


def parse_json(text: str) -> object:
    """Return the value of a JSON document (RFC 8259); NotAFeedError if it is not JSON.

    NaN, lone surrogates and bare control characters are read too: common programs write them though
    they are not JSON.
    """
    import orjson

    if len(text) > _TEXT_LIMIT and 0 < text.count('"') < len(text) // _TEXT_LIMIT:
        raise NotAFeedError(f"a text in the JSON is longer than {_TEXT_LIMIT:,} characters")
    if text.count("[") + text.count("{") > _BRACKETS_LIMIT:
        raise NotAFeedError(f"the JSON has more than {_BRACKETS_LIMIT:,} lists and objects")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        raise NotAFeedError(f"the JSON is broken: {error}") from error
    except ValueError as error:
        raise NotAFeedError("the JSON is broken: a number in it is too long") from error
    except RecursionError as error:
        raise NotAFeedError("the JSON is nested too deep") from error


class Fields:
    """The members of a JSON object, by kind; a member of a different kind becomes a problem.

    Absent and null members are empty values.
    """

    def __init__(self, members: Mapping[str, object], place: str, problems: list[str]) -> None:
        self._members = members
        self._place = place
        self._problems = problems

    def text(self, name: str) -> str:
        """Return a text unchanged."""
        value = self._members.get(name)
        if value is None or isinstance(value, str):
            return value or ""
        self.note(f"{name} is not text")
        return ""

    def raw(self, name: str) -> object:
        """Return a member of any kind; None if there is none."""
        return self._members.get(name)

    def scalar(self, name: str) -> str:
        """Return a text, a number as text, or the first of a list of these."""
        value = self._members.get(name)
        if isinstance(value, list):
            value = value[0] if value else None
        if value is None or isinstance(value, str):
            return value or ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self.note(f"{name} is not text")
        return ""

    def number(self, *spellings: str) -> int | None:
        """Return a count; None if there is none under any spelling of its name."""
        name, value = self._first(spellings)
        if value is None:
            return None
        if type(value) is int and 0 <= value < _LARGEST:
            return value
        self.note(f"{name} is not a count")
        return None

    def flag(self, name: str) -> bool:
        """Return a truth value; an absent one is False."""
        value = self._members.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.note(f"{name} is neither true nor false")
        return False

    def day(self, *spellings: str) -> str:
        """Return the day of a date or time (ISO 8601), as YYYY-MM-DD."""
        name, _ = self._first(spellings)
        text = self.text(name)
        day = exact_day(text[:10])
        if text and not day:
            self.note(f"{name} is not a date")
        return day

    def texts(self, name: str) -> list[str]:
        """Return the texts of a list."""
        values = self.values(name)
        texts = [value for value in values if isinstance(value, str)]
        if len(texts) < len(values):
            self.note(f"{name} contains something that is not text")
        return texts

    def values(self, name: str) -> list[object]:
        """Return the members of a list, of any kind."""
        value = self._members.get(name)
        if value is None or isinstance(value, list):
            return value or []
        self.note(f"{name} is not a list")
        return []

    def members(self, name: str) -> "Fields":
        """Return the fields of an object inside this one."""
        value = self._members.get(name)
        if value is None or isinstance(value, dict):
            return Fields(value or {}, f"{self._place}: {name}", self._problems)
        self.note(f"{name} is not an object")
        return Fields({}, self._place, self._problems)

    def address(self, *spellings: str) -> str:
        """Return a web address; empty for other schemes."""
        return web_address(self.text(self._first(spellings)[0]))

    def _first(self, spellings: tuple[str, ...]) -> tuple[str, object]:
        """Return the first of several names with a value, and the value."""
        for name in spellings:
            if (value := self._members.get(name)) is not None:
                return name, value
        return spellings[0], None

    def note(self, problem: str) -> None:
        """Add a problem about this object."""
        self._problems.append(f"{self._place}: {problem}")


def web_address(text: str) -> str:
    """Return an http(s) address with a host and without a user; empty for anything else.

    White space in it is dropped: some formats break a long address over two lines.
    """
    address = "".join(text.split())
    return address if LINK.fullmatch(address) and is_web_address(address) else ""


def valid_key(text: str) -> str | None:
    """Return the key of an id from outside; None if it is not an id of a paper."""
    text = text.strip()
    if clean_line(text, NAME_LIMIT) != text:
        return None
    if _OWN_KEY.fullmatch(text):
        return text
    return arxiv_key(text) or doi_key(text)
