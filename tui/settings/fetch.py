"""The table `[fetch]` of the settings: how often the reader fetches by itself."""

import re

SOONEST = 600
"""Seconds between two fetches, at least, for the sake of the servers."""
_TIME = re.compile(r"([1-9][0-9]{0,3})([mhd])")
_UNITS = {"m": 60, "h": 3_600, "d": 86_400}


class FetchSettingsError(Exception):
    """The table can't be used as it is; the text says what it takes."""

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.option = option
        """The option that is wrong, where it is one."""


def read_every(table: object) -> float:
    """Return the seconds between two fetches, 0 for never; FetchSettingsError."""
    if not isinstance(table, dict):
        raise FetchSettingsError('fetch takes a table, such as [fetch] and every = "1h"')
    if unknown := [name for name in table if name != "every"]:
        raise FetchSettingsError(f"fetch has no {unknown[0]}, only every", unknown[0])
    every = table.get("every", "")
    if every == "":
        return 0.0
    found = _TIME.fullmatch(every) if isinstance(every, str) else None
    if not found:
        raise FetchSettingsError('every takes a time, such as "30m", "1h" or "1d"', "every")
    seconds = int(found[1]) * _UNITS[found[2]]
    if seconds < SOONEST:
        raise FetchSettingsError("every takes 10m or more, to spare the servers", "every")
    return float(seconds)
