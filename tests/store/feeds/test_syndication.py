"""Feeds of journals, conferences and blogs become papers."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import REAL_DATA
from reading_checks import check_costs_little, many

from store.errors import NotAFeedError
from store.feeds.reading import FeedReading
from store.feeds.syndication import read_syndication
from store.identity import title_key
from store.model import Links, Paper

REAL = REAL_DATA / "arxiv_rss"
TODAY = date(2026, 5, 10)
LONG = "Pebbles were sorted by hand and by lamplight, " * 6 + "and then counted."

RDF = f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
  <channel rdf:about="https://www.pebbles.example/journal.rss">
    <title>Journal of Pebbles</title>
    <link>https://www.pebbles.example/journal</link>
    <items><rdf:Seq><rdf:li rdf:resource="https://www.pebbles.example/articles/p5"/></rdf:Seq></items>
  </channel>
  <item rdf:about="https://www.pebbles.example/articles/p5">
    <title><![CDATA[Sorting <i>Pebbles</i> by Lamplight]]></title>
    <link>https://www.pebbles.example/articles/p5</link>
    <content:encoded><![CDATA[<p>Published online; <a href="https://doi.org/x">doi</a></p>{LONG}]]>
    </content:encoded>
    <dc:title>Sorting Pebbles by Lamplight</dc:title>
    <dc:creator>Ada Stein</dc:creator>
    <dc:creator>Bo Kiesel</dc:creator>
    <dc:identifier>doi:10.1234/Pebbles-5</dc:identifier>
    <dc:subject>Sorting</dc:subject>
    <dc:date>2026-05-04</dc:date>
    <prism:publicationName>Journal of Pebbles</prism:publicationName>
    <prism:doi>10.1234/Pebbles-5</prism:doi>
  </item>
</rdf:RDF>"""


def rss(*items: str, head: str = "<link>https://blog.example/</link>") -> bytes:
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>A Blog</title>{head}{''.join(items)}</channel></rss>"
    ).encode()


def atom(*entries: str) -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>A Conference</title>'
        '<link rel="self" href="https://conf.example/feed"/><link href="https://conf.example/"/>'
        f"{''.join(entries)}</feed>"
    ).encode()


def item(content: str) -> str:
    return f"<item><title>Pebbles</title>{content}</item>"


def only(data: bytes) -> Paper:
    (paper,) = read_syndication(data, TODAY).papers
    return paper


def test_a_journal_in_rdf_is_read() -> None:
    assert read_syndication(RDF.encode(), TODAY) == FeedReading(
        "pebbles.example",
        [
            Paper(
                id="doi:10.1234/pebbles-5",
                title="Sorting Pebbles by Lamplight",
                authors=("Ada Stein", "Bo Kiesel"),
                abstract=f"Published online; doi\n\n{LONG}",
                keywords=("Sorting",),
                date="2026-05-04",
                published="2026-05-04",
                venue="Journal of Pebbles",
                links=Links(page="https://www.pebbles.example/articles/p5"),
                feeds=("pebbles.example",),
            )
        ],
        [],
    )


def test_a_conference_in_atom_is_read() -> None:
    entry = """<entry>
      <title type="text">Where $x&lt;i&gt;$ holds</title>
      <id>tag:conf.example,2026:7</id>
      <link rel="enclosure" type="application/pdf" href="https://conf.example/7.pdf"/>
      <link rel="alternate" href="https://conf.example/7"/>
      <author><name>Ada Stein</name><email>ada@shore.example</email></author>
      <author><name>Bo Kiesel</name></author>
      <category term="sort" label="Sorting"/>
      <published>2026-05-03T23:30:00-07:00</published>
      <updated>2026-05-05T00:00:00Z</updated>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
        <p>First &amp; <b>foremost</b>.</p> <p>Then
        code at <a href="x">https://github.com/pebble/sort</a>.</p></div></content>
    </entry>"""
    assert only(atom(entry)) == Paper(
        id=title_key("Where $x<i>$ holds"),
        title="Where $x<i>$ holds",
        authors=("Ada Stein", "Bo Kiesel"),
        abstract="First & foremost.\n\nThen code at https://github.com/pebble/sort.",
        keywords=("Sorting",),
        date="2026-05-03",
        published="2026-05-03",
        updated="2026-05-05",
        links=Links(
            page="https://conf.example/7",
            pdf="https://conf.example/7.pdf",
            code="https://github.com/pebble/sort",
        ),
        feeds=("conf.example",),
    )


