"""Invented papers in any number: ten years of weekdays, the same for the same seed."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from benchmarks.vocabulary import (
    GLUE,
    GLUE_SHARE,
    content_words,
    family_names,
    given_names,
    zipf_bag,
)
from store.model import Links, Paper

LAST_DAY = date(2026, 6, 30)
YEARS = 10
TITLE_WORDS = 6, 14
TITLE_GLUE_SHARE = 0.2
ABSTRACT_WORDS = 230
"""On average; 1.6 KB in the end."""
SENTENCE_WORDS = 12, 30
AUTHORS_MEDIAN, AUTHORS_SPREAD, AUTHORS_MOST = 6.5, 0.6, 80
"""A log-normal number of authors: a few papers have dozens."""
CODE_SHARE = 0.4


def invent_papers(number: int, seed: int) -> Iterator[Paper]:
    """Yield so many papers, the earliest day first."""
    writer = _Writer(seed)
    days = [
        day
        for back in range(YEARS * 365, -1, -1)
        if (day := LAST_DAY - timedelta(days=back)).weekday() < 5
    ]
    month, place = "", 0
    for count in range(number):
        day = days[count * len(days) // number]
        if f"{day:%y%m}" != month:
            month, place = f"{day:%y%m}", 0
        place += 1
        yield writer.paper(f"{month}.{place:05}", day)


class _Writer:
    """Draws everything from one source of randomness."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._content = content_words(self._random)
        self._glue = zipf_bag(GLUE)
        self._given = given_names()
        self._family = family_names(self._random)

    def paper(self, identifier: str, day: date) -> Paper:
        random = self._random
        code = random.random() < CODE_SHARE
        return Paper(
            id=f"arxiv:{identifier}",
            title=self._title(),
            authors=self._authors(),
            abstract=self._abstract(),
            keywords=tuple(dict.fromkeys(self._content.draw(random, 5))),
            date=day.isoformat(),
            published=(day - timedelta(days=random.randrange(4))).isoformat(),
            links=Links(
                page=f"https://papers.example/{identifier}",
                pdf=f"https://papers.example/{identifier}.pdf",
                code=f"https://code.example/{identifier}" if code else "",
            ),
            upvotes=int(random.paretovariate(1.1)),
            comments=random.randrange(4),
        )

    def _title(self) -> str:
        number = self._random.randint(*TITLE_WORDS)
        drawn = dict.fromkeys(self._words(2 * number, TITLE_GLUE_SHARE))
        words = [word.capitalize() for word in drawn][:number]
        if self._random.random() < 0.4:
            words[0] += ":"
        return " ".join(words)

    def _authors(self) -> tuple[str, ...]:
        random = self._random
        size = round(AUTHORS_MEDIAN * random.lognormvariate(0, AUTHORS_SPREAD))
        number = max(1, min(size, AUTHORS_MOST))
        given, family = self._given.draw(random, number), self._family.draw(random, number)
        return tuple(dict.fromkeys(map(" ".join, zip(given, family, strict=True))))

    def _abstract(self) -> str:
        random = self._random
        words = self._words(round(ABSTRACT_WORDS * random.uniform(0.6, 1.4)), GLUE_SHARE)
        sentences: list[str] = []
        start = 0
        while start < len(words):
            end = start + random.randint(*SENTENCE_WORDS)
            sentences.append(" ".join(words[start:end]).capitalize() + ".")
            start = end
        return " ".join(sentences)

    def _words(self, number: int, glue_share: float) -> list[str]:
        """Return content words with glue between them, the first one not glue."""
        random = self._random
        glue = sum(random.random() < glue_share for _ in range(number - 1))
        words = self._content.draw(random, number - glue)
        rest = words[1:] + self._glue.draw(random, glue)
        random.shuffle(rest)
        return [words[0], *rest]
