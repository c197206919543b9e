"""A round of the watch: who is asked, what is told, what is remembered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from conftest import OpenLibrary, paper, refresh
from http_helpers import FakeTime, Reply, Server, client
from watched import SNAIL, atom, doi, entry, hf_paper

from store.errors import LibraryDamagedError
from store.fetching.client import Page
from store.fetching.sources import Mirrors
from store.library import Library
from store.model import Change
from store.watch.file import WATCH, WatchFile, is_due
from store.watch.round import Asking, Event, Round, Trouble

KEY = f"arxiv:{SNAIL}"
START = datetime(2025, 8, 1, 12, tzinfo=UTC)
ATOM, PAPER = "/api/query", f"/api/papers/{SNAIL}"


@dataclass
class Watch:
    """A library with one starred paper, and the services."""

    library: Library
    server: Server
    time: FakeTime
    now: datetime = field(default=START)
    key: str = ""
    """Semantic Scholar's; empty for none."""

    def days(self, days: float) -> "Watch":
        """Let days pass."""
        self.now += timedelta(days=days)
        return self

    def steps(self) -> list[Asking | Event | Trouble]:
        """Go round once; return all that was said."""
        url = self.server.url
        mirrors = Mirrors(hf=url, arxiv_api=url, biorxiv=url, semantic_scholar=url)
        with client(self.time) as http:

            def post(address: str, body: bytes) -> Page:
                return http.post(address, body, {"x-api-key": self.key})

            asking = post if self.key else None
            return list(Round(self.library, http.get, mirrors, lambda: self.now, asking).run())

    def events(self) -> list[str]:
        """Go round once; return what was told."""
        return [step.words for step in self.steps() if isinstance(step, Event)]

    def troubles(self) -> list[str]:
        """Go round once; return what went wrong."""
        return [f"{s.source}: {s.error}" for s in self.steps() if isinstance(s, Trouble)]


@pytest.fixture
def watch(library: Library, server: Server) -> Watch:
    library.add([paper(KEY, "Snails", version=1, authors=("Jo Doe",))], "hf")
    library.mark([KEY], Change(starred=True, read=True))
    library.commit()
    server.says(ATOM, atom(entry()))
    server.says(PAPER, hf_paper(numTotalModels=0, numTotalDatasets=0))
    return Watch(library, server, FakeTime())


def test_first_round_tells_nothing_that_was_so_before(watch: Watch) -> None:
    assert watch.events() == []


def test_new_version_is_reported_once(watch: Watch) -> None:
    watch.events()
    watch.server.says(ATOM, atom(entry(version=3)))
    assert watch.days(1).events() == ["new version 3"]
    assert watch.days(1).events() == []


def test_news_are_on_disk_and_leave_the_other_marks_alone(
    watch: Watch, open_library: OpenLibrary
) -> None:
    watch.server.says(ATOM, atom(entry(version=2)))
    watch.events()
    marks = open_library().marks(KEY)
    assert marks.news == ("2025-08-01 new version 2",)
    assert (marks.starred, marks.read) == (True, True)


def test_undo_leaves_news_alone(watch: Watch) -> None:
    watch.server.says(ATOM, atom(entry(version=2)))
    watch.events()
    taken = watch.library.undo()
    assert taken
    assert taken.action.label == "starred, marked read"
    assert watch.library.marks(KEY).news


def test_what_is_learnt_is_kept_with_the_paper(watch: Watch, open_library: OpenLibrary) -> None:
    watch.server.says(ATOM, atom(entry(version=2, extra=doi("10.1000/xyz", "J. Snails 7"))))
    watch.server.says(PAPER, hf_paper(githubRepo="https://github.com/a/b"))
    assert watch.events() == [
        "new version 2", "published: J. Snails 7, doi:10.1000/xyz", "code: https://github.com/a/b",
    ]  # fmt: skip
    library = open_library()
    library.read_all()
    [found] = library.papers.values()
    assert (found.id, found.aliases, found.version) == (KEY, ("doi:10.1000/xyz",), 2)
    assert (found.venue, found.links.code) == ("J. Snails 7", "https://github.com/a/b")
    assert (found.date, found.feeds) == ("2025-08-01", ("hf", "watch"))


