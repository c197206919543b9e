"""The table `[watch]` of the settings: whether starred papers are asked about, and by which key."""

import os
from dataclasses import dataclass, field

KEY_VARIABLE = "SEMANTIC_SCHOLAR_API_KEY"
"""Holds the key, and goes before the settings."""
_LONGEST = 200


class WatchSettingsError(Exception):
    """An option has a value it can't have; the text says what it takes."""

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.option = option
        """Which one; empty for the table itself."""


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """What can be set."""

    starred: bool = True
    """Whether each fetch asks what became of starred papers."""
    semantic_scholar_key: str = field(default="", repr=False)
    """The key with which Semantic Scholar is asked about citations."""


def read_watch_settings(table: object) -> WatchSettings:
    """Return what the table says; the table alone turns the watch on. WatchSettingsError."""
    if not isinstance(table, dict):
        raise WatchSettingsError("watch takes a table, such as [watch] and starred = true")
    starred, key = table.get("starred", True), table.get("semantic_scholar_key", "")
    if unknown := [name for name in table if name not in WatchSettings.__slots__]:
        known = " and ".join(WatchSettings.__slots__)
        raise WatchSettingsError(f"watch has no {unknown[0]}, only {known}", unknown[0])
    if not isinstance(starred, bool):
        raise WatchSettingsError("starred takes true or false", "starred")
    if not isinstance(key, str) or not is_key(key):
        raise WatchSettingsError(
            "semantic_scholar_key takes a key in quotes, of letters and digits",
            "semantic_scholar_key",
        )
    return WatchSettings(starred, key)


def is_key(text: str) -> bool:
    """Tell whether a text can be sent in a header as a key; an empty one is none, and in order."""
    return text.isascii() and text.isprintable() and " " not in text and len(text) <= _LONGEST


def key_for_citations(settings: WatchSettings | None) -> str:
    """Return the key, empty if none is set. WatchSettingsError."""
    named = os.environ.get(KEY_VARIABLE, "").strip()
    if not is_key(named):
        raise WatchSettingsError(f"{KEY_VARIABLE} is not a key: it has spaces or other signs in it")
    return named or (settings.semantic_scholar_key if settings else "")
