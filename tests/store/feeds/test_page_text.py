"""Papers are read from the copied text of the Daily Papers page."""

from datetime import date
from pathlib import Path

import pytest
from conftest import ABSTRACT, HEAD, page
from costly import COSTLY
from hypothesis import given
from hypothesis import strategies as st

from store.errors import NotAFeedError
from store.feeds.feed_text import links_in, trim_link
from store.feeds.page_text import read_page_text
from store.feeds.reading import FeedReading

TODAY = date(2025, 8, 10)
FIRST, SECOND = ("Sorting Pebbles by Lamplight", ABSTRACT), ("What Snails Recall", ABSTRACT * 2)

WORD = st.text("abcdefghijklmnopqrstuvwxyzäé", min_size=1, max_size=12)
TITLE = st.lists(WORD, min_size=2, max_size=8).map(lambda words: " ".join(("On", *words)))
BODY = st.lists(WORD, min_size=120, max_size=160).map(lambda words: " ".join(words) + ".")

EXPORT = f"""Hugging Face

Models

Datasets

Spaces

Buckets new

Docs

Enterprise

Pricing

Log In

Sign Up

new

Get trending papers in your email inbox once a day!

Get trending papers in your email inbox!

Subscribe

Daily Papers

by

AK

and the research community

Snail Memory

Daily

Weekly

Monthly

https://papers.example/trending

Mar 25

[-] 1

https://papers.example/login?next=1

{FIRST[0]}

https://papers.example/1

{FIRST[1]}

https://papers.example/1

[

2 authors](https://papers.example/1)

·

Oct 7, 2024

[-] -

{SECOND[0]}

https://papers.example/2

{SECOND[1]}

https://papers.example/2

[

1 author](https://papers.example/2)

·

Nov 12, 2024

[-] 3
"""
"""A plain-text export of a search, with addresses, authors and dates between the papers."""

MARKDOWN = f"""new

Get trending papers in your email inbox once a day!

Get trending papers in your email inbox!

[Subscribe](https://papers.example/login)

# Daily Papers

## by [..AK](https://papers.example/ak) and the research community

- Daily
- Weekly
- Monthly

[Trending Papers](https://papers.example/trending)

Oct 2

[101](https://papers.example/login?next=1)

### [{FIRST[0]}](https://papers.example/1)

{FIRST[1]}

[7](https://papers.example/login?next=2)

### [{SECOND[0]}](https://papers.example/2)

{SECOND[1]}
"""
"""A Markdown export."""

WRAPPED = """new

Get trending papers in your email inbox once a day!

Get trending papers in your email inbox!

[Subscribe][29]

# Daily Papers

## by[AK][30] and the research community

  * Daily
  * Weekly
  * Monthly

Jun 29

[ - ][31]

### [Sorting Pebbles by Lamplight][32]

[ We measure how well a small model sorts pebbles by colour when the
light in the room changes from hour to hour. The answer depends on the
lamp more than on the model. ][33]

[ - ][34]

### [What Snails Recall][35]

[ Snails that were shown a leaf of one shape go back to leaves of that
shape for about a week. We count the visits, and find that the second
week is no different from chance. ][36]
"""
"""Text of a terminal browser: numbered links, wrapped lines."""


def read(data: bytes, today: date = TODAY, listed: date | None = None) -> FeedReading:
    return read_page_text(data, today, listed)


def titles(reading: FeedReading) -> list[str]:
    return [paper.title for paper in reading.papers]


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert all(paper.title for paper in read(text.encode()).papers)
    except NotAFeedError as error:
        assert str(error)  # noqa: PT017 - either outcome is right


@given(
    st.lists(
        st.sampled_from([*HEAD, *FIRST, "", "[", "]", "·", "\u200b", "# ", "Feb 30", "\x1b[2J"])
    ).map("\n".join)
)
def test_any_order_of_lines_is_read_or_refused(text: str) -> None:
    try:
        assert all(paper.title for paper in read(text.encode()).papers)
    except NotAFeedError as error:
        assert str(error)  # noqa: PT017 - either outcome is right


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert read(data).feed == "hf"
    except NotAFeedError as error:
        assert str(error)  # noqa: PT017 - either outcome is right


