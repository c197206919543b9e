"""How often the paper that is looked for is found: python -m benchmarks.relevance --seed 7.

Queries are drawn from the papers themselves (see known_items), so it is known which one is wanted;
counted is how often it comes first, and among the first ten.
"""

import sys
from collections.abc import Collection
from time import process_time

from benchmarks.estimates import Estimate, estimate, estimates_table
from benchmarks.known_items import (
    ABSTRACT,
    EXACT,
    FORM,
    KINDS,
    PLACES,
    SIDE,
    TYPO,
    WRONG,
    draw_items,
    place_name,
)
from benchmarks.libraries import Prepared, prepare, read_papers
from benchmarks.measurements import Readings, Readout, percentile, share
from benchmarks.options import Parser, add_library_options, failures, positive, some_of
from benchmarks.own_process import in_own_process
from benchmarks.peers import FTS5, FZF, announce_missing
from benchmarks.programs import OURS
from benchmarks.questions import QUESTION_TIME, SETS, asked, draw_questions, question_name
from benchmarks.searchers import Fts5, Fzf, Ours, Searcher
from benchmarks.tables import relevance_table

SIZES = ("10k", "100k")
BUDGETED = (EXACT, TYPO, ABSTRACT, SIDE, FORM, WRONG)
"""The kinds that the budgets speak of."""
ANY_WORDS = (FORM, WRONG)
"""Kinds that few papers have all words of: what has some of them is shown below."""


def main() -> int:
    """Run the program; return its exit status."""
    parser = Parser(
        prog="python -m benchmarks.relevance",
        description="Count how often the paper that is looked for is found.",
    )
    add_library_options(parser)
    parser.add_argument(
        "--sizes", type=some_of(SIZES), default=SIZES, metavar="SIZES",
        help=f"some of {','.join(SIZES)} (default all)",
    )  # fmt: skip
    parser.add_argument(
        "--queries", type=positive, default=100, metavar="N", help="of each kind (default 100)"
    )
    options = parser.parse_args()
    announce_missing((FZF, FTS5))
    with failures(parser.prog):
        for size in options.sizes:
            prepared = prepare(size, options.cache, options.days, options.seed)
            readings = in_own_process(
                measure_relevance, prepared, KINDS, options.queries, options.seed
            )
            print(f"\n{prepared.count:,} papers, {options.queries} queries a kind, % found")
            print(relevance_table(readings), flush=True)
            questions = in_own_process(measure_questions, prepared, options.queries, options.seed)
            print(f"\nquestions, % in the top {max(PLACES)}")
            print(estimates_table(questions), flush=True)
    return 0


def measure_relevance(
    prepared: Prepared, kinds: Collection[str], number: int, seed: int
) -> Readings:
    """Return the percentage of queries whose paper was found, by kind and place."""
    papers = read_papers(prepared)
    searchers: list[tuple[str, Searcher]] = [(OURS, Ours(papers))]
    if FZF.here:
        searchers.append((FZF.name, Fzf(prepared, papers)))
    if FTS5.here:
        searchers.append((FTS5.name, Fts5(papers)))
    readout = Readout()
    for kind in kinds:
        items = draw_items(papers, kind, number, seed)
        for who, searcher in searchers:
            find = searcher.best_of_any if kind in ANY_WORDS else searcher.best
            found = [find(item.query, max(PLACES)) for item in items]
            for place in PLACES:
                hits = (i.paper_id in ids[:place] for i, ids in zip(items, found, strict=True))
                readout.add(place_name(kind, place), prepared.size, who, share(hits))
    return readout.readings


def measure_questions(prepared: Prepared, number: int, seed: int) -> list[Estimate]:
    """Return how often the paper is among the first ten of a question, and the time ours takes."""
    papers = read_papers(prepared)
    ours = Ours(papers)
    fts5 = Fts5(papers) if FTS5.here else None
    ours.best("about:anything", 1)  # what the first question prepares is not the others'
    estimates: list[Estimate] = []
    times: list[float] = []
    for kind in SETS:
        items = draw_questions(papers, kind, number, seed)
        hits: dict[str, list[float]] = {OURS: []}
        for item in items:
            started = process_time()
            ids = ours.best(asked(item), max(PLACES))
            times.append((process_time() - started) * 1_000)
            hits[OURS].append(100.0 * (item.paper_id in ids))
            if fts5:
                theirs = fts5.best_of_any(item.query, max(PLACES))
                hits.setdefault(FTS5.name, []).append(100.0 * (item.paper_id in theirs))
        what = question_name(kind)
        estimates += [
            estimate(what, prepared.size, who, each) for who, each in hits.items() if each
        ]
    if times:
        estimates.append(estimate(QUESTION_TIME, prepared.size, OURS, [percentile(times, 95)]))
    return estimates


if __name__ == "__main__":
    sys.exit(main())
