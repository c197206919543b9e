"""Read bibliographies in RIS, as exported by reference managers and publishers.

A record has lines "TAG  - value" from TY to ER. Programs vary the format: ER may be missing, lines
may be wrapped without a tag, dates have many forms, and a property has several tags (TI, T1; AU,
A1; AB, N2). Available parsers lose records without ER.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from store.feeds.feed_text import NAMES_LIMIT, names, unwrapped
from store.feeds.publications import ris_publication
from store.feeds.reading import FeedReading, decode, entry_limit, no_papers, with_newlines
from store.feeds.references import first_arxiv_id, is_arxiv, paper_keys, reference_links
from store.markup.plain_text import MARKUP_LIMIT, markup_text
from store.model import Paper
from store.text.clean import ABSTRACT_LIMIT, clean_line
from store.text.dates import agreed_day
from store.text.people import AUTHORS_LIMIT, People, people, ris_names
from store.text.web import arxiv_reference, doi_key

_TITLES = ("TI", "T1", "CT", "BT", "ST")
_AUTHORS = ("AU", "A1")
"""Two spellings of one tag; some programs have A1 for the first author alone."""
_EDITORS = ("A2", "ED")
_ABSTRACTS = ("AB", "N2")
_VENUES = ("T2", "JF", "JO", "JA", "J2", "BT", "PB")
_REFERENCES = ("DO", "UR", "L1", "L2", "C7", "AN", "T2", "JF", "JO", "J2", "N1", "M1", "M3")
_KNOWN = {*_TITLES, *_AUTHORS, *_EDITORS, *_VENUES, *_REFERENCES}
_KNOWN |= {*_ABSTRACTS, "TY", "ER", "KW", "PY", "Y1"}
_TAG = re.compile(
    r"^\ufeff?[ \t]?(?P<tag>[A-Za-z][A-Za-z0-9])(?P<gap> {1,2})-(?P<apart> |$)?", re.M
)
_START = re.compile(r"^\ufeff?[ \t]?TY {1,2}-[ \t]?[A-Z][A-Z /]{1,30}\r?$", re.IGNORECASE | re.M)
_TYPE = re.compile(r"^\ufeff?[ \t]?TY {1,2}-", re.M)
_FIRST_TAG = re.compile(r"\ufeff?\s*[A-Z][A-Z0-9]  - ")
_REPEATS = AUTHORS_LIMIT + 1
"""Most values of a tag that are read of a record."""
_LONGEST_VALUE = 4 * ABSTRACT_LIMIT
"""Characters of a value that are read; an abstract is then cut to its own limit, visibly."""
_LONGEST_NOTE = 200
_NOTICE = re.compile(
    r"""\s*(?:copyright\s+(?:of|by|©|\(c\)|\d{4})|©|\(c\))
    (?:.{0,200}\Z|.{0,300}\bproperty\ of\b.*\bmay\ not\b)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
"""A publisher's copyright notice in place of an abstract."""
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.|\[\.\.\.\])\s*\Z")
_LABEL = re.compile(r"comments?:\s*", re.IGNORECASE)
_REMARK_OF_A_DATABASE = re.compile(r"[A-Z][\w/ ]{2,40}\s?:")


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    """The line of its TY, from 1."""
    values: dict[str, list[str]] = field(default_factory=dict)
    """Values by upper-case tag; wrapped lines of a value are joined by line breaks."""
    authors: list[tuple[str, str]] = field(default_factory=list)
    """Tag and value of each author, in the order of the file."""


def looks_like_ris(text: str) -> bool:
    """Return whether a text begins with RIS: a TY line, and soon after it another tag.

    Some programs omit TY: then a tag comes first, and an author, a title and an end later.
    """
    text = with_newlines(text[:20_000])
    match = _START.search(text[:4_000])
    if match is None:
        return _lacks_types(text)
    following = _TAG.search(text, match.end(), match.end() + 400)
    return following is not None and _is_tag(following)


