"""Papers are read from JSON Lines: our own, and those in Hugging Face's layout."""

import gzip
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from conftest import ABSTRACT
from costly import COSTLY
from hypothesis import given
from hypothesis import strategies as st

from store.errors import NotAFeedError
from store.feeds.json_papers import read_json_lines
from store.feeds.reading import FeedReading
from store.identity import title_key
from store.model import Links, Marks, Paper
from store.text.clean import clean_line, clean_text

TITLE = "Sorting Pebbles by Lamplight"
FULL = Paper(
    id="arxiv:2508.00001",
    title=TITLE,
    authors=("Ada Snail", "Bo Crow"),
    abstract=ABSTRACT + "\n\n" + r"It costs 5\% & more.",
    summary="Lamps matter.",
    keywords=("lamp", "pebble"),
    date="2025-08-01",
    published="2025-07-30",
    updated="2025-07-31",
    categories=("cs.CL", "cs.LG"),
    venue="Journal of Pebbles",
    comment="12 pages",
    links=Links("https://arxiv.org/abs/2508.00001", "https://a.example/p", "https://c.example"),
    upvotes=7,
    comments=0,
    feeds=("hf", "arxiv:cs.CL"),
    aliases=("doi:10.1000/pebbles", title_key(TITLE)),
    version=2,
)
SLIM = {
    "day": "2025-08-02",
    "id": "2508.00002",
    "title": "What\n  Snails Recall",
    "summary": ABSTRACT,
    "authors": ["Ada Snail"],
    "publishedAt": "2025-07-30T17:00:00.000Z",
    "upvotes": 3,
    "numComments": 1,
    "ai_summary": None,
    "ai_keywords": None,
    "githubRepo": "https://github.com/a/b",
    "projectPage": None,
}
LINE = st.text().map(clean_line)
DAY = st.just("") | st.dates().map(lambda day: day.isoformat())
PAPERS = st.builds(
    Paper,
    id=st.sampled_from(["arxiv:2508.00001", "doi:10.1000/a", "sha:0123456789abcdef"]),
    title=LINE.filter(bool),
    abstract=st.text().map(clean_text),
    summary=LINE,
    date=DAY,
    published=DAY,
    updated=DAY,
    venue=LINE,
    comment=LINE,
    version=st.integers(0, 99),
    upvotes=st.none() | st.integers(0, 2**40),
    comments=st.none() | st.integers(0, 2**40),
    authors=st.lists(LINE.filter(bool), unique=True).map(tuple),
    keywords=st.lists(LINE.filter(bool), unique=True).map(tuple),
    feeds=st.lists(LINE.filter(bool), unique=True).map(tuple),
)


def lines(*values: object) -> bytes:
    """Return JSON Lines of these values; text stands as it is."""
    return b"".join(
        (value if isinstance(value, str) else json.dumps(value)).encode() + b"\n"
        for value in values
    )


def own(paper: Paper = FULL, **changed: Any) -> dict[str, Any]:
    """Return a paper as we print it, with members changed."""
    return asdict(paper) | asdict(Marks(read=True, tags=("a",), note="b")) | changed


def read(*values: object) -> FeedReading:
    """Read JSON Lines of these values."""
    return read_json_lines(lines(*values))


def test_our_own_line_gives_the_paper_back() -> None:
    assert read(own()) == FeedReading("jsonl", [FULL], [])


def test_array_as_list_prints_it_is_read() -> None:
    document = json.dumps([own(), own(title="Another")], indent=2).encode()
    assert [paper.title for paper in read_json_lines(document).papers] == [TITLE, "Another"]


def test_object_as_show_prints_it_is_read() -> None:
    assert read_json_lines(json.dumps(own(), indent=2).encode()).papers == [FULL]


@COSTLY
@given(PAPERS)
def test_any_paper_survives_being_printed_and_read(paper: Paper) -> None:
    assert read(own(paper)) == FeedReading("jsonl", [paper], [])


def test_line_with_a_day_is_of_hugging_face() -> None:
    reading = read(SLIM)
    paper = reading.papers[0]
    assert reading.feed == "hf"
    assert (paper.id, paper.date, paper.published, paper.title, paper.feeds) == (
        *("arxiv:2508.00002", "2025-08-02", "2025-07-30", "What Snails Recall"),
        (),
    )


def test_line_with_a_day_keeps_counts_and_links() -> None:
    paper = read(SLIM).papers[0]
    assert (paper.upvotes, paper.comments, paper.links.code, paper.authors) == (
        *(3, 1, "https://github.com/a/b"),
        ("Ada Snail",),
    )


def test_answers_entry_may_be_a_line() -> None:
    reading = read({"paper": {"title": TITLE, "id": "2508.00001"}, "numComments": 4})
    assert (reading.feed, reading.papers[0].comments) == ("hf", 4)


