"""What a subscription means: names, days, addresses."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import FeedNameError
from store.fetching.addresses import address_problem
from store.fetching.sources import Mirrors, find_mirrors, find_source
from store.fetching.visit import CATCH_UP, Part, Visit, left_out

HERE = Mirrors("http://hf.example", "http://rss.example", "http://api.example")
FRIDAY = date(2025, 8, 1)
DAY = timedelta(days=1)


def parts(name: str, **visit: date) -> list[Part]:
    """Return what is asked for on a visit, by default the first one, on a Friday."""
    return find_source(name, HERE).parts(Visit(**{"today": FRIDAY, **visit}))


def days(name: str, **visit: date) -> list[str]:
    """Return the days that are asked for."""
    return [part.label for part in parts(name, **visit)]


def query(part: Part) -> dict[str, str]:
    """Return the parameters of a part's address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(part.address).query).items()}


# Names


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("hf", "hf"),
        (" HF ", "hf"),
        ("arxiv:cs.CL", "arxiv:cs.CL"),
        ("arXiv:CS.cl", "arxiv:cs.CL"),
        ("arxiv:cs.CL + cs.AI+cs.CL", "arxiv:cs.CL+cs.AI"),
        ("arxiv:cond-mat.str-el", "arxiv:cond-mat.str-el"),
        ("arxiv:physics.ao-ph", "arxiv:physics.ao-ph"),
        ("arxiv:hep-th", "arxiv:hep-th"),
        ("arxiv:q-bio.nc", "arxiv:q-bio.NC"),
        ("arxiv?all:electron AND cat:cs.CL", "arxiv?all:electron AND cat:cs.CL"),
        ("https://a.example/feed.xml#top", "https://a.example/feed.xml"),
    ],
)
def test_name_is_understood(given: str, name: str) -> None:
    assert find_source(given, HERE).name == name


@pytest.mark.parametrize(
    "name",
    ["", "hfx", "arxiv", "arxiv:", "arxiv:cs.", "arxiv:cs CL", "arxiv:cs.CL+", "arxiv:../x",
     "arxiv?", "arxiv? ", "arxiv?a\nb", "arxiv?" + "a" * 2_000, "feed.xml", "file:///etc/passwd",
     "ftp://a.example/", "https://", "https://a:b@c.example/", "https://a.example/ b"],
)  # fmt: skip
def test_other_names_are_refused_in_one_line(name: str) -> None:
    with pytest.raises(FeedNameError) as raised:
        find_source(name, HERE)
    assert len(str(raised.value).splitlines()) == 1


@given(st.text() | st.text().map("arxiv:{}".format) | st.text().map("arxiv?{}".format))
def test_any_name_is_a_feed_or_refused(name: str) -> None:
    try:
        source = find_source(name, HERE)
    except FeedNameError:
        return
    assert find_source(source.name, HERE) == source
    assert not any(address_problem(part.page(1)) for part in source.parts(Visit(FRIDAY)))


# Hugging Face


def test_first_visit_asks_for_a_week() -> None:
    assert days("hf") == [f"2025-07-{day}" for day in range(26, 32)] + ["2025-08-01"]


def test_second_visit_asks_for_what_is_missing() -> None:
    assert days("hf", complete=date(2025, 7, 29)) == ["2025-07-30", "2025-07-31", "2025-08-01"]


def test_last_two_days_are_asked_for_again() -> None:
    assert days("hf", complete=date(2025, 7, 31)) == ["2025-07-31", "2025-08-01"]


def test_long_absence_is_caught_up_for_a_month() -> None:
    asked = days("hf", complete=date(2025, 1, 1))
    assert (asked[0], asked[-1], len(asked)) == ("2025-07-02", "2025-08-01", CATCH_UP)


def test_what_is_left_out_is_reported() -> None:
    visit = Visit(FRIDAY, complete=date(2025, 1, 1))
    assert left_out(find_source("hf", HERE).parts(visit), visit) == date(2025, 1, 2)


@pytest.mark.parametrize("complete", [None, date(2025, 7, 2), date(2025, 7, 1), FRIDAY])
def test_nothing_is_left_out_within_a_month(complete: date | None) -> None:
    visit = Visit(FRIDAY, complete=complete)
    assert left_out(find_source("hf", HERE).parts(visit), visit) is None


def test_since_asks_for_as_much_as_it_says() -> None:
    asked = days("hf", since=date(2024, 1, 1), until=date(2024, 12, 31))
    assert (asked[0], asked[-1], len(asked)) == ("2024-01-01", "2024-12-31", 366)


def test_day_is_a_query_of_the_daily_papers() -> None:
    part = parts("hf")[-1]
    assert part.page(2) == "http://hf.example/api/daily_papers?date=2025-08-01&limit=100&p=2"


