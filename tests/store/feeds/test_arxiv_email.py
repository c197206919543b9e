"""arXiv's e-mail listings become papers."""

from datetime import date
from quopri import encodestring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import REAL_DATA
from reading_checks import check_harmless

from store.errors import NotAFeedError
from store.feeds.arxiv_email import looks_like_arxiv_email, read_arxiv_email
from store.feeds.reading import FeedReading

REAL = REAL_DATA / "arxiv_email" / "q-fin.txt"
DASHES = "-" * 78 + "\n"

HEAD = f"""Date: Fri, 17 Mar 23 00:31:14 GMT
Subject: q-bio daily 2 new + 1 crosses received

{DASHES}{DASHES}Send any comments regarding submissions directly to submitter.
{DASHES}Archives at http://arxiv.org/
{DASHES} received from  Wed 15 Mar 23 18:00:00 GMT  to  Thu 16 Mar 23 18:00:00 GMT
{DASHES}"""

FIRST = r"""\\
arXiv:2303.00001
Date: Wed, 15 Mar 2023 18:34:08 GMT   (243kb,D)

Title: On the pace of snails in
  wet gardens
Authors: Ada Moss (Slime Institute (Bonn), Germany) and Bo Fern, Cy Reed, Jr.
Categories: q-bio.PE cs.LG
Comments: 16 pages, code at https://github.com/moss/snails
Journal-ref: Annals of Slowness 12 (2023) 1
DOI: 10.1000/Snail.1
Report-no: SI-7
\\
  We watch snails. They are {\em slow}: 3 \% of
all walks end in time.
  A second paragraph.
\\ ( https://arxiv.org/abs/2303.00001 ,  243kb)
"""

CROSS = r"""\\
arXiv:2303.00002 (*cross-listing*)
Date: Thu, 9 Mar 2023 01:29:09 GMT   (961kb,D)

Title: Shells
Authors: Di Sand
Categories: math.CO q-bio.PE
\\
  Spirals.
\\ ( https://arxiv.org/abs/2303.00002 ,  961kb)
"""

REPLACED = r"""%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-%-
%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%
------------------------------------------------------------------------------
\\
arXiv:math/0301234
replaced with revised version Wed, 15 Mar 2023 19:51:08 GMT   (7787kb,D)

Title: Trails
Authors: Ed Wall
Categories: math.CO
\\ ( https://arxiv.org/abs/math/0301234 ,  7787kb)
%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---
"""

MAIL = HEAD + FIRST + DASHES + CROSS + REPLACED


def read(source: str, listed: date | None = None) -> FeedReading:
    return read_arxiv_email(source.encode(), listed)


def ids(source: str) -> list[str]:
    return [one.id.removeprefix("arxiv:") for one in read(source).papers]


def test_an_entry_becomes_a_paper() -> None:
    reading = read(HEAD + FIRST)
    [one] = reading.papers
    assert (reading.feed, reading.problems, reading.tex) == ("arxiv:q-bio", [], False)
    assert (one.id, one.aliases) == ("arxiv:2303.00001", ("doi:10.1000/snail.1",))
    assert one.title == "On the pace of snails in wet gardens"
    assert one.authors == ("Ada Moss", "Bo Fern", "Cy Reed Jr.")
    assert one.abstract == (
        "We watch snails. They are {\\em slow}: 3 \\% of all walks end in time.\n\n"
        "A second paragraph."
    )
    assert (one.date, one.published, one.updated) == ("2023-03-17", "2023-03-15", "")
    assert one.categories == ("q-bio.PE", "cs.LG")
    assert one.venue == "Annals of Slowness 12 (2023) 1"
    assert one.comment == "16 pages, code at https://github.com/moss/snails"
    assert one.links.page == "https://arxiv.org/abs/2303.00001"
    assert one.links.pdf == "https://arxiv.org/pdf/2303.00001"
    assert one.links.code == "https://github.com/moss/snails"


def test_cross_lists_and_replacements_are_read() -> None:
    reading = read(MAIL)
    first, cross, replaced = reading.papers
    assert reading.problems == []
    assert (cross.id, cross.abstract) == ("arxiv:2303.00002", "Spirals.")
    assert (replaced.id, replaced.title) == ("arxiv:math/0301234", "Trails")
    assert (replaced.abstract, replaced.published) == ("", "")
    assert (replaced.updated, replaced.date) == ("2023-03-15", first.date)


def test_the_day_can_be_given() -> None:
    assert read(MAIL, date(2024, 2, 1)).papers[0].date == "2024-02-01"


def test_the_day_is_the_end_of_the_period_where_the_mail_has_no_date() -> None:
    assert read(HEAD.partition("\n")[2] + FIRST).papers[0].date == "2023-03-16"


