"""A made-up library, which shows what the reader does and changes nothing of the user's.

Titles, names, numbers and addresses are invented; the addresses lead nowhere.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from store.fetching.subscriptions import FeedState, Subscriptions
from store.library import Library
from store.model import Change, Links, Paper
from store.views.file import ViewsFile
from store.views.known import View
from tui.shared.sample import NAMES

_SUBJECTS = (
    ("Sorting Pebbles", "a robot arm sorts pebbles by colour", "cs.RO", "pebbles"),
    ("Counting Snails", "cameras count snails on wet leaves", "cs.CV", "snails"),
    ("Mapping Puddles", "a map of puddles is kept up to date", "cs.CV", "maps"),
    ("Teaching Crows", "crows learn to queue for food", "cs.LG", "crows"),
    ("Folding Laundry", "an agent folds laundry from a description", "cs.RO", "agents"),
    ("Naming Clouds", "a language model names clouds", "cs.CL", "language"),
    ("Forecasting Soup", "the taste of soup is forecast from its recipe", "cs.LG", "recipes"),
    ("Translating Whistles", "whistled messages become text", "cs.CL", "speech"),
)
_WAYS = (
    ("by Lamp Light", "where the only light is a lamp that flickers"),
    ("in the Rain Without Getting Wet", "where sensors fail for minutes at a time"),
    ("From Few Examples", "where twenty examples are all there are"),
    ("at the Scale of a Village", "with four hundred houses taking part"),
    ("With a Small Model That Fits a Watch", "on a processor that a coin covers"),
    ("When the Answer Changes Every Day", "where yesterday's answer is wrong today"),
    ("Under Honest Uncertainty", "and says how sure it is"),
)
_KINDS = ("", ": A Benchmark", ": A Study With Patience", ", Revisited")
_DAYS = (14, 11, 9, 7, 6)
"""How many papers each day has, today first."""


def fill(library: Library, today: date) -> None:
    """Put papers of five days, marks of each kind, views and feeds into an empty library."""
    papers = [*_papers(today)]
    library.add(papers, "hf")
    library.add([each for each in papers if "cs.RO" in each.categories], "arxiv:cs.RO")
    feeds, now = Subscriptions(library.folder), datetime.now(UTC)
    feeds.add(["hf", "arxiv:cs.RO"])
    feeds.save("hf", FeedState(fetched=now.isoformat(), feed="hf"))
    failed = "rss.arxiv.org answered 503 Service Unavailable"
    yesterday = (now - timedelta(days=1)).isoformat()
    feeds.save("arxiv:cs.RO", FeedState(None, yesterday, failed, "arxiv:cs.RO"))
    ids = [paper.id for paper in papers]
    older = ids[_DAYS[0] :]
    library.mark(older[5:], Change(read=True))
    library.mark([ids[1], older[3], older[8]], Change(starred=True))
    library.mark([ids[1], older[3]], Change(add_tags=("robots",)))
    library.mark([older[8], older[9]], Change(add_tags=("to-cite", "language")))
    library.mark([older[8]], Change(note="Compare with our lamps; ask Ada for the data."))
    library.commit()
    views = ViewsFile(library.folder)
    views.end_visit(today - timedelta(days=2), ())
    views.change(
        lambda saved: (
            *saved,
            View("robots", "cat:cs.RO", "4"),
            View("talked about", "upvotes:>=40"),
        )
    )


def _papers(today: date) -> Iterator[Paper]:
    chance = Random(7)
    used: set[str] = set()
    for ago, count in enumerate(_DAYS):
        day = today - timedelta(days=ago)
        votes = sorted(chance.choice((2, 3, 5, 8, 13, 24, 41, 67)) for _ in range(count))
        for number in range(count):
            paper = _paper(chance, day, number, votes.pop())
            while paper.title in used:
                paper = _paper(chance, day, number, paper.upvotes or 0)
            used.add(paper.title)
            yield paper


def _paper(chance: Random, day: date, number: int, upvotes: int) -> Paper:
    subject, what, category, keyword = chance.choice(_SUBJECTS)
    way, how = chance.choice(_WAYS)
    name = f"{day:%y%m}.{day.day:02}{number:03}"
    return Paper(
        id=f"arxiv:{name}",
        title=f"{subject} {way}{chance.choice(_KINDS)}",
        authors=tuple(chance.sample(NAMES, chance.randint(1, 7))),
        abstract=(
            f"We look at how {what}, {how}. Earlier work took still air and good light for "
            "granted; neither is to be had outside. Our method keeps two estimates, one that is "
            "quick and one that is careful, and lets them disagree in the open. On three new "
            f"collections it needs a third of the examples, and {chance.randint(61, 97)} of 100 "
            "answers are right where the best method so far had 58. We also report what did not "
            "work, and give the code, the data and the drawings of the apparatus to those who want "
            "to repeat it at home."
        ),
        summary=f"Two estimates that may disagree: {what}, {how}.",
        keywords=(keyword, "estimates"),
        date=day.isoformat(),
        published=(day - timedelta(days=1)).isoformat(),
        categories=(category, "cs.AI"),
        comment="12 pages, 5 figures" if number % 3 == 0 else "",
        links=Links(
            page=f"https://papers.example/{name}",
            pdf=f"https://papers.example/{name}.pdf",
            code=f"https://code.example/{keyword}" if number % 2 == 0 else "",
            project=f"https://{keyword}.example/" if number % 4 == 0 else "",
        ),
        upvotes=upvotes,
        comments=number % 4,
    )
