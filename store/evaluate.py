"""What the conditions of a query mean for one paper.

store.search answers whole queries from an index; what is here is the definition it agrees with,
except that it also repairs misspelt words.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

from store.identity import arxiv_key, doi_key
from store.model import Marks, Paper
from store.query import And, Field, Node, Not, Or, Phrase, Word

Predicate: TypeAlias = Callable[[Paper, Marks], bool]

BREAK = "|"
"""A word of its own between folded authors or tags: no phrase can reach over it."""


def matches(node: Node | None, paper: Paper, marks: Marks, today: date) -> bool:
    """Tell whether a paper matches a query's tree; misspelt words are not repaired."""
    match node:
        case None:
            return True
        case Not(child=child):
            return not matches(child, paper, marks, today)
        case And(children=children):
            return all(matches(child, paper, marks, today) for child in children)
        case Or(children=children):
            return any(matches(child, paper, marks, today) for child in children)
        case Field():
            return predicate(node, today)(paper, marks)
        case Word() | Phrase():
            wanted = needle(node)
            texts = (paper.title, *paper.authors, *marks.tags, marks.note, paper.abstract)
            return any(wanted in f" {fold(text)} " for text in texts)


def needle(node: Word | Phrase) -> str:
    """Return what to look for in folded text that has a space at both ends.

    One word may sit inside another, but a letter alone and several words stand at the beginning
    of one; a quoted phrase that is complete also ends where a word does.
    """
    folded = fold(node.text)
    if isinstance(node, Phrase):
        return f" {folded} " if node.closed else f" {folded}"
    letter = len(folded) == 1 and folded.isascii()
    return f" {folded}" if letter or " " in folded else folded


def predicate(field: Field, today: date) -> Predicate:
    """Return the test that a field stands for; `today` gives `7d` and `is:new` their meaning."""
    value = field.value
    match field.name:
        case "is":
            return _state(value, today)
        case "has":
            return _possession(value)
        case "tag":
            wanted = _any_of(value)
            return lambda paper, marks: any(tag.casefold() in wanted for tag in marks.tags)
        case "feed":
            wanted = _any_of(value)
            return lambda paper, marks: any(feed.casefold() in wanted for feed in paper.feeds)
        case "id" | "arxiv" | "doi":
            keys = _keys(field.name, value)
            return lambda paper, marks: any(
                key.casefold() in keys for key in (paper.id, *paper.aliases)
            )
        case "title" | "abstract" | "author":
            found = text_test(field)
            texts = {"title": _title, "abstract": _abstract, "author": _authors}[field.name]
            return lambda paper, marks: found(texts(paper))
        case "date":
            first, last = date_range(value, today)
            return lambda paper, marks: first <= paper.date <= last
        case "published":
            first, last = date_range(value, today)
            return lambda paper, marks: first <= paper.published <= last
        case "upvotes":
            low, high = number_range(value)
            return lambda paper, marks: paper.upvotes is not None and low <= paper.upvotes <= high
        case _:
            raise ValueError(f"{field.name} is not a condition")


def text_test(field: Field) -> Callable[[str], bool]:
    """Return the test of the folded text that a title, abstract or author field stands for.

    A single letter in an author's name is an initial: `y lecun` finds Yann LeCun.
    """
    folded = fold(field.value)
    if field.name != "author" or min(map(len, folded.split()), default=2) > 1:
        return lambda text: folded in text
    names = [rf"{name}\w*" if len(name) == 1 else name for name in folded.split()]
    pattern = re.compile(" " + " ".join(names))
    longest = max(folded.split(), key=len)
    return lambda text: longest in text and pattern.search(text) is not None


def date_range(value: str, today: date) -> tuple[str, str]:
    """Return the first and last day, both included and written YYYY-MM-DD, of a date's value.

    `7d` is the day seven days ago at the end of a range; alone it is that day and all since.
    """
    if re.fullmatch(r"\d+d", value):
        value += ".."
    first, dots, last = value.partition("..")
    return (
        _days(first, today)[0] if first else "0000",
        _days(last if dots else first, today)[1] if last or not dots else "9999-12-31",
    )