def test_title_alone_is_a_paper() -> None:
    assert read({"title": TITLE}).papers == [Paper(id=title_key(TITLE), title=TITLE)]


def test_unknown_members_are_left_out() -> None:
    assert read(own(), own(citations={"a": [1]})).papers == [FULL, FULL]


@pytest.mark.parametrize(
    ("given_id", "key"),
    [
        ("2508.00001v2", "arxiv:2508.00001"),
        ("https://doi.org/10.1000/A", "doi:10.1000/a"),
        ("sha:0123456789abcdef", "sha:0123456789abcdef"),
        ("sha:0123", title_key(TITLE)),
        ("sha:0123456789ABCDEF", title_key(TITLE)),
        ("doi:10.1000/\x1b[2J", title_key(TITLE)),
        ("doi:10.1000/" + "a" * 300, title_key(TITLE)),
        ("../../etc/passwd", title_key(TITLE)),
        (None, title_key(TITLE)),
    ],
)
def test_id_is_a_valid_key_or_the_titles(given_id: str | None, key: str) -> None:
    assert read(own(id=given_id)).papers[0].id == key


def test_aliases_are_valid_keys_other_than_the_id() -> None:
    paper = read(own(aliases=["nonsense", "doi:10.1000/A", "arxiv:2508.00001"])).papers[0]
    assert paper.aliases == ("doi:10.1000/a",)


def test_only_addresses_of_the_web_are_kept() -> None:
    links = {"page": "javascript:x", "pdf": "/etc/passwd", "code": "https://c.example/\x1b"}
    assert read(own(links=links)).papers[0].links == Links()


def test_broken_line_is_a_problem_with_its_number() -> None:
    reading = read(own(), "", '{"title": "Cut', 17, own(title="Another"))
    assert [paper.title for paper in reading.papers] == [TITLE, "Another"]
    assert [problem.split(":")[0] for problem in reading.problems] == ["line 3", "line 4"]


def test_line_without_title_is_a_problem() -> None:
    assert read(own(), own(title=None)).problems == ["line 2: it has no title"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("authors", "Ada Snail"),
        ("authors", [1]),
        ("abstract", 1),
        ("date", "yesterday"),
        ("date", 20250801),
        ("upvotes", 1.5),
        ("comments", 10**30),
        ("links", "https://a.example"),
        ("aliases", {"a": 1}),
        ("feeds", 3),
        ("id", ["arxiv:2508.00001"]),
    ],
)
def test_member_of_another_kind_is_named_and_the_paper_stays(name: str, value: Any) -> None:
    reading = read(own(**{name: value}))
    assert len(reading.papers) == 1
    assert reading.problems[0].startswith(f"line 1: {name} ")
    assert len(reading.problems) == 1


def test_guessed_encoding_is_a_problem_but_not_the_reason_for_a_refusal() -> None:
    data = json.dumps(own(summary="Käfer"), ensure_ascii=False).encode("cp1252")
    assert "Windows-1252" in read_json_lines(data).problems[0]
    with pytest.raises(NotAFeedError, match="line 1: it has no title"):
        read_json_lines(b'{"name": "K\xe4fer"}')


def test_line_breaks_of_unicode_do_not_end_a_line() -> None:
    data = json.dumps(own(summary="a\u2028b\u0085c"), ensure_ascii=False).encode()
    assert read_json_lines(data).papers[0].summary == "a b c"


def test_windows_line_ends_and_byte_order_mark_are_read() -> None:
    data = b"\xef\xbb\xbf" + lines(own(), own()).replace(b"\n", b"\r\n")
    assert read_json_lines(data).papers == [FULL, FULL]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"[1]", b"{}\n{}\n", b"Some words.", b"{\n", b"[" * 9]
)
def test_what_holds_no_paper_is_refused(data: bytes) -> None:
    with pytest.raises(NotAFeedError):
        read_json_lines(data)


def test_lines_past_the_limit_are_named() -> None:
    reading = read_json_lines(b'{"title":"a"}\n' + b"{\n" * 60_000)
    assert len(reading.problems) == 50_000
    assert reading.problems[-1].startswith("line 50001: not read")


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"{", b'{"title": "A"}\n', b"["):
        try:
            read_json_lines(start + data)
        except NotAFeedError:
            continue


@pytest.mark.slow
def test_real_days_are_read_in_full(shared_data: Path) -> None:
    data = gzip.decompress((shared_data / "hf_daily" / "all_days_slim.jsonl.gz").read_bytes())
    reading = read_json_lines(data)
    assert (len(reading.papers), reading.problems, reading.feed) == (9_581, [], "hf")
    assert len({paper.id for paper in reading.papers}) == 9_577  # four are on two days
