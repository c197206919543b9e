"""The months that can have the papers of a query: a command reads only these."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce

from store.model import Marks, Paper
from store.query.fields import date_range
from store.query.meaning import keys_of, predicate
from store.query.syntax import Query
from store.query.tree import And, Field, Node, Or, Phrase, Word, leaves

_OF_MARKS = {
    *(("is", word) for word in ("starred", "tagged", "hidden")),
    ("has", "note"),
}
_LEARNED = ("like", "about")
"""Fields that depend on all papers, as does the sort key `foryou`."""
_NO_PAPER = Paper("", "")
_FIRST, _LAST = "", "9999-99"


@dataclass(frozen=True, slots=True)
class Reach:
    """Papers of a range of months (YYYY-MM), perhaps with certain ids only."""

    first: str = _FIRST
    last: str = _LAST
    names: frozenset[str] | None = None
    """Their ids; None for any."""

    def __and__(self, other: "Reach") -> "Reach":
        names = other.names if self.names is None else self.names
        if self.names is not None and other.names is not None:
            # A paper has several ids, so the sets can't be intersected; the smaller one is enough.
            names = min(self.names, other.names, key=len)
        return Reach(max(self.first, other.first), min(self.last, other.last), names)

    def __or__(self, other: "Reach") -> "Reach":
        all_named = self.names is not None and other.names is not None
        names = (self.names or frozenset()) | (other.names or frozenset()) if all_named else None
        return Reach(min(self.first, other.first), max(self.last, other.last), names)

    def has_month(self, month: str) -> bool:
        """Return whether a month may have such papers."""
        return self.first <= month <= self.last


EVERYWHERE = Reach()


def is_plain(query: Query) -> bool:
    """Return whether a query has only conditions on single papers.

    Words depend on all papers, since misspelt ones are corrected to words of papers; PDFs and texts
    on disk are known to the index.
    """
    return not any(map(_needs_all, leaves(query.tree))) and not any(
        "foryou" in key for key in query.sort
    )


def reach_of(node: Node | None, today: date, marks: Mapping[str, Marks]) -> Reach:
    """Return the reach of a tree; `marks` are all marks, by paper's id."""
    match node:
        case And(children=children):
            return reduce(Reach.__and__, (reach_of(child, today, marks) for child in children))
        case Or(children=children):
            return reduce(Reach.__or__, (reach_of(child, today, marks) for child in children))
        case Field(name="date", value=value):
            first, last = date_range(value, today)
            return Reach(first[:7], last[:7])
        case Field(name="id" | "arxiv" | "doi" as name, value=value, closed=True):
            return Reach(names=keys_of(name, value))
        case Field() if node.name in ("tag", "note") or (node.name, node.value) in _OF_MARKS:
            has = predicate(node, today)
            found = (key for key, each in marks.items() if has(_NO_PAPER, each))
            return Reach(names=frozenset(found))
    return EVERYWHERE


def _needs_all(leaf: Word | Phrase | Field) -> bool:
    """Return whether all papers decide what a word, phrase or field finds."""
    match leaf:
        case Word() | Phrase():
            return True
        case Field(name="has", value="pdf-file" | "text") | Field(name="is", value="begun"):
            return True
        case Field(name=name):
            return name in ("text", *_LEARNED)