def number_range(value: str) -> tuple[float, float]:
    """Return the smallest and greatest number that match; a bare number is the smallest."""
    if ".." in value:
        low, _, high = value.partition("..")
        return (float(low or "-inf"), float(high or "inf"))
    sign, number = value.rstrip("0123456789"), float(value.lstrip("<>="))
    if sign == "=":
        return (number, number)
    step = 0 if sign.endswith("=") or not sign else 1
    if sign.startswith("<"):
        return (float("-inf"), number - step)
    return (number + step, float("inf"))


def fold(text: str) -> str:
    """Return the words of `text` without case, accents and punctuation, one space between them."""
    return _folded(text, _LETTERS)


def fold_each(texts: tuple[str, ...]) -> str:
    """Return the texts folded, with BREAK between them and a space at both ends."""
    return f" {_folded(BREAK.join(texts), _LETTERS_AND_BREAK)} "


class _Letters(dict[int, str]):
    """What each character becomes, learnt as characters come along."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        accent = unicodedata.category(character) == "Mn"
        self[code] = character if character.isalnum() else "" if accent else " "
        return self[code]


_LETTERS = _Letters()
_LETTERS_AND_BREAK = _Letters({ord(BREAK): f" {BREAK} "})


def _folded(text: str, letters: _Letters) -> str:
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(text.translate(letters).split())


def _title(paper: Paper) -> str:
    return fold(paper.title)


def _abstract(paper: Paper) -> str:
    return fold(paper.abstract)


def _authors(paper: Paper) -> str:
    return fold_each(paper.authors)


def _any_of(value: str) -> frozenset[str]:
    return frozenset(part.strip().casefold() for part in value.split(",")) - {""}


def _keys(name: str, value: str) -> frozenset[str]:
    """Return the keys that a value with or without its prefix can stand for."""
    value = value.strip().casefold()
    schemes = ("arxiv", "doi", "sha") if name == "id" else (name,)
    bare = {value.removeprefix(f"{scheme}:") for scheme in schemes}
    keys = {f"{scheme}:{text}" for scheme in schemes for text in bare}
    named = (
        doi_key(value) if name != "arxiv" else None,
        arxiv_key(value) if name != "doi" else None,
    )
    return frozenset(keys | {key for key in named if key})


def _state(value: str, today: date) -> Predicate:
    match value:
        case "read":
            return lambda paper, marks: marks.read
        case "unread":
            return lambda paper, marks: not marks.read
        case "starred":
            return lambda paper, marks: marks.starred
        case "tagged":
            return lambda paper, marks: bool(marks.tags)
        case _:
            first, _last = date_range("1d", today)
            return lambda paper, marks: not marks.read and paper.date >= first


def _possession(value: str) -> Predicate:
    match value:
        case "code":
            return lambda paper, marks: bool(paper.links.code)
        case "note":
            return lambda paper, marks: bool(marks.note)
        case "pdf":
            return lambda paper, marks: bool(paper.links.pdf)
        case _:
            return lambda paper, marks: bool(paper.abstract)


def _days(value: str, today: date) -> tuple[str, str]:
    """Return the first and last day of one date: a day, month, week, year or `7d`."""
    value = {"today": "0d", "yesterday": "1d"}.get(value, value)
    try:
        if value.endswith("d"):
            day = (today - timedelta(days=int(value[:-1]))).isoformat()
            return (day, day)
        year, _, week = value.partition("-w")
        if week:
            monday = date.fromisocalendar(int(year), 1, 1) + timedelta(weeks=int(week) - 1)
            return (monday.isoformat(), (monday + timedelta(days=6)).isoformat())
    except OverflowError:  # before the year 1 or after 9999
        return ("0000", "0000") if value.endswith("d") else ("9999-12-31", "9999-12-31")
    return (value + "-01-01"[len(value) - 4 :], value + "-12-31"[len(value) - 4 :])