def read_ris(data: bytes) -> FeedReading:
    """Return the papers of a RIS file; they have no day of listing.

    A record without a title is skipped even if it has a DOI: with the DOI as title it would replace
    the title of a known paper. Raises NotAFeedError if no record can be read.
    """
    text, guesses = decode(data)
    text = _with_types(with_newlines(text))
    limit = entry_limit(text)
    papers: list[Paper] = []
    problems: list[str] = []
    for number, record in enumerate(_records(text)):
        if number == limit:
            problems.append(f"it has more than {limit:,} records: the rest was skipped")
            break
        if paper := _paper(record):
            papers.append(paper)
        else:
            doi = next(iter(record.values.get("DO", [])), "")
            named = f" ({clean_line(doi, 100)})" if doi else ""
            problems.append(f"the record in line {record.line:,}{named} has no title: skipped")
    if not papers:
        raise no_papers(problems, "no RIS record in it")
    return FeedReading("ris", papers, guesses + problems)


def _lacks_types(text: str) -> bool:
    """Return whether a text has records with authors, titles and ends, but without types."""
    if _TYPE.search(text) or not _FIRST_TAG.match(text):
        return False
    tags = {tag for _, tag, _ in _tagged(text)}
    return bool("ER" in tags and tags & {"TI", "T1"} and tags & {"AU", "A1"})


def _with_types(text: str) -> str:
    """Return the text with a type before each record, if it has no types."""
    if not _lacks_types(text):
        return text
    return "TY  - GEN\n" + re.sub(
        r"(^[ \t]?ER {1,2}-.*\n\s*)(?=[A-Z][A-Z0-9] {1,2}-)", r"\1TY  - GEN\n", text, flags=re.M
    )


def _records(text: str) -> Iterator[_Record]:
    """Yield the records; without ER a record ends at the next one or at the end of the file.

    After ER only an abstract counts, if the record has none before.
    """
    record: _Record | None = None
    ended = False
    line = counted = 0
    for start, tag, value in _tagged(text):
        if tag == "TY":
            if record is not None:
                yield record
            line += text.count("\n", counted, start)
            counted = start
            record, ended = _Record(line + 1, {"TY": [value]}), False
        elif tag == "ER":
            ended = True
        elif record is None or (ended and (tag not in _ABSTRACTS or _abstracts(record.values))):
            continue
        elif tag in _AUTHORS and len(record.authors) < _REPEATS:
            record.authors.append((tag, value))
        elif len(values := record.values.setdefault(tag, [])) < _REPEATS:
            values.append(value)
    if record is not None:
        yield record


