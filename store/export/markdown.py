"""Write papers as a reading list in Markdown, by day or by tag.

Text from feeds is escaped so that it stays text in CommonMark and in GitHub's dialect, and becomes
no link, HTML, heading, list, code, table or formula. Sources: CommonMark 0.31, GFM 0.29.
"""

import re
from collections.abc import Iterable, Iterator

from store.export.citing import Entry
from store.export.links import bare, links_of
from store.model import Marks, Paper
from store.text.clean import ABSTRACT_LIMIT, clean_line, clean_text

_SPECIAL = re.compile(r"[\\`*_\[\]~|$^@]|(?<=/)/|\.(?=[^\W\d_])|(?<= )#(?=#*$)")
"""Signs with a meaning anywhere in a line; //, @ and dots make addresses."""
_LINE_START = re.compile(r"^(?=[-+=#>])|^(\d+)(?=[.)](?:\s|$))", re.ASCII)
"""Beginnings of lines that make headings, quotations and items of lists."""
_BRACKETS = "()<>[]`|*$\\"
"""Characters that end an address, or have a meaning inside one in some dialect."""
_NAMED = 3
"""Most authors that are named; of the others it says how many."""


def markdown_by_day(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the list with a heading for each day, in the order of their first papers."""
    days: dict[str, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry[0].date, []).append(entry)
    return _list((_text(day) or "No day", some) for day, some in days.items())


def markdown_by_tag(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the list with a heading for each tag; a paper is under each of its tags.

    Tags are in alphabetical order; papers without tags come last.
    """
    tags: dict[str, list[Entry]] = {}
    without: list[Entry] = []
    for entry in entries:
        for tag in entry[1].tags:
            tags.setdefault(tag, []).append(entry)
        if not entry[1].tags:
            without.append(entry)
    groups = [(_text(tag), tags[tag]) for tag in sorted(tags)]
    return _list(groups + ([("No tag", without)] if without else []))


def markdown_link(paper: Paper) -> str:
    """Return a paper's title as a link to its page, or only the title without one."""
    return _link(_text(paper.title), links_of(paper).page)


def _list(groups: Iterable[tuple[str, list[Entry]]]) -> Iterator[str]:
    yield "# Reading list\n"
    for heading, entries in groups:
        yield f"\n## {heading}\n"
        for entry in entries:
            yield f"\n{_item(*entry)}"


def _item(paper: Paper, marks: Marks) -> str:
    links = links_of(paper)
    star = "★ " if marks.starred else ""
    about = [
        _authors(paper),
        *(
            _link(name, address)
            for name in ("pdf", "code", "project")
            if (address := getattr(links, name))
        ),
        *(rf"\#{_text(tag)}" for tag in marks.tags),
    ]
    # A backslash at the end of a line breaks it.
    lines = [star + markdown_link(paper), " · ".join(filter(None, about))]
    blocks = ["\\\n".join(filter(None, lines)), _text(paper.summary)]
    # Each line of a note is a paragraph: line breaks inside one would not be shown.
    note = [_text(line) for line in clean_text(marks.note).split("\n")]
    blocks.append("\n>\n".join(f"> {line}" for line in note if line))
    text = "\n\n".join(filter(None, blocks))
    return f"- {text}".replace("\n", "\n  ").replace("\n  \n", "\n\n") + "\n"


def _authors(paper: Paper) -> str:
    names, more = paper.named_authors(_NAMED)
    return ", ".join(map(_text, names)) + more


def _link(text: str, address: str) -> str:
    """Return a link, or only the text without an address."""
    return f"[{text}]({bare(address, _BRACKETS)})" if address else text


def _text(text: str) -> str:
    """Return text as a line of Markdown in which no character has a meaning."""
    line = clean_line(text, ABSTRACT_LIMIT).replace("&", "&amp;").replace("<", "&lt;")
    return _LINE_START.sub(r"\1\\", _SPECIAL.sub(r"\\\g<0>", line))