def test_a_description_of_encoded_html_becomes_text_with_its_paragraphs() -> None:
    html = "&lt;p&gt;One&amp;nbsp;&amp;amp; two&lt;/p&gt;&lt;p&gt;Three"
    paper = only(rss(item(f"<description>{html}</description>")))
    assert paper.abstract == "One & two\n\nThree"


def test_the_content_stands_in_for_a_short_summary_and_not_for_a_long_one() -> None:
    content = f"<content:encoded>{LONG} {LONG}</content:encoded>"
    assert only(rss(item(f"<description>Short.</description>{content}"))).abstract.startswith(LONG)
    assert only(rss(item(f"<description>{LONG}</description>{content}"))).abstract == LONG


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        ("<link>http://arxiv.org/abs/2604.01234v2</link>", ("arxiv:2604.01234",)),
        ("<guid>oai:arXiv.org:2604.01234v2</guid>", ("arxiv:2604.01234",)),
        ("<guid>https://doi.org/10.48550/arXiv.2604.01234</guid>", ("arxiv:2604.01234",)),
        (
            "<guid>10.1234/p.5</guid><link>https://arxiv.org/pdf/2604.01234.pdf</link>",
            ("arxiv:2604.01234", "doi:10.1234/p.5"),
        ),
        (
            "<link>https://x.example/article?id=10.1371/journal.p.1</link>",
            ("doi:10.1371/journal.p.1",),
        ),
        ("<link>https://x.example/doi/abs/10.1145/123.456?af=R</link>", ("doi:10.1145/123.456",)),
        ("<link>https://x.example/doi/10.1145%2F123.456/full</link>", ("doi:10.1145/123.456",)),
        (
            "<link>https://www.biorxiv.org/content/10.1101/2026.05.01.123456v2.full</link>",
            ("doi:10.1101/2026.05.01.123456",),
        ),
        ("<dc:identifier>doi:10.1101/2026.05.01.1</dc:identifier>", ("doi:10.1101/2026.05.01.1",)),
        ("<link>https://x.example/2604.01234</link>", (title_key("Pebbles"),)),
    ],
)
def test_ids_are_found_where_feeds_have_them(content: str, keys: tuple[str, ...]) -> None:
    paper = only(rss(item(content)))
    assert paper.keys == keys


def test_an_arxiv_paper_has_arxivs_links_and_version() -> None:
    paper = only(rss(item("<link>http://arxiv.org/abs/2604.01234v2</link>")))
    assert paper.links.page == "https://arxiv.org/abs/2604.01234"
    assert paper.links.pdf == "https://arxiv.org/pdf/2604.01234"
    assert paper.version == 2


@pytest.mark.parametrize(
    ("content", "authors"),
    [
        (
            "<dc:creator>Ada Stein, Bo Kiesel and Cleo Muschel</dc:creator>",
            "Ada Stein|Bo Kiesel|Cleo Muschel",
        ),
        ("<dc:creator>Stein, A., Kiesel, B. C.</dc:creator>", "A. Stein|B. C. Kiesel"),
        ("<dc:creator>Stein, Ada; Kiesel, Bo</dc:creator>", "Ada Stein|Bo Kiesel"),
        ("<dc:creator>Stein, Ada</dc:creator>", "Ada Stein"),
        ("<author>ada@shore.example (Ada Stein)</author>", "Ada Stein"),
        ("<dc:creator>Zo&amp;euml; Stein</dc:creator>", "Zoë Stein"),
    ],
)
def test_authors_are_read_however_they_are_listed(content: str, authors: str) -> None:
    assert only(rss(item(content))).authors == tuple(authors.split("|"))


def test_authors_in_two_elements_are_taken_once() -> None:
    both = "<author>a@b.example (Ada Stein)</author><dc:creator>Stein, Ada</dc:creator>"
    assert only(rss(item(both))).authors == ("Ada Stein",)


def test_authors_that_stand_in_the_description_alone_are_found() -> None:
    text = "<![CDATA[May 2026<br>Author(s): Ada Stein, Bo Kiesel<br>]]>"
    assert only(rss(item(f"<description>{text}</description>"))).authors == (
        *("Ada Stein", "Bo Kiesel"),
    )