def test_published_version_that_comes_by_another_feed_is_the_same_paper(watch: Watch) -> None:
    watch.server.says(ATOM, atom(entry(extra=doi("10.1000/xyz"))))
    watch.events()
    watch.library.add([paper("doi:10.1000/xyz", "Snails, and Why", authors=("J. Doe",))], "bib")
    watch.library.read_all()
    assert list(watch.library.papers) == [KEY]


def test_withdrawal_is_reported(watch: Watch) -> None:
    comment = "<arxiv:comment>This paper has been withdrawn</arxiv:comment>"
    watch.server.says(ATOM, atom(entry(version=2, extra=comment)))
    assert watch.events() == ["withdrawn"]


def test_models_data_and_stars_are_reported_as_they_come(watch: Watch) -> None:
    watch.server.says(PAPER, hf_paper(numTotalModels=0, numTotalDatasets=0, githubStars=80))
    watch.events()
    watch.server.says(PAPER, hf_paper(numTotalModels=2, numTotalDatasets=1, githubStars=120))
    assert watch.days(1).events() == [
        "2 models on Hugging Face", "1 data set on Hugging Face", "120 stars on GitHub",
    ]  # fmt: skip


def test_only_starred_papers_are_asked_after(watch: Watch) -> None:
    watch.library.mark([KEY], Change(starred=False))
    assert watch.steps() == []
    assert watch.server.requests == []


def test_paper_is_asked_after_once_a_day(watch: Watch) -> None:
    watch.events()
    watch.days(0.9).events()
    assert watch.server.paths == [f"{ATOM}?id_list={SNAIL}&max_results=1", PAPER]
    watch.days(0.2).events()
    assert len(watch.server.paths) == 4


@pytest.mark.parametrize(
    ("asked", "due"),
    [("", True), ("2025-08-01T11:00:00+00:00", False), ("2025-07-31T12:00:00+00:00", True),
     ("2025-08-01T12:00:00+00:00", False), ("2031-01-01T00:00:00+00:00", True)],
)  # fmt: skip
def test_time_of_a_wrong_clock_keeps_nothing_from_being_asked(asked: str, due: bool) -> None:
    assert is_due(asked, START) is due


def test_papers_without_an_arxiv_id_are_not_asked_after(watch: Watch) -> None:
    watch.library.add([paper("doi:10.1000/abc", "Slugs")], "bib")
    watch.library.mark(["doi:10.1000/abc"], Change(starred=True))
    watch.events()
    assert len(watch.server.paths) == 2


