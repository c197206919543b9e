"""Find the papers that match a query, best first, fast enough to do at every key press.

Titles and authors are folded once and kept in an index from words to papers. The words that
contain what was typed are found by scanning one string that holds them all.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from store.evaluate import needle, predicate, text_test
from store.fold import fold as fold
from store.fold import fold_each
from store.model import NO_MARKS, Marks, Paper
from store.query import Query
from store.tree import And, Field, Node, Not, Or, Phrase, Word
from store.words import Words, corrections

# What finding a word in a place costs; each is more than two of the cheaper kind together.
TITLE, TITLE_START, PEOPLE, INSIDE, ABSTRACT = 1, 4, 16, 64, 256
KEPT_SCANS = 64
"""How many words' places in the abstracts are remembered."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query."""

    ids: list[str]
    ranked: bool
    """Whether the best match is first; otherwise the newest is, or what `sort:` asked for."""
    words: tuple[str, ...] = ()
    """Folded words that were found, repaired ones included; a phrase is one entry with spaces."""


class Index:
    """The papers of a library, ready to be searched. Rows are places in the order of adding."""

    def __init__(self) -> None:
        self.papers: list[Paper] = []
        self.row_of: dict[str, int] = {}
        self.titles: list[str] = []
        """Folded, with a space at both ends, like the next two."""
        self.people: list[str] = []
        self._abstracts: list[str] = []
        """The same, but empty until it is needed."""
        self._title_words = Words()
        self._names: set[str] = set()
        """The words in authors' names; empty until it is needed."""
        self._scans: dict[str, list[int]] = {}
        """The rows of words that were looked for in the abstracts."""
        self._corrections: dict[str, list[str]] = {}
        """What misspelt words were taken for; a query keeps its typo while more is typed."""
        self._prepared = False
        self._newest: list[int] = []
        """All rows by date, the newest first; empty until it is needed."""

    def add(self, papers: Iterable[Paper]) -> None:
        """Take papers in; one whose id is known takes the place of the earlier one."""
        self._scans.clear()
        self._newest.clear()
        self._names.clear()
        self._corrections.clear()
        self._prepared = False
        for paper in papers:
            title, people = f" {fold(paper.title)} ", fold_each(paper.authors)
            row = self.row_of.setdefault(paper.id, len(self.papers))
            if row == len(self.papers):
                self.papers.append(paper)
                self.titles.append(title)
                self.people.append(people)
                self._abstracts.append("")
            else:
                if paper.abstract != self.papers[row].abstract:
                    self._abstracts[row] = ""
                self._title_words.remove(self.titles[row], row)
                self.papers[row], self.titles[row], self.people[row] = paper, title, people
            self._title_words.add(title, row)

    def search(
        self, query: Query, marks: Mapping[str, Marks], today: date, abstracts: bool = True
    ) -> Found:
        """Return the papers that match.

        `marks` holds the papers that have any. Without `abstracts` words and phrases are looked
        for in titles, authors, tags and notes only.
        """
        if query.tree is None:
            return Found(self._sorted(self.newest(), query.sort), False)
        search = _Search(self, marks, today, abstracts)
        costs = search.costs(query.tree, range(len(self.papers)))
        words = tuple(dict.fromkeys(search.words))
        by_relevance = _has_text(query.tree)
        if by_relevance:
            rows = self._by_cost(costs, search.title_phrase(query.tree))
        else:
            rows = [row for row in self.newest() if row in costs]
        ranked = by_relevance and query.sort in ((), ("relevance",))
        return Found(self._sorted(rows, query.sort), ranked, words)

    def prepare(self, at_most: int | None = None) -> bool:
        """Do what the first search has to do otherwise; return whether nothing is left to do.

        That is mostly folding the abstracts, a tenth of a second for 10,000; `at_most` says how
        many to fold now.
        """
        if self._prepared:
            return True
        left = [row for row, text in enumerate(self._abstracts) if not text]
        for row in left[:at_most]:
            self.abstract(row)
        self.names()
        self._prepared = at_most is None or len(left) <= at_most
        return self._prepared

    def names(self) -> set[str]:
        """Return the words in authors' names."""
        if not self._names:
            self._names = set(" ".join(self.people).split())
        return self._names

    def abstract(self, row: int) -> str:
        """Return the folded abstract, with a space at both ends."""
        text = self._abstracts[row]
        if not text:
            text = self._abstracts[row] = f" {fold(self.papers[row].abstract)} "
        return text

    def newest(self) -> list[int]:
        """Return all rows, the newest paper's first, else in the order of adding."""
        if not self._newest:
            rows = range(len(self.papers))
            self._newest = sorted(rows, key=lambda row: self.papers[row].date, reverse=True)
        return self._newest

    def word_costs(self, part: str) -> dict[int, int]:
        """Return the rows whose title or authors contain `part` inside a word, with the cost."""
        words, costs = self._title_words.containing(part), dict[int, int]()
        # The dearest first, so that the cheaper ones overwrite them.
        for word in words:
            costs.update(dict.fromkeys(self._title_words.rows[word], INSIDE))
        start = f" {part}"
        for row, people in enumerate(self.people):
            if part in people:
                costs[row] = PEOPLE if start in people else INSIDE
        for word in words:
            if word.startswith(part):
                costs.update(dict.fromkeys(self._title_words.rows[word], TITLE_START))
        costs.update(dict.fromkeys(self._title_words.rows.get(part, ()), TITLE))
        return costs

    def in_abstracts(self, text: str) -> list[int]:
        """Return the rows whose abstract contains `text`."""
        found = self._scans.get(text)
        if found is None:
            self.prepare()
            starts = (text[:length] for length in range(len(text) - 1, 0, -1))
            known = next((start for start in starts if start in self._scans), None)
            rows = self._scans[known] if known else range(len(self.papers))
            kept = self._abstracts
            found = [row for row in rows if text in kept[row]]
            if len(self._scans) >= KEPT_SCANS:
                del self._scans[next(iter(self._scans))]
            self._scans[text] = found
        return found

    def corrections(self, word: str) -> list[str]:
        """Return the words of titles and authors that a misspelt one may stand for."""
        if word not in self._corrections:
            self._corrections[word] = corrections(word, self._title_words.rows, self.names())
        return self._corrections[word]

    def _by_cost(
        self, costs: Mapping[int, int], is_phrase: Callable[[str], bool] | None
    ) -> list[int]:
        """Order rows by cost, then the shorter title, then the order of adding."""
        titles = self.titles
        if is_phrase:
            costs = {row: 0 if is_phrase(titles[row]) else cost for row, cost in costs.items()}
        # One whole number a row sorts several times faster than a tuple.
        numbers = [(cost << 48) | (len(titles[row]) << 28) | row for row, cost in costs.items()]
        return [number & (1 << 28) - 1 for number in sorted(numbers)]

    def _sorted(self, rows: list[int], keys: tuple[str, ...]) -> list[str]:
        """Return the ids of rows, sorted by `sort:` keys; what lacks a value comes last."""
        for key in reversed(keys):
            name = key.removeprefix("-")
            if name == "relevance":
                rows = rows[::-1] if key != name else rows
                continue
            values = [(_SORT_VALUES[name](self, row), row) for row in rows]
            known = [(value, row) for value, row in values if value not in ("", None)]
            unknown = [row for value, row in values if value in ("", None)]
            known.sort(key=itemgetter(0), reverse=key != name)
            rows = [row for _, row in known] + unknown
        return [self.papers[row].id for row in rows]


