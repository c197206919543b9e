"""Distinguish this machine's library folder from all others, whatever its path."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

from store.errors import LibraryError
from store.marks.cells import is_machine

MOST_PLACES = 40
"""How many places are remembered: two for each machine that opens the folder over a network."""


class Place:
    """The place of a library's folder, as this machine sees it.

    The folder's inode number stays the same when it is moved or reached by another path; a copy has
    another. Its path stays the same on file systems that invent numbers.

    Raises LibraryError if the folder can't be read, or is gone.
    """

    def __init__(self, folder: Path) -> None:
        real = os.path.realpath(folder)
        try:
            number = os.stat(real).st_ino
        except OSError as error:
            raise LibraryError(f"can't read {folder}: {error.strerror}") from error
        try:
            host = Path("/etc/machine-id").read_text()
        except OSError:
            host = ""  # then the number of the folder must do
        self._number = _sum(f"{host} {number}")
        # A path says little without the machine that it is on.
        self._path = _sum(f"{host} {real}") if host else self._number
        self._both = _sum(f"{host} {real} {number}")

    def machine(self, about: Mapping[str, Any]) -> str:
        """Return this machine's name in a library's document; empty if it has none."""
        places = about.get("places")
        known = dict(places) if isinstance(places, dict) else {}
        known[about.get("place")] = about.get("machine")  # as earlier versions wrote it
        names = (known.get(place) for place in (self._number, self._path, self._both))
        return next((str(name) for name in names if is_machine(name)), "")

    def named(self, about: Mapping[str, Any], machine: str) -> dict[str, Any]:
        """Return a library's document with this machine's name."""
        places = about.get("places")
        known = dict(places) if isinstance(places, dict) else {}
        if known.get(self._number) != machine or known.get(self._path) != machine:
            for place in (self._number, self._path):
                known.pop(place, None)
                known[place] = machine
            known = dict(list(known.items())[-MOST_PLACES:])
        return {**about, "machine": machine, "place": self._number, "places": known}


def _sum(text: str) -> str:
    return f"{crc32(text.encode(errors='replace')):08x}"