@pytest.fixture
def _small_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds in which few papers are asked about."""
    monkeypatch.setattr("store.watch.services.MOST_IDS", 4)
    monkeypatch.setattr("store.watch.round.MOST_ASKED", {"arxiv": 10, "hf": 3, "biorxiv": 3})


def star_more(watch: Watch, count: int) -> None:
    """Let there be more starred papers."""
    keys = [f"arxiv:2507.{number:05}" for number in range(1, count + 1)]
    watch.library.add([paper(key, f"Work {key}") for key in keys], "hf")
    watch.library.mark(keys, Change(starred=True))


@pytest.mark.usefixtures("_small_rounds")
def test_many_papers_are_few_requests(watch: Watch) -> None:
    star_more(watch, 5)
    watch.events()
    asked = [path for path in watch.server.paths if path.startswith(ATOM)]
    assert [path.count(",") + 1 for path in asked] == [4, 2]
    assert sum(path.startswith("/api/papers/") for path in watch.server.paths) == 3


@pytest.mark.usefixtures("_small_rounds")
def test_those_asked_after_longest_ago_come_first(watch: Watch) -> None:
    watch.events()
    star_more(watch, 4)
    watch.days(1).events()
    assert watch.server.paths.count(PAPER) == 1
    watch.days(1).events()
    assert watch.server.paths.count(PAPER) == 2


def test_paper_that_hugging_face_does_not_know_is_no_trouble(watch: Watch) -> None:
    watch.server.says(PAPER, Reply(b'{"error": "Paper not found"}', 404))
    assert watch.troubles() == []
    watch.server.says(PAPER, hf_paper(githubRepo="https://github.com/a/b"))
    assert watch.days(1).events() == ["code: https://github.com/a/b"]


NO_ANSWERS = (
    *(b"", b"null", b"[]", b"<html>", b"{", b'{"error": 1}', b'{"id": 7}', b"\xff\xfe"),
    b"[" * 99_999,
)


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_answer_that_is_none_is_trouble_and_tells_nothing(watch: Watch, answer: bytes) -> None:
    watch.server.says(PAPER, answer)
    watch.server.says(ATOM, answer)
    troubles = watch.troubles()
    assert [each.partition(":")[0] for each in troubles] == ["arxiv", "hf"]
    assert all("\n" not in each for each in troubles)
    assert watch.library.marks(KEY).news == ()


def test_one_service_that_fails_does_not_keep_the_other_from_it(watch: Watch) -> None:
    watch.server.says(ATOM, Reply(status=400))
    watch.server.says(PAPER, hf_paper(githubRepo="https://github.com/a/b"))
    assert watch.events() == ["code: https://github.com/a/b"]


def test_service_that_has_had_enough_is_left_alone(watch: Watch) -> None:
    watch.server.says(PAPER, Reply(status=429, headers={"Retry-After": "4000"}))
    assert "hf: 127.0.0.1 limits requests" in watch.troubles()[0]
    assert watch.server.paths.count(PAPER) == 1


def test_hostile_answer_is_made_harmless(watch: Watch) -> None:
    watch.server.says(ATOM, atom(entry(extra=doi("", "J.&#27;[2J\u202e Snails"))))
    watch.server.says(PAPER, hf_paper(githubRepo="javascript:alert(1)", numTotalModels=-3))
    watch.events()
    assert all(each not in "".join(watch.library.marks(KEY).news) for each in "\x1b\u202e")
    assert "javascript" not in "".join(watch.library.marks(KEY).news)


def test_round_that_ends_early_tells_the_rest_the_next_time(watch: Watch) -> None:
    watch.server.says(ATOM, atom(entry(version=2)))
    mirrors = Mirrors(hf=watch.server.url, arxiv_api=watch.server.url)
    with client(watch.time) as http:
        next(Round(watch.library, http.get, mirrors, lambda: START).run())  # and no further
    assert watch.events() == ["new version 2"]


def test_other_machine_does_not_tell_it_again(
    machine: Callable[[str], Library], server: Server
) -> None:
    server.says(PAPER, hf_paper())
    for name in ("here", "there"):
        server.says(ATOM, atom(entry(version=2)))
        library = machine(name)
        library.add([paper(KEY, "Snails", version=1)], "hf")
        library.others.exchange()
        refresh(library)
        library.mark([KEY], Change(starred=True))
        library.commit()
        told = Watch(library, server, FakeTime()).events()
        assert told == (["new version 2"] if name == "here" else [])
        library.others.exchange()


def test_paper_with_news_alone_goes_with_its_feed(watch: Watch) -> None:
    watch.server.says(ATOM, atom(entry(version=2)))
    watch.events()
    watch.library.mark([KEY], Change(starred=False, read=False))
    assert list(watch.library.marked()) == []


@pytest.mark.parametrize("text", ["7", "{", '{"papers": {"a": 7}}', '{"papers": {"a": {}}}'])
def test_damaged_file_is_reported(tmp_path: Path, text: str) -> None:
    (tmp_path / WATCH).write_text(text)
    with pytest.raises(LibraryDamagedError):
        WatchFile(tmp_path).read()


COUNTS = "/graph/v1/paper/batch"


def cited(*counts: int | None) -> bytes:
    """Return Semantic Scholar's answer about papers in the order asked."""
    return orjson.dumps(
        [None if n is None else {"paperId": "a", "citationCount": n} for n in counts]
    )


