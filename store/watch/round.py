"""One round of the watch: ask about starred papers, report news, store the facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol, TypeAlias

from store.errors import FetchCancelledError, FetchError, NotAFeedError, PageMissingError
from store.feeds.arxiv_atom import read_arxiv_atom
from store.feeds.biorxiv import read_biorxiv
from store.fetching.client import UNKNOWN, Page
from store.fetching.feed_run import Get
from store.fetching.sources import Mirrors
from store.identity import arxiv_id
from store.marks.memory import DiskDiff
from store.model import Marks, Paper
from store.papers.months import Added
from store.watch.facts import (
    Facts,
    from_arxiv,
    from_citations,
    from_preprints,
    known_facts,
    news,
    with_news,
)
from store.watch.file import Looked, WatchFile, is_due
from store.watch.services import (
    ARXIV,
    BIORXIV,
    CITATIONS,
    HF,
    MOST_ASKED,
    arxiv_requests,
    biorxiv_request,
    citation_counts,
    citations_request,
    cited_name,
    from_hf,
    hf_request,
    preprint_doi,
    with_code,
)

Post: TypeAlias = Callable[[str, bytes], Page]
"""Sends a request in JSON, with the key of the service."""

FEED = "watch"
"""The feed under which new facts about papers are stored."""


class Shelf(Protocol):
    """The part of a library that the watch needs."""

    folder: Path

    @property
    def papers(self) -> Mapping[str, Paper]:
        """The papers, by id."""

    @property
    def all_marks(self) -> Mapping[str, Marks]:
        """The marks of papers that have any."""

    def marks(self, paper_id: str) -> Marks:
        """Return the marks of a paper, by any of its ids."""

    def read_all(self) -> None:
        """Read every month."""

    def add(
        self, papers: Iterable[Paper], feed: str, seen: datetime | None = None, tex: bool = False
    ) -> Added:
        """Store papers of a feed on disk."""

    def add_news(self, news: Mapping[str, Sequence[str]]) -> None:
        """Add news to the marks of papers."""

    def commit(self) -> int:
        """Write unsaved marks to disk."""

    def load_marks(self) -> DiskDiff:
        """Read the marks on disk again."""

    def apply_marks(self, diff: DiskDiff) -> set[str]:
        """Apply marks read from disk; return the ids of papers that changed."""


@dataclass(frozen=True, slots=True)
class Event:
    """News of a paper."""

    paper_id: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Asking:
    """The present request."""

    source: str
    number: int
    """Number of papers asked about so far."""
    total: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """The error that ended the requests to a source."""

    source: str
    error: FetchError | NotAFeedError


Ask: TypeAlias = Callable[[list[Paper]], Iterator[Asking | Event]]
"""Asks a source about papers."""


class Round:
    """One round over the starred papers that are due. Raises LibraryError.

    New facts are stored first, then reported, then recorded in the file: a round that is cut off
    finds the same again, and reports none of it twice.
    """

    def __init__(
        self,
        library: Shelf,
        get: Get,
        mirrors: Mirrors,
        now: Callable[[], datetime],
        post: Post | None = None,
    ) -> None:
        """`post` asks Semantic Scholar; None without a key for it."""
        self._library = library
        self._get = get
        self._post = post
        self._mirrors = mirrors
        self._now = now
        self._file = WatchFile(library.folder)

    def run(self) -> Iterator[Asking | Event | Trouble]:
        """Ask the sources one after the other; after a failure the next is asked all the same."""
        if not any(marks.starred for marks in self._library.all_marks.values()):
            return
        self._library.read_all()
        asks: dict[str, Ask] = {
            ARXIV: self._ask_arxiv, HF: self._ask_hf, BIORXIV: self._ask_biorxiv,
        }  # fmt: skip
        if self._post:
            asks[CITATIONS] = partial(self._ask_citations, self._post)
        for source, ask in asks.items():
            try:
                yield from ask(self._due(source))
            except FetchCancelledError:
                return
            except (FetchError, NotAFeedError) as error:
                yield Trouble(source, error)

    def _due(self, source: str) -> list[Paper]:
        """Return the papers to ask a source about, those asked about longest ago first."""
        library = self._library
        # For each source again: an answer of one may change the id of a paper.
        papers = [
            library.papers[key]
            for key, marks in library.all_marks.items()
            if marks.starred and key in library.papers
        ]
        looked, now = self._file.read(), self._now()
        asked = {each: looked[each].asked.get(source, "") for each in looked}
        known_as = {BIORXIV: preprint_doi, CITATIONS: cited_name}.get(source, arxiv_id)
        due = [
            paper for paper in papers if known_as(paper) and is_due(asked.get(paper.id, ""), now)
        ]
        due.sort(key=lambda paper: asked.get(paper.id, ""))
        return due[: MOST_ASKED[source]]

    def _ask_arxiv(self, papers: list[Paper]) -> Iterator[Asking | Event]:
        by_number = {arxiv_id(paper): paper for paper in papers}
        done = 0
        for address, numbers in arxiv_requests(self._mirrors.arxiv_api, list(by_number)):
            yield Asking(ARXIV, done, len(by_number))
            reading = read_arxiv_atom(self._get(address, UNKNOWN).body)
            answers = {arxiv_id(answer): answer for answer in reading.papers}
            looked = self._file.read()
            after: dict[str, Facts] = {}
            said: dict[str, Paper] = {}
            for number in numbers:
                paper = by_number[number]
                before = _facts(looked, paper)
                answer = answers.get(number)
                after[paper.id] = from_arxiv(before, answer) if answer else before
                if answer:
                    said[paper.id] = replace(answer, date="", feeds=())
            yield from self._learnt(ARXIV, looked, after, said, reading.tex)
            done += len(numbers)

    def _ask_hf(self, papers: list[Paper]) -> Iterator[Asking | Event]:
        for done, paper in enumerate(papers):
            yield Asking(HF, done, len(papers))
            looked = self._file.read()
            before = after = _facts(looked, paper)
            try:
                answer = self._get(hf_request(self._mirrors.hf, arxiv_id(paper)), UNKNOWN)
                after = from_hf(before, answer.body)
            except PageMissingError:
                pass  # no repository there names the paper yet
            said = {}
            if after.code and after.code != before.code:
                said = {paper.id: with_code(paper, after.code)}
            yield from self._learnt(HF, looked, {paper.id: after}, said)

    def _ask_biorxiv(self, papers: list[Paper]) -> Iterator[Asking | Event]:
        for done, paper in enumerate(papers):
            yield Asking(BIORXIV, done, len(papers))
            looked = self._file.read()
            before = _facts(looked, paper)
            answer = self._get(biorxiv_request(self._mirrors.biorxiv, paper), UNKNOWN)
            reading = read_biorxiv(answer.body)
            versions = [each for each in reading.papers if each.id in paper.keys]
            after = from_preprints(before, versions)
            newest = max(versions, key=lambda each: each.version, default=None)
            said = {paper.id: replace(newest, date="", feeds=())} if newest else {}
            yield from self._learnt(BIORXIV, looked, {paper.id: after}, said, reading.tex)

    def _ask_citations(self, post: Post, papers: list[Paper]) -> Iterator[Asking | Event]:
        if not papers:
            return
        yield Asking(CITATIONS, 0, len(papers))
        answer = post(*citations_request(self._mirrors.semantic_scholar, papers))
        counts = citation_counts(answer.body, len(papers))
        looked = self._file.read()
        after = {
            paper.id: _facts(looked, paper)
            if count is None
            else from_citations(_facts(looked, paper), count)
            for paper, count in zip(papers, counts, strict=True)
        }
        yield from self._learnt(CITATIONS, looked, after, {})

    def _learnt(
        self,
        source: str,
        looked: Mapping[str, Looked],
        after: Mapping[str, Facts],
        said: Mapping[str, Paper],
        tex: bool = False,
    ) -> Iterator[Event]:
        """Store, report and record new facts about papers."""
        library, now = self._library, self._now()
        papers = {key: library.papers[key] for key in after if key in library.papers}
        found = {
            key: events
            for key, paper in papers.items()
            if (events := list(news(_facts(looked, paper), after[key])))
        }
        if learnt := [said[key] for key in found if key in said]:
            library.add(learnt, FEED, now, tex)
        library.apply_marks(library.load_marks())
        day = now.astimezone().date().isoformat()
        reported: dict[str, tuple[str, ...]] = {}
        for key, events in found.items():
            lines = library.marks(key).news
            if (with_them := with_news(lines, day, events)) != lines:
                reported[key] = with_them
        library.add_news(reported)
        library.commit()
        moment = now.isoformat(timespec="seconds")
        self._file.save(
            {
                self._known_as(key): Looked(
                    facts, {**(looked[key].asked if key in looked else {}), source: moment}
                )
                for key, facts in after.items()
            }
        )
        for key in reported:
            for words in found[key]:
                yield Event(key, papers[key].title, words)

    def _known_as(self, key: str) -> str:
        """Return the present id of a paper: it may have changed with the new facts."""
        papers = self._library.papers
        if key in papers:
            return key
        return next((paper.id for paper in papers.values() if key in paper.aliases), key)


def _facts(looked: Mapping[str, Looked], paper: Paper) -> Facts:
    return looked[paper.id].facts if paper.id in looked else known_facts(paper)
