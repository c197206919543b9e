"""Read bibliographies in RIS, as reference managers and publishers export it.

A record is lines of "TAG  - value" from TY to ER. What programs make of the format differs: ER may
be missing, lines may be wrapped without a tag, dates are of many forms, and one thing has several
tags (TI, T1; AU, A1; AB, N2). Parsers on offer lose the records without an end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from store.errors import NotAFeedError
from store.feeds.entry_limit import entry_limit
from store.feeds.publications import ris_publication
from store.feeds.reading import FeedReading, decode
from store.feeds.references import is_arxiv, paper_keys, reference_links
from store.feeds.text import decoded_entities, names, unwrapped
from store.model import Paper
from store.text.clean import ABSTRACT_LIMIT, AUTHORS_LIMIT, clean_line
from store.text.names import ris_name
from store.text.publication_dates import agreed_day
from store.text.web import arxiv_reference, doi_key

_TITLES = ("TI", "T1", "CT", "BT", "ST")
_AUTHORS = ("AU", "A1", "A2", "ED")
_VENUES = ("T2", "JF", "JO", "JA", "J2", "BT", "PB")
_REFERENCES = ("DO", "UR", "L1", "L2", "C7", "AN", "T2", "JF", "JO", "J2", "N1", "M1", "M3")
_KNOWN = {*_TITLES, *_AUTHORS, *_VENUES, *_REFERENCES, "TY", "ER", "AB", "N2", "KW", "PY", "Y1"}
_TAG = re.compile(
    r"^\ufeff?[ \t]?(?P<tag>[A-Za-z][A-Za-z0-9])(?P<gap> {1,2})-(?P<apart> |$)?", re.M
)
_START = re.compile(r"^\ufeff?[ \t]?TY {1,2}-[ \t]?[A-Z][A-Z /]{1,30}\r?$", re.IGNORECASE | re.M)
_TYPE = re.compile(r"^\ufeff?[ \t]?TY {1,2}-", re.M)
_FIRST_TAG = re.compile(r"\ufeff?\s*[A-Z][A-Z0-9]  - ")
_REPEATS = 5_000
"""How often a tag is read in one record; the names of the largest collaborations fit."""
_LONGEST_NOTE = 200
_LABEL = re.compile(r"comments?:\s*", re.IGNORECASE)
_REMARK_OF_A_DATABASE = re.compile(r"[A-Z][\w/ ]{2,40}\s?:")


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    """The line its TY stands in, from 1."""
    values: dict[str, list[str]] = field(default_factory=dict)
    """By tag, in upper case; the lines of a value that is wrapped are joined by newlines."""


def looks_like_ris(text: str) -> bool:
    """Tell whether a text begins with RIS: a TY line, and soon after it another tag.

    Some programs leave TY out: then a tag comes first, and an author, a title and an end later.
    """
    text = text[:20_000].replace("\r\n", "\n").replace("\r", "\n")
    match = _START.search(text[:4_000])
    if match is None:
        return _lacks_types(text)
    following = _TAG.search(text, match.end(), match.end() + 400)
    return following is not None and _is_tag(following)


def read_ris(data: bytes) -> FeedReading:
    """Return the papers of a RIS file; they are not listed by day.

    A record without a title is left out even if it has a DOI: a paper called by its DOI would take
    the title away from the paper known by it. Raises NotAFeedError where no record can be read.
    """
    text, problems = decode(data)
    text = _with_types(text.replace("\r\n", "\n").replace("\r", "\n"))
    limit = entry_limit(text)
    papers: list[Paper] = []
    for number, record in enumerate(_records(text)):
        if number == limit:
            problems.append(f"it has more than {limit:,} records: the rest was left out")
            break
        if paper := _paper(record):
            papers.append(paper)
        else:
            doi = next(iter(record.values.get("DO", [])), "")
            named = f" ({clean_line(doi, 100)})" if doi else ""
            problems.append(f"the record in line {record.line:,}{named} has no title: left out")
    if not papers:
        raise NotAFeedError(problems[-1] if problems else "no RIS record in it")
    return FeedReading("ris", papers, problems)


def _lacks_types(text: str) -> bool:
    """Tell whether a text is of records with authors, titles and ends, but without types."""
    if _TYPE.search(text) or not _FIRST_TAG.match(text):
        return False
    tags = {tag for _, tag, _ in _tagged(text)}
    return bool("ER" in tags and tags & {"TI", "T1"} and tags & {"AU", "A1"})


def _with_types(text: str) -> str:
    """Return the same with a type before each record, where there is none at all."""
    if not _lacks_types(text):
        return text
    return "TY  - GEN\n" + re.sub(
        r"(^[ \t]?ER {1,2}-.*\n\s*)(?=[A-Z][A-Z0-9] {1,2}-)", r"\1TY  - GEN\n", text, flags=re.M
    )


def _records(text: str) -> Iterator[_Record]:
    """Yield the records; one that has no ER ends where the next begins or the file does."""
    record: _Record | None = None
    line = counted = 0
    for start, tag, value in _tagged(text.replace("\r\n", "\n").replace("\r", "\n")):
        if record is not None and tag in ("TY", "ER"):
            yield record
            record = None
        if tag == "TY":
            line += text.count("\n", counted, start)
            counted = start
            record = _Record(line + 1)
        if record is not None and len(values := record.values.setdefault(tag, [])) < _REPEATS:
            values.append(value)
    if record is not None:
        yield record


def _tagged(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield where a tag stands, the tag in upper case, and its value with the lines it takes."""
    start, tag, value_start = 0, "", 0
    for match in _TAG.finditer(text):
        if not _is_tag(match):
            continue
        if tag:
            yield start, tag, text[value_start : match.start()].strip()
        start, tag, value_start = match.start(), match["tag"].upper(), match.end()
    if tag:
        yield start, tag, text[value_start:].strip()