def _tagged(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the place of a tag, the tag in upper case, and its value with all its lines."""
    start, tag, value_start = 0, "", 0
    for match in _TAG.finditer(text):
        if not _is_tag(match):
            continue
        if tag:
            end = min(match.start(), value_start + _LONGEST_VALUE)
            yield start, tag, text[value_start:end].strip()
        start, tag, value_start = match.start(), match["tag"].upper(), match.end()
    if tag:
        yield start, tag, text[value_start : value_start + _LONGEST_VALUE].strip()


def _is_tag(match: re.Match[str]) -> bool:
    """Return whether a match is a tag, not a wrapped line ("an - as it were - example").

    Upper case and two spaces are the rule. Without both, the tag has to be a known one.
    """
    tag, regular = match["tag"], match["gap"] == "  "
    if tag.upper() in _KNOWN:
        return regular or (tag.isupper() and match["apart"] is not None)
    return regular and tag.isupper()


def _paper(record: _Record) -> Paper | None:
    """Return the paper of a record; None if it has no title."""
    values = record.values
    title = _first_line(values, _TITLES)
    if not title:
        return None
    arxiv_id, version = _arxiv(values)
    doi = _doi(values)
    key, aliases = paper_keys(arxiv_id, doi, title)
    abstract = _abstract(values)
    addresses = (
        address
        for tag in ("UR", "L2", "L1")
        for text in values.get(tag, [])
        for address in re.split(r";\s*(?=https?://)|\s+", text)
    )
    named = _authors(record)
    return Paper(
        id=key,
        title=title,
        authors=named.names,
        authors_incomplete=named.incomplete,
        abstract=abstract,
        keywords=names(_pieces(values.get("KW", []))),
        published=agreed_day([text for tag in ("PY", "DA", "Y1") for text in values.get(tag, [])]),
        venue=_venue(values, title),
        comment=_comment(values.get("N1", [])),
        links=reference_links(addresses, arxiv_id, doi, abstract),
        aliases=aliases,
        version=version,
        publication=ris_publication(values),
    )


def _authors(record: _Record) -> People:
    """Return the authors, or without any the editors."""
    if not record.authors:
        editors = next((record.values[tag] for tag in _EDITORS if tag in record.values), [])
        return people(_names(editors))
    first = record.authors[0][0]
    ones = list(_names([name for tag, name in record.authors if tag == first]))
    others = list(_names([name for tag, name in record.authors if tag != first]))
    if not others or others[: len(ones)] == ones:  # the same under both tags
        return people(others or ones)
    return people(_names([name for _, name in record.authors]))


def _names(values: list[str]) -> Iterator[str]:
    for value in values:
        yield from ris_names(markup_text(value))


def _abstracts(values: dict[str, list[str]]) -> list[str]:
    return [text for tag in _ABSTRACTS for text in values.get(tag, []) if text]


def _pieces(values: list[str]) -> Iterator[str]:
    """Yield the items in values of a tag; some programs put several into a value."""
    room = 4 * NAMES_LIMIT
    for value in values:
        yield from re.split(r"[;\n]", markup_text(value[:room]))
        room -= len(value)
        if room <= 0:
            break


def _first_line(values: dict[str, list[str]], tags: tuple[str, ...]) -> str:
    lines = (value[:20_000] for tag in tags for value in values.get(tag, []))
    return next(filter(None, (clean_line(markup_text(line)) for line in lines)), "")


def _arxiv(values: dict[str, list[str]]) -> tuple[str, int]:
    return first_arxiv_id(value for tag in _REFERENCES for value in values.get(tag, []))


def _doi(values: dict[str, list[str]]) -> str | None:
    """Return the key of the DOI from DO, or from other tags that programs use for it."""
    for tag in ("DO", "UR", "L3", "M3"):
        for value in values.get(tag, []):
            value = markup_text(value[:4_000])
            key = doi_key(value) or (doi_key(f"doi:{value}") if tag == "DO" else None)
            if key and key.startswith("doi:"):
                return key
    return None


def _abstract(values: dict[str, list[str]]) -> str:
    """Return the first abstract that is not a notice, or the complete text if it was cut off."""
    texts = [text for text in _abstracts(values) if not _NOTICE.match(text)]
    text = next(iter(texts), "")
    if cut := _CUT_OFF.search(text, max(len(text) - 20, 0)):
        beginning = text[: cut.start()]
        text = next((whole for whole in texts[1:] if whole.startswith(beginning)), text)
    # The indentation of wrapped lines has no meaning.
    text = re.sub(r"\n[ \t]+", "\n", text[:MARKUP_LIMIT])
    return unwrapped(markup_text(text))


def _venue(values: dict[str, list[str]], title: str) -> str:
    for tag in _VENUES:
        venue = _first_line(values, (tag,))
        if venue and venue != title and not is_arxiv(venue):
            return venue
    return ""


def _comment(notes: list[str]) -> str:
    """Return the first short note on the paper, not a remark of the database."""
    for note in notes:
        text = clean_line(markup_text(note[:4_000]))
        if label := _LABEL.match(text):
            text = text[label.end() :]
        elif _REMARK_OF_A_DATABASE.match(text) or arxiv_reference(text)[0] or doi_key(text):
            continue
        if 0 < len(text) <= _LONGEST_NOTE:
            return text
    return ""
