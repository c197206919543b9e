"""Papers are read from the JSON of Hugging Face's daily papers."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ABSTRACT
from costly import COSTLY
from hypothesis import given
from hypothesis import strategies as st

from store.errors import NotAFeedError
from store.feeds.hf_json import read_hf_json
from store.feeds.reading import FeedReading
from store.identity import title_key
from store.model import Paper
from store.text.clean import TITLE_LIMIT, clean_line, clean_text

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
NAMES = ("id", "title", "summary", "authors", "publishedAt", "upvotes", "ai_keywords", "githubRepo")
PAPERS = st.fixed_dictionaries(
    {"title": st.text()}, optional={name: JSON for name in NAMES if name != "title"}
)


def entry(outer: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """Return an entry of a daily answer, with fields of the paper and around it as given."""
    paper: dict[str, Any] = {
        "id": "2508.00001",
        "authors": [{"name": "Ada Snail", "hidden": False}, {"name": "Bo Crow", "hidden": False}],
        "publishedAt": "2025-07-30T17:00:00.000Z",
        "submittedOnDailyAt": "2025-08-01T01:00:00.000Z",
        "title": "Sorting Pebbles by Lamplight",
        "summary": ABSTRACT,
        "upvotes": 7,
    }
    around = {"title": "Sorting Pebbles", "publishedAt": "2025-07-31T13:00:00.000Z"}
    return {"paper": paper | fields, **around, "numComments": 2, **(outer or {})}


def read(document: object, listed: date | None = None) -> FeedReading:
    """Read a JSON document."""
    return read_hf_json(json.dumps(document).encode(), listed)


def one(outer: dict[str, Any] | None = None, **fields: Any) -> Paper:
    """Return the paper of an answer with one entry."""
    return read([entry(outer, **fields)]).papers[0]


def problems(**fields: Any) -> list[str]:
    """Return what is wrong with an answer of one entry."""
    return read([entry(**fields)]).problems


def test_fields_of_an_entry_become_the_papers() -> None:
    paper = one(ai_summary="Lamps matter.", ai_keywords=["lamp", "pebble"])
    assert (paper.id, paper.title, paper.abstract, paper.authors) == (
        "arxiv:2508.00001",
        "Sorting Pebbles by Lamplight",
        ABSTRACT,
        ("Ada Snail", "Bo Crow"),
    )
    assert (paper.summary, paper.keywords, paper.upvotes, paper.comments) == (
        *("Lamps matter.", ("lamp", "pebble")),
        *(7, 2),
    )


def test_feed_is_hugging_faces() -> None:
    assert read([entry()]).feed == "hf"


def test_page_and_pdf_follow_from_the_id() -> None:
    links = one().links
    assert links.page == "https://huggingface.co/papers/2508.00001"
    assert links.pdf == "https://arxiv.org/pdf/2508.00001"


def test_code_and_project_are_the_feeds() -> None:
    links = one(githubRepo="https://github.com/a/b", projectPage="http://p.example/x").links
    assert (links.code, links.project) == ("https://github.com/a/b", "http://p.example/x")


def test_code_and_project_come_else_from_the_abstract() -> None:
    links = one(summary="See https://github.com/a/b and https://p.example/x.").links
    assert (links.code, links.project) == ("https://github.com/a/b", "https://p.example/x")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "https://", "https://user@evil.example/", "a.b"],
)
def test_only_addresses_of_the_web_are_kept(address: str) -> None:
    assert one(projectPage=address).links.project == ""


def test_address_broken_over_lines_is_joined() -> None:
    assert one(githubRepo=" https://github.com/a/\nb").links.code == "https://github.com/a/b"


def test_wrapped_title_and_abstract_are_unfolded() -> None:
    paper = one(title="Sorting Pebbles\n  by Lamplight", summary="One\nline.\n\nAnother\none.")
    assert paper.title == "Sorting Pebbles by Lamplight"
    assert paper.abstract == "One line.\n\nAnother one."


def test_tex_and_entities_stay_as_they_are() -> None:
    text = r"We save 5\% of $x_1$ &amp; ``more''."
    assert one(summary=text).abstract == text


def test_two_authors_of_one_name_are_both_kept() -> None:
    names = ["Yu Snail", "Ada Moss", "Yu  Snail"]
    assert one(authors=[{"name": name} for name in names]).authors == (
        *("Yu Snail", "Ada Moss", "Yu Snail"),
    )


def test_hidden_author_is_left_out() -> None:
    authors = [{"name": "et al", "hidden": True}, {"name": "Ada Snail", "hidden": False}]
    assert one(authors=authors).authors == ("Ada Snail",)


# The day


def test_day_listed_is_when_it_was_submitted_to_the_daily_papers() -> None:
    assert one().date == "2025-08-01"


def test_published_is_the_papers_own_time() -> None:
    assert one().published == "2025-07-30"


@pytest.mark.parametrize(
    ("listed", "day"), [(date(2025, 8, 2), "2025-08-02"), (None, "2025-07-31")]
)
def test_day_listed_where_the_entry_does_not_say(listed: date | None, day: str) -> None:
    assert read([entry(submittedOnDailyAt=None)], listed).papers[0].date == day


def test_day_of_the_wrapping_object_is_the_day_listed() -> None:
    document = {"date": "2025-08-03", "items": [entry(submittedOnDailyAt=None)]}
    assert read(document).papers[0].date == "2025-08-03"


@pytest.mark.parametrize("time", ["soon", "2025-02-30T00:00:00Z", 17, ["2025-08-01"]])
def test_time_that_is_none_is_a_problem(time: object) -> None:
    assert one(publishedAt=time).published == ""
    assert "entry 1: paper: publishedAt is not " in problems(publishedAt=time)[0]


# Shapes


@pytest.mark.parametrize("key", ["data", "papers", "results"])
def test_list_in_an_object_is_read(key: str) -> None:
    document = {"status": "success", "count": 1, "tags": ["a"], key: [entry()]}
    assert read(document) == read([entry()])


def test_single_paper_is_read() -> None:
    fields = entry()["paper"]
    assert read(fields).papers[0].date == "2025-08-01"


def test_list_of_bare_papers_is_read() -> None:
    assert read([entry()["paper"]]).papers[0].authors == ("Ada Snail", "Bo Crow")


def test_empty_list_is_a_day_without_papers() -> None:
    assert read([]) == FeedReading("hf", [], [])


def test_entries_as_text_of_python_dicts_are_read() -> None:
    given = entry(title='It\'s "night" \\ [day', note=None, other=[True, 1.5, {}])
    assert read([repr(given)]).papers == read([given]).papers


@pytest.mark.parametrize(
    "text",
    [
        "{'paper': __import__('os').getcwd()}",
        "{'paper': " + "-" * 100_000 + "1}",
        "{'paper': 1" + "+1" * 100_000 + "}",
        "{'paper': 1" + "[1]" * 100_000 + "}",
        "{'paper': {'title': ''" + "[0]" * 100_000 + "}}",
        "{'paper': " + "[" * 100_000 + "]" * 100_000 + "}",
        "{'paper': {'title': 'open}",
        "{'paper': {'title': '\\x'}}",
        "{{}: 1}",
        "{'a': \0}",
        "{'a': " + "9" * 5_000 + "}",
        "{'\\'\\'" * 100_000,
    ],
)
def test_text_that_is_no_plain_literal_is_a_problem(text: str) -> None:
    assert read([entry(), text]).problems == ["entry 2 is not a paper"]


def test_wrong_escape_in_a_literal_is_no_warning() -> None:
    assert read([r"{'paper': {'title': 'A \d'}}"]).papers[0].title == r"A \d"


def test_literal_that_would_take_long_is_a_problem() -> None:
    text = "{'paper': {'title': 'A'}, 'counts': [" + "1," * 500_000 + "]}"
    assert read([entry(), text]).problems == ["entry 2 is not a paper"]


# What is wrong


def test_bad_entry_does_not_lose_the_others() -> None:
    reading = read([entry(), 17, None, {"a": 1}, {"paper": {}}, entry(id="2508.00002")])
    assert [paper.id for paper in reading.papers] == ["arxiv:2508.00001", "arxiv:2508.00002"]
    assert len(reading.problems) == 4


def test_paper_without_title_takes_the_outer_one() -> None:
    assert one(title=None).title == "Sorting Pebbles"


def test_entry_without_any_title_is_a_problem() -> None:
    reading = read([entry(), entry({"title": ""}, title=" \n")])
    assert reading.problems == ["entry 2: it has no title"]


@pytest.mark.parametrize("identifier", ["latest", "../etc", "2508.1", "\x1b[2J", "10.1/\x07"])
def test_id_that_is_none_gives_way_to_the_title(identifier: str) -> None:
    paper = one(id=identifier)
    assert (paper.id, paper.links.page) == (title_key(paper.title), "")
    assert "its id" in problems(id=identifier)[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", 2508.00001),
        ("summary", ["a"]),
        ("authors", "Ada Snail"),
        ("authors", [{"fullname": "Ada Snail"}]),
        ("ai_keywords", "lamp"),
        ("ai_keywords", [1]),
        ("ai_summary", {}),
        ("upvotes", "7"),
        ("upvotes", True),
        ("upvotes", -1),
        ("upvotes", 2**70),
        ("githubRepo", 1),
    ],
)
def test_field_of_another_kind_is_a_problem_and_the_paper_stays(field: str, value: Any) -> None:
    reading = read([entry(**{field: value})])
    assert len(reading.papers) == len(reading.problems) == 1
    assert reading.problems[0].startswith("entry 1: paper: ")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\0\1\2", "binary"),
        (b"{", "broken"),
        (b'[{"paper": {"title": "A', "broken"),
        (b"null", "a JSON value"),
        (b'"text"', "a JSON value"),
        (b"[1, 2]", "a JSON list, but not of papers"),
        (b"{}", "nothing in it"),
        (b'{"error": "No such day"}', "error message: No such day"),
        (b'{"name": "x", "version": "1", "files": ["a"]}', "it has name, version, files"),
        (b'[{"title": "A", "id": 1, "url": "u"}]', "not of papers"),
        (b'[{"paper": {}}]', "no title"),
        (b"[" * 200_000, "nested too deep"),
        (b"[" * 200_000 + b"]" * 200_000, "nested too deep"),
        (b'{"a":' * 200_000 + b"1" + b"}" * 200_000, "nested too deep"),
        (b"[" * 10_000_000, "lists and objects"),
        (b'[{"paper": {"title": "A", "upvotes": ' + b"9" * 5_000 + b"}}]", "too long"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_not_hugging_faces_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(NotAFeedError, match=reason):
        read_hf_json(data)


def test_nan_is_read_as_python_writes_it() -> None:
    reading = read([entry(githubStars=float("nan"), upvotes=float("nan"))])
    assert reading.papers[0].upvotes is None
    assert reading.problems == ["entry 1: paper: upvotes is not a count"]


def test_lone_surrogate_is_replaced() -> None:
    assert one(title="A \ud800 Title").title == "A \ufffd Title"


def test_last_of_equal_keys_counts() -> None:
    data = b'[{"paper": {"title": "One"}, "paper": {"title": "Other"}}]'
    assert read_hf_json(data).papers[0].title == "Other"


def test_entries_past_the_limit_are_named() -> None:
    reading = read([entry(), *[1] * 50_000])
    assert len(reading.problems) == 50_000
    assert "50,001" in reading.problems[-1]


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_hf_json(data)
    except NotAFeedError:
        return


@pytest.mark.slow
@COSTLY
@given(st.lists(JSON | PAPERS | PAPERS.map(lambda paper: {"paper": paper}) | PAPERS.map(repr)))
def test_any_json_is_read_or_refused_and_what_is_read_is_harmless(document: list[object]) -> None:
    try:
        reading = read(document)
    except NotAFeedError:
        return
    for paper in reading.papers:
        assert paper.title == clean_line(paper.title, TITLE_LIMIT) != ""
        assert paper.abstract == clean_text(paper.abstract)
        assert paper.authors == tuple(map(clean_line, paper.authors))


# Real answers


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2024-05-27", 13),
        ("2025-01-10", 9),
        ("2025-05-22", 27),
        ("2025-10-03", 39),
        ("2026-08-19", 26),
    ],
)
def test_real_answer_is_read_in_full_and_of_its_day(
    shared_data: Path, day: str, count: int
) -> None:
    reading = read_hf_json((shared_data / "hf_daily" / f"{day}.json").read_bytes())
    assert [paper.date for paper in reading.papers] == [day] * count
    assert reading.problems == []
