"""The properties at the top of a new file, in YAML, as Obsidian and Logseq read them.

Every value is a string in double quotes as JSON writes it, which YAML 1.2 reads the same (its
section 1.3), a flag, or a list of such strings: no text of a feed can begin something else.
"""

import json
import re
from collections.abc import Sequence
from hashlib import sha256

from store.export.addresses import links_of
from store.model import Marks, Paper
from store.text.clean import clean_line

_HEAD = re.compile(r"---\n(?:.*\n)*?---\n")


def properties(paper: Paper, marks: Marks) -> str:
    """Return the properties of a paper between their two lines of dashes."""
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
    """Return the properties at the top of a text as they stand; empty if there are none."""
    match = _HEAD.match(text)
    return match[0] if match else ""


def digest_of(head: str) -> str:
    """Return what tells whether properties are still as they were written."""
    return sha256(head.encode()).hexdigest()[:32] if head else ""


def _lines(name: str, value: str | bool | Sequence[str]) -> str:
    if isinstance(value, bool):
        return f"{name}: {str(value).lower()}\n"
    if isinstance(value, str):
        return f"{name}: {_quoted(value)}\n"
    return f"{name}:\n" + "".join(f"  - {_quoted(each)}\n" for each in value)


def _quoted(text: str) -> str:
    return json.dumps(clean_line(text), ensure_ascii=False)
