"""The meaning of a query's conditions for one paper.

store.search.index answers queries from an index. It agrees with this definition, but also corrects
misspelt words.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from store.model import Marks, Paper
from store.query.fields import date_range, number_range
from store.query.tree import And, Field, Node, Not, Or, Phrase, Word, leaves
from store.query.wanted import MatchedWord
from store.text.fold import fold, fold_each, fold_name
from store.text.web import arxiv_key, doi_key

Predicate: TypeAlias = Callable[[Paper, Marks], bool]

NEWS_FOR = "30d"
"""How long a paper is `is:updated` after news."""

SHORT = 2
"""ASCII words up to this length match only at the beginning of words."""

SPLIT_FROM, SPLIT_TO = 4, 40
"""The lengths of words that also match with a space or without their hyphen."""


def matches(node: Node | None, paper: Paper, marks: Marks, today: date) -> bool:
    """Return whether a paper matches a query's tree; misspelt words are not corrected."""
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
            wanted, name = needle(node), name_needle(node)
            title = f" {fold(paper.title)} "
            texts = (*marks.tags, marks.note, paper.abstract)
            return (
                any(each in title for each in (wanted, *spellings(node)))
                or any(name in f" {fold(author)} " for author in paper.authors)
                or any(wanted in f" {fold(text)} " for text in texts)
            )


def needle(node: Word | Phrase) -> str:
    """Return what to search in folded text with a space at both ends.

    A word may be inside another. One or two letters, and several words, match from the beginning of
    a word; a complete phrase in quotes also matches to the end of one.
    """
    folded = fold(node.text)
    if isinstance(node, Phrase):
        return f" {folded} " if node.closed else f" {folded}"
    short = len(folded) <= SHORT and folded.isascii()
    return f" {folded}" if short or " " in folded else folded


def name_needle(node: Word | Phrase) -> str:
    """Return what to search in folded authors: a word matches at the beginning of a name.

    In scripts without spaces it may match inside, as the given name follows the family name.
    """
    wanted = needle(node)
    return f" {wanted}" if wanted.isascii() and wanted[:1] not in ("", " ") else wanted


def spellings(node: Word | Phrase) -> list[str]:
    """Return other spellings of a word in titles: `finetuning` also matches `fine tuning`.

    A word with a hyphen also matches without it; one of four letters or more as two whole words.
    """
    wanted = needle(node)
    if isinstance(node, Phrase):
        return []
    if " " in wanted:
        as_one = wanted.replace(" ", "")
        return [f" {as_one}"] if len(as_one) >= SPLIT_FROM else []
    if not SPLIT_FROM <= len(wanted) <= SPLIT_TO or wanted.isdigit():
        return []
    return [f" {wanted[:at]} {wanted[at:]} " for at in range(1, len(wanted))]


def field_needle(field: Field) -> str:
    """Return what to search for a field in folded text with a space at both ends.

    One or two letters match at the beginning of a word. A value without letters and digits is
    empty: it matches nothing.
    """
    folded = fold(field.value)
    return f" {folded}" if 0 < len(folded) <= SHORT and folded.isascii() else folded


def needles(node: Node) -> list[str]:
    """Return the search texts of a query for abstracts."""
    found = []
    for leaf in leaves(node):
        if not isinstance(leaf, Field):
            found.append(needle(leaf))
        elif leaf.name == "abstract":
            found.append(field_needle(leaf))
    return [text for text in found if text.strip()]


def wanted_by(field: Field) -> MatchedWord | None:
    """Return a field's words for highlighting; None if it has none."""
    if field.name not in (*_TEXTS, "note"):
        return None
    wanted = field_needle(field)
    return MatchedWord(wanted, field.name) if wanted else None