def _is_tag(match: re.Match[str]) -> bool:
    """Tell a tag from a wrapped line that looks like one ("an - as it were - example").

    Upper case and two spaces are the rule. Without either, the tag has to be a known one.
    """
    tag, regular = match["tag"], match["gap"] == "  "
    if tag.upper() in _KNOWN:
        return regular or (tag.isupper() and match["apart"] is not None)
    return regular and tag.isupper()


def _paper(record: _Record) -> Paper | None:
    """Return the paper of a record, or None if it has no title."""
    values = record.values
    title = _first_line(values, _TITLES)
    if not title:
        return None
    arxiv_id, version = _arxiv(values)
    doi = _doi(values)
    key, aliases = paper_keys(arxiv_id, doi, title)
    abstract = _abstract(values)
    addresses = (text for tag in ("UR", "L2", "L1") for text in values.get(tag, []))
    people = next((values[tag] for tag in _AUTHORS if tag in values), [])
    return Paper(
        id=key,
        title=title,
        authors=names(map(ris_name, _pieces(people))),
        abstract=abstract,
        keywords=names(_pieces(values.get("KW", []))),
        published=agreed_day([text for tag in ("PY", "Y1", "DA") for text in values.get(tag, [])]),
        venue=_venue(values, title),
        comment=_comment(values.get("N1", [])),
        links=reference_links(addresses, arxiv_id, doi, abstract),
        aliases=aliases,
        version=version,
        publication=ris_publication(values),
    )


def _pieces(values: list[str]) -> Iterator[str]:
    """Yield what a repeated tag lists; some programs put it all in one line, or a line each."""
    room = 4 * AUTHORS_LIMIT
    for value in values:
        for piece in re.split(r"[;\n]", value[:room]):
            yield decoded_entities(piece.strip())
        room -= len(value)
        if room <= 0:
            break


def _first_line(values: dict[str, list[str]], tags: tuple[str, ...]) -> str:
    lines = (value[:4_000] for tag in tags for value in values.get(tag, []))
    return next(filter(None, (clean_line(decoded_entities(line)) for line in lines)), "")


def _arxiv(values: dict[str, list[str]]) -> tuple[str, int]:
    for tag in _REFERENCES:
        for value in values.get(tag, []):
            if (found := arxiv_reference(value))[0]:
                return found
    return "", 0


def _doi(values: dict[str, list[str]]) -> str | None:
    """Return the DOI's key from DO or, where that is missing, from where programs put it else."""
    for tag in ("DO", "UR", "L3", "M3"):
        for value in values.get(tag, []):
            value = decoded_entities(value[:4_000])
            key = doi_key(value) or (doi_key(f"doi:{value}") if tag == "DO" else None)
            if key and key.startswith("doi:"):
                return key
    return None


def _abstract(values: dict[str, list[str]]) -> str:
    text = max(
        (value for tag in ("AB", "N2") for value in values.get(tag, [])), key=len, default=""
    )
    # How deep a wrapped line is indented says nothing.
    text = re.sub(r"\n[ \t]+", "\n", text[: 2 * ABSTRACT_LIMIT])
    return unwrapped(decoded_entities(text))


def _venue(values: dict[str, list[str]], title: str) -> str:
    for tag in _VENUES:
        venue = _first_line(values, (tag,))
        if venue and venue != title and not is_arxiv(venue):
            return venue
    return ""


def _comment(notes: list[str]) -> str:
    """Return the first short note that is the paper's, not the database's about itself."""
    for note in notes:
        text = clean_line(decoded_entities(note[:4_000]))
        if label := _LABEL.match(text):
            text = text[label.end() :]
        elif _REMARK_OF_A_DATABASE.match(text) or arxiv_reference(text)[0]:
            continue
        if 0 < len(text) <= _LONGEST_NOTE:
            return text
    return ""
