"""How well "For you" puts first what made-up readers want: python -m benchmarks.foryou --seed 7.

Beside ours: the most upvotes first and, where scikit-learn is installed, arxiv-sanity-lite's SVM.
AUC is over all that is listed in the next 28 days; found@10 is the share of a week's wanted papers
among its first ten.
"""

import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Generator, Mapping, Sequence
from random import Random
from statistics import fmean
from time import process_time

from benchmarks.estimates import Estimate, estimate, estimates_table
from benchmarks.libraries import Prepared, prepare, read_papers
from benchmarks.made_up_readers import Crowd, MadeUpReader
from benchmarks.options import Parser, add_library_options, failures, positive
from benchmarks.own_process import in_own_process
from benchmarks.programs import OURS
from benchmarks.tfidf import SKLEARN, svm_ranker
from store.model import Marks, Paper
from store.ranking.basis import gathering
from store.ranking.foryou import Taste, learning

SIZES = ("10k",)
STARS = (1, 5, 20, 100)
BEFORE, AFTER = 30, 10
DRIFT = f"{AFTER} new stars after {BEFORE} old"
LEARN, SCORE = "foryou: milliseconds to learn", "foryou: milliseconds a paper"
SHOWN = 10


def auc_of(stars: int) -> str:
    """Return what the AUC at so many stars is called."""
    return f"foryou: {stars} stars, AUC"


def found_of(what: str) -> str:
    """Return what the share of wanted papers among the first ten is called."""
    return f"foryou: {what}, found@{SHOWN}"


def main() -> int:
    """Run the program; return its exit status."""
    parser = Parser(
        prog="python -m benchmarks.foryou",
        description="Measure how well papers are ordered for readers that are made up.",
    )
    add_library_options(parser)
    parser.add_argument(
        "--readers", type=positive, default=20, metavar="N", help="of each kind (default 20)"
    )
    options = parser.parse_args()
    with failures(parser.prog):
        prepared = prepare("10k", options.cache, options.days, options.seed)
        found = in_own_process(measure_foryou, prepared, options.readers, options.seed)
        print(f"{prepared.count:,} papers, % (times in milliseconds), seed {options.seed}")
        print(estimates_table(found))
    return 0


def measure_foryou(prepared: Prepared, number: int, seed: int) -> list[Estimate]:
    """Return AUC and found@10 by number of stars and ranker, and the times ours takes."""
    papers = sorted(read_papers(prepared), key=lambda paper: (paper.date, paper.id))
    crowd = Crowd(papers)
    svm = svm_ranker(papers)
    values: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for stars in (*STARS, 0):
        random = Random(f"{seed} {stars}")
        for _ in range(number):
            made = crowd.reader(random, stars) if stars else crowd.drifting(random, BEFORE, AFTER)
            if made is None:
                continue
            what = f"{stars} stars" if stars else DRIFT
            taste, seconds = _learned(papers, made.marks(papers))
            started = process_time()
            scores = {row: taste.score(papers[row]) for row in made.test}
            each = (process_time() - started) * 1_000 / len(made.test)
            values[LEARN, OURS].append(seconds * 1_000)
            values[SCORE, OURS].append(each)
            upvotes = {row: float(papers[row].upvotes or 0) for row in made.test}
            rankers: dict[str, Mapping[int, float] | Sequence[float]] = {
                OURS: scores,
                "upvotes": upvotes,
            }
            if svm:
                rankers[SKLEARN] = svm(made.starred)
            for who, by in rankers.items():
                if stars:
                    values[auc_of(stars), who].append(_auc(by, made))
                values[found_of(what), who].append(_found(by, made))
    return [estimate(what, prepared.size, who, some) for (what, who), some in values.items()]


def _learned(papers: Sequence[Paper], marks: Mapping[str, Marks]) -> tuple[Taste, float]:
    """Return the taste that marks tell, and the seconds it took."""
    started = process_time()

    def steps() -> Generator[None, None, Taste]:
        basis = yield from gathering(papers, marks)
        return (yield from learning(basis))

    learning_steps = steps()
    while True:
        try:
            next(learning_steps)
        except StopIteration as done:
            taste: Taste = done.value
            return taste, process_time() - started


def _auc(scores: Mapping[int, float] | Sequence[float], made: MadeUpReader) -> float:
    """Return how often a wanted paper has a better score than another one, in percent."""
    others = sorted(scores[row] for row in made.test if row not in made.liked)
    wanted = [scores[row] for row in made.test if row in made.liked]
    better = sum(bisect_left(others, each) + bisect_right(others, each) for each in wanted)
    return 100 * better / 2 / len(wanted) / max(len(others), 1)


def _found(scores: Mapping[int, float] | Sequence[float], made: MadeUpReader) -> float:
    """Return how many of a week's wanted papers are among its first ten, in percent."""
    shares = []
    for week in made.weeks:
        wanted = sum(row in made.liked for row in week)
        if wanted:
            best = sorted(week, key=lambda row: (-scores[row], row))[:SHOWN]
            shares.append(sum(row in made.liked for row in best) / min(SHOWN, wanted))
    return 100 * fmean(shares)


if __name__ == "__main__":
    sys.exit(main())