def predicate(field: Field, today: date) -> Predicate:
    """Return the test of a field; `7d` and `is:new` depend on `today`."""
    value = field.value
    match field.name:
        case "is":
            return _state(value, today)
        case "has":
            return _possession(value)
        case "tag":
            among = _one_of(value.split(","), field.closed)
            return lambda paper, marks: any(map(among, marks.tags))
        case "feed":
            # In quotes a comma is part of the name, as in an address.
            names = [value] if field.quoted else value.split(",")
            among = _one_of(names, field.closed)
            return lambda paper, marks: any(map(among, paper.feeds))
        case "id" | "arxiv" | "doi":
            among = _one_of(keys_of(field.name, value), field.closed)
            return lambda paper, marks: any(map(among, paper.keys))
        case "title" | "abstract" | "author" | "comment" | "venue" | "keyword":
            found = text_test(field)
            texts = _TEXTS[field.name]
            return lambda paper, marks: found(texts(paper))
        case "text":  # only the index knows, as for has:text
            return lambda paper, marks: False
        case "type":
            kinds = ("replace", "replace-cross") if value == "replace" else (value,)
            return lambda paper, marks: paper.announced in kinds
        case "cat":
            among = _one_of(value.split(","), field.closed)
            return lambda paper, marks: any(map(among, _with_archives(paper.categories)))
        case "note":
            in_note = text_test(field)
            return lambda paper, marks: in_note(folded_note(marks.note))
        case "date":
            first, last = date_range(value, today)
            return lambda paper, marks: first <= paper.date <= last
        case "published":
            first, last = date_range(value, today)
            return lambda paper, marks: first <= paper.published <= last
        case "upvotes":
            low, high = number_range(value)
            return lambda paper, marks: paper.upvotes is not None and low <= paper.upvotes <= high
        case "score":
            least, most = number_range(value)
            return lambda paper, marks: least <= marks.score <= most
        case _:
            raise ValueError(f"{field.name} is not a condition")


def text_test(field: Field) -> Callable[[str], bool]:
    """Return the test of a field for folded text with a space at both ends.

    A single letter in the name of an author is an initial: `y lecun` finds Yann LeCun.
    """
    wanted = field_needle(field)
    if not wanted:
        return lambda text: False
    words = wanted.split()
    if field.name != "author" or min(map(len, words)) > 1:
        return lambda text: wanted in text
    names = [rf"{name}\w*" if len(name) == 1 else name for name in words]
    pattern = re.compile(" " + " ".join(names))
    longest = max(words, key=len)
    return lambda text: longest in text and pattern.search(text) is not None


@lru_cache(maxsize=65_536)
def folded_note(note: str) -> str:
    """Return a note folded, with a space at both ends; remembered, as every key needs all notes."""
    return f" {fold(note)} "


_TEXTS: dict[str, Callable[[Paper], str]] = {
    "title": lambda paper: f" {fold(paper.title)} ",
    "abstract": lambda paper: f" {fold(paper.abstract)} ",
    "author": lambda paper: fold_each(paper.authors),
    "comment": lambda paper: f" {fold(paper.comment)} ",
    "venue": lambda paper: f" {fold(paper.venue)} ",
    "keyword": lambda paper: fold_each(paper.keywords),
}
"""The text that a field searches, folded, with a space at both ends."""


def _with_archives(categories: Iterable[str]) -> Iterator[str]:
    """Yield categories, each followed by its archive: cs.CL is in cs."""
    for category in categories:
        yield category
        yield category.partition(".")[0]


def _one_of(wanted: Iterable[str], closed: bool) -> Callable[[str], bool]:
    """Return the test for one of several names, or while typing for the beginning of one."""
    names = frozenset(fold_name(name.strip()) for name in wanted) - {""}
    if closed:
        return lambda text: fold_name(text) in names
    starts = tuple(names)
    return lambda text: fold_name(text).startswith(starts)


def keys_of(name: str, value: str) -> frozenset[str]:
    """Return the keys that a value of `name` can mean; its prefix may be missing."""
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
        case "begun":  # only the index knows, as for texts
            return lambda paper, marks: False
        case "hidden":
            return lambda paper, marks: marks.hidden
        case "updated":
            first, _last = date_range(NEWS_FOR, today)
            return lambda paper, marks: bool(marks.news) and marks.news[-1] >= first
        case _:
            first, _last = date_range("1d", today)
            return lambda paper, marks: (
                not marks.read and paper.date >= first and not paper.is_replacement
            )


def _possession(value: str) -> Predicate:
    match value:
        case "code":
            return lambda paper, marks: bool(paper.links.code)
        case "note":
            return lambda paper, marks: bool(marks.note)
        case "pdf":
            return lambda paper, marks: bool(paper.links.pdf)
        case "pdf-file" | "text":  # only the index knows; a new paper has none
            return lambda paper, marks: False
        case _:
            return lambda paper, marks: bool(paper.abstract)
