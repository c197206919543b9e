"""What headers and addresses mean, whatever is in them."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from http_helpers import NOW
from hypothesis import given
from hypothesis import strategies as st

from store.errors import FetchError
from store.fetching.addresses import address_problem, redirected
from store.fetching.delays import LONGEST, back_off, rate_limit, retry_after


@given(st.text())
def test_any_retry_after_is_a_possible_wait(value: str) -> None:
    assert 0 <= retry_after(value, NOW) <= LONGEST


@given(st.integers(0, 10**20))
def test_seconds_of_retry_after_are_taken(seconds: int) -> None:
    assert retry_after(f" {seconds} ", NOW) == (min(seconds, LONGEST) if seconds < 10**15 else 0)


@given(st.datetimes(datetime(1980, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))
def test_dates_of_retry_after_are_taken(moment: datetime) -> None:
    asked = retry_after(format_datetime(moment, usegmt=True), NOW)
    assert asked == max((moment.replace(microsecond=0) - NOW).total_seconds(), 0)


@given(st.text())
def test_any_rate_limit_is_a_possible_wait(value: str) -> None:
    assert 0 <= rate_limit(value) <= LONGEST


@pytest.mark.parametrize(
    ("value", "seconds"),
    [('"api";r=0;t=55', 55), ('"api"; t=55; r=0', 55), ('"api";r=3;t=55', 0), ("limit=5", 0)],
)
def test_rate_limit_is_read(value: str, seconds: int) -> None:
    assert rate_limit(value) == seconds


@given(st.integers(0, 3), st.floats(0, 1))
def test_back_off_is_between_one_and_sixteen_seconds(attempt: int, chance: float) -> None:
    assert 1 <= back_off(attempt, chance) <= 16


@given(st.text())
def test_any_address_is_judged_without_an_error(address: str) -> None:
    assert isinstance(address_problem(address), str)


@given(st.text())
def test_any_redirect_leads_to_the_web_or_nowhere(location: str) -> None:
    try:
        target = redirected("https://a.example/feed", location)
    except FetchError:
        return
    assert target.startswith("https://")
    assert not address_problem(target)
