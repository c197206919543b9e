"""A month of recorded days: what rules did, news told once each, requests counted by host."""

import gzip
import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary
from http_helpers import PATIENT, FakeTime, Reply, Server, client, serving
from screen_helpers import reading
from watched import atom, entry, hf_paper

from store.fetching.client import Client, Page
from store.fetching.run import Fetcher
from store.fetching.sources import Mirrors, find_source
from store.library import Library
from store.rules.file import RulesFile
from store.rules.rule import make_rule
from store.rules.running import Arrivals
from store.watch.round import Asking, Event, Round

BEGIN, DAYS = date(2025, 7, 1), 31
RULES = [
    make_rule("title:survey", ["hide"]),
    make_rule("title:mixture", ["star", "score:+5"]),
    make_rule("title:diffusion", ["score:+2"]),
    make_rule("score:>=7", ["tag:both"]),
]
VERSION, CODE, CITED = 10, 20, 25
"""From which day on the starred papers have a second version, code, many citations."""

Recorded = dict[date, list[dict[str, Any]]]


@pytest.fixture
def recorded(shared_data: Path) -> Recorded:
    """What Hugging Face listed on the days of the month; code is left out, to appear later."""
    days: Recorded = defaultdict(list)
    with gzip.open(shared_data / "hf_daily" / "all_days_slim.jsonl.gz") as lines:
        for line in lines:
            if line.startswith(b'{"day": "2025-07'):
                paper = orjson.loads(line)
                paper["authors"] = [{"name": name} for name in paper["authors"]]
                days[date.fromisoformat(paper["day"])].append(paper)
    return days


def having(recorded: Recorded, word: str) -> set[str]:
    """Return the ids of papers with a word in their title, as it was recorded."""
    return {
        f"arxiv:{each['id']}"
        for listed in recorded.values()
        for each in listed
        if re.search(rf"\b{word}", each["title"], re.IGNORECASE)
    }


def cited(times: int, handler: BaseHTTPRequestHandler) -> None:
    """Answer that each paper asked about is cited so often."""
    assert isinstance(handler.server, Server)
    names = orjson.loads(handler.server.requests[-1].body)["ids"]
    Reply(orjson.dumps([{"citationCount": times}] * len(names)))(handler)


class Month:
    """The hosts, what they have on each day, and a library that is fetched into."""

    def __init__(self, library: Library, recorded: Recorded, hf: Server, other: Server) -> None:
        self.library, self.recorded, self.hf, self.other = library, recorded, hf, other
        self.told: list[str] = []
        mixtures = having(recorded, "mixture")
        listed = [(day, each) for day, papers in recorded.items() for each in papers]
        keys = {f"arxiv:{each['id']}": (day, each) for day, each in listed}
        self.starred = {key: keys[key][1]["githubRepo"] for key in mixtures}
        """The papers that a rule stars, and the code that appears."""
        self.without_code = {
            key
            for key, code in self.starred.items()
            if code and code not in keys[key][1]["summary"]
        }
        """Those among them whose abstract does not name it."""
        self.came = {key: (keys[key][0] - BEGIN).days for key in mixtures}

    def day(self, http: Client, number: int) -> str:
        """Let a day pass; return what the rules did."""
        today = BEGIN + timedelta(days=number)
        self.publish(number, today)
        return self.fetch(http, today)

    def publish(self, number: int, today: date) -> None:
        """Let the hosts have what they have on a day."""
        listed = [{"paper": {**each, "githubRepo": None}} for each in self.recorded.get(today, ())]
        self.hf.says(f"/api/daily_papers?date={today}&limit=100&p=0", orjson.dumps(listed))
        self.hf.says("/api/daily_papers", b"[]")
        versions = [entry(key[6:], 1 + (number >= VERSION)) for key in self.starred]
        self.other.says("/api/query", atom(*versions))
        for key, code in self.starred.items():
            said = {"githubRepo": code} if number >= CODE else {}
            self.hf.says(f"/api/papers/{key[6:]}", hf_paper(key[6:], **said))
        self.other.says("/graph/v1/paper/batch", partial(cited, 60 if number >= CITED else 3))

    def fetch(self, http: Client, today: date) -> str:
        """Fetch on a day, and watch; return what the rules did."""
        now = datetime.combine(today, time(12), UTC)
        mirrors = Mirrors(hf=self.hf.url, arxiv_api=self.other.url, semantic_scholar=self.other.url)
        arrivals = Arrivals(self.library, RULES, lambda: today, self.library.add)
        fetcher = Fetcher(self.library.folder, arrivals.add, http.get, lambda: now)
        list(fetcher.fetch([find_source("hf", mirrors)], today, today))

        def post(address: str, body: bytes) -> Page:
            return http.post(address, body, {"x-api-key": "k"})

        for step in Round(self.library, http.get, mirrors, lambda: now, post).run():
            if isinstance(step, Event):
                self.told.append(f"{(today - BEGIN).days} {step.paper_id} {step.words}")
            assert isinstance(step, Event | Asking)
        return arrivals.done