def test_entries_without_the_head_have_no_day() -> None:
    reading = read(FIRST)
    assert (reading.feed, reading.papers[0].date) == ("arxiv", "")


def test_listings_behind_one_another_each_have_their_day() -> None:
    later = MAIL.replace("Fri, 17 Mar 23", "Mon, 20 Mar 2023").replace("2303", "2304")
    papers = read(MAIL + later).papers
    assert [one.date for one in papers] == ["2023-03-17"] * 3 + ["2023-03-20"] * 3


def test_a_mailbox_with_all_its_headers_is_read() -> None:
    box = f"From no-reply Fri Mar 17 00:40:00 2023\nReceived: from a by b\nX-Spam: no\n{MAIL}\n"
    reading = read(box + box.replace("Fri, 17 Mar 23", "Mon, 20 Mar 23"))
    assert reading.feed == "arxiv:q-bio"
    assert [one.date for one in reading.papers] == ["2023-03-17"] * 3 + ["2023-03-20"] * 3


def test_a_mail_in_quoted_printable_is_decoded() -> None:
    head, _, body = MAIL.partition("\n\n")
    source = f"{head}\nContent-Transfer-Encoding: quoted-printable\n\n".encode()
    encoded = encodestring(body.replace("Shells", "Shells — é").encode())
    papers = read_arxiv_email(source + encoded).papers
    assert [one.title for one in papers[1:]] == ["Shells — é", "Trails"]


def test_windows_line_ends_are_read() -> None:
    assert len(read(MAIL.replace("\n", "\r\n")).papers) == 3


def test_listings_of_before_2007_are_read() -> None:
    old = FIRST.replace("arXiv:2303.00001", "Paper: cs.AI/0001001\nFrom: ada@example.org")
    assert ids(old) == ["cs/0001001"]


def test_an_entry_that_is_cut_off_is_named_and_kept() -> None:
    reading = read(HEAD + CROSS + DASHES + FIRST.partition("all walks")[0])
    cross, cut_off = reading.papers
    assert cross.title == "Shells"
    assert cut_off.abstract.endswith("3 \\% of")
    assert reading.problems == ["2303.00001 is cut off"]


def test_an_entry_without_title_or_id_is_named_and_the_others_kept() -> None:
    untitled = FIRST.replace("Title:", "Nothing:")
    reading = read(HEAD + untitled + DASHES + CROSS.replace("2303.00002", "soon") + DASHES + CROSS)
    assert [one.title for one in reading.papers] == ["Shells"]
    assert reading.problems == [
        "2303.00001: the entry has no title: skipped",
        "soon: the entry has no id of arXiv's: skipped",
    ]


@pytest.mark.parametrize("source", ["words", HEAD, "\\\\\n\\\\\n", "\\\\\narXiv:2303.00001\n"])
def test_what_holds_no_entry_is_refused(source: str) -> None:
    with pytest.raises(NotAFeedError):
        read(source)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MAIL, True),
        (MAIL.replace("\n", "\r\n"), True),
        (FIRST, True),
        (HEAD, False),
        ("We cite arXiv:2303.00001 \\\\\nand others", False),
        ("Prose. " * 4000 + "\n" + FIRST, False),
    ],
)
def test_a_listing_is_reported_from_prose(text: str, expected: bool) -> None:
    assert looks_like_arxiv_email(text) is expected


PARTS = st.lists(
    st.sampled_from(
        [
            *("\\\\\n", "arXiv:2303.00001\n", "Title: x\n", "Authors: A (B) and C, D\n", DASHES),
            *("  more\n", "\n", "Date: 1 Jan 99\n", "replaced with \n", "(", ")", "\x1b[2J", "‮"),
            *("From a 10:10:10\nA:", "Content-Transfer-Encoding: base64\n\n", "DOI: 10.1000/a\n"),
        ]
    )
    | st.text(max_size=4),
    max_size=40,
).map("".join)


@given(PARTS | PARTS.map(lambda parts: FIRST + parts))
def test_whatever_is_read_is_harmless(source: str) -> None:
    try:
        reading = read_arxiv_email(source.encode("utf-8", "surrogatepass"))
    except NotAFeedError:
        return
    check_harmless(reading)


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_arxiv_email(data)
    except NotAFeedError:
        return


@pytest.mark.skipif(not REAL.exists(), reason="the real feeds are not here")
def test_a_real_listing_is_read_in_full() -> None:
    reading = read_arxiv_email(REAL.read_bytes())
    assert (reading.feed, len(reading.papers), reading.problems) == ("arxiv:q-fin", 16, [])
    assert {one.date for one in reading.papers} == {"2023-03-17"}
    assert sum(bool(one.abstract) for one in reading.papers) == 13