def test_today_is_not_complete() -> None:
    assert [part.covers for part in parts("hf")[-2:]] == [date(2025, 7, 31)] * 2


@given(st.dates(date(2024, 1, 1)), st.integers(0, 100))
def test_no_day_is_skipped_between_two_visits(today: date, ago: int) -> None:
    complete = today - ago * DAY
    first = max(min(complete + DAY, today - DAY), today - (CATCH_UP - 1) * DAY)
    expected = [(first + n * DAY).isoformat() for n in range((today - first).days + 1)]
    assert days("hf", today=today, complete=complete) == expected


# arXiv


def test_first_visit_asks_for_the_listing() -> None:
    assert [part.address for part in parts("arxiv:cs.CL+cs.AI")] == [
        "http://rss.example/rss/cs.CL+cs.AI"
    ]


@pytest.mark.parametrize("today", [date(2025, 8, 2), date(2025, 8, 3), date(2025, 8, 4)])
def test_newest_papers_reach_up_to_the_last_day_with_a_listing(today: date) -> None:
    (part,) = parts("arxiv:cs.CL", today=today)
    assert part.otherwise
    assert part.otherwise.covers == FRIDAY
    (later,) = parts("arxiv:cs.CL", today=date(2025, 8, 4), complete=FRIDAY)
    assert not later.otherwise


@pytest.mark.parametrize(
    ("complete", "today"),
    [(date(2025, 7, 31), FRIDAY), (FRIDAY, FRIDAY), (FRIDAY, date(2025, 8, 4))],
    ids=["yesterday", "today", "over the weekend"],
)
def test_no_listing_was_missed(complete: date, today: date) -> None:
    assert days("arxiv:cs.CL", complete=complete, today=today) == ["the newest"]


def test_missed_listings_are_asked_for_by_day() -> None:
    asked = days("arxiv:cs.CL", complete=date(2025, 7, 29))
    assert asked == ["2025-07-28", "2025-07-29", "2025-07-30", "the newest"]


def test_days_of_the_past_are_asked_for_without_the_listing() -> None:
    asked = days("arxiv:cs.CL", since=date(2025, 7, 1), until=date(2025, 7, 2))
    assert asked == ["2025-07-01", "2025-07-02"]


def test_since_alone_goes_up_to_the_listing() -> None:
    assert days("arxiv:cs.CL", since=date(2025, 7, 31)) == [
        "2025-07-31",
        "2025-08-01",
        "the newest",
    ]


def test_day_is_a_query_by_day_of_submission() -> None:
    part = parts("arxiv:cs.CL+cs.AI", since=FRIDAY)[0]
    assert query(part) == {
        "search_query": "(cat:cs.CL OR cat:cs.AI) AND submittedDate:[202508010000 TO 202508012359]",
        "sortBy": "submittedDate",
        "sortOrder": "descending",
        "max_results": "100",
    }


def test_pages_of_arxiv_are_counted_in_papers() -> None:
    assert parts("arxiv:cs.CL", since=FRIDAY)[0].page(2).endswith("&start=200")


def test_archive_stands_for_all_its_subjects() -> None:
    assert (
        "cat:cs.* OR cat:hep-th" in query(parts("arxiv:cs+hep-th", since=FRIDAY)[0])["search_query"]
    )


def test_search_asks_for_one_page_the_first_time() -> None:
    part = parts("arxiv?all:electron")[0]
    assert (query(part)["search_query"], part.pages) == ("all:electron", 1)


def test_search_goes_on_while_there_is_something_new() -> None:
    part = parts("arxiv?all:electron", complete=FRIDAY)[0]
    assert (part.pages, part.while_new) == (10, True)


def test_search_between_days_is_whole() -> None:
    part = parts("arxiv?a OR b", since=date(2025, 7, 1))[0]
    assert query(part)["search_query"] == (
        "(a OR b) AND submittedDate:[202507010000 TO 202508012359]"
    )
    assert not part.while_new


# Addresses


def test_address_is_asked_for_as_it_is() -> None:
    assert [part.page(0) for part in parts("https://a.example/f?a=b")] == [
        "https://a.example/f?a=b"
    ]


def test_services_are_the_usual_ones() -> None:
    assert find_mirrors({}) == Mirrors()


def test_mirrors_stand_for_the_services() -> None:
    mirrors = find_mirrors({"hf": "https://a.example/", "arxiv": "https://b.example/x"})
    mirror = "https://b.example/x"
    assert mirrors == Mirrors("https://a.example", mirror, mirror, mirror, "")


def test_mirror_has_to_be_a_web_address() -> None:
    with pytest.raises(FeedNameError, match="the mirror of hf"):
        find_mirrors({"hf": "file:///tmp"})