class _Search:
    """One search: what it is given, and the words it found on the way."""

    def __init__(
        self, index: Index, marks: Mapping[str, Marks], today: date, abstracts: bool
    ) -> None:
        self.index = index
        self.marks = marks
        self.today = today
        self.abstracts = abstracts
        self.words: list[str] = []
        self.repairs: dict[str, list[str]] = {}
        """The words that were looked for in place of a misspelt one."""
        self.written = [
            (index.row_of[key], fold_each(each.tags), f" {fold(each.note)} ")
            for key, each in marks.items()
            if (each.tags or each.note) and key in index.row_of
        ]
        """Row, folded tags and folded note of the papers that have them."""

    def costs(self, node: Node, among: Collection[int]) -> dict[int, int]:
        """Return those of the rows `among` that match, with how far they are from the best."""
        match node:
            case Word() | Phrase():
                costs = self._text(needle(node))
                if len(among) == len(self.index.papers):
                    return costs
                return {row: cost for row, cost in costs.items() if row in among}
            case Field():
                test = self._field(node)
                return {row: 0 for row in among if test(row)}
            case Not(child=child):
                before = len(self.words)
                excluded = self.costs(child, among)
                del self.words[before:]  # nothing that is shown has them
                return {row: 0 for row in among if row not in excluded}
            case Or(children=children):
                either: dict[int, int] = {}
                for child in children:
                    for row, cost in self.costs(child, among).items():
                        either[row] = min(cost, either.get(row, cost))
                return either
            case And(children=children):
                total: dict[int, int] = {}
                # Words come from the index; the rest is asked only about what they leave.
                for child in sorted(children, key=lambda child: not _has_text(child)):
                    costs = self.costs(child, among)
                    total = {row: cost + total.get(row, 0) for row, cost in costs.items()}
                    among = total
                return total

    def title_phrase(self, tree: Node) -> Callable[[str], bool] | None:
        """Return the test for titles with all bare words side by side; None for a single word."""
        nodes = tree.children if isinstance(tree, And) else (tree,)
        bare = [fold(node.text) for node in nodes if isinstance(node, Word)]
        words = " ".join(bare).split()
        if len(words) < 2:
            return None
        either = ["|".join(map(re.escape, self.repairs.get(word, [word]))) for word in words]
        find = re.compile(" " + " ".join(f"(?:{each})" for each in either)).search
        return lambda title: find(title) is not None

    def _text(self, wanted: str) -> dict[int, int]:
        if not wanted.strip():
            return dict.fromkeys(range(len(self.index.papers)), 0)
        if " " in wanted:
            costs = self._phrase_costs(wanted)
        else:
            costs = self._with_the_rest(wanted, self.index.word_costs(wanted))
            if not costs:
                return self._repaired(wanted)
        if costs:
            self.words.append(wanted.strip())
        return costs

    def _repaired(self, word: str) -> dict[int, int]:
        """Look for the words that a misspelt one may stand for."""
        costs: dict[int, int] = {}
        self.repairs[word] = self.index.corrections(word) or [word]
        for place, other in enumerate(self.repairs[word]):
            # The abstracts take long to look through; the likeliest word must do for them.
            found = self._with_the_rest(other, self.index.word_costs(other), place == 0)
            self.words += [other] if found else []
            for row, cost in found.items():
                costs[row] = min(cost, costs.get(row, cost))
        return costs

    def _phrase_costs(self, phrase: str) -> dict[int, int]:
        people, titles = self.index.people, self.index.titles
        costs = {row: PEOPLE for row, text in enumerate(people) if phrase in text}
        costs.update((row, TITLE) for row, text in enumerate(titles) if phrase in text)
        return self._with_the_rest(phrase, costs)

    def _with_the_rest(
        self, text: str, costs: dict[int, int], abstracts: bool = True
    ) -> dict[int, int]:
        """Add what tags, notes and abstracts contain."""
        for row, tags, note in self.written:
            if text in tags:
                costs[row] = min(PEOPLE, costs.get(row, PEOPLE))
            elif text in note:
                costs.setdefault(row, ABSTRACT)
        if self.abstracts and abstracts:
            for row in self.index.in_abstracts(text):
                costs.setdefault(row, ABSTRACT)
        return costs

    def _field(self, node: Field) -> Callable[[int], bool]:
        """Return the test of a row that a field stands for, on folded text where that is kept."""
        index, marks = self.index, self.marks
        if node.name in ("title", "author", "abstract"):
            found = text_test(node)
            if node.name == "abstract":
                return lambda row: found(index.abstract(row))
            texts = index.titles if node.name == "title" else index.people
            return lambda row: found(texts[row])
        test = predicate(node, self.today)
        papers = index.papers
        return lambda row: test(papers[row], marks.get(papers[row].id, NO_MARKS))


_SORT_VALUES: dict[str, Callable[[Index, int], str | int | None]] = {
    "date": lambda index, row: index.papers[row].date,
    "published": lambda index, row: index.papers[row].published,
    "upvotes": lambda index, row: index.papers[row].upvotes,
    "title": lambda index, row: index.titles[row],
}


def _has_text(node: Node) -> bool:
    """Tell whether words or phrases, not only excluded ones, decide what matches."""
    match node:
        case Word() | Phrase():
            return True
        case And(children=children) | Or(children=children):
            return any(map(_has_text, children))
        case _:
            return False
