"""One search: the rows in an index that match the tree of a query, and their costs."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache, reduce
from typing import Protocol, TypeAlias

from store.model import NO_MARKS, Marks, Paper
from store.query.meaning import (
    SHORT,
    field_needle,
    folded_note,
    needle,
    predicate,
    spellings,
    text_test,
    wanted_by,
)
from store.query.tree import And, Field, Node, Not, Or, Phrase, Word, has_text, ranking_fields
from store.query.wanted import MatchedWord
from store.search.abstracts import Abstracts
from store.search.places import ABSTRACT, PERSON, TITLE_START, Places
from store.search.repair import Correction, Repairs
from store.search.rows import Levels, cheapest, rows_as_set, rows_of, together, union
from store.text.fold import fold, fold_each

REPAIRED = 8
"""The cost of a typo, of another first letter, and of matching only a beginning."""
MENDED = 1 << 20
"""The cost of matching only corrected words."""
RANKED = 1 << 30
"""The cost of each position in the ranking of `like:` and `about:`."""
FEW = 10
"""If fewer papers have all words, and only in abstracts, the words are corrected."""
KEPT = 64
"""Number of fields whose rows are remembered."""

_OF_MARKS = {
    "is": ("read", "unread", "starred", "tagged", "new", "hidden", "updated"),
    "has": ("note",),
}


class Ranking(Protocol):
    """A ranking of papers by all their words: the rows of a set, the best first."""

    def about(self, text: str, among: int) -> list[int]:
        """Return the rows that answer a question."""

    def like(self, row: int, among: int) -> list[int]:
        """Return the rows most like the paper of a row."""


_OF_TEXTS = frozenset((("has", "text"), ("is", "begun")))
"""Fields that need full texts, besides `text:`."""

InTexts: TypeAlias = Callable[[str, str, Sequence[Paper]], Collection[str]]
"""Returns the ids of papers that a field (name, value) finds by their stored texts."""


class Searched(Protocol):
    """The part of an index that a search uses."""

    papers: list[Paper]
    there: int
    row_of: dict[str, int]
    places: Places
    abstracts: Abstracts
    repairs: Repairs
    with_files: Callable[[], Collection[str]]
    """Returns the ids of papers with a PDF on disk."""
    in_texts: InTexts

    @property
    def ranks(self) -> Ranking:
        """Ranks papers by all their words."""

    def row_named(self, name: str) -> int | None:
        """Return the row of the paper with an id; its prefix may be missing."""

    field_rows: dict[tuple[str, str, bool, bool, date], int]
    """The rows of fields that do not depend on marks; cleared when papers are added."""


class Search:
    """One search: its input, and the words that it found."""

    def __init__(
        self, index: Searched, marks: Mapping[str, Marks], today: date, abstracts: bool
    ) -> None:
        self.index = index
        self.marks = marks
        self.today = today
        self.abstracts = abstracts
        self.words: list[MatchedWord] = []
        """The words found, corrected ones included."""
        self.counted: list[tuple[tuple[str, ...], int]] = []
        """For each word or phrase: the forms searched, and the number of papers with any."""
        self.missing: list[str] = []
        """The name in `like:` that is not a paper here."""
        self._meant: dict[str, list[str]] = {}
        """A misspelt word and its corrections, by that word."""
        self._count = len(index.papers)
        self._all = index.there
        self._written: list[tuple[int, str, str]] | None = None

    def levels(self, node: Node) -> Levels:
        """Return the matching rows, by cost."""
        return self._levels(node, self._all)

    def bare_words(self, tree: Node) -> list[list[str]]:
        """Return the words outside phrases and fields, each with its alternatives."""
        nodes = tree.children if isinstance(tree, And) else (tree,)
        words = [
            word for node in nodes if isinstance(node, Word) for word in fold(node.text).split()
        ]
        return [self._meant.get(word, [word]) for word in words]

    def _levels(self, node: Node, among: int) -> Levels:
        """Return levels that are valid for the rows `among`; others may be in them."""
        match node:
            case Word() | Phrase():
                return self._text(node)
            case Field(name="about" | "like"):
                return {
                    place * RANKED: 1 << row
                    for place, row in enumerate(self._ranked(node, among), 1)
                }
            case Field():
                rows = self._field(node, among)
                if rows and (words := wanted_by(node)):
                    self.words.append(words)
                return {0: rows} if rows else {}
            case Not(child=child):
                before, counted = len(self.words), len(self.counted)
                rows = self._all & ~union(self._levels(child, among))
                # No result has these words.
                del self.words[before:], self.counted[counted:]
                return {0: rows} if rows else {}
            case Or(children=children):
                each = [self._levels(child, among) for child in children]
                return cheapest(*(level for levels in each for level in levels.items()))
            case And(children=children):
                texts = [child for child in children if isinstance(child, Word | Phrase)]
                rest = [child for child in children if not isinstance(child, Word | Phrase)]
                total = self._side_by_side(texts, among)
                # Ranking conditions come last: they rank what the others leave.
                for child in sorted(
                    rest, key=lambda child: (bool(ranking_fields(child)), not has_text(child))
                ):
                    total = together(total, self._levels(child, union(total)))
                return total

    def _side_by_side(self, texts: list[Word | Phrase], among: int) -> Levels:
        """Return papers with all words; if there are hardly any, correct the words."""
        if not texts:
            return {0: among}
        found = reduce(together, map(self._text, texts))
        if len(texts) > 1 and min(found, default=ABSTRACT) >= ABSTRACT:
            few = union(found)
            if few.bit_count() < FEW:
                mended = reduce(together, [self._text(node, mend=True) for node in texts])
                # After all exact matches.
                found |= {cost + MENDED: rows & ~few for cost, rows in mended.items()}
        return together({0: among}, found)

    def _text(self, node: Word | Phrase, mend: bool = False) -> Levels:
        """Return the levels of a word or phrase; with `mend` also those of similar words."""
        wanted = needle(node)
        if not wanted.strip():
            return {0: self._all}
        levels = self._as_written(wanted, spellings(node))
        if levels:
            self.words.append(MatchedWord(wanted))
        forms: tuple[str, ...] = (wanted.strip(),)
        if " " not in wanted and (mend or not levels):
            levels = self._repaired(wanted, levels, mend)
            forms = tuple(self._meant[wanted][1:]) or forms
        if not mend:
            self.counted.append((forms, union(levels).bit_count()))
        return levels

    def _as_written(self, wanted: str, others: list[str], abstracts: bool = True) -> Levels:
        index = self.index
        levels = list(index.places.find(wanted).items())
        for other in others:
            rows = index.places.in_titles(other)
            if rows:
                self.words.append(MatchedWord(other))
                levels.append((TITLE_START, rows))
        written = self._tags_and_notes()
        tagged = [row for row, tags, note in written if wanted in tags]
        noted = [row for row, tags, note in written if wanted in note]
        levels.append((PERSON, rows_as_set([tagged], self._count)))
        levels.append((ABSTRACT, rows_as_set([noted], self._count)))
        if self.abstracts and abstracts:
            levels.append((ABSTRACT, index.abstracts.having(wanted)))
        return cheapest(*levels)

    def _repaired(self, word: str, levels: Levels, mend: bool) -> Levels:
        """Return the levels of a word with those of its corrections."""
        costs = list(levels.items())
        tried = self.index.repairs.corrections(word)
        if not mend:
            tried = [each for each in tried if each.typos == tried[0].typos]
        self._meant[word] = [word, *(each.text for each in tried)]
        for place, each in enumerate(tried):
            # Searching abstracts takes long: only the likeliest correction is searched there.
            found = self._as_written(each.text, [], abstracts=place == 0 and not mend)
            self.words += [MatchedWord(f" {each.text}")] if found else []
            costs += [(cost + _price(each), rows) for cost, rows in found.items()]
        return cheapest(*costs)

    def _tags_and_notes(self) -> list[tuple[int, str, str]]:
        """Return row, folded tags and folded note of the papers that have them."""
        if self._written is None:
            row_of = self.index.row_of
            self._written = [
                (row_of[key], _folded_tags(each.tags), folded_note(each.note))
                for key, each in self.marks.items()
                if (each.tags or each.note) and key in row_of
            ]
        return self._written

    def _ranked(self, field: Field, among: int) -> list[int]:
        """Return the rows of a ranking field, the best first."""
        among &= self._all
        if field.name == "about":
            words = fold(field.value).split()
            self.words += [MatchedWord(f" {word}") for word in words if len(word) > SHORT]
            return self.index.ranks.about(field.value, among)
        row = self.index.row_named(field.value)
        if row is None:
            self.missing.append(field.value)
            return []
        return self.index.ranks.like(row, among)

    def _field(self, field: Field, among: int) -> int:
        if field.name in ("tag", "note", "score") or field.value in _OF_MARKS.get(field.name, ()):
            return self._marked(field, among)
        if (field.name, field.value) == ("has", "pdf-file"):
            return self._among(self.index.with_files())
        if field.name == "text" or (field.name, field.value) in _OF_TEXTS:
            return self._among(self.index.in_texts(field.name, field.value, self.index.papers))
        key = (field.name, field.value, field.closed, field.quoted, self.today)
        if field.name == "abstract":
            wanted = field_needle(field)
            return self.index.abstracts.having(wanted) if wanted and self.abstracts else 0
        rows = self.index.field_rows.get(key)
        if rows is None:
            rows = rows_as_set([self._having(field)], self._count) & self._all
            if len(self.index.field_rows) >= KEPT:
                self.index.field_rows.clear()
            self.index.field_rows[key] = rows
        return rows

    def _among(self, ids: Collection[str]) -> int:
        """Return the rows of papers by their ids."""
        row_of = self.index.row_of
        return rows_as_set([[row_of[each] for each in ids if each in row_of]], self._count)

    def _having(self, field: Field) -> list[int]:
        """Return the rows that a field finds, using stored folded text if there is any."""
        places = self.index.places
        if field.name in ("title", "author"):
            found = text_test(field)
            texts = places.titles if field.name == "title" else places.people
            return [row for row, text in enumerate(texts) if found(text)]
        test = predicate(field, self.today)
        return [row for row, paper in enumerate(self.index.papers) if test(paper, NO_MARKS)]

    def _marked(self, field: Field, among: int) -> int:
        """Return the rows in `among` that a field of marks finds."""
        if field.name == "is" and field.value == "new":
            recent = self._field(Field("date", "1d"), among)
            recent &= ~self._field(Field("type", "replace"), among)
            return recent & self._marked(Field("is", "unread"), recent & among)
        test = predicate(field, self.today)
        papers, row_of, marks = self.index.papers, self.index.row_of, self.marks
        untouched = test(papers[0], NO_MARKS) if papers else False
        # Most papers have no marks, so marks are checked; or the rows, if these are fewer.
        if among.bit_count() < len(marks):
            pairs = [(row, marks.get(papers[row].id, NO_MARKS)) for row in rows_of(among)]
        else:
            pairs = [(row_of[key], each) for key, each in marks.items() if key in row_of]
        others = rows_as_set(
            [[row for row, each in pairs if test(papers[row], each) != untouched]], self._count
        )
        return self._all & ~others if untouched else others


def _price(correction: Correction) -> int:
    """Return the cost of a correction."""
    return REPAIRED * (correction.typos + (not correction.whole) + (not correction.same_start))


_folded_tags = lru_cache(maxsize=4096)(fold_each)