def test_preprint_of_biorxiv_is_asked_after_by_its_doi(watch: Watch) -> None:
    # Once it is published it has another id, also for who is asked after that.
    watch.key = "abc123"
    watch.server.says(COUNTS, cited(3, 3))
    doi_name = "10.1101/2025.07.30.123456"
    key, path = f"doi:{doi_name}", f"/details/biorxiv/{doi_name}/na/json"
    preprint = {"title": "Slugs", "doi": doi_name, "date": "2025-08-01", "server": "bioRxiv"}
    watch.library.add([paper(key, "Slugs", version=1)], "biorxiv:all")
    watch.library.mark([key], Change(starred=True))
    watch.server.says(path, preprints({**preprint, "version": "1"}))
    assert watch.events() == []
    versions = {**preprint, "version": "1"}, {**preprint, "version": "2", "published": "10.1038/x"}
    watch.server.says(path, preprints(*versions))
    assert watch.days(1).events() == ["new version 2", "published: doi:10.1038/x"]
    watch.library.read_all()
    [found] = [each for each in watch.library.papers.values() if each.title == "Slugs"]
    assert {found.id, *found.aliases} >= {key, "doi:10.1038/x"}
    assert len(watch.library.marks(key).news) == 2
    asked = len(watch.server.paths)
    assert watch.events() == []
    assert len(watch.server.paths) == asked


def preprints(*entries: dict[str, str]) -> bytes:
    return orjson.dumps({"messages": [{"status": "ok"}], "collection": entries})


def test_citations_are_asked_after_with_a_key_alone(watch: Watch) -> None:
    watch.library.add([paper("doi:10.1000/abc", "Slugs")], "bib")
    watch.library.mark(["doi:10.1000/abc"], Change(starred=True, read=True))
    watch.server.says(COUNTS, cited(5, None))
    assert watch.events() == []
    assert not [path for path in watch.server.paths if path.startswith(COUNTS)]
    watch.key = "abc123"
    assert watch.events() == []
    asked = watch.server.requests[-1]
    assert asked.path == f"{COUNTS}?fields=citationCount"
    assert orjson.loads(asked.body) == {"ids": [f"ARXIV:{SNAIL}", "DOI:10.1000/abc"]}
    assert (asked.headers["x-api-key"], asked.headers["content-type"]) == (
        "abc123", "application/json",
    )  # fmt: skip
    # Once a day; a few more are no news, and more than that are news once.
    asked_before = len(watch.server.requests)
    assert (watch.events(), len(watch.server.requests)) == ([], asked_before)
    for counts, told in (((9, 0), []), ((15, 0), ["cited 15 times, 10 more"]), ((15, 1), [])):
        watch.server.says(COUNTS, cited(*counts))
        assert watch.days(1).events() == told
    assert watch.library.marks(KEY).read
    others = [each for each in watch.server.requests if not each.path.startswith(COUNTS)]
    assert all("x-api-key" not in each.headers for each in others)


def test_key_goes_nowhere_else_and_what_is_wrong_with_it_is_reported(watch: Watch) -> None:
    watch.key = "abc123"
    elsewhere = {"Location": f"{watch.server.url}/elsewhere"}
    for answer, told in (
        (Reply(status=403), "answered 403: is the key right?"),
        (Reply(status=307, headers=elsewhere), "redirects a sent form: refused"),
        (Reply(status=429, headers={"Retry-After": "4000"}), "limits requests"),
        (Reply(cited()), "not a list of the papers requested"),
        (Reply(b'[{"citationCount": -1}'), "JSON"),
    ):
        watch.server.says(COUNTS, answer)
        [trouble] = watch.troubles()
        assert told in trouble
        assert "abc123" not in trouble
    assert "/elsewhere" not in watch.server.paths
