"""Words that messages share: numbers of things, and names that may have been meant."""

from collections.abc import Iterable


def counted(count: int, noun: str) -> str:
    """Return a number of things that have a plural in -s: "1 paper", "2,000 papers"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def meant(name: str, known: Iterable[str]) -> str:
    """Ask whether a known name was meant that is nearly the same; empty if none is."""
    from difflib import get_close_matches  # here because most names are right

    close = get_close_matches(name, list(known), 3)
    return f"did you mean {' or '.join(close)}?" if close else ""


def choices(name: str, known: Iterable[str]) -> str:
    """Return the known names for a message, those that are nearly the wrong one first."""
    names = list(known)
    return f"{meant(name, names)} known: {', '.join(names)}".lstrip()
