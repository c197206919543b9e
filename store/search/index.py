"""Find the papers that match a query, best first, fast enough for every key press.

How matches are ranked (numbers are costs: lower is better):

1.  A word or phrase of the query has the cost of its best place in a paper
    (store.search.places): a word of the title 1, the start of one 4, a whole name or a tag 16,
    the start of a name 64, inside a word of the title 256, abstract or note 1,024. Each costs more
    than two of the cheaper kind together. A word found only with a space or without its hyphen
    (`finetuning` for "fine tuning") costs as much as the start of a title's word. A word of one or
    two letters matches only at the beginning of words.
2.  A word that no paper has is corrected (store.search.repair): similar words match at 8 more for
    each typo, 8 more for another first letter, and 8 more for a mere beginning.
3.  Words that must all match cost their sum (store.search.matching). If fewer than ten papers
    have them all, and only in their abstracts, all words are corrected as well; papers found by
    corrections come after the exact matches. Of alternatives the cheapest counts. Fields and
    exclusions cost nothing: they only filter.
4.  Papers with one of the words only in the abstract are sorted together, by how often they have
    the words and how near to each other (store.ranking.pool).
5.  Titles with all bare words side by side, in the typed order, come first. At equal cost, titles
    with the words in that order come before others, then shorter titles, then papers that were
    added earlier, which are the newer ones in a library.

`sort:` overrides all that; a query without words shows the newest paper first.

What makes it fast: a set of rows is one integer (store.search.rows), so that thousands of papers
are combined in a microsecond. The words that contain the typed text are searched in one string of
all words (store.search.words); the other words of a query are remembered from the key before.
Abstracts take longest (store.search.abstracts): `scan` searches them in slices, and only those in
which the beginning of the word was found before.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from store.model import NO_MARKS, Marks, Paper
from store.query.meaning import needles, predicate
from store.query.syntax import Query
from store.query.tree import Field, asks_for_hidden, has_text, ranking_fields
from store.search.abstracts import Abstracts
from store.search.found import Found, LazyIds
from store.search.matching import MENDED, InTexts, Search
from store.search.order import LIKED, Orders, is_pooled, titles_first
from store.search.places import ABSTRACT, Places
from store.search.repair import Repairs
from store.search.rows import Levels, rows_as_set, rows_of, union

if TYPE_CHECKING:  # imported on its first use for sorting
    from store.ranking.foryou import Tasting
    from store.ranking.pool import Pool
    from store.ranking.ranks import Ranks


class Index:
    """The searchable papers of a library. A row is a paper's place in the order of adding.

    An `exact` index corrects no word: a rule must never act on papers by a guess.
    """

    def __init__(
        self,
        with_files: Callable[[], Collection[str]] = lambda: (),
        exact: bool = False,
    ) -> None:
        """`with_files` returns the ids of papers with a PDF on disk."""
        self.with_files = with_files
        self.in_texts: InTexts = lambda name, value, papers: ()
        """Searches the stored texts; none by default."""
        self.papers: list[Paper] = []
        self.ids: list[str] = []
        self.row_of: dict[str, int] = {}
        self.places = Places()
        self.abstracts = Abstracts(self.papers)
        self.repairs = Repairs(self.places.words, self.places.names, never=exact)
        self.field_rows: dict[tuple[str, str, bool, bool, date], int] = {}
        self.there = 0
        """The set of rows with a paper; rows of removed papers stay empty."""
        self._orders = Orders(self.papers, self.places.titles)
        self._ranks: Ranks | None = None
        self._tasting: Tasting | None = None
        self._hidden: tuple[frozenset[str], int] = (frozenset(), 0)
        """The ids of hidden papers, and the set of their rows."""

    def add(self, papers: Iterable[Paper]) -> None:
        """Add papers; a paper with a known id replaces the earlier one."""
        latest = {paper.id: paper for paper in papers}
        new = [paper for key, paper in latest.items() if key not in self.row_of]
        self._replace({self.row_of[key]: latest[key] for key in latest.keys() & self.row_of.keys()})
        for row, paper in enumerate(new, len(self.papers)):
            self.row_of[paper.id] = row
        rows = range(len(self.papers), len(self.papers) + len(new))
        self.there |= (1 << len(new)) - 1 << len(self.papers)
        self.ids += [paper.id for paper in new]
        self.papers += new
        self.places.add(new)
        self._forget()
        if self._ranks:
            self._ranks.update(rows)

    def remove(self, ids: Iterable[str]) -> None:
        """Remove papers; unknown ids are ignored."""
        rows = [self.row_of.pop(key) for key in set(ids) & self.row_of.keys()]
        self.there &= ~rows_as_set([rows], len(self.papers))
        self._replace({row: Paper(self.ids[row], "") for row in rows})
        self._forget()
        if self._ranks:
            self._ranks.drop(rows)

    @property
    def ranks(self) -> "Ranks":
        """Ranks papers by all their words; made on first use."""
        if self._ranks is None:
            from store.ranking.ranks import Ranks

            self._ranks = Ranks(
                self.papers, self._orders.newest(self.there), self.places.written_by
            )
        return self._ranks

    def is_reading(self, query: Query) -> bool:
        """Return whether a query ranks papers and some have not been read."""
        return bool(ranking_fields(query.tree)) and self.ranks.progress < 1

    @property
    def is_read(self) -> bool:
        """Whether all papers for ranking have been read."""
        return self._ranks is not None and self._ranks.progress == 1

    def row_named(self, name: str) -> int | None:
        """Return the row of the paper with an id, None without one; its prefix may be missing."""
        if name in self.row_of:
            return self.row_of[name]
        same = predicate(Field("id", name), date.min)
        return next(
            (row for key, row in self.row_of.items() if same(self.papers[row], NO_MARKS)), None
        )

    @property
    def tasting(self) -> "Tasting":
        """Scores papers by the user's taste; made on first use."""
        if self._tasting is None:
            from store.ranking.foryou import Tasting

            self._tasting = Tasting(self.papers)
        return self._tasting

    def taste(
        self, query: Query, marks: Mapping[str, Marks], today: date, hidden: frozenset[str]
    ) -> Iterator[None]:
        """Learn the user's taste and score the papers of a query by it, a slice at each step."""
        if LIKED in [key.removeprefix("-") for key in query.sort]:
            unsorted = replace(query, sort=("date",))
            found = self.search(unsorted, marks, today, hidden=hidden)
            rows = [self.row_of[key] for key in found.ids]
            there = self.row_of.values()
            yield from self.tasting.steps(rows, marks, query.liked_since, there)

    def search(
        self,
        query: Query,
        marks: Mapping[str, Marks],
        today: date,
        abstracts: bool = True,
        hidden: frozenset[str] = frozenset(),
    ) -> Found:
        """Return the papers that match.

        `marks` has the papers with marks. Without `abstracts` it neither searches abstracts nor
        finds by `abstract:`. Papers in `hidden` are left out and counted, unless the query itself
        asks about them.
        """
        left_out = self._rows_hidden(hidden)
        if query.tree is None:
            there = self.there & ~left_out
            newest = self._sorted(self._orders.newest(there), query, marks)
            ids = LazyIds(newest, there.bit_count(), self.ids)
            return Found(ids, False, hidden=left_out.bit_count())
        if asks_for_hidden(query.tree):
            left_out = 0
        if abstracts and not self.scan(query, 0):
            self.prepare()
            self.scan(query)
        search = Search(self, marks, today, abstracts)
        levels = search.levels(query.tree)
        count_hidden = 0
        if left_out:
            count_hidden = (union(levels) & left_out).bit_count()
            levels = {cost: rows & ~left_out for cost, rows in levels.items()}
        by_relevance = has_text(query.tree)
        rows: Iterable[int]
        pool = None
        if by_relevance:
            bare = search.bare_words(query.tree)
            if not query.sort or "relevance" in [key.removeprefix("-") for key in query.sort]:
                pool = self._pool(levels, search.counted)
            rows = self._ranked(levels, bare, pool)
        else:
            rows = self._orders.newest(union(levels))
        ranked = by_relevance and query.sort in ((), ("relevance",))
        found = self._sorted(rows, query, marks)
        ids = LazyIds(found, union(levels).bit_count(), self.ids)
        words = tuple(dict.fromkeys(search.words))
        return Found(ids, ranked, words, pool, count_hidden, tuple(search.missing))

    def scan(self, query: Query, at_most: int | None = None) -> bool:
        """Search a number of abstracts for a query's words; return whether all are done.

        After that, `search` takes hardly longer with abstracts than without. A call with another
        query ends an unfinished search. A thousand abstracts take about 2 ms.
        """
        if ranking_fields(query.tree) and not self.ranks.read(at_most):
            return False
        wanted = needles(query.tree) if query.tree else []
        if not self.abstracts.scan(wanted, at_most):
            return False
        misspelt = [
            each
            for each in wanted
            if " " not in each and not self.abstracts.having(each) and not self.places.find(each)
        ]
        tried = [self.repairs.corrections(each)[:1] for each in misspelt]
        return self.abstracts.scan(
            [*wanted, *(each.text for some in tried for each in some)], at_most
        )

    def prepare(self, at_most: int | None = None) -> bool:
        """Read the names of authors; return whether all are done.

        `at_most` is the number of papers to read now; a thousand take 3 ms. Before that, names are
        searched more slowly, and without correcting typos.
        """
        if not self.places.is_prepared:
            self.places.prepare(at_most)
            self.repairs.clear()
        return self.places.is_prepared

    def _sorted(
        self, rows: Iterable[int], query: Query, marks: Mapping[str, Marks]
    ) -> Iterable[int]:
        by_taste = LIKED in [key.removeprefix("-") for key in query.sort]
        liked = self.tasting.scores if by_taste else None
        return self._orders.sorted(rows, query.sort, marks, liked)

    def _replace(self, papers: Mapping[int, Paper]) -> None:
        """Replace the papers of rows."""
        if papers:
            for row, paper in papers.items():
                self.papers[row] = paper
                self.abstracts.changed(row)
            self.places.replace(papers)
            self._orders.changed(papers)
            if self._ranks:
                self._ranks.update(papers)

    def _rows_hidden(self, hidden: frozenset[str]) -> int:
        """Return the set of rows of hidden papers; they are remembered, as they seldom change."""
        known, rows = self._hidden
        if hidden is not known:
            there = [self.row_of[key] for key in hidden if key in self.row_of]
            rows = rows_as_set([there], len(self.papers))
            self._hidden = hidden, rows
        return rows

    def _forget(self) -> None:
        """Drop remembered results, which lack new papers."""
        self._hidden = frozenset(), 0
        self.abstracts.changed()
        self.repairs.clear()
        self.field_rows.clear()

    def _pool(
        self, levels: Levels, counted: Sequence[tuple[tuple[str, ...], int]]
    ) -> "Pool | None":
        """Return the rows with one of the words only in the abstract; None for fewer than two."""
        rows = rows_of(union({cost: rows for cost, rows in levels.items() if is_pooled(cost)}))
        if len(rows) < 2:
            return None
        from store.ranking.pool import Pool, Wanted

        wanted = [Wanted(forms, df) for forms, df in counted]
        titles, abstracts = self.places.titles, self.abstracts
        texts = lambda row: (titles[row], abstracts.text(row))  # noqa: E731
        return Pool(rows, texts, wanted, self.there.bit_count())

    def _ranked(self, levels: Levels, words: list[list[str]], pool: "Pool | None") -> Iterator[int]:
        """Yield rows, the best first: those of titles, then the pool, then corrected matches."""
        titles = self.places.titles
        if pool is None:
            yield from self._orders.ranked(titles_first(levels, words, titles))
            return
        first = {cost: rows for cost, rows in levels.items() if cost < ABSTRACT}
        last = {cost: rows for cost, rows in levels.items() if cost >= MENDED}
        yield from self._orders.ranked(titles_first(first, words, titles))
        yield from pool.ordered()
        yield from self._orders.ranked(titles_first(last, words, titles))
