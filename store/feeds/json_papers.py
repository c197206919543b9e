"""Read JSON with papers: an object in each line (https://jsonlines.org), or a document.

An object is a paper as papers-tui prints it (also in the array of `list --json`), a paper in
Hugging Face's layout, also with `day`, `id`, `title`, `summary` and so on at top level, an item of
CSL-JSON, a work of Crossref's, or a paper of arXiv's snapshot. Other objects are reported and
skipped, even with a title: their other members would have a wrong meaning.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields as fields_of

from store.errors import NotAFeedError
from store.feeds.arxiv_json import FEED, arxiv_entry_paper, is_arxiv_entry
from store.feeds.csl_json import csl_paper, is_csl_item
from store.feeds.feed_text import names
from store.feeds.hf_json import hf_paper, is_hf_entry
from store.feeds.json_fields import Fields, entries_limit, parse_json, valid_key
from store.feeds.other_formats import other_json
from store.feeds.reading import FeedReading, decode
from store.identity import title_key
from store.model import Links, Marks, Paper, Publication
from store.text.clean import SUMMARY_LIMIT, clean_line, clean_text
from store.text.people import people

_ALIASES_LIMIT = 100
_BEGIN = re.compile(r"\s*(?:(?P<array>\[)|\{(?P<alone>[ \t\r]*\n)?)")
_LINE_LIMIT = 2_000_000
"""Most bytes of a line; the longest paper has a tenth."""
_MARKED = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKS = ("marks", *(each.name for each in fields_of(Marks)))
_OURS = {*_MARKS, *(each.name for each in fields_of(Paper))}
"""All members that we write; an object without others counts as ours."""
_PUBLICATION = tuple(each.name for each in fields_of(Publication) if each.name != "editors")
_OURS_ALONE = ("aliases", "feeds")
_WRAPPED = re.compile(r'"(?:message|items)"\s*:')
_OWN_ID = re.compile(r"(?:arxiv|doi|sha):")


def read_json_lines(data: bytes, only: str = "", lines_before: int = 0) -> FeedReading:
    """Return the papers of a file of JSON Lines, or of a JSON document.

    The feed is `hf`, `csl-json` or `arxiv` if all papers have that layout, else `jsonl`; papers of
    our own name their feeds. `only` is the known layout, `csl-json` or `arxiv-json`; empty for any.
    `lines_before` is the number of lines of the file before these. Marks are separate in the
    result. Raises NotAFeedError if a file has no paper.
    """
    text, guesses = decode(data)
    whole = None if lines_before else _document(text)
    # Lines are decoded one by one: a large file must not be in memory twice.
    if whole is not None:
        source = b""
    else:
        source = text.encode() if guesses or data.startswith(_MARKED) else data
    del text
    problems: list[str] = []
    papers: list[Paper] = []
    feeds: set[str] = set()
    marks: dict[str, Mapping[str, object]] = {}
    for place, value in _values(whole, source, lines_before, len(data)):
        if isinstance(value, NotAFeedError):
            problems.append(f"{place}: {value}")
            continue
        feed, paper = _paper(value, place, problems, only)
        if paper:
            papers.append(paper)
            feeds.add(feed)
            if isinstance(value, dict) and any(map(value.get, _MARKS)):
                marks[paper.id] = {name: value[name] for name in _MARKS if name in value}
    if not papers and not lines_before:
        reason = problems[0] if problems else "it is empty"
        raise NotAFeedError(f"no paper in it can be read: {reason}")
    name = feeds.pop() if len(feeds) == 1 else "jsonl"
    return FeedReading(name, papers, guesses + problems, marks=marks)


def _paper(value: object, place: str, problems: list[str], only: str) -> tuple[str, Paper | None]:
    """Return the feed of an object's layout, and its paper; None if it has none."""
    if not isinstance(value, dict):
        problems.append(f"{place}: it is not a paper")
        return "", None
    fields = Fields(value, place, problems)
    if not only and is_hf_entry(value):
        return "hf", hf_paper(value, None, place, problems)
    if not only and _is_own(value):
        return "jsonl", _own_paper(fields)
    if only != "csl-json" and is_arxiv_entry(value):
        return FEED, arxiv_entry_paper(fields)
    if only != "arxiv-json" and is_csl_item(value):
        return "csl-json", csl_paper(fields)
    if not value.get("title"):
        fields.note("it has no title")
    else:
        keys = clean_line(", ".join(list(value)[:5]), 100)
        fields.note(other_json(value) or f"it is not a paper in a known layout; it has {keys}")
    return "", None


