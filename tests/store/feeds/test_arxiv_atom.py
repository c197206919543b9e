"""Answers of arXiv's API become papers, in the older dialect and in the one since 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import REAL_DATA

from store.errors import NotAFeedError
from store.feeds.arxiv_atom import read_arxiv_atom
from store.feeds.reading import FeedReading
from store.model import Links, Paper

REAL = REAL_DATA / "arxiv_atom"

NEW = """<entry>
    <id>http://arxiv.org/abs/2604.01234v2</id>
    <title>Sorting Pebbles by Lamplight with $k &lt; n$ Hands</title>
    <updated>2026-04-21T14:07:39Z</updated>
    <link href="https://arxiv.org/abs/2604.01234v2" rel="alternate" type="text/html"/>
    <summary>We sort \\emph{pebbles} where $x&lt;y$ &amp; $y&gt;z$.</summary>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <category term="68T05" scheme="http://arxiv.org/schemas/atom"/>
    <category term="stat.ML" scheme="http://arxiv.org/schemas/atom"/>
    <category term="I.2.6; H.3.3" scheme="http://arxiv.org/schemas/atom"/>
    <published>2026-04-02T09:00:00Z</published>
    <arxiv:comment>12 pages, code at https://github.com/pebble/sort.</arxiv:comment>
    <arxiv:primary_category term="stat.ML"/>
    <arxiv:journal_ref>Journal of Pebbles 3 (2026)</arxiv:journal_ref>
    <arxiv:doi>10.1234/Pebbles.5</arxiv:doi>
    <author><name>Ada Stein</name><arxiv:affiliation>Shore</arxiv:affiliation></author>
    <author><name>Bo Kiesel</name></author>
  </entry>"""
OLD = """<entry>
    <id>http://arxiv.org/abs/quant-ph/0201999v1</id>
    <published>2002-01-18T15:08:05Z</published>
    <updated>2002-01-18T15:08:05Z</updated>
    <title>What Snails
  Recall</title>
    <summary>  Snails remember
the way home.
  They take it slowly.
</summary>
    <author><name>Cleo Muschel</name></author>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="quant-ph"/>
    <category term="quant-ph" scheme="http://arxiv.org/schemas/atom"/>
  </entry>"""
ERROR = """<entry>
    <id>https://arxiv.org/api/errors#start_must_be_an_integer</id>
    <title>Error</title>
    <summary>start must be an integer</summary>
  </entry>"""


def answer(*entries: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:arxiv="http://arxiv.org/schemas/atom"><id>http://arxiv.org/api/abc</id>'
        "<title>arXiv Query</title><updated>2026-05-01T00:00:00Z</updated>"
        f"{''.join(entries)}</feed>"
    ).encode()


def test_an_entry_becomes_a_paper() -> None:
    assert read_arxiv_atom(answer(NEW)) == FeedReading(
        "arxiv",
        [
            Paper(
                id="arxiv:2604.01234",
                title="Sorting Pebbles by Lamplight with $k < n$ Hands",
                authors=("Ada Stein", "Bo Kiesel"),
                abstract="We sort \\emph{pebbles} where $x<y$ & $y>z$.",
                date="2026-04-02",
                published="2026-04-02",
                updated="2026-04-21",
                categories=("stat.ML", "cs.LG"),
                venue="Journal of Pebbles 3 (2026)",
                comment="12 pages, code at https://github.com/pebble/sort.",
                links=Links(
                    page="https://arxiv.org/abs/2604.01234",
                    pdf="https://arxiv.org/pdf/2604.01234",
                    code="https://github.com/pebble/sort",
                ),
                feeds=("arxiv",),
                aliases=("doi:10.1234/pebbles.5",),
                version=2,
            )
        ],
        [],
    )


def test_wrapped_titles_are_joined_and_old_ids_read() -> None:
    (paper,) = read_arxiv_atom(answer(OLD)).papers
    assert (paper.id, paper.version) == ("arxiv:quant-ph/0201999", 1)
    assert paper.title == "What Snails Recall"
    assert paper.abstract == "Snails remember the way home.\n\nThey take it slowly."
    assert paper.links.page == "https://arxiv.org/abs/quant-ph/0201999"


def test_the_day_listed_can_be_given() -> None:
    papers = read_arxiv_atom(answer(NEW, OLD), date(2026, 5, 1)).papers
    assert [paper.date for paper in papers] == ["2026-05-01"] * 2


def test_an_entry_without_dates_counts_as_listed_when_arxiv_answered() -> None:
    undated = OLD.replace("published", "was").replace("updated", "is")
    (paper,) = read_arxiv_atom(answer(undated)).papers
    assert (paper.date, paper.published) == ("2026-05-01", "")


def test_no_result_is_no_error() -> None:
    assert read_arxiv_atom(answer()) == FeedReading("arxiv", [], [])


def test_an_answer_that_is_an_error_is_refused_in_arxivs_words() -> None:
    with pytest.raises(NotAFeedError, match="start must be an integer"):
        read_arxiv_atom(answer(ERROR))


def test_an_error_among_entries_is_a_problem() -> None:
    reading = read_arxiv_atom(answer(NEW, ERROR))
    assert len(reading.papers) == 1
    assert reading.problems == ["arXiv says: start must be an integer"]


def test_entries_without_title_or_id_are_problems_that_name_them() -> None:
    no_id = NEW.replace("http://arxiv.org/abs/2604.01234v2", "https://example.org/pebbles")
    no_title = NEW.replace("<title>", "<t>").replace("</title>", "</t>")
    reading = read_arxiv_atom(answer(OLD, no_id, no_title))
    assert [paper.title for paper in reading.papers] == ["What Snails Recall"]
    assert reading.problems == [
        "“Sorting Pebbles by Lamplight with $k < n$ Hands” has no arXiv id",
        "http://arxiv.org/abs/2604.01234v2 has no title",
    ]


def test_an_answer_that_is_cut_off_keeps_its_whole_entries() -> None:
    whole = answer(OLD, NEW)
    reading = read_arxiv_atom(whole[: whole.index(b"stat.ML")])
    assert [paper.title for paper in reading.papers] == ["What Snails Recall"]
    assert len(reading.problems) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>503 Service Unavailable</body></html>",
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
        b"Rate exceeded.",
        b"<rss><channel><title>Pebbles</title></channel></rss>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><id>https://example.org/</id></feed>',
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title></entry></feed>',
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(NotAFeedError):
        read_arxiv_atom(data)


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text_in_an_entry_is_read_harmless_or_refused(
    title: str, abstract: str, doi: str, number: str
) -> None:
    entry = (
        f"<entry><id>http://arxiv.org/abs/2604.00001v{number}</id><title>{title}</title>"
        f"<summary>{abstract}</summary><arxiv:doi>{doi}</arxiv:doi></entry>"
    )
    data = answer(entry).decode("utf-8", "replace").encode()
    try:
        papers = read_arxiv_atom(data).papers
    except NotAFeedError:
        return
    for paper in papers:
        text = "".join((paper.title, paper.abstract.replace("\n", ""), *paper.aliases))
        assert not any(character < " " for character in text)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real feeds are not here")
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("new_2026-04-22_cs.LG_50.xml", 50),
        ("old_2025-10-17_cs.RO_2.xml", 2),
        ("old_empty.xml", 0),
        ("old_style_id.xml", 1),
    ],
)
def test_real_answers_are_read_in_full(name: str, count: int) -> None:
    reading = read_arxiv_atom((REAL / name).read_bytes())
    assert (len(reading.papers), reading.problems) == (count, [])
    assert all(paper.authors and paper.abstract and paper.categories for paper in reading.papers)
