"""Entries without a day are of their feed's day; of several addresses the first counts."""

from datetime import date

import pytest

from store.feeds.ris import read_ris
from store.feeds.syndication import read_syndication


@pytest.mark.parametrize(
    "element",
    [
        "<pubDate>Tue, 11 Apr 2023 20:30:00 GMT</pubDate>",
        "<lastBuildDate>2023-04-11</lastBuildDate>",
    ],
)
def test_entry_without_a_day_is_of_the_feeds_day(element: str) -> None:
    feed = (
        f"<rss version='2.0'><channel><title>T</title>{element}"
        "<item><title>Pebbles</title><link>https://a.example/1</link></item></channel></rss>"
    )
    [paper] = read_syndication(feed.encode(), date(2026, 5, 1)).papers
    assert paper.date == "2023-04-11"


def test_first_of_several_addresses_in_one_line_is_the_page() -> None:
    source = "TY  - JOUR\nTI  - Pebbles\nUR  - http://a.example;http://www.a.example\nER  - \n"
    assert read_ris(source.encode()).papers[0].links.page == "http://a.example"