def _is_own(value: Mapping[str, object]) -> bool:
    """Return whether an object is ours: it has a member that only ours have, or no others."""
    if any(isinstance(value.get(name), list) for name in _OURS_ALONE):
        return "title" in value
    identifier = value.get("id")
    if isinstance(identifier, str) and _OWN_ID.match(identifier):
        return "title" in value
    return "title" in value and value.keys() <= _OURS


def _values(
    whole: list[object] | None, source: bytes, lines_before: int, size: int
) -> Iterator[tuple[str, object]]:
    """Yield the values in a file, each with its place; for a broken line the error."""
    numbered = _lines(source, lines_before) if whole is None else enumerate(whole, start=1)
    most = entries_limit(size)
    kind = "line" if whole is None else "entry"
    for count, (number, value) in enumerate(numbered):
        if count == most:
            yield (
                f"{kind} {number}",
                NotAFeedError("not read, like all that follow: split the file"),
            )
            return
        yield f"{kind} {number}", value


def _lines(source: bytes, before: int) -> Iterator[tuple[int, object]]:
    # Not splitlines: strings in JSON may contain other line breaks.
    start, number = 0, before
    while start < len(source):
        number += 1
        end = source.find(b"\n", start)
        end = len(source) if end < 0 else end
        begin, start = start, end + 1
        if end - begin > _LINE_LIMIT:
            yield number, NotAFeedError(f"not read: it is longer than {_LINE_LIMIT:,} bytes")
            continue
        line = source[begin:end].decode()
        if not line or line.isspace():
            continue
        try:
            yield number, parse_json(line)
        except NotAFeedError as error:
            yield number, error


def _document(text: str) -> list[object] | None:
    """Return the entries of a JSON document; None if each line is a document."""
    begin = _BEGIN.match(text)
    if begin is None:
        raise NotAFeedError("it does not begin with a JSON object")
    if begin["array"]:
        document = parse_json(text)
        return document if isinstance(document, list) else [document]
    alone = begin["alone"] or (_WRAPPED.search(text[:2_000]) and "\n" not in text.strip())
    return _unwrapped(parse_json(text)) if alone else None


def _unwrapped(document: object) -> list[object]:
    """Return the entries in an answer of Crossref's, or in an object with items of CSL-JSON."""
    if not isinstance(document, dict):
        return [document]
    message = document.get("message")
    if isinstance(message, dict):
        items = message.get("items")
        return items if isinstance(items, list) else [message]
    items = document.get("items")
    return items if isinstance(items, list) and any(map(is_csl_item, items)) else [document]


def _own_paper(fields: Fields) -> Paper | None:
    title = clean_line(fields.text("title"))
    if not title:
        fields.note("it has no title")
        return None
    identifier = fields.text("id")
    key = valid_key(identifier)
    if identifier and key is None:
        fields.note("its id is not a paper id; its title is used instead")
    key = key or title_key(title)
    aliases = (valid_key(alias) for alias in fields.texts("aliases")[:_ALIASES_LIMIT])
    links = fields.members("links")
    named = people(fields.texts("authors"))
    return Paper(
        id=key,
        title=title,
        authors=named.names,
        authors_incomplete=named.incomplete or fields.flag("authors_incomplete"),
        abstract=clean_text(fields.text("abstract")),
        summary=clean_line(fields.text("summary"), SUMMARY_LIMIT),
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
        announced=clean_line(fields.text("announced"), 20),
        publication=_publication(fields.members("publication")),
    )


def _publication(fields: Fields) -> Publication:
    given = {name: clean_line(fields.text(name)) for name in _PUBLICATION}
    return Publication(**given, editors=names(fields.texts("editors")))
