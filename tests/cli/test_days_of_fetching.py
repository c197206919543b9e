"""Days of fetching: what rules did each day, news told once each, requests within limits."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary
from http_helpers import FakeTime, Reply, Server, client, hf_day
from patience import DEADLINE
from screen_helpers import reading
from watched import atom, doi, entry, hf_paper

from store.fetching.client import Client, Page
from store.fetching.feed_run import Fetcher
from store.fetching.sources import Mirrors, find_source
from store.fetching.transfer import Limits
from store.fetching.visit import Outcome
from store.library import Library
from store.model import Change
from store.rules.file import RulesFile
from store.rules.rule import make_rule
from store.rules.running import Arrivals
from store.watch.round import Asking, Event, Round

FIRST = date(2025, 7, 1)
DAYS = 10
STARRED = "2507.00100"
"""The paper that is starred by a rule on the first day."""
PREPRINT = "10.1101/2025.07.01.1"
RULES = [
    make_rule("title:survey", ["hide"]),
    make_rule("title:snails", ["star", "score:+5"]),
    make_rule("score:>=5", ["tag:follow"]),
]
CITED = 7
"""From which day on the starred papers have many citations."""


def preprints(*entries: dict[str, str]) -> bytes:
    message = {"status": "ok", "count": len(entries), "total": str(len(entries))}
    return orjson.dumps({"messages": [message], "collection": entries})


def cited(times: int, handler: BaseHTTPRequestHandler) -> None:
    """Answer that each paper asked about is cited so often."""
    assert isinstance(handler.server, Server)
    names = orjson.loads(handler.server.requests[-1].body)["ids"]
    Reply(orjson.dumps([{"citationCount": times}] * len(names)))(handler)


@dataclass
class Days:
    """A library that is fetched into each day, and the services that change meanwhile."""

    library: Library
    server: Server
    http: Client
    told: list[tuple[date, Event]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def go_by(self) -> None:
        """Let the days pass, and fetch on each."""
        for number in range(DAYS):
            today = FIRST + timedelta(days=number)
            self.publish(number, today)
            self.fetch(today)

    def publish(self, number: int, today: date) -> None:
        """Let the services have what they have on a day."""
        papers = [f"2507.{number * 100 + 1:05} A Survey of Day {number}"]
        papers += [f"2507.{number * 100 + n:05} Work {number} {n}" for n in range(2, 5)]
        if number == 0:
            papers.append(f"{STARRED} Snails")
        self.server.says(f"/api/daily_papers?date={today}&limit=100&p=0", hf_day(*papers))
        self.server.says(f"/api/daily_papers?date={today}&limit=100&p=1", b"[]")
        version = 1 + (number >= 2) + (number >= 6)
        extra = doi("10.1000/xyz", "J. Snails 7") if number >= 8 else ""
        self.server.says("/api/query", atom(entry(STARRED, version, extra=extra)))
        code = {"githubRepo": "https://github.com/a/b"} if number >= 3 else {}
        self.server.says(
            f"/api/papers/{STARRED}", hf_paper(STARRED, numTotalModels=number // 2, **code)
        )
        self.server.says("/graph/v1/paper/batch", partial(cited, 60 if number >= CITED else 3))
        post = {"title": "Slugs and Snails", "doi": PREPRINT, "date": "2025-07-01",
                "server": "bioRxiv", "version": "1", "published": "NA"}  # fmt: skip
        if number >= 5:
            post |= {"published": "10.1038/x"}
        posted = [post] if number == 0 else []
        self.server.says(f"/details/biorxiv/{today}/{today}/0", preprints(*posted))
        self.server.says(f"/details/biorxiv/{PREPRINT}/na/json", preprints(post))

    def fetch(self, today: date) -> None:
        """Fetch what is subscribed to, twice on the day, and watch."""
        url = self.server.url
        mirrors = Mirrors(hf=url, arxiv_rss=url, arxiv_api=url, biorxiv=url, semantic_scholar=url)
        for hour in (6, 18):
            self.fetch_once(mirrors, today, datetime.combine(today, time(hour), UTC))

    def fetch_once(self, mirrors: Mirrors, today: date, now: datetime) -> None:
        """Fetch what is subscribed to at a moment, and watch."""
        arrivals = Arrivals(self.library, RULES, lambda: today, self.library.add)
        fetcher = Fetcher(self.library.folder, arrivals.add, self.http.get, lambda: now)
        sources = [find_source(name, mirrors) for name in ("hf", "biorxiv:all")]
        outcomes = list(fetcher.fetch(sources, today, today))

        def ask(address: str, body: bytes) -> Page:
            return self.http.post(address, body, {"x-api-key": "k"})

        watch = Round(self.library, self.http.get, mirrors, lambda: now, ask)
        steps = [step for step in watch.run() if not isinstance(step, Asking)]
        assert [each.error for each in outcomes if isinstance(each, Outcome) and each.error] == []
        assert all(isinstance(step, Event) for step in steps), steps
        self.told += [(today, step) for step in steps if isinstance(step, Event)]
        if arrivals.done:
            self.done.append(arrivals.done)


@pytest.mark.slow
async def test_rules_and_news_come_once_on_days_of_fetching(
    open_library: OpenLibrary, server: Server, run: Run
) -> None:
    with client(FakeTime(), Limits(DEADLINE, DEADLINE, DEADLINE)) as http:
        days = Days(open_library(), server, http)
        for rule in RULES:
            RulesFile(days.library.folder).add(rule.text, rule.then)
        days.go_by()
    # What each rule did.
    assert days.done[0] == "1 hidden, 2 starred, 2 tagged, 2 scored by 3 rules"
    assert days.done[1:] == ["1 hidden by 1 rule"] * (DAYS - 1)
    assert len(days.library.hidden) == DAYS
    # News, once each.
    words = Counter((event.words, event.paper_id) for _, event in days.told)
    assert set(words.values()) == {1}
    assert sorted(each for each, _ in words) == [
        "1 model on Hugging Face",
        "cited 60 times, 57 more",
        "cited 60 times, 57 more",
        "code: https://github.com/a/b",
        "new version 2",
        "new version 3",
        "published: J. Snails 7, doi:10.1000/xyz",
        "published: doi:10.1038/x",
    ]
    cites = {day for day, event in days.told if event.words.startswith("cited")}
    assert cites == {FIRST + timedelta(days=CITED)}
    # Each starred paper once a day of each service, however often is fetched.
    asked = Counter(path.partition("?")[0] for path in server.paths)
    assert asked["/api/query"] == DAYS
    assert asked[f"/api/papers/{STARRED}"] == DAYS
    assert asked[f"/details/biorxiv/{PREPRINT}/na/json"] == DAYS
    assert asked["/graph/v1/paper/batch"] == DAYS
    # By command, in the digest, in the reader.
    days.library.mark([f"arxiv:{STARRED}"], Change(read=True))
    days.library.commit()
    assert run("list", "is:hidden", "--format", "{title:.8}").out.split("\n")[0] == "A Surve…"
    news = " ".join(run("show", STARRED).out.split())
    assert all(each in news for each in ("new version 2", "new version 3", "code: https://"))
    digest = run("digest", "--since", str(FIRST), "--limit", "3", "-o", "-").out
    assert "news of 2 starred" in digest
    async with reading(
        open_library(), query="is:updated", today=lambda: FIRST + timedelta(days=DAYS)
    ) as reader:
        assert len(reader.ids) == 2
        assert f"{DAYS} hidden: H" in reader.text
        await reader.shows("published: ")
        await reader.shows("rules: title:snails → star, score:+5")