@pytest.mark.slow
@COSTLY
@given(
    entries=st.lists(st.tuples(TITLE, BODY), min_size=1, max_size=4),
    head=st.booleans(),
    mark=st.sampled_from(["", "\ufeff"]),
    ending=st.sampled_from(["\n", "\r\n"]),
    blank=st.integers(1, 4),
)
def test_page_of_titles_and_abstracts_reads_back(
    entries: list[tuple[str, str]], head: bool, mark: str, ending: str, blank: int
) -> None:
    text = mark + page(*entries, head=head).decode().replace("\n\n", ending * blank)
    read_back = [(paper.title, paper.abstract) for paper in read(text.encode()).papers]
    assert read_back == entries


def test_furniture_is_no_paper() -> None:
    assert titles(read(page(FIRST, SECOND))) == [FIRST[0], SECOND[0]]


def test_page_reads_without_problems() -> None:
    assert read(page(FIRST, SECOND)).problems == []


@pytest.mark.parametrize("text", [EXPORT, MARKDOWN, WRAPPED], ids=["export", "markdown", "wrapped"])
def test_other_layouts_give_the_same_titles(text: str) -> None:
    assert titles(read(text.encode())) == [FIRST[0], SECOND[0]]


@pytest.mark.parametrize("text", [EXPORT, MARKDOWN], ids=["export", "markdown"])
def test_other_layouts_give_the_same_abstracts(text: str) -> None:
    assert [p.abstract for p in read(text.encode()).papers] == [FIRST[1], SECOND[1]]


@pytest.mark.parametrize("text", [EXPORT, MARKDOWN, WRAPPED], ids=["export", "markdown", "wrapped"])
def test_other_layouts_have_no_problems(text: str) -> None:
    assert read(text.encode()).problems == []


def test_wrapped_abstract_is_joined() -> None:
    abstract = read(WRAPPED.encode()).papers[0].abstract
    assert abstract == (
        "We measure how well a small model sorts pebbles by colour when the light in the room "
        "changes from hour to hour. The answer depends on the lamp more than on the model."
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [(EXPORT, "2025-03-25"), (MARKDOWN, "2024-10-02"), (WRAPPED, "2025-06-29")],
    ids=["export", "markdown", "wrapped"],
)
def test_other_layouts_give_the_day(text: str, day: str) -> None:
    assert read(text.encode()).papers[0].date == day


def test_day_of_publication_is_read_where_the_page_has_it() -> None:
    days = [paper.published for paper in read(EXPORT.encode()).papers]
    assert days == ["2024-10-07", "2024-11-12"]


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2025, 8, 1), "2025-08-01"),
        (date(2025, 12, 31), "2025-08-01"),
        (date(2025, 7, 31), "2024-08-01"),
        (date(2026, 1, 1), "2025-08-01"),
    ],
)
def test_day_without_a_year_is_the_latest_one_not_after_today(today: date, day: str) -> None:
    assert read(page(FIRST), today).papers[0].date == day


def test_leap_day_is_of_the_latest_leap_year() -> None:
    text = page(FIRST).replace(b"Aug 1", b"Feb 29")
    assert read(text).papers[0].date == "2024-02-29"


def test_page_without_a_date_is_of_today() -> None:
    assert read(page(FIRST).replace(b"Aug 1\n", b"")).papers[0].date == "2025-08-10"


def test_page_without_furniture_is_of_today() -> None:
    assert read(page(FIRST, head=False)).papers[0].date == "2025-08-10"


def test_day_that_is_given_overrides_the_page() -> None:
    assert read(page(FIRST), listed=date(2020, 2, 3)).papers[0].date == "2020-02-03"


def test_title_without_an_abstract_at_the_end_is_kept() -> None:
    assert titles(read(page(FIRST) + b"\n\nA Cut Title")) == [FIRST[0], "A Cut Title"]


def test_title_without_an_abstract_is_reported() -> None:
    assert read(page(FIRST) + b"\n\nA Cut Title").problems == ["“A Cut Title” has no abstract"]


