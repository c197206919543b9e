"""Read Hugging Face's JSON of papers: daily papers, search results, a single paper.

Source: the answers of https://huggingface.co/api/daily_papers, /api/papers/search and
/api/papers/ID. An entry has the fields of the paper in `paper`, or at top level. Collectors of
entries wrap the list in an object, and some store each entry as the text of a Python dict.
"""

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeGuard

from store.errors import NotAFeedError
from store.feeds.feed_text import links_in, names, unwrapped
from store.feeds.json_fields import Fields, entries_limit, parse_json, valid_key
from store.feeds.other_formats import other_json
from store.feeds.reading import FeedReading, decode
from store.identity import title_key
from store.model import Links, Paper
from store.text.clean import SUMMARY_LIMIT, clean_line
from store.text.people import People, people

_PAPER_KEYS = {"id", "title", "summary"}
"""The members of a paper without `paper` around it; our own papers also have an abstract."""
_OF_HF = {
    *("day", "publishedAt", "published_at", "upvotes", "numComments", "submittedOnDailyAt"),
    *("submitted_at", "ai_summary", "ai_keywords", "githubRepo", "github_repo", "projectPage"),
}
"""Members that only Hugging Face has, in the spellings of its API and its command line."""
_SUBMITTED = ("submittedOnDailyAt", "submitted_at")
_LITERALS_LIMIT = 1_000_000
"""Most characters outside strings in Python literals of a file: each takes half a microsecond."""
_STRING = re.compile(r"""'(?:[^'\\]++|\\.)*+'?|"(?:[^"\\]++|\\.)*+"?""", re.DOTALL)
_LITERAL = re.compile(r"(?:s|True|False|None|[\d.\[\]{}:,])*+")
_SUBSCRIPT = re.compile(r"[^\[{:,]\[")


def read_hf_json(data: bytes, listed: date | None = None) -> FeedReading:
    """Return the papers of an answer; an empty list is a day without papers.

    `listed` is the day for entries without a day of listing. Raises NotAFeedError for other files;
    it says what the JSON is instead.
    """
    text, guesses = decode(data)
    document = parse_json(text)
    entries = _entries(document)
    if isinstance(document, dict) and listed is None:
        day = Fields(document, "", []).day("date")
        listed = date.fromisoformat(day) if day else None
    problems: list[str] = []
    most = entries_limit(len(data))
    papers = list(_papers(entries[:most], listed, problems))
    if len(entries) > most:
        problems.append(f"the entries from {most + 1:,} on are not read: split the file")
    if entries and not papers:
        raise NotAFeedError(f"no paper in it can be read: {problems[0]}")
    return FeedReading("hf", papers, guesses + problems)


def is_hf_entry(value: object) -> TypeGuard[dict[str, object]]:
    """Return whether a JSON value is a paper in Hugging Face's layout."""
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("paper"), dict):
        return True
    if "abstract" in value or not value.keys() >= _PAPER_KEYS:
        return False
    return bool(value.keys() & _OF_HF) or value.keys() <= {*_PAPER_KEYS, "authors"}


def hf_paper(
    entry: Mapping[str, object], listed: date | None, place: str, problems: list[str]
) -> Paper | None:
    """Return the paper of an entry; None if it has no title. Errors are added to `problems`.

    `place` names the entry in problems.
    """
    outer = Fields(entry, place, problems)
    inner = outer.members("paper") if "paper" in entry else outer
    title = clean_line(inner.text("title") or outer.text("title"))
    if not title:
        outer.note("it has no title")
        return None
    identifier = inner.text("id").strip()
    key = valid_key(identifier)
    if identifier and key is None:
        inner.note("its id is not an arXiv id; its title is used instead")
    abstract = unwrapped(inner.text("summary") or outer.text("summary"))
    named = _authors(inner)
    upvotes, comments = inner.number("upvotes"), outer.number("numComments", "comments")
    return Paper(
        id=key or title_key(title),
        title=title,
        authors=named.names,
        authors_incomplete=named.incomplete,
        abstract=abstract,
        summary=clean_line(inner.text("ai_summary"), SUMMARY_LIMIT),
        keywords=names(inner.texts("ai_keywords")),
        date=_day_listed(outer, inner, listed),
        published=inner.day("publishedAt", "published_at"),
        links=_links(inner, key, abstract),
        upvotes=upvotes,
        comments=inner.number("numComments", "comments") if comments is None else comments,
    )


