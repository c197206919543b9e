"""Read JSON Lines of papers: a JSON object a line (https://jsonlines.org).

A line is a paper as papers-tui prints it (`list --json` and its array of them too), or one in
Hugging Face's layout, also with `day`, `id`, `title`, `summary` and so on at top level.
"""

import re
from collections.abc import Iterator

from store.errors import NotAFeedError
from store.feeds.hf_json import hf_paper, is_hf_entry
from store.feeds.json_fields import Fields, entries_limit, parse_json, valid_key
from store.feeds.reading import FeedReading, decode
from store.feeds.text import names
from store.identity import title_key
from store.model import Links, Paper
from store.text.clean import clean_line, clean_text

_ALIASES_LIMIT = 100
_BEGIN = re.compile(r"\s*(?:(?P<array>\[)|\{(?P<alone>[ \t\r]*\n)?)")
_LINE_LIMIT = 2_000_000
"""Characters of a line; the longest paper with all that is kept of it has a tenth."""


def read_json_lines(data: bytes) -> FeedReading:
    """Return the papers of a file of JSON Lines, or of a JSON array of our own papers.

    The feed is `hf` where every paper is in Hugging Face's layout, else `jsonl`; a paper of our
    own says itself which feeds listed it. Marks are left out. Raises NotAFeedError where there is
    no paper.
    """
    text, guesses = decode(data)
    problems: list[str] = []
    papers: list[Paper] = []
    own = False
    for place, value in _values(text, entries_limit(len(data))):
        if isinstance(value, NotAFeedError):
            problems.append(f"{place}: {value}")
        elif is_hf_entry(value):
            if paper := hf_paper(value, None, place, problems):
                papers.append(paper)
        elif isinstance(value, dict):
            if paper := _own_paper(Fields(value, place, problems)):
                papers.append(paper)
                own = True
        else:
            problems.append(f"{place}: it is not a paper")
    if not papers:
        reason = problems[0] if problems else "it is empty"
        raise NotAFeedError(f"no paper in it can be read: {reason}")
    return FeedReading("jsonl" if own else "hf", papers, guesses + problems)


def _values(text: str, most: int) -> Iterator[tuple[str, object]]:
    """Yield what a file holds, each with its place; for a broken line what is wrong with it."""
    whole = _document(text)
    numbered = _lines(text) if whole is None else enumerate(whole, start=1)
    kind = "line" if whole is None else "entry"
    for count, (number, value) in enumerate(numbered):
        if count == most:
            yield f"{kind} {number}", NotAFeedError("not read, nor what follows: split the file")
            return
        yield f"{kind} {number}", value


def _lines(text: str) -> Iterator[tuple[int, object]]:
    # Not splitlines: strings in JSON may hold other line breaks than these.
    start = number = 0
    while start < len(text):
        number += 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        begin, start = start, end + 1
        if end - begin > _LINE_LIMIT:
            yield number, NotAFeedError(f"not read: it is longer than {_LINE_LIMIT:,} characters")
            continue
        line = text[begin:end]
        if not line or line.isspace():
            continue
        try:
            yield number, parse_json(line)
        except NotAFeedError as error:
            yield number, error


def _document(text: str) -> list[object] | None:
    """Return the entries of a file that is one JSON document, None where each line is one."""
    begin = _BEGIN.match(text)
    if begin is None:
        raise NotAFeedError("it does not begin with a JSON object")
    if begin["array"]:
        document = parse_json(text)
        return document if isinstance(document, list) else [document]
    return [parse_json(text)] if begin["alone"] else None


def _own_paper(fields: Fields) -> Paper | None:
    title = clean_line(fields.text("title"))
    if not title:
        fields.note("it has no title")
        return None
    identifier = fields.text("id")
    key = valid_key(identifier)
    if identifier and key is None:
        fields.note("its id is not a paper's; its title stands in")
    key = key or title_key(title)
    aliases = (valid_key(alias) for alias in fields.texts("aliases")[:_ALIASES_LIMIT])
    links = fields.members("links")
    return Paper(
        id=key,
        title=title,
        authors=names(fields.texts("authors")),
        abstract=clean_text(fields.text("abstract")),
        summary=clean_line(fields.text("summary")),
        keywords=names(fields.texts("keywords")),
        date=fields.day("date"),
        published=fields.day("published"),
        updated=fields.day("updated"),
        categories=names(fields.texts("categories")),
        venue=clean_line(fields.text("venue")),
        comment=clean_line(fields.text("comment")),
        links=Links(*(links.address(name) for name in ("page", "pdf", "code", "project"))),
        upvotes=fields.number("upvotes"),
        comments=fields.number("comments"),
        feeds=names(fields.texts("feeds")),
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias and alias != key)),
        version=fields.number("version") or 0,
    )