def check_rules(month: Month, done: list[str]) -> None:
    """Compare what rules made of papers with the titles as they were recorded."""
    library, mixtures = month.library, month.starred.keys()
    surveys, diffusions = having(month.recorded, "survey"), having(month.recorded, "diffusion")
    assert min(len(surveys), len(mixtures & diffusions), len(mixtures - diffusions)) > 0
    marks = {key: library.marks(key) for key in library.papers}
    assert {key for key, each in marks.items() if each.hidden} == surveys - mixtures
    assert {key for key, each in marks.items() if each.starred} == mixtures
    assert {key for key, each in marks.items() if each.tags} == mixtures & diffusions
    assert {key for key, each in marks.items() if each.score == 2} == diffusions - mixtures
    hidden = [re.match(r"(\d+) hidden", words) for words in done]
    assert sum(int(found[1]) for found in hidden if found) == len(library.hidden)


def check_news(month: Month) -> None:
    """Compare what was told with what became known: each once, on its day.

    A version is news of papers that came before it.
    """
    [old] = [key for key, day in month.came.items() if day < VERSION]
    assert sorted(month.told) == [
        f"{VERSION} {old} new version 2",
        *(f"{CODE} {key} code: {month.starred[key]}" for key in sorted(month.without_code)),
        *(f"{CITED} {key} cited 60 times, 57 more" for key in sorted(month.starred)),
    ]


def check_requests(month: Month) -> None:
    """Count: a page a day and one more where it has papers; each starred paper once a day."""
    starred = sum(DAYS - day for day in month.came.values())
    assert len(month.hf.requests) == DAYS + sum(map(bool, month.recorded.values())) + starred
    assert Counter(path.partition("?")[0] for path in month.other.paths) == {
        "/api/query": DAYS, "/graph/v1/paper/batch": DAYS,
    }  # fmt: skip


@pytest.mark.slow
async def test_recorded_month_is_sorted_by_rules_and_news_is_reported_once(
    open_library: OpenLibrary, recorded: Recorded, server: Server, run: Run
) -> None:
    library = open_library()
    for rule in RULES:
        RulesFile(library.folder).add(rule.text, rule.then)
    with serving() as hf, client(FakeTime(), PATIENT) as http:
        month = Month(library, recorded, hf, server)
        done = [month.day(http, number) for number in range(DAYS)]
    check_rules(month, done)
    check_news(month)
    check_requests(month)
    digest = run("digest", "--since", "2025-07", "-o", "-").out
    assert f"news of {len(month.starred)} starred" in digest
    last = BEGIN + timedelta(days=DAYS)
    async with reading(library, query="is:updated", today=lambda: last) as reader:
        assert {*reader.ids} == month.starred.keys()
        assert f"{len(library.hidden)} hidden: H" in reader.text
        await reader.shows("cited 60 times, 57 more")
        await reader.shows("rules: title:mixture → star, score:+5")
