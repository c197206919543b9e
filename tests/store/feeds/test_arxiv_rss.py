"""arXiv's daily announcements become papers, from RSS and from Atom."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import REAL_DATA

from store.errors import NotAFeedError
from store.feeds.arxiv_rss import read_arxiv_rss
from store.feeds.reading import FeedReading
from store.model import Links, Paper

REAL = REAL_DATA / "arxiv_rss"
NAMESPACES = (
    'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ABSTRACT = "If $x&lt;y$ and $y&gt;z$ then &lt;EOS&gt; ends R&amp;D."


def item(creators: str = "Ada Stein, Bo Kiesel", kind: str = "new", title: str = "Pebbles") -> str:
    return f"""<item>
      <title>{title}</title>
      <link>https://arxiv.org/abs/2604.01234</link>
      <description>arXiv:2604.01234v3 Announce Type: {kind} \nAbstract: {ABSTRACT}</description>
      <guid isPermaLink="false">oai:arXiv.org:2604.01234v3</guid>
      <category>cs.CL</category>
      <category>cs.AI</category>
      <pubDate>Mon, 27 Apr 2026 23:00:00 -0400</pubDate>
      <arxiv:announce_type>{kind}</arxiv:announce_type>
      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
      <arxiv:DOI>10.1234/Pebbles.5</arxiv:DOI>
      <arxiv:journal_reference>Journal of Pebbles 3</arxiv:journal_reference>
      <dc:creator>{creators}</dc:creator>
    </item>"""


def rss(*items: str, title: str = "cs.CL updates on arXiv.org") -> bytes:
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<rss {NAMESPACES} version="2.0">
  <channel>
    <title>{title}</title>
    <link>http://rss.arxiv.org/rss/cs.CL</link>
    <description>What happened today.</description>
    <pubDate>Tue, 28 Apr 2026 00:00:00 -0400</pubDate>
    {"".join(items)}
  </channel>
</rss>""".encode()


def atom(*entries: str) -> bytes:
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed {NAMESPACES} xmlns="http://www.w3.org/2005/Atom">
  <id>http://rss.arxiv.org/atom/cs.CL+cs.AI</id>
  <title>cs.CL, cs.AI updates on arXiv.org</title>
  <updated>2026-04-28T04:00:05.907047+00:00</updated>
  {"".join(entries)}
