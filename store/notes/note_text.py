"""The contents of the file of a note: properties, and the note between two markers.

The properties are YAML, as Obsidian and Logseq read them. Each value is a flag, a string in double
quotes as in JSON, which YAML 1.2 reads the same (its section 1.3), or a list of such strings: text
of a feed can't be more than a value. The markers are comments of HTML, a line each, which no
viewer of Markdown shows. The text before and after them is the user's. A line of a note that looks
like a marker gets a backslash.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote, unquote

from store.export.links import links_of
from store.model import Marks, Paper
from store.text.clean import clean_line

END = "<!-- papers-tui end -->"
_MARKER = re.compile(r"^[ \t]*<!-- papers-tui (?:note (\S+)|end) -->[ \t]*\r?$", re.MULTILINE)
_ALIKE = re.compile(r"^([ \t]*)(\\*<!--\s*papers-tui)", re.MULTILINE)
_ESCAPED = re.compile(r"^([ \t]*)\\(\\*<!--\s*papers-tui)", re.MULTILINE)
_HEAD = re.compile(r"---\n(?:.*\n)*?---\n")
"""The properties at the top of a text."""


class BlockError(Exception):
    """A text has no block, or not just one; the message says what it has."""


@dataclass(frozen=True, slots=True)
class Block:
    """The markers and the note in the text of a file."""

    key: str
    """The key that the paper had when the file was made."""
    before: str
    """The text up to the end of the line of the first marker."""
    inside: str
    """The lines of the note as written."""
    after: str
    """The second marker and the text after it."""

    @property
    def note(self) -> str:
        """The note, without a line break at its end."""
        text = self.inside.removesuffix("\n").removesuffix("\r")
        return _ESCAPED.sub(r"\1\2", text)

    def with_note(self, note: str) -> str:
        """Return the text of the file with another note, with the line ends of the marker."""
        lines = written_note(note)
        if self.before.endswith("\r\n"):
            lines = lines.replace("\n", "\r\n")
        return self.before + lines + self.after


def begin(key: str) -> str:
    """Return the first marker for a paper; no key can end the comment."""
    return f"<!-- papers-tui note {quote(key, safe=':/._').replace('--', '-%2D')} -->"


def written_note(note: str) -> str:
    """Return the lines of a note as written between the markers; an empty line for no note."""
    return _ALIKE.sub(r"\1\\\2", note) + "\n"


def find_block(text: str) -> Block:
    """Return the block of a text; BlockError unless it has exactly one that is complete."""
    found = list(_MARKER.finditer(text))
    if not found:
        raise BlockError("its papers-tui markers are gone")
    if [bool(each[1]) for each in found] != [True, False]:
        raise BlockError(f"its papers-tui markers are not one pair, ended by {END}")
    first, last = found
    start = first.end() + 1
    return Block(unquote(first[1]), text[:start], text[start : last.start()], text[last.start() :])


def properties(paper: Paper, marks: Marks) -> str:
    """Return the properties of a paper, between two lines of dashes."""
    links = links_of(paper)
    values: dict[str, str | bool | Sequence[str]] = {
        "id": paper.id,
        "title": paper.title,
        "aliases": [paper.title],
        "authors": paper.authors,
        "date": paper.date,
        "published": paper.published,
        "venue": paper.venue,
        "url": links.page,
        "pdf": links.pdf,
        "code": links.code,
        "tags": marks.tags,
        "starred": marks.starred,
    }
    lines = [_lines(name, value) for name, value in values.items() if value or value is False]
    return "".join(["---\n", *lines, "---\n"])


def head_of(text: str) -> str:
    """Return the properties at the top of a text, as written; empty if there are none."""
    match = _HEAD.match(text)
    return match[0] if match else ""


def digest_of(head: str) -> str:
    """Return a hash of properties, which shows whether the user changed them; empty for none."""
    return sha256(head.encode()).hexdigest()[:32] if head else ""


def _lines(name: str, value: str | bool | Sequence[str]) -> str:
    if isinstance(value, bool):
        return f"{name}: {str(value).lower()}\n"
    if isinstance(value, str):
        return f"{name}: {_quoted(value)}\n"
    return f"{name}:\n" + "".join(f"  - {_quoted(each)}\n" for each in value)


def _quoted(text: str) -> str:
    return json.dumps(clean_line(text), ensure_ascii=False)
