"""Citation keys of papers: family name, year, first significant word of the title, in ASCII."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from string import ascii_lowercase
from types import MappingProxyType

from store.identity import arxiv_id
from store.model import Paper
from store.text.clean import CONTROLS, INVISIBLE, clean_line
from store.text.name_parts import parted

NONE: Mapping[str, str] = MappingProxyType({})
"""For no given keys."""

_USABLE = re.compile(rf"[^\s{{}},=#%\"'\\~@^&${CONTROLS}{INVISIBLE}]{{1,100}}")
"""A key that any reader of BibTeX accepts."""
_LONGEST = 30
"""Most letters of a name or word in a key."""
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"""Latin letters that Unicode does not decompose into a letter and an accent."""
_ARXIV_DATE = re.compile(r"(?:[a-z.-]+/)?(\d\d)(\d\d)", re.IGNORECASE)
_WORDS = re.compile(r"[a-z0-9]+")
_INSIGNIFICANT = re.compile(
    "an?|the|and|or|of|on|over|in|into|to|towards?|for|from|with|without|by|at|as|via|under|its?|"
    r"\d+|is|are|do|does|can|how|what|when|where|which|why|we|this|that|s|t"
)


def citation_keys(
    papers: Iterable[Paper], given: Mapping[str, str] = NONE, taken: Iterable[str] = ()
) -> dict[str, str]:
    """Return the citation key of each paper, by id, such as `vaswani2017attention`.

    A paper has the key in `given`, by id, else the key that it was imported with. No paper gets a
    key in `taken`. If several papers would have the same key, the oldest has it and the next ones
    have `a`, `b` … after it. So keys depend on the set of papers, not on their order, and do not
    change when newer papers are added: with the whole library, a paper has the same key in all
    exports.
    """
    keys: dict[str, str] = dict(given)
    # In BibTeX keys that differ only in case are the same.
    taken = set(map(str.lower, (*keys.values(), *taken)))
    left: dict[str, Iterator[str]] = {}
    by_age = sorted((paper for paper in papers if paper.id not in keys), key=_age)
    for paper, key in imported_keys(by_age):
        if key.lower() not in taken:
            taken.add(key.lower())
            keys[paper.id] = key
    for paper in by_age:
        if paper.id in keys:
            continue
        plain = _plain_key(paper)
        free = left.setdefault(plain, _with_letters(plain))
        key = next(each for each in free if each not in taken)
        taken.add(key)
        keys[paper.id] = key
    return keys


def is_citation_key(text: str) -> bool:
    """Return whether any reader of BibTeX accepts a text as a key."""
    return _USABLE.fullmatch(text) is not None


def imported_keys(papers: Iterable[Paper]) -> Iterator[tuple[Paper, str]]:
    """Yield papers with the keys they were imported with, the oldest first, each key once."""
    seen: set[str] = set()
    for paper in sorted((paper for paper in papers if paper.publication.key), key=_age):
        key = paper.publication.key
        if is_citation_key(key) and key.lower() not in seen:
            seen.add(key.lower())
            yield paper, key


def year_of(paper: Paper) -> str:
    """Return the year of publication, else that of the arXiv id, else that of listing; or empty."""
    if paper.published:
        return clean_line(paper.published[:4])
    if match := _ARXIV_DATE.match(arxiv_id(paper)):
        return ("19" if match[1] > "90" else "20") + match[1]
    return clean_line(paper.date[:4])


def _plain_key(paper: Paper) -> str:
    family = "".join(_ascii_words(parted(paper.authors[0]).family)) if paper.authors else ""
    year = "".join(_ascii_words(year_of(paper)))
    words = _ascii_words(paper.title)
    word = next((word for word in words if not _INSIGNIFICANT.fullmatch(word)), "")
    return f"{family[:_LONGEST] or 'anon'}{year}{word[:_LONGEST]}"


def _age(paper: Paper) -> tuple[str, str]:
    return paper.published or paper.date, paper.id


def _ascii_words(text: str) -> list[str]:
    """Return the Latin words of a text in lower case, without accents."""
    lower = text.casefold().translate(_LETTERS)
    if not lower.isascii():
        decomposed = unicodedata.normalize("NFKD", lower)
        lower = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _WORDS.findall(lower)


def _with_letters(plain: str) -> Iterator[str]:
    yield plain
    for number in count():
        yield plain + _letters(number)


def _letters(number: int) -> str:
    """Return a, b … z, aa, ab …"""
    rest, last = divmod(number, 26)
    return (_letters(rest - 1) if rest else "") + ascii_lowercase[last]
