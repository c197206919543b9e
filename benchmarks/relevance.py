"""How often the paper that is looked for is found: python -m benchmarks.relevance --seed 7.

Queries are drawn from the papers themselves (see known_items), so it is known which one is wanted;
counted is how often it comes first, and among the first ten.
"""

import sys
from collections.abc import Collection

from benchmarks.known_items import EXACT, KINDS, PLACES, TYPO, draw_items, place_name
from benchmarks.libraries import Prepared, prepare, read_papers
from benchmarks.measurements import Readings, Readout, share
from benchmarks.options import Parser, add_library_options, failures, positive, some_of
from benchmarks.own_process import in_own_process
from benchmarks.peers import FTS5, FZF, announce_missing
from benchmarks.programs import OURS
from benchmarks.searchers import Fts5, Fzf, Ours, Searcher
from benchmarks.tables import relevance_table

SIZES = ("10k", "100k")
BUDGETED = (EXACT, TYPO)
"""The kinds that the budgets speak of."""


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
            found = [searcher.best(item.query, max(PLACES)) for item in items]
            for place in PLACES:
                hits = (i.paper_id in ids[:place] for i, ids in zip(items, found, strict=True))
                readout.add(place_name(kind, place), prepared.size, who, share(hits))
    return readout.readings


if __name__ == "__main__":
    sys.exit(main())
