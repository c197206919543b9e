"""Read EndNote's tagged format (.enw), that of refer: lines like `%A Ek, Ada`.

Sources: refer(1), and EndNote's manual on its import filter "EndNote Import".
"""

import re
from collections.abc import Iterator
from functools import partial

from store.feeds.feed_text import names, unwrapped
from store.feeds.publications import pages
from store.feeds.reading import FeedReading, decode, entry_limit, no_papers, with_newlines
from store.feeds.references import (
    first_arxiv_id,
    first_line,
    is_arxiv,
    paper_keys,
    papers_of,
    reference_links,
)
from store.markup.plain_text import markup_text
from store.model import Paper, Publication
from store.text.clean import ABSTRACT_LIMIT
from store.text.dates import agreed_day
from store.text.people import people, ris_names
from store.text.web import doi_key

FEED = "refer"
_LINE = re.compile(r"%([0-9A-Z@!#$&(<>?\[\]~+=*^|])(?: (.*)|$)", re.IGNORECASE)
_KINDS = {
    "journal article": "article",
    "magazine article": "article",
    "newspaper article": "article",
    "electronic article": "article",
    "book": "book",
    "edited book": "book",
    "electronic book": "book",
    "book section": "incollection",
    "electronic book section": "incollection",
    "encyclopedia": "incollection",
    "conference paper": "inproceedings",
    "conference proceedings": "inproceedings",
    "thesis": "phdthesis",
    "report": "techreport",
    "government document": "techreport",
    "unpublished work": "unpublished",
    "manuscript": "unpublished",
    "dataset": "dataset",
    "computer program": "software",
    "web page": "online",
    "blog": "online",
    "patent": "patent",
}


def looks_like_refer(text: str) -> bool:
    """Return whether a text begins with a record: a type, or a title among other tags."""
    head = with_newlines(text[:4_000]).lstrip("\ufeff \t\n")
    if re.match(r"%0 +\w", head):
        return True
    return bool(re.match(r"%[A-Z] \S", head) and re.search(r"^%T \S", head, re.MULTILINE))


def read_refer(data: bytes) -> FeedReading:
    """Return the papers of a file; they have no day of listing.

    Raises NotAFeedError if no record can be read.
    """
    text, guesses = decode(data)
    problems: list[str] = []
    papers = papers_of(_records(text), entry_limit(text), _paper, problems)
    if not papers:
        raise no_papers(problems, "no record with tags like %T in it")
    return FeedReading(FEED, papers, guesses + problems)


def _records(text: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Yield the records, each with its first line; %0, or %T after an empty line, begins one."""
    values: dict[str, list[str]] = {}
    begin, tag, apart = 0, "", False
    for number, line in enumerate(with_newlines(text).split("\n"), 1):
        if match := _LINE.match(line):
            tag = match[1].upper()
            if values and (tag == "0" or (apart and "T" in values and "0" not in values)):
                yield begin, values
                values = {}
            begin = begin if values else number
            values.setdefault(tag, []).append(match[2] or "")
        elif tag and line.strip():
            values[tag][-1] += "\n" + line.strip()
        apart = not line.strip()
    if values:
        yield begin, values


def _paper(values: dict[str, list[str]]) -> Paper | None:
    one = partial(first_line, values)
    title = one("T")
    if not title:
        return None
    kind = _KINDS.get(one("0").lower(), "misc" if "0" in values else "article")
    doi = doi_key(one("R")) or doi_key(f"doi:{one('R')}") or doi_key(one("U"))
    places = (value for tag in ("U", "R", "J", "1", "M", "Z") for value in values.get(tag, []))
    arxiv_id, version = first_arxiv_id(places)
    doi = doi if doi and doi.startswith("doi:") else None
    key, aliases = paper_keys(arxiv_id, doi, title)
    abstract = _text(values, "X")
    publisher, institution = one("I"), ""
    if kind in ("phdthesis", "techreport"):
        publisher, institution = "", one("I", "B")
    venue = one("J", "B") or publisher or institution
    editors = people(name for value in values.get("E", []) for name in ris_names(value)).names
    named = people(name for value in values.get("A", []) for name in ris_names(value))
    number = one("@")
    return Paper(
        id=key,
        title=title,
        authors=named.names or editors,
        authors_incomplete=named.incomplete,
        abstract=abstract,
        keywords=names(
            piece for value in values.get("K", []) for piece in re.split(r"[;,\n]", value)
        ),
        published=agreed_day([one("D"), one("8")]),
        venue="" if is_arxiv(venue) else venue,
        links=reference_links(
            [value for tag in ("U", ">") for value in values.get(tag, [])],
            *(arxiv_id, doi, abstract),
        ),
        aliases=aliases,
        version=version,
        publication=Publication(
            kind=kind,
            key=one("F") if re.fullmatch(r"[A-Za-z]\S*", one("F")) else "",
            publisher=publisher,
            institution=institution,
            place=one("C"),
            editors=editors,
            series=one("S"),
            edition=one("7"),
            volume=one("V"),
            number=one("N"),
            pages=pages(one("P")),
            isbn=number if len(re.sub(r"[^\dXx]", "", number)) >= 10 else "",
            issn=number if 0 < len(re.sub(r"[^\dXx]", "", number)) < 10 else "",
        ),
    )


def _text(values: dict[str, list[str]], tag: str) -> str:
    """Return the first value of a tag with its paragraphs."""
    text = next(iter(values.get(tag, [])), "")[: 2 * ABSTRACT_LIMIT]
    return unwrapped(markup_text(text))
