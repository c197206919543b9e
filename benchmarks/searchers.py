"""Ways to search the same papers: ours, fzf, ripgrep and SQLite's FTS5."""

import sqlite3
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from benchmarks.libraries import Prepared, paper_line
from benchmarks.programs import filter_lines
from store.model import Paper
from store.query.relax import any_words
from store.query.syntax import parse
from store.ranking.stems import words_of
from store.search.index import Index

TODAY = date(2026, 7, 1)
FEW = 10
"""Where fewer papers have all words, the reader shows those with some of them."""
SHOWN = 50
"""FTS5 is asked for so many rows: more than a screen."""


class Searcher(Protocol):
    """Something that ranks papers."""

    def best(self, query: str, number: int) -> list[str]:
        """Return the ids of the best papers for a query, at most so many, the best first."""

    def best_of_any(self, query: str, number: int) -> list[str]:
        """Return the same, with papers that have some of the words where few have all."""


class Ours:
    """The index of the reader."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._index = Index()
        self._index.add(papers)
        self._index.prepare()

    def best(self, query: str, number: int) -> list[str]:
        """Return what the reader shows first in the end, so with abstracts searched."""
        return list(self._index.search(parse(query), {}, TODAY).ids[:number])

    def best_of_any(self, query: str, number: int) -> list[str]:
        """Return what the reader shows in the end, with papers that have some of the words."""
        parsed = parse(query)
        found = self._index.search(parsed, {}, TODAY).ids
        ids = list(found[:number])
        any_of_them = any_words(parsed)
        if len(found) < FEW and any_of_them:
            ids += self._index.search(any_of_them, {}, TODAY).ids
        return list(dict.fromkeys(ids))[:number]

    def match(self, query: str) -> None:
        """Do what a key in the filter does: parse, and match titles, authors and tags."""
        self._index.search(parse(query, typing=True), {}, TODAY, abstracts=False)


class Fzf:
    """`fzf --filter` in its default ranking on lines of titles and authors."""

    def __init__(self, prepared: Prepared, papers: Sequence[Paper]) -> None:
        self._prepared = prepared
        # Papers with the same line can't be told apart: each of them counts as found.
        self._ids: defaultdict[str, list[str]] = defaultdict(list)
        for paper in papers:
            self._ids[paper_line(paper)].append(paper.id)

    def best(self, query: str, number: int) -> list[str]:
        """Return the first that fzf finds."""
        lines = filter_lines(self._prepared, query)[:number]
        return [paper_id for line in lines for paper_id in self._ids[line]][:number]

    def best_of_any(self, query: str, number: int) -> list[str]:
        """Return the same: fzf knows no other way."""
        return self.best(query, number)

    def match(self, query: str) -> None:
        """Run fzf for the sake of its time; nobody reads what it finds."""
        _run(["fzf", "--filter", query], self._prepared)


class Fts5:
    """An FTS5 table of titles, authors and abstracts, ranked by bm25; the last word may go on."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE papers USING fts5(title, authors, abstract)")
        self._ids = [paper.id for paper in papers]
        rows = (
            (row, paper.title, ", ".join(paper.authors), paper.abstract)
            for row, paper in enumerate(papers)
        )
        self._database.executemany(
            "INSERT INTO papers(rowid, title, authors, abstract) VALUES (?, ?, ?, ?)", rows
        )

    def best_of_any(self, query: str, number: int) -> list[str]:
        """Return the best by bm25 that have all words; where few have, any of the words."""
        any_of_them = " OR ".join(f'"{word}"' for word in words_of(query))
        rest = [self._ids[row] for row in self._rows(any_of_them, number)] if any_of_them else []
        return list(dict.fromkeys([*self.best(query, number), *rest]))[:number]

    def best(self, query: str, number: int) -> list[str]:
        """Return the best by bm25."""
        return [self._ids[row] for row in self._rows(_every_word(query), number)]

    def match(self, query: str) -> None:
        """Ask for a screen of the best among titles and authors."""
        self._rows(f"{{title authors}} : ({_every_word(query)})", SHOWN)

    def _rows(self, match: str, number: int) -> list[int]:
        found = self._database.execute(
            "SELECT rowid FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT ?", (match, number)
        )
        return [row for (row,) in found]


class Ripgrep:
    """`rg` for the query as it is on the same lines: the least a program over files takes."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared

    def match(self, query: str) -> None:
        """Run ripgrep for the sake of its time."""
        _run(["rg", "--ignore-case", "--fixed-strings", "--count", query, "-"], self._prepared)


def has_fts5() -> bool:
    """Return whether this Python's SQLite can search text."""
    try:
        with sqlite3.connect(":memory:") as database:
            database.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError:
        return False
    return True


def _every_word(query: str) -> str:
    return " ".join(f'"{word}"' for word in words_of(query)) + "*"


def _run(command: Sequence[str], prepared: Prepared) -> None:
    with prepared.lines.open("rb") as lines:
        subprocess.run(command, stdin=lines, stdout=subprocess.DEVNULL, check=False)
