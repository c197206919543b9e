"""Time matching alone: what a key in the filter costs before anything is painted.

Queries for known papers, one in three with a typo, are typed letter by letter. Ours and FTS5 run
in this process at every letter; fzf and ripgrep, whole processes, at every SAMPLE-th.
"""

import gc
from collections.abc import Iterator
from time import perf_counter

from benchmarks.known_items import EXACT, TYPO, draw_items
from benchmarks.libraries import Prepared, read_papers
from benchmarks.measurements import Readings, Readout
from benchmarks.peers import FTS5, FZF, RIPGREP
from benchmarks.programs import OURS
from benchmarks.searchers import Fts5, Fzf, Ours, Ripgrep
from store.model import Paper

MATCH = "matching alone"
QUERIES = 24
SAMPLE = 16
"""Odd to the usual length of words, so that all places in a query come."""


def time_matching(prepared: Prepared, seed: int) -> Readings:
    """Return milliseconds a letter by searcher."""
    papers = read_papers(prepared)
    ours = Ours(papers)
    often = [(OURS, ours.match)]
    if FTS5.here:
        often.append((FTS5.name, Fts5(papers).match))
    seldom = []
    if FZF.here:
        seldom.append((f"{FZF.name} --filter", Fzf(prepared, papers).match))
    if RIPGREP.here:
        seldom.append((RIPGREP.name, Ripgrep(prepared).match))
    gc.collect()
    gc.freeze()  # as the reader does when it has loaded
    readout = Readout()
    ours.match("a")  # what the first search prepares is not the key's
    for number, query in enumerate(_typed(papers, seed)):
        for who, match in [*often, *(seldom if number % SAMPLE == 0 else [])]:
            started = perf_counter()
            match(query)
            milliseconds = (perf_counter() - started) * 1_000
            readout.add(MATCH, prepared.size, who, milliseconds)
    return readout.readings


def _typed(papers: list[Paper], seed: int) -> Iterator[str]:
    exact = draw_items(papers, EXACT, QUERIES * 2 // 3, seed)
    for item in exact + draw_items(papers, TYPO, QUERIES // 3, seed):
        for end, letter in enumerate(item.query, start=1):
            if letter != " ":
                yield item.query[:end]