def test_a_name_in_several_languages_is_one_author() -> None:
    names = "<en><name>Ichiro Suzuki</name></en><ja><name>鈴木 一郎</name></ja>"
    entry = f"<entry><title>A</title><author>{names}</author></entry>"
    assert only(atom(entry)).authors == ("Ichiro Suzuki",)


def test_what_a_page_is_made_with_is_no_abstract() -> None:
    page = "<picture><source srcset='a'></picture><form><input name='e'></form><p>Words.</p>"
    content = f"<content:encoded><![CDATA[{page}]]></content:encoded>"
    assert only(rss(item(content))).abstract == "Words."


@pytest.mark.parametrize(
    ("content", "day"),
    [
        ("<pubDate>Mon, 04 May 2026 23:59:00 -0700</pubDate>", "2026-05-04"),
        ("<pubDate>4 May 2026</pubDate>", "2026-05-04"),
        ("<dc:date>2026-05</dc:date>", "2026-05-01"),
        ("<pubDate>Tue, 01 Dec 2026 00:00:00 GMT</pubDate>", "2026-05-10"),
        ("<pubDate>31 Feb 2026</pubDate>", "2026-05-02"),
        ("<pubDate>soon</pubDate>", "2026-05-02"),
    ],
)
def test_the_day_is_the_entrys_and_never_after_today(content: str, day: str) -> None:
    (paper,) = read_syndication(rss(item(content)), TODAY, listed=date(2026, 5, 2)).papers
    assert paper.date == day


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/hosts",
        "https://user@x.example/",
        "https://[",
        "x y",
        "N/A",
    ],
)
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    assert only(rss(item(f"<link>{address}</link>"))).links == Links()


def test_an_entry_without_a_title_is_a_problem() -> None:
    reading = read_syndication(rss(item(""), "<item><link>https://a.example/</link></item>"), TODAY)
    assert len(reading.papers) == 1
    assert reading.problems == ["entry 2 has no title"]


def test_a_feed_without_entries_is_no_error() -> None:
    assert read_syndication(rss(), TODAY) == FeedReading("blog.example", [], [])


def test_a_feed_without_a_link_is_named_by_its_title() -> None:
    assert read_syndication(rss(head=""), TODAY).feed == "A Blog"


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><p>Hi",
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head/></html>',
        b"<opml><body/></opml>",
        b'{"items": []}',
        b"<rss/>",
        rss("<item/>"),
    ],
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(NotAFeedError):
        read_syndication(data, TODAY)


