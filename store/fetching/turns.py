"""When a request to arXiv's pages may be sent: 15 seconds after the last of any program.

Source: https://arxiv.org/robots.txt, `Crawl-delay: 15` for /html and /pdf. The programs of a
user share the time in a small file; a program that stops loses only its turn.
"""

import time
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

from store.errors import LibraryError
from store.fetching.addresses import host_of
from store.fetching.client import PAUSES
from store.files.disk import DISK
from store.files.folders import state_file
from store.files.locks import locked

PAUSE = 15.0
"""Seconds between two requests."""
_FURTHEST = 600.0
"""Most seconds ahead of a valid time: a clock that was set back must block nobody."""


class Turns:
    """The times at which this user's programs may request arXiv's pages."""

    def __init__(
        self, file: Path | None = None, pause: float = PAUSE, clock: Callable[[], float] = time.time
    ) -> None:
        """Without a `file` it is in the platform's folder for the state of programs."""
        self._file = file
        self._pause = pause
        self._clock = clock
        self._here = 0.0
        """The time of the next request if the file can't be used."""

    def take(self, address: str) -> float:
        """Take the next turn for a request to an address; return the seconds until then.

        A mirror on this machine needs no turn.
        """
        if is_loopback(address):
            return 0.0
        try:
            return self._taken()
        except (OSError, LibraryError):  # without the file, at least this program waits
            now = self._clock()
            turn, self._here = max(now, self._here), max(now, self._here) + self._pause
            return turn - now

    def _taken(self) -> float:
        file = self._file or state_file("arxiv-turn")
        file.parent.mkdir(parents=True, exist_ok=True)
        with locked(file, patiently=False):
            now = self._clock()
            try:
                turn = float(file.read_text("ascii"))
            except (FileNotFoundError, ValueError):
                turn = now
            if not now <= turn <= now + _FURTHEST:
                turn = now
            DISK.replace_file(file, f"{turn + self._pause:.3f}\n".encode())
        return turn - now


def api_turn() -> Callable[[str], float]:
    """Return the `turn` of a client for arXiv's API; other addresses need none.

    Source: https://info.arxiv.org/help/api/tou.html, one request every three seconds.
    """
    turns = Turns(state_file("arxiv-api-turn"), PAUSES["arxiv.org"])
    return lambda address: (
        turns.take(address) if f".{host_of(address)}".endswith(".arxiv.org") else 0.0
    )


def pages_turn(turns: Turns, arxiv: str) -> Callable[[str], float]:
    """Return the `turn` of a client for arXiv's pages, at its address or that of a mirror.

    Other addresses need none.
    """
    return lambda address: turns.take(address) if host_of(address) == host_of(arxiv) else 0.0


def is_loopback(address: str) -> bool:
    """Return whether an address is on this machine."""
    host = host_of(address).rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
