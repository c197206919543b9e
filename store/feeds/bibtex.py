"""Read bibliographies in the formats of BibTeX and biblatex."""

import re
from collections.abc import Iterable, Iterator

from store.errors import NotAFeedError
from store.feeds.bibtex_source import BibtexEntry, read_entries
from store.feeds.feed_text import LINK, NAMES_LIMIT, names, unwrapped
from store.feeds.publications import bibtex_publication
from store.feeds.reading import FeedReading, decode, no_papers, with_newlines
from store.feeds.references import first_arxiv_id, is_arxiv, paper_keys, reference_links
from store.latex.convert import from_source
from store.markup.plain_text import MARKUP_LIMIT, markup_text
from store.model import Paper
from store.text.clean import clean_line
from store.text.dates import agreed_day
from store.text.people import bibtex_names, people
from store.text.web import arxiv_reference, doi_key, doi_reference

_NO_PAPERS = ("set", "xdata")
_TITLES = ("title", "booktitle", "maintitle", "issuetitle")
_JOURNALS = ("journaltitle", "journal")
_VENUES = (
    *_JOURNALS,
    "booktitle",
    "eventtitle",
    "school",
    "institution",
    "publisher",
)
_KEYWORDS = ("keywords", "keyword", "tags", "mendeley-tags")
_LONGEST_NOTE = 400
"""Most characters of a note; longer ones are blurbs of books, as in Calibre's exports."""
_REFERENCES = ("journal", "journaltitle", "volume", "number", "howpublished", "note", "url", "doi")
_NAMESAKE = re.compile(r"\s\d{4}(?=\s+and\s|\s*$)")
"""The number by which DBLP distinguishes people with the same name."""
_HEAD_LENGTH = 2_000
_COMMENT_LINE = re.compile(r"^[ \t]*%.*$", re.MULTILINE)
_BLOCK = re.compile(
    r"""^[ \t]* @ (?: (?:string|preamble|comment)\s*[{(]
    | [a-z]{2,30}\s*[{(]\s*(?:[^{},="\n]{0,200},)?\s*[a-z][\w-]{0,40}\s*= )""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_ESCAPED = re.compile(r"\\(?:url|path)\s*\{|\\([_%#&~$])|\{([_%#&~])\}")
_SIGNS = (
    (r"\$?\\(?:textless|lt|less)(?:\s+|\{\}|(?![A-Za-z]))\$?|\$<\$", "<"),
    (r"\$?\\(?:textgreater|gt|greater)(?:\s+|\{\}|(?![A-Za-z]))\$?|\$>\$", ">"),
    (r"\\(?:textunderscore|_)(?:\{\})?", "_"),
)
"""Commands for characters in DOIs."""


def looks_like_bibtex(text: str) -> bool:
    """Return whether a text begins with BibTeX, perhaps after a remark."""
    head = with_newlines(text[: 10 * _HEAD_LENGTH])
    head = _COMMENT_LINE.sub("", head)
    match = _BLOCK.search(head)
    return match is not None and match.start() <= _HEAD_LENGTH


def read_bibtex(data: bytes) -> FeedReading:
    """Return the papers of a bibliography; they have no day of listing.

    Problems name key and line of broken entries and of duplicate keys. Raises NotAFeedError if no
    entry can be read.
    """
    text, problems = decode(data)
    entries, broken = read_entries(text)
    papers: list[Paper] = []
    untitled: list[str] = []
    for entry in entries:
        if entry.kind in _NO_PAPERS:
            continue
        if paper := _paper(entry):
            papers.append(paper)
        else:
            untitled.append(
                f"{entry.key or 'an entry'} (line {entry.line:,}) has no title: skipped"
            )
    if not papers:
        if broken:
            raise NotAFeedError(broken[0])
        raise no_papers(untitled, "no BibTeX entry in it")
    return FeedReading("bibtex", papers, problems + broken + untitled, tex=True)


def _paper(entry: BibtexEntry) -> Paper | None:
    """Return the paper of an entry; None if it has no title of any kind."""
    fields = entry.fields
    title = _title(fields)
    if not title:
        return None
    arxiv_id, version = _arxiv(fields)
    doi = _doi(fields)
    key, aliases = paper_keys(arxiv_id, doi, title)
    names_field = fields.get("author") or fields.get("editor", "")
    if entry.key.startswith("DBLP:"):
        names_field = _NAMESAKE.sub("", names_field)
    named = people(bibtex_names(markup_text(names_field)))
    note = fields.get("note", "")
    note_is_abstract = len(note) > _LONGEST_NOTE and not fields.get("abstract")
    abstract = _abstract(note if note_is_abstract else fields.get("abstract", ""))
    addresses = map(_unescaped, _given(fields, ("url", "howpublished", "note")))
    return Paper(
        id=key,
        title=title,
        authors=named.names,
        authors_incomplete=named.incomplete,
        abstract=abstract,
        keywords=_keywords(_given(fields, _KEYWORDS)),
        published=_published(fields),
        categories=_categories(fields),
        venue=_venue(fields, title),
        comment="" if note_is_abstract else _comment(fields),
        links=reference_links(addresses, arxiv_id, doi, abstract),
        aliases=aliases,
        version=version,
        publication=bibtex_publication(entry),
    )


def _title(fields: dict[str, str]) -> str:
    for name in filter(fields.get, _TITLES):
        title = _line(fields[name])
        if not title.strip("{} "):
            continue
        subtitle = _line(fields.get(name.replace("title", "subtitle"), ""))
        if not subtitle:
            return title
        joint = " " if title.rstrip("}").endswith((":", "?", "!", ".")) else ": "
        return clean_line(title + joint + subtitle)
    return ""


def _arxiv(fields: dict[str, str]) -> tuple[str, int]:
    """Return the arXiv id of an entry, from any field, and its version."""
    archive = fields.get("eprinttype") or fields.get("archiveprefix") or "arxiv"
    if archive.strip("{} ").lower().startswith("arxiv"):
        eprint = _unescaped(fields.get("eprint", ""))
        spelled = [eprint, f"arXiv:{eprint}"]
        spelled += [f"arXiv:{section}/{eprint}" for section in _categories(fields)[:1]]
        if eprint and (found := first_arxiv_id(spelled))[0]:
            return found
    return first_arxiv_id(map(_unescaped, _given(fields, _REFERENCES)))


def _doi(fields: dict[str, str]) -> str | None:
    """Return the key of the DOI; arXiv's own DOIs are arXiv ids instead."""
    given = [_plain_doi(text) for text in _given(fields, ("doi",))]
    # A short DOI needs a prefix, which here the name of the field replaces.
    given += [f"doi:{text}" for text in given]
    places = map(_unescaped, _given(fields, ("url", "howpublished", "note", *_JOURNALS)))
    keys = (*map(doi_key, given), *map(doi_reference, places))
    return next((key for key in keys if key and key.startswith("doi:")), None)


def _categories(fields: dict[str, str]) -> tuple[str, ...]:
    sections = fields.get("eprintclass") or fields.get("primaryclass", "")
    return names(re.split(r"[\s,;{}]+", sections))


def _published(fields: dict[str, str]) -> str:
    stated, year, month, day = (
        from_source(text).strip() if "\\" in (text := fields.get(name, "")) else text
        for name in ("date", "year", "month", "day")
    )
    numeric = month.strip("{} ").isdigit()
    parts = f"{year}-{month.strip('{} ')}-{day}" if numeric else f"{year} {month} {day}"
    # A year before Christ has a minus sign, and the calendar has no such year.
    return "" if stated.strip().startswith("-") else agreed_day((stated.partition("/")[0], parts))


def _venue(fields: dict[str, str], title: str) -> str:
    for venue in map(_line, _given(fields, _VENUES)):
        if venue and venue != title and not is_arxiv(venue):
            return venue
    return ""


def _comment(fields: dict[str, str]) -> str:
    comments = map(_line, _given(fields, ("note", "howpublished", "addendum")))
    without_links = (text for text in comments if text and not LINK.search(text))
    return next((text for text in without_links if not arxiv_reference(text)[0]), "")


def _keywords(fields: Iterable[str]) -> tuple[str, ...]:
    listed = (markup_text(field[: 4 * NAMES_LIMIT]) for field in fields)
    return names(word for field in listed for word in field.split(";" if ";" in field else ","))


def _abstract(field: str) -> str:
    # All lines of a field are indented: an indented line is not a new paragraph.
    field = re.sub(r"\n[ \t]+", "\n", field[:MARKUP_LIMIT])
    return unwrapped(markup_text(field))


def _given(fields: dict[str, str], names_of_fields: Iterable[str]) -> Iterator[str]:
    """Yield the values of fields that are not empty, in the order of the names."""
    return (fields[name] for name in names_of_fields if fields.get(name))


def _line(field: str) -> str:
    return clean_line(markup_text(field[:20_000]))


def _unescaped(field: str) -> str:
    """Return an address or DOI without TeX's escapes."""
    return _ESCAPED.sub(lambda match: match[1] or match[2] or "", field[:4_000]).strip("{} \n")


def _plain_doi(field: str) -> str:
    """Return a DOI without TeX, which has commands for < and > in DOIs of SICI."""
    text = markup_text(_unescaped(field))
    for signs, sign in _SIGNS:
        text = re.sub(signs, sign, text)
    return re.sub(r"[{}]|\\(?=[<>()\[\];:])", "", text)