</feed>""".encode()


ENTRY = f"""<entry>
    <id>oai:arXiv.org:2604.01234v3</id>
    <title>Pebbles</title>
    <updated>2026-04-28T04:00:05.965050+00:00</updated>
    <link href="https://arxiv.org/abs/2604.01234" rel="alternate" type="text/html"/>
    <summary>arXiv:2604.01234v3 Announce Type: new \nAbstract: {ABSTRACT}</summary>
    <category term="cs.CL"/>
    <category term="cs.AI"/>
    <published>2026-04-27T00:00:00-04:00</published>
    <arxiv:announce_type>new</arxiv:announce_type>
    <arxiv:journal_reference>Journal of Pebbles 3</arxiv:journal_reference>
    <arxiv:DOI>10.1234/Pebbles.5</arxiv:DOI>
    <dc:creator>Ada Stein, Bo Kiesel</dc:creator>
  </entry>"""


def pebbles(feed: str, announced: str = "new") -> Paper:
    return Paper(
        id="arxiv:2604.01234",
        title="Pebbles",
        authors=("Ada Stein", "Bo Kiesel"),
        abstract="If $x<y$ and $y>z$ then <EOS> ends R&D.",
        date="2026-04-27",
        categories=("cs.CL", "cs.AI"),
        venue="Journal of Pebbles 3",
        links=Links(
            page="https://arxiv.org/abs/2604.01234", pdf="https://arxiv.org/pdf/2604.01234"
        ),
        feeds=(feed,),
        aliases=("doi:10.1234/pebbles.5",),
        version=3,
        announced=announced,
    )


def test_an_item_of_rss_becomes_a_paper() -> None:
    assert read_arxiv_rss(rss(item())) == FeedReading("arxiv:cs.CL", [pebbles("arxiv:cs.CL")], [])


def test_an_entry_of_atom_becomes_the_same_paper() -> None:
    feed = "arxiv:cs.CL+cs.AI"
    assert read_arxiv_rss(atom(ENTRY)) == FeedReading(feed, [pebbles(feed)], [])


@pytest.mark.parametrize("kind", ["new", "cross", "replace", "replace-cross"])
def test_every_type_of_announcement_is_kept(kind: str) -> None:
    assert read_arxiv_rss(rss(item(kind=kind))).papers == [pebbles("arxiv:cs.CL", kind)]


def test_a_type_of_announcement_that_is_not_known_is_none() -> None:
    assert read_arxiv_rss(rss(item(kind="absonly"))).papers == [pebbles("arxiv:cs.CL", "")]


@pytest.mark.parametrize("data", [rss(), atom()])
def test_a_day_without_an_announcement_is_no_error(data: bytes) -> None:
    reading = read_arxiv_rss(data)
    assert (reading.papers, reading.problems) == ([], [])


def test_the_day_listed_can_be_given() -> None:
    (paper,) = read_arxiv_rss(rss(item()), date(2026, 5, 2)).papers
    assert paper.date == "2026-05-02"


def test_an_item_without_a_day_has_the_channels() -> None:
    (paper,) = read_arxiv_rss(rss(item().replace("pubDate", "was"))).papers
    assert paper.date == "2026-04-28"


@pytest.mark.parametrize(
    ("creators", "names"),
    [
        ("Ada Stein (Shore, Sea (North)), Bo Kiesel", ("Ada Stein", "Bo Kiesel")),
        ("Ada Stein (1), Bo Kiesel (1 and 2) ((1) Shore, (2) Sea)", ("Ada Stein", "Bo Kiesel")),
        ("Ada Stein (Shore) (Sea),  Bo", ("Ada Stein", "Bo")),
        ("Ada (Addie) Stein", ("Ada (Addie) Stein",)),
        ("Ada Stein (Shore, Bo Kiesel", ("Ada Stein (Shore", "Bo Kiesel")),
        ("Ada Stein), Bo Kiesel", ("Ada Stein)", "Bo Kiesel")),
        ("Ada Stein", ("Ada Stein",)),
        ("", ()),
    ],
)
def test_authors_are_told_from_their_affiliations(creators: str, names: tuple[str, ...]) -> None:
    (paper,) = read_arxiv_rss(rss(item(creators))).papers
    assert paper.authors == names


def test_the_id_is_looked_for_outside_the_description_too() -> None:
    (paper,) = read_arxiv_rss(rss(item().replace("arXiv:2604.01234v3 Announce", "Announce"))).papers
    assert (paper.id, paper.version) == ("arxiv:2604.01234", 3)


def test_an_item_without_a_title_is_a_problem() -> None:
    reading = read_arxiv_rss(rss(item(title=" "), item()))
    assert reading.papers == [pebbles("arxiv:cs.CL")]
    assert reading.problems == ["2604.01234v3 has no title"]


def test_the_feed_is_named_by_its_address_if_its_title_tells_nothing() -> None:
    assert read_arxiv_rss(rss(title="Today")).feed == "arxiv:cs.CL"


def test_a_feed_that_is_an_error_is_refused_in_arxivs_words() -> None:
    data = rss(title="Feed error for query: http://rss.arxiv.org/rss/cs.XX")
    with pytest.raises(NotAFeedError, match=r"arXiv says: What happened today\."):
        read_arxiv_rss(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>503</body></html>",
        b"<rss/>",
        b"<rss><channel><title>Pebbles</title><link>https://a.example/</link></channel></rss>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Pebbles</title></feed>',
        rss("<item/>"),
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(NotAFeedError):
        read_arxiv_rss(data)


@given(st.text("(),a b"))
def test_any_list_of_authors_is_read(creators: str) -> None:
    (paper,) = read_arxiv_rss(rss(item(creators))).papers
    assert all(name == name.strip() and name for name in paper.authors)


@given(st.text(st.characters(codec="utf-8")))
def test_any_title_is_read_or_refused(title: str) -> None:
    try:
        papers = read_arxiv_rss(rss(item(title=title))).papers
    except NotAFeedError:
        return
    assert not any(character < " " for paper in papers for character in paper.title)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real feeds are not here")
@pytest.mark.parametrize(
    ("name", "feed", "count"),
    [
        ("2026-04-27_cs.AI_trimmed.xml", "arxiv:cs.AI", 3),
        ("2026-04-27_cs.CL_trimmed.xml", "arxiv:cs.CL", 3),
        ("arxiv_rss_cs.CV_2026-05-04_146.xml", "arxiv:cs.CV", 146),
        ("arxiv_rss_weekend_empty.xml", "arxiv:cs.CL", 0),
    ],
)
def test_real_announcements_are_read_in_full(name: str, feed: str, count: int) -> None:
    reading = read_arxiv_rss((REAL / name).read_bytes())
    assert (reading.feed, len(reading.papers), reading.problems) == (feed, count, [])
    assert not any("Announce Type" in paper.abstract for paper in reading.papers)
    assert all(paper.authors and paper.version and paper.date for paper in reading.papers)