def _day_listed(outer: Fields, inner: Fields, listed: date | None) -> str:
    """Return the day of listing of an entry.

    The outer `publishedAt` comes last: in old answers it is the time of submission, in newer ones
    the paper's own time, some hours off.
    """
    submitted = inner.day(*_SUBMITTED) or outer.day(*_SUBMITTED, "day")
    if submitted or listed is None:
        return submitted or outer.day("publishedAt", "published_at")
    return listed.isoformat()


def _authors(paper: Fields) -> People:
    """Return the names without those that the page hides because they are not authors."""
    authors = paper.values("authors")
    shown = [a for a in authors if not (isinstance(a, dict) and a.get("hidden") is True)]
    given = [author.get("name") if isinstance(author, dict) else author for author in shown]
    texts = [name for name in given if isinstance(name, str)]
    if len(texts) < len(given):
        paper.note("an author has no name")
    return people(texts)


def _links(paper: Fields, key: str | None, abstract: str) -> Links:
    scheme, _, identifier = (key or "").partition(":")
    at_arxiv = scheme == "arxiv"
    named = links_in(abstract)
    return Links(
        page=f"https://huggingface.co/papers/{identifier}" if at_arxiv else "",
        pdf=f"https://arxiv.org/pdf/{identifier}" if at_arxiv else "",
        code=paper.address("githubRepo", "github_repo") or named.code,
        project=paper.address("projectPage", "project_page") or named.project,
    )


def _papers(entries: list[object], listed: date | None, problems: list[str]) -> Iterator[Paper]:
    room = _LITERALS_LIMIT
    for number, entry in enumerate(entries, start=1):
        if isinstance(entry, str):
            skeleton = _skeleton(entry)
            room -= len(skeleton)
            entry = _literal(entry, skeleton) if room > 0 else None
        if not is_hf_entry(entry):
            problems.append(f"entry {number} is not a paper")
        elif paper := hf_paper(entry, listed, f"entry {number}", problems):
            yield paper


def _entries(document: object) -> list[object]:
    """Return the possible papers: a list, the lists in a wrapping object, or a single paper."""
    if is_hf_entry(document):
        return [document]
    if isinstance(document, list):
        if document and not any(map(_may_be_entry, document)):
            raise NotAFeedError(other_json(document) or "it is a JSON list, but not of papers")
        return document
    if not isinstance(document, dict):
        raise NotAFeedError("it is a JSON value, not a list of papers")
    lists = [value for value in document.values() if isinstance(value, list)]
    found = [entry for value in lists if any(map(_may_be_entry, value)) for entry in value]
    if found:
        return found
    if isinstance(error := document.get("error"), str):
        raise NotAFeedError(f"it is an error message: {clean_line(error, 200)}")
    if named := other_json(document):
        raise NotAFeedError(named)
    keys = clean_line(", ".join(list(document)[:5]), 100)
    raise NotAFeedError(f"it is a JSON object without papers; it has {keys or 'nothing in it'}")


def _may_be_entry(value: object) -> bool:
    return is_hf_entry(value) or (isinstance(value, str) and value.startswith("{"))


def _skeleton(text: str) -> str:
    """Return a Python literal without white space, with `s` in place of each string."""
    return "".join(_STRING.sub("s", text).split())


def _literal(text: str, skeleton: str) -> object:
    """Return the value of a Python literal of dicts, lists, strings and numbers; else None.

    Operators and subscripts, which can nest without brackets, are refused before parsing; brackets
    nest at most 200 deep in Python.
    """
    if not _LITERAL.fullmatch(skeleton) or _SUBSCRIPT.search(skeleton):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of wrong escapes in strings
        try:
            return ast.literal_eval(text.strip())
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return None
