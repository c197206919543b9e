"""The tables `fetch` and `watch` of the settings: how often the reader fetches, and news."""

import os
import re
from dataclasses import dataclass, field

from tui.settings.tables import WrongValueError

KEY_VARIABLE = "SEMANTIC_SCHOLAR_API_KEY"
"""The variable with the key; it overrides the settings."""
_LONGEST = 200
SOONEST = 600
"""The least number of seconds between two fetches, to spare the servers."""
_TIME = re.compile(r"([1-9][0-9]{0,3})([mhd])")
_UNITS = {"m": 60, "h": 3_600, "d": 86_400}


def read_every(table: object) -> float:
    """Return the seconds between two fetches, 0 for never; WrongValueError for a wrong table."""
    if not isinstance(table, dict):
        raise WrongValueError('fetch takes a table, such as [fetch] and every = "1h"')
    if unknown := [name for name in table if name != "every"]:
        raise WrongValueError(f"fetch has no {unknown[0]}, only every", unknown[0])
    every = table.get("every", "")
    if every == "":
        return 0.0
    found = _TIME.fullmatch(every) if isinstance(every, str) else None
    if not found:
        raise WrongValueError('every takes a time, such as "30m", "1h" or "1d"', "every")
    seconds = int(found[1]) * _UNITS[found[2]]
    if seconds < SOONEST:
        raise WrongValueError("every takes 10m or more, to spare the servers", "every")
    return float(seconds)


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """The table `watch`."""

    starred: bool = True
    """Whether each fetch looks for news of starred papers."""
    semantic_scholar_key: str = field(default="", repr=False)
    """The key for Semantic Scholar, which counts citations."""


def read_watch_settings(table: object) -> WatchSettings:
    """Return the settings of the table; an empty one turns the watch on. WrongValueError."""
    if not isinstance(table, dict):
        raise WrongValueError("watch takes a table, such as [watch] and starred = true")
    starred, key = table.get("starred", True), table.get("semantic_scholar_key", "")
    if unknown := [name for name in table if name not in WatchSettings.__slots__]:
        known = " and ".join(WatchSettings.__slots__)
        raise WrongValueError(f"watch has no {unknown[0]}, only {known}", unknown[0])
    if not isinstance(starred, bool):
        raise WrongValueError("starred takes true or false", "starred")
    if not isinstance(key, str) or not is_key(key):
        raise WrongValueError(
            "semantic_scholar_key takes a key in quotes, of letters and digits",
            "semantic_scholar_key",
        )
    return WatchSettings(starred, key)


def is_key(text: str) -> bool:
    """Return whether a text can be sent in a header as a key; an empty one means no key."""
    return text.isascii() and text.isprintable() and " " not in text and len(text) <= _LONGEST


def key_for_citations(settings: WatchSettings | None) -> str:
    """Return the key, empty if none is set; WrongValueError if the variable has no key."""
    named = os.environ.get(KEY_VARIABLE, "").strip()
    if not is_key(named):
        raise WrongValueError(f"{KEY_VARIABLE} is not a key: it has spaces or other signs in it")
    return named or (settings.semantic_scholar_key if settings else "")
