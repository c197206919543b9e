"""What a wrong name may have been meant to be, for messages."""

from collections.abc import Iterable
from difflib import get_close_matches


def meant(name: str, known: Iterable[str]) -> str:
    """Ask whether a known name was meant that is nearly the same; empty if none is."""
    close = get_close_matches(name, list(known), 3)
    return f"did you mean {' or '.join(close)}?" if close else ""


def choices(name: str, known: Iterable[str]) -> str:
    """Return the known names for a message, those that are nearly the wrong one first."""
    names = list(known)
    return f"{meant(name, names)} known: {', '.join(names)}".lstrip()
