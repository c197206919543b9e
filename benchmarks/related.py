"""How well related papers are found: python -m benchmarks.related --seed 7.

What is related is told by what no ranker reads: two rare keywords of the feed, one GitHub
organisation, the same authors (ranked without authors), a system's name in another's abstract.
Counted is nDCG at ten, all other papers being candidates; beside ours, TF-IDF's cosine as
scikit-learn has it, where that is installed.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest
from math import log2
from random import Random
from time import process_time
from urllib.parse import urlsplit

from benchmarks.estimates import Estimate, estimate, estimates_table
from benchmarks.libraries import Prepared, prepare, read_papers
from benchmarks.measurements import percentile
from benchmarks.options import Parser, add_library_options, failures, positive
from benchmarks.own_process import in_own_process
from benchmarks.programs import OURS
from benchmarks.tfidf import SKLEARN, cosine_ranker
from store.model import Paper
from store.ranking.related import rank
from store.ranking.stems import singular
from store.ranking.terms import Terms
from store.text.fold import fold

SIZES = ("10k",)
KEYWORDS, HIDDEN = "two shared keywords", "one of them not in both texts"
ORGANISATION, AUTHORS = "same organisation", "three shared authors"
FIRST_LAST, NAMED = "same first and last author", "named in the other"
SETS = (KEYWORDS, HIDDEN, ORGANISATION, AUTHORS, FIRST_LAST, NAMED)
TIME = "related: milliseconds, p95"
SHOWN = 10
_NAME = re.compile(r"([A-Za-z0-9][\w.-]{3,}): ")

Relevant = Mapping[int, set[int]]
"""By the place of a paper those of the papers that are related to it."""


def main() -> int:
    """Run the program; return its exit status."""
    parser = Parser(
        prog="python -m benchmarks.related",
        description="Measure how well related papers are found.",
    )
    add_library_options(parser)
    parser.add_argument(
        "--queries", type=positive, default=300, metavar="N", help="a set (default 300)"
    )
    options = parser.parse_args()
    with failures(parser.prog):
        prepared = prepare("10k", options.cache, options.days, options.seed)
        found = in_own_process(measure_related, prepared, options.queries, options.seed)
        print(f"{prepared.count:,} papers, nDCG at {SHOWN} in %, seed {options.seed}")
        print(estimates_table(found))
    return 0


def measure_related(prepared: Prepared, number: int, seed: int) -> list[Estimate]:
    """Return nDCG by set and ranker, and the time ours takes."""
    papers = read_papers(prepared)
    terms = Terms()
    for row, paper in enumerate(papers):
        terms.add(row, paper)
    rankers: dict[str, Callable[[int], Mapping[int, float] | Sequence[float]]] = {
        OURS: lambda row: rank(terms, {}, papers[row])
    }
    if cosine := cosine_ranker(papers):
        rankers[SKLEARN] = cosine
    estimates = []
    for what in SETS:
        relevant, among = _MAKERS[what](papers)
        random = Random(f"{seed} {what}")
        queries = random.sample(sorted(relevant), min(number, len(relevant)))
        for who, ranker in rankers.items() if queries else ():
            values = [ndcg(ranker(row), relevant[row], among - {row}) for row in queries]
            estimates.append(estimate(related_name(what), prepared.size, who, values))
    times = []
    for row in Random(seed).sample(range(len(papers)), min(number, len(papers))):
        started = process_time()
        rank(terms, {}, papers[row])
        times.append((process_time() - started) * 1_000)
    return [*estimates, estimate(TIME, prepared.size, OURS, [percentile(times, 95)])]


def related_name(what: str) -> str:
    """Return what a set is called among all that is measured."""
    return f"related: {what}"


def ndcg(
    scores: Mapping[int, float] | Sequence[float], relevant: set[int], among: set[int]
) -> float:
    """Return the discounted gain of the ten best, in percent of what it could be."""
    pairs = scores.items() if isinstance(scores, Mapping) else enumerate(scores)
    best = nlargest(SHOWN, ((score, -row) for row, score in pairs if row in among))
    gain = sum(1 / log2(place + 2) for place, (_, row) in enumerate(best) if -row in relevant)
    ideal = sum(1 / log2(place + 2) for place in range(min(len(relevant), SHOWN)))
    return 100 * gain / ideal


def normal(keyword: str) -> str:
    """Return a keyword in lower case, without what is in parentheses, hyphens and plurals."""
    plain = re.sub(r"\(.*?\)", "", keyword.lower()).replace("-", " ")
    return " ".join(map(singular, plain.split()))


def _by_keywords(papers: Sequence[Paper], hidden: bool) -> tuple[Relevant, set[int]]:
    own = [set(map(normal, paper.keywords)) - {""} for paper in papers]
    common = Counter(keyword for each in own for keyword in each)
    rare = [{keyword for keyword in each if 2 <= common[keyword] <= 40} for each in own]
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    unsaid: set[tuple[int, int]] = set()
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for row, each in enumerate(rare):
        for keyword in sorted(each):
            rows_of[keyword].append(row)
    texts = [f" {fold(f'{paper.title} {paper.abstract}')} " for paper in papers]
    for keyword, rows in rows_of.items():
        for place, one in enumerate(rows):
            for other in rows[place + 1 :]:
                shared[one, other] += 1
                told = keyword in texts[one] and keyword in texts[other]
                if common[keyword] <= 30 and not told:
                    unsaid.add((one, other))
    pairs = (pair for pair, times in shared.items() if times >= 2)
    return _both_ways(p for p in pairs if not hidden or p in unsaid), _having(own)


def _by_organisation(papers: Sequence[Paper]) -> tuple[Relevant, set[int]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for row, paper in enumerate(papers):
        address = urlsplit(paper.links.code)
        if address.netloc.endswith("github.com") and address.path.count("/") >= 2:
            groups[address.path.split("/")[1].lower()].append(row)
    among = {row for rows in groups.values() for row in rows}
    few = (rows for rows in groups.values() if 2 <= len(rows) <= 15)
    return _both_ways(
        (one, two) for rows in few for one in rows for two in rows if one < two
    ), among


def _by_authors(papers: Sequence[Paper]) -> tuple[Relevant, set[int]]:
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for row, paper in enumerate(papers):
        if len(paper.authors) <= 15:
            for name in sorted(set(map(fold, paper.authors))):
                rows_of[name].append(row)
    shared = Counter(
        (one, other)
        for rows in rows_of.values()
        for place, one in enumerate(rows)
        for other in rows[place + 1 :]
    )
    return _both_ways(pair for pair, times in shared.items() if times >= 3), set(range(len(papers)))


def _by_ends(papers: Sequence[Paper]) -> tuple[Relevant, set[int]]:
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row, paper in enumerate(papers):
        if len(paper.authors) >= 2:
            groups[fold(paper.authors[0]), fold(paper.authors[-1])].append(row)
    pairs = ((one, two) for rows in groups.values() for one in rows for two in rows if one < two)
    return _both_ways(pairs), set(range(len(papers)))


def _by_name(papers: Sequence[Paper]) -> tuple[Relevant, set[int]]:
    names: defaultdict[str, list[int]] = defaultdict(list)
    for row, paper in enumerate(papers):
        found = _NAME.match(paper.title)
        if found and (sum(map(str.isupper, found[1])) >= 2 or any(map(str.isdigit, found[1]))):
            names[found[1]].append(row)
    pairs = []
    for name, rows in names.items():
        if len(rows) == 1:
            own = rows[0]
            whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            later = [
                row
                for row, paper in enumerate(papers)
                if row != own and name in paper.abstract and whole.search(paper.abstract)
                and paper.date >= papers[own].date
            ]  # fmt: skip
            if 1 <= len(later) <= 25:
                pairs += [(own, row) for row in later]
    return _both_ways(pairs), set(range(len(papers)))


def _both_ways(pairs: Iterable[tuple[int, int]]) -> Relevant:
    relevant: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        relevant[one].add(other)
        relevant[other].add(one)
    return relevant


def _having(sets: Sequence[set[str]]) -> set[int]:
    return {row for row, each in enumerate(sets) if each}


_MAKERS: dict[str, Callable[[Sequence[Paper]], tuple[Relevant, set[int]]]] = {
    KEYWORDS: lambda papers: _by_keywords(papers, hidden=False),
    HIDDEN: lambda papers: _by_keywords(papers, hidden=True),
    ORGANISATION: _by_organisation,
    AUTHORS: _by_authors,
    FIRST_LAST: _by_ends,
    NAMED: _by_name,
}
"""What gives the related papers of each, and which papers are candidates."""


if __name__ == "__main__":
    sys.exit(main())