def test_title_without_an_abstract_in_the_middle_costs_no_other_paper() -> None:
    reading = read(page(("A Lone Title", "Sorting Pebbles by Lamplight"), (ABSTRACT, "Snails")))
    assert titles(reading) == ["A Lone Title", "Sorting Pebbles by Lamplight", "Snails"]


def test_trailing_furniture_is_no_paper() -> None:
    footer = b"\n\n".join([b"Next", b"Company", b"TOS", b"Privacy", b"About", b"Careers"])
    assert titles(read(page(FIRST, SECOND) + b"\n\n" + footer)) == [FIRST[0], SECOND[0]]


def test_line_of_invisible_characters_is_no_title() -> None:
    assert titles(read(page(("\u200b\u200e", FIRST[0]), (ABSTRACT, SECOND[0])))) == [
        FIRST[0],
        SECOND[0],
    ]


def test_long_line_of_spaces_in_a_bracket_is_read_in_no_time() -> None:
    assert titles(read(page(("[" + " " * 20_000 + "x", ABSTRACT))))


def test_escape_sequences_in_a_title_are_harmless() -> None:
    assert titles(read(page(("Pebbles \x1b[31m", ABSTRACT)))) == ["Pebbles \ufffd[31m"]


def test_link_at_the_end_of_a_sentence_loses_the_full_stop() -> None:
    text = page((FIRST[0], ABSTRACT + " Code: https://github.com/lamp/pebbles."))
    assert read(text).papers[0].links.code == "https://github.com/lamp/pebbles"


def test_link_to_no_code_host_is_the_project() -> None:
    text = page((FIRST[0], f"See https://pebbles.example/demo, please. {ABSTRACT}"))
    assert read(text).papers[0].links.project == "https://pebbles.example/demo"


def test_first_of_several_code_links_counts() -> None:
    assert links_in("https://github.com/a/b https://gitlab.com/c/d").code == (
        "https://github.com/a/b"
    )


@pytest.mark.parametrize("tail", [".", ",", ")", ").", "?!", "**", "]"])
def test_punctuation_is_no_part_of_a_link(tail: str) -> None:
    assert trim_link("https://a.example/b" + tail) == "https://a.example/b"


def test_bracket_that_was_opened_is_part_of_a_link() -> None:
    assert trim_link("https://a.example/b_(c)") == "https://a.example/b_(c)"


def test_broken_address_is_no_link() -> None:
    assert links_in("http://[broken").project == ""


def test_western_encoding_is_read() -> None:
    assert titles(read(page(("Poincaré Maps", ABSTRACT)).decode().encode("cp1252"))) == [
        "Poincaré Maps"
    ]


def test_utf_16_is_read() -> None:
    assert titles(read(page(FIRST).decode().encode("utf-16"))) == [FIRST[0]]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\n\t ", "empty"),
        (b"\x7fELF\0\0\0" + bytes(range(256)), "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        (b"<!DOCTYPE html><html><body>new</body></html>", "web page"),
        (b"\n <HTML><head></head>", "web page"),
        (b"Just one line.", "no title with an abstract"),
        ("\n".join(HEAD).encode(), "no title with an abstract"),
    ],
)
def test_what_is_no_page_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(NotAFeedError, match=reason):
        read(data)


def test_real_page_gives_58_papers(shared_data: Path) -> None:
    real = shared_data / "page_text" / "daily_papers_search_page.txt"
    assert len(read(real.read_bytes()).papers) == 58


def test_real_page_reads_without_problems(shared_data: Path) -> None:
    real = shared_data / "page_text" / "daily_papers_search_page.txt"
    assert read(real.read_bytes()).problems == []


def test_more_lines_than_a_page_has_are_refused() -> None:
    with pytest.raises(NotAFeedError, match="more than 500,000 lines"):
        read_page_text(b"a\n" * 500_001, TODAY)


def test_prose_is_no_page() -> None:
    prose = "\n\n".join(["Lamps", ABSTRACT, "A heading", "Another", ABSTRACT])
    with pytest.raises(NotAFeedError, match="not of a Daily Papers page"):
        read_page_text(prose.encode(), TODAY)
