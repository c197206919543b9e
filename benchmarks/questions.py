"""Questions in other words than a paper's own: how often it is among the first ten.

Machine made ones are drawn from the feed's summary and keywords, which no ranker reads. Two sets
were written by hand from abstracts before any ranker ran on them, for papers of the file of real
days (arXiv id, question): lay questions avoid the words of the paper, the others do not care.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.known_items import KnownItem
from store.model import Paper
from store.query.fields import in_quotes
from store.ranking.stems import STOP, Stems, singular, words_of

LONG_SUMMARY = 60
"""Letters of a summary that says something."""

SUMMARY = "summary without title words"
FIVE = "five words of that"
MISSING = "three words or more that the abstract lacks"
KEYWORDS = "two keywords not in the title"
LAY_QUESTIONS = "lay questions"
OWN_WORDS = "questions in one's own words"
BY_HAND = {
    LAY_QUESTIONS: Path(__file__).with_name("lay_questions.tsv"),
    OWN_WORDS: Path(__file__).with_name("own_words.tsv"),
}
SETS = (SUMMARY, FIVE, MISSING, KEYWORDS, *BY_HAND)
QUESTION_TIME = "questions: milliseconds, p95"
TRIES = 50
"""For each question, how many papers are tried until one gives one."""


def question_name(kind: str) -> str:
    """Return what a kind of question is called among all that is measured."""
    return f"questions: {kind}"


def draw_questions(papers: Sequence[Paper], kind: str, number: int, seed: int) -> list[KnownItem]:
    """Return so many questions of a kind; fewer where the papers give no more."""
    if kind in BY_HAND:
        return list(_by_hand(BY_HAND[kind], {paper.id for paper in papers}))
    random = Random(f"{seed} {kind}")
    told = [paper for paper in papers if len(paper.summary) > LONG_SUMMARY]
    items: list[KnownItem] = []
    for _ in range(number * TRIES if told else 0):
        paper = random.choice(told)
        if question := _MAKERS[kind](paper, random):
            items.append(KnownItem(question, paper.id))
        if len(items) == number:
            break
    return items


def asked(item: KnownItem) -> str:
    """Return how our query language asks it."""
    return f"about:{in_quotes(item.query)}"


def _by_hand(file: Path, known: set[str]) -> Iterator[KnownItem]:
    for line in file.read_text(encoding="utf-8").splitlines():
        number, question = line.split("\t")
        if f"arxiv:{number}" in known:
            yield KnownItem(question, f"arxiv:{number}")


def _content(text: str) -> list[str]:
    return [word for word in words_of(text) if len(word) > 2 and word not in STOP]


def _without_title(paper: Paper) -> list[str]:
    stems = Stems()
    title = {stems[word] for word in words_of(paper.title)}
    return [word for word in _content(paper.summary) if stems[word] not in title]


def _summary(paper: Paper, random: Random) -> str | None:
    return " ".join(_without_title(paper)) or None


def _five(paper: Paper, random: Random) -> str | None:
    words = _without_title(paper)
    return " ".join(random.sample(words, 5)) if len(words) >= 5 else None


def _missing(paper: Paper, random: Random) -> str | None:
    there = set(map(singular, words_of(f"{paper.title} {paper.abstract}")))
    words = list(dict.fromkeys(_content(paper.summary)))
    lacking = [word for word in words if singular(word) not in there]
    having = [word for word in words if singular(word) in there]
    if len(lacking) < 3 or len(having) < 2:
        return None
    chosen = [*lacking, *random.sample(having, 2)]
    random.shuffle(chosen)
    return " ".join(chosen)


def _keywords(paper: Paper, random: Random) -> str | None:
    title = paper.title.lower()
    words = [each for each in paper.keywords if each.lower() not in title]
    return " ".join(random.sample(words, 2)) if len(words) >= 2 else None


_MAKERS: dict[str, Callable[[Paper, Random], str | None]] = {
    SUMMARY: _summary,
    FIVE: _five,
    MISSING: _missing,
    KEYWORDS: _keywords,
}
