"""The block of a file that is ours: the text of a note between two markers.

The markers are comments of HTML, a line each, which Markdown shows nowhere. What comes before and
behind them is the user's. A line of a note that looks like a marker gets a backslash.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

END = "<!-- papers-tui end -->"
_MARKER = re.compile(r"^[ \t]*<!-- papers-tui (?:note (\S+)|end) -->[ \t]*\r?$", re.MULTILINE)
_ALIKE = re.compile(r"^([ \t]*)(\\*<!--\s*papers-tui)", re.MULTILINE)
_ESCAPED = re.compile(r"^([ \t]*)\\(\\*<!--\s*papers-tui)", re.MULTILINE)


class BlockError(Exception):
    """There is no such block in a text; the words say what there is."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it was found in the text of a file."""

    key: str
    """The key of the paper, as it was when the file was made."""
    before: str
    """All up to the end of the first marker's line, with that."""
    inside: str
    """The lines of the note as they are there."""
    after: str
    """The second marker, and all behind it."""

    @property
    def note(self) -> str:
        """The note, with no newline at its end."""
        text = self.inside.removesuffix("\n").removesuffix("\r")
        return _ESCAPED.sub(r"\1\2", text)

    def with_note(self, note: str) -> str:
        """Return the text of the file with another note: its lines end as the marker's does."""
        lines = written_note(note)
        if self.before.endswith("\r\n"):
            lines = lines.replace("\n", "\r\n")
        return self.before + lines + self.after


def begin(key: str) -> str:
    """Return the first marker for a paper; whatever is in its key ends no comment."""
    return f"<!-- papers-tui note {quote(key, safe=':/._').replace('--', '-%2D')} -->"


def written_note(note: str) -> str:
    """Return the lines of a note as they are between the markers; of none an empty one."""
    return _ALIKE.sub(r"\1\\\2", note) + "\n"


def has_marker(text: str) -> bool:
    """Return whether a text has a marker anywhere."""
    return bool(_MARKER.search(text))


def find_block(text: str) -> Block:
    """Return the block of a text; BlockError if there is none, or not just one that is whole."""
    found = list(_MARKER.finditer(text))
    if not found:
        raise BlockError("its papers-tui markers are gone")
    if [bool(each[1]) for each in found] != [True, False]:
        raise BlockError(f"its papers-tui markers are not one pair, ended by {END}")
    first, last = found
    start = first.end() + 1
    return Block(unquote(first[1]), text[:start], text[start : last.start()], text[last.start() :])
