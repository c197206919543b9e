"""Name papers in BibTeX: family name, year, first telling word of the title, all in ASCII."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count
from string import ascii_lowercase

from store.export.citing import year_of
from store.export.people import parted
from store.model import Paper

_LONGEST = 30
"""Letters of a name or a word that go into a key."""
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
"""Latin letters that Unicode does not take apart into a letter and an accent."""
_WORDS = re.compile(r"[a-z0-9]+")
_UNTELLING = re.compile(
    "an?|the|and|or|of|on|over|in|into|to|towards?|for|from|with|without|by|at|as|via|under|its?|"
    r"\d+|is|are|do|does|can|how|what|when|where|which|why|we|this|that|s|t"
)


def citation_keys(papers: Iterable[Paper]) -> dict[str, str]:
    """Return the citation key of each paper, by id, such as `vaswani2017attention`.

    Of papers that would have the same key the oldest has it, the next have an `a`, `b` … behind it.
    So keys depend on the papers given, not on their order, and stay as they are when newer papers
    come along: give the whole library to have one paper's key the same in every export.
    """
    keys: dict[str, str] = {}
    taken: set[str] = set()
    left: dict[str, Iterator[str]] = {}
    for paper in sorted(papers, key=_age):
        plain = _plain_key(paper)
        free = left.setdefault(plain, _with_letters(plain))
        key = next(each for each in free if each not in taken)
        taken.add(key)
        keys[paper.id] = key
    return keys


def _plain_key(paper: Paper) -> str:
    family = "".join(_ascii_words(parted(paper.authors[0]).family)) if paper.authors else ""
    words = _ascii_words(paper.title)
    word = next((word for word in words if not _UNTELLING.fullmatch(word)), "")
    return f"{family[:_LONGEST] or 'anon'}{year_of(paper)}{word[:_LONGEST]}"


def _age(paper: Paper) -> tuple[str, str]:
    return paper.published or paper.date, paper.id


def _ascii_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents and what is not Latin."""
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
