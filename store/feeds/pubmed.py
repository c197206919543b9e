"""Read exports of PubMed and Covidence (.nbib): MEDLINE's format of tagged lines.

Source: https://www.nlm.nih.gov/bsd/mms/medlineelements.html. A tag has four characters, followed by
a hyphen and a space; continued lines are indented.
"""

import re
from collections.abc import Iterator
from functools import partial

from store.feeds.feed_text import names, unwrapped
from store.feeds.publications import pages
from store.feeds.reading import FeedReading, decode, entry_limit, no_papers, with_newlines
from store.feeds.references import first_line, paper_keys, papers_of, reference_links
from store.markup.plain_text import markup_text
from store.model import Paper, Publication
from store.text.clean import ABSTRACT_LIMIT
from store.text.dates import agreed_day
from store.text.people import people, ris_names
from store.text.web import arxiv_reference, doi_key

FEED = "pubmed"
_LINE = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)")
_START = re.compile(r"(?:^|\n)PMID ?- ?\d", re.IGNORECASE)
_NAMED = re.compile(r"(\S+) \[(\w+)\]")
_KINDS = {"book": "book", "book chapter": "incollection", "preprint": "misc"}


def looks_like_pubmed(text: str) -> bool:
    """Return whether a text begins with a record of PubMed's."""
    head = with_newlines(text[:4_000])
    return (
        _START.search(head) is not None
        and re.search(r"\n(?:TI|OWN|AU|BTI) {1,2}- ", head) is not None
    )


def read_pubmed(data: bytes) -> FeedReading:
    """Return the papers of a .nbib file; they have no day of listing.

    Raises NotAFeedError if no record can be read.
    """
    text, guesses = decode(data)
    problems: list[str] = []
    papers = papers_of(_records(text), entry_limit(text), _paper, problems)
    if not papers:
        raise no_papers(problems, "no PubMed record in it")
    return FeedReading(FEED, papers, guesses + problems)


def _records(text: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Yield the records, each with its first line; a record begins with its PMID."""
    values: dict[str, list[str]] = {}
    begin, tag = 0, ""
    for number, line in enumerate(with_newlines(text).split("\n"), 1):
        if match := _LINE.match(line):
            tag = match[1]
            if tag == "PMID" and "PMID" in values:
                yield begin, values
                values = {}
            begin = begin if values else number
            values.setdefault(tag, []).append(match[2])
        elif tag and line[:1] in (" ", "\t"):
            values[tag][-1] += "\n" + line.strip()
    if "PMID" in values:
        yield begin, values


def _paper(values: dict[str, list[str]]) -> Paper | None:
    one = partial(first_line, values)
    title = one("TI", "BTI", "TT").removesuffix(".")
    if not title:
        return None
    ids = [
        match
        for tag in ("LID", "AID", "DOI")
        for value in values.get(tag, [])
        if (match := _NAMED.match(value))
    ]
    dois = [match[1] for match in ids if match[2].lower() == "doi"]
    doi = next(filter(None, map(doi_key, [*dois, one("DOI")])), None)
    arxiv_id, version = arxiv_reference(doi or "")
    if doi and doi.startswith("arxiv:"):
        arxiv_id, doi = doi.removeprefix("arxiv:"), None
    key, aliases = paper_keys(arxiv_id, doi, title)
    abstract = "\n".join(values.get("AB", [])[:1])[: 2 * ABSTRACT_LIMIT]
    number = re.sub(r"\D", "", one("PMID"))
    kinds = (_KINDS.get(value.lower()) for value in values.get("PT", []))
    authors = [*values.get("FAU", values.get("AU", [])), *values.get("CN", [])]
    named = people(name for value in authors for name in ris_names(value))
    return Paper(
        id=key,
        title=title,
        authors=named.names,
        authors_incomplete=named.incomplete,
        abstract=unwrapped(markup_text(abstract)),
        keywords=names(term.strip("*") for tag in ("OT", "MH") for term in values.get(tag, [])),
        published=agreed_day([one("DP"), one("DEP")]),
        venue=one("JT", "TA", "BTI") if one("JT", "TA", "BTI") != title else "",
        links=reference_links(
            [f"https://pubmed.ncbi.nlm.nih.gov/{number}/"] if number else [],
            arxiv_id,
            doi,
            abstract,
        ),
        aliases=aliases,
        version=version,
        publication=Publication(
            kind=next(filter(None, kinds), "article"),
            publisher=one("PB"),
            editors=people(n for value in values.get("FED", []) for n in ris_names(value)).names,
            volume=one("VI"),
            number=one("IP"),
            pages=pages(one("PG")),
            isbn=one("ISBN").partition(" ")[0],
            issn=one("IS").partition(" ")[0],
        ),
    )