def entry_of(content: str) -> Callable[[], bytes]:
    return lambda: rss(item(content))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "author": entry_of("<author>" + "a." * many(4_900_000) + "@</author>"),
    "authors": entry_of("<author>a b</author>" * many(400_000)),
    "keywords": entry_of("<category>a</category>" * many(450_000)),
    "links": entry_of("<link>http://a.example/10.1234/x</link>" * many(200_000)),
    "tags without end": entry_of(
        "<description><![CDATA[" + "<p " * many(900_000) + "]]></description>"
    ),
    "comments": entry_of("<description><![CDATA[" + "<!--" * many(900_000) + "]]></description>"),
    "scripts": entry_of(
        "<description><![CDATA[" + "<script>" * many(900_000) + "]]></description>"
    ),
    "nested": lambda: atom(
        '<entry><title>a</title><content type="xhtml">'
        + "<p>" * many(200_000)
        + "</p>" * many(200_000),
        "</content></entry>",
    ),
    "entries": lambda: rss(item(f"<description>{LONG}</description>") * many(25_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_costs_little(name: str) -> None:
    data = HOSTILE[name]()
    papers: list[Paper] = []
    check_costs_little(lambda: papers.extend(read_syndication(data, TODAY).papers))
    assert papers


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_any_text_in_an_entry_is_read_harmless_or_refused(title: str, text: str) -> None:
    fields = "".join(
        f"<{tag}>{text}</{tag}>" for tag in ("description", "link", "author", "guid", "category")
    )
    try:
        papers = read_syndication(rss(f"<item><title>{title}</title>{fields}</item>"), TODAY).papers
    except NotAFeedError:
        return
    for paper in papers:
        lines = (paper.title, *paper.authors, *paper.keywords, *paper.abstract.split("\n"))
        assert not any(character < " " for line in lines for character in line)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real feeds are not here")
def test_an_announcement_of_arxivs_can_be_read_as_any_feed() -> None:
    data = (REAL / "arxiv_rss_cs.CV_2026-05-04_146.xml").read_bytes()
    reading = read_syndication(data, TODAY)
    assert (len(reading.papers), reading.problems) == (146, [])
    assert all(paper.id.startswith("arxiv:") for paper in reading.papers)


# What arXiv's RSS had until 2024

OLD_ARXIV = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://arxiv.org/"><title>cs.SE updates on arXiv.org</title>
<dc:date>2022-03-08T20:30:00-05:00</dc:date></channel>
<item rdf:about="http://arxiv.org/abs/2203.01234"><title>{title}</title>
<link>http://arxiv.org/abs/2203.01234</link><dc:creator>Ada Ek</dc:creator></item></rdf:RDF>"""


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Snails. (arXiv:2203.01234v1 [cs.SE])", ("Snails", 1, ("cs.SE",), "new")),
        ("Snails? (arXiv:2203.01234v3 [math.CO] UPDATED)", ("Snails?", 3, ("math.CO",), "replace")),
        (
            "Snails... (arXiv:2203.01234v1 [q-bio.PE, stat.AP] CROSS LISTED)",
            ("Snails...", 1, ("q-bio.PE", "stat.AP"), "cross"),
        ),
        ("Snails (arXiv:2203.01234 [hep-th])", ("Snails", 0, ("hep-th",), "new")),
        ("Snails (and slugs)", ("Snails (and slugs)", 0, (), "")),
        ("On (arXiv: [x])", ("On (arXiv: [x])", 0, (), "")),
    ],
)
def test_what_old_arxiv_feeds_have_behind_a_title_is_read(
    title: str, told: tuple[str, int, tuple[str, ...], str]
) -> None:
    reading = read_syndication(OLD_ARXIV.format(title=title).encode(), TODAY)
    (paper,) = reading.papers
    assert (paper.title, paper.version, paper.categories, paper.announced) == told
    assert (paper.id, paper.date) == ("arxiv:2203.01234", "2022-03-08")


# Relative addresses

BLOG = """<feed xmlns="http://www.w3.org/2005/Atom" {feed}><title>Blog</title>{self}
<entry {entry}><title>Relative</title><link href="{link}" {own}/><id>tag:1</id></entry></feed>"""
BASE = 'xml:base="https://blog.example.org/a/"'
SELF = '<link rel="self" href="https://blog.example.org/a/feed.xml"/>'


@pytest.mark.parametrize(
    ("places", "page"),
    [
        ({"feed": BASE, "link": "1.html"}, "https://blog.example.org/a/1.html"),
        ({"feed": BASE, "link": "/1.html"}, "https://blog.example.org/1.html"),
        ({"feed": BASE, "link": "//cdn.org/1.html"}, "https://cdn.org/1.html"),
        ({"feed": BASE, "entry": 'xml:base="b/"', "link": "1"}, "https://blog.example.org/a/b/1"),
        ({"entry": BASE, "link": "1", "own": 'xml:base="/c/"'}, "https://blog.example.org/c/1"),
        ({"feed": BASE, "link": "https://other.org/1"}, "https://other.org/1"),
        ({"self": SELF, "link": "1.html"}, "https://blog.example.org/a/1.html"),
        ({"feed": BASE, "link": "javascript:alert(1)"}, ""),
        ({"feed": 'xml:base="file:///etc/"', "link": "passwd"}, ""),
        ({"feed": 'xml:base="http://[x/"', "link": "1"}, ""),
        ({"link": "1.html"}, ""),
        ({"feed": 'xml:base=""', "link": "1.html"}, ""),
    ],
)
def test_relative_address_is_relative_to_its_base(places: dict[str, str], page: str) -> None:
    given = {"feed": "", "self": "", "entry": "", "own": "", **places}
    (paper,) = read_syndication(BLOG.format(**given).encode(), TODAY).papers
    assert paper.links.page == page


def test_base_of_a_channel_holds_for_its_items() -> None:
    data = (
        f"<rss><channel {BASE}><title>x</title><item><title>One</title><link>1</link></item>"
        "</channel></rss>"
    )
    (paper,) = read_syndication(data.encode(), TODAY).papers
    assert paper.links.page == "https://blog.example.org/a/1"
