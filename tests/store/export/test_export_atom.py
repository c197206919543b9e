"""Atom: the feed is read back by our own adapter and by an XML parser."""

from datetime import date
from xml.etree.ElementTree import fromstring

from conftest import paper
from hypothesis import given
from hypothesis import strategies as st

from store.export.formats import export
from store.feeds.formats import read_feed
from store.model import Links, Marks, Paper

ATOM = "{http://www.w3.org/2005/Atom}"
LAMPS = paper(
    title="Lamps & <Lights>",
    authors=("Jo Doe", "Ann Roe"),
    abstract="They shine.",
    updated="2025-08-03",
    published="2025-07-30",
    categories=("cs.CL",),
    links=Links(pdf="https://arxiv.org/pdf/2508.00001", code="https://github.com/a/b?c&d"),
)


def feed(*papers: Paper, query: str = "", marks: Marks | None = None) -> bytes:
    entries = [(each, marks or Marks()) for each in papers]
    return export("atom", entries, query=query)


def test_feed_is_read_back() -> None:
    [read] = read_feed(feed(LAMPS), None, date(2025, 8, 1)).papers
    assert (read.id, read.title, read.authors) == (LAMPS.id, LAMPS.title, LAMPS.authors)
    assert (read.abstract, read.published) == (LAMPS.abstract, LAMPS.published)


def test_entry_has_what_the_format_asks_for() -> None:
    entry = fromstring(feed(paper(authors=()))).find(f"{ATOM}entry")
    assert entry is not None
    for name in ("title", "id", "updated", "author/" + ATOM + "name"):
        assert entry.findtext(f"{ATOM}{name}")


def test_links_and_categories_are_there() -> None:
    root = fromstring(feed(LAMPS))
    hrefs = [each.get("href") for each in root.iter(f"{ATOM}link")]
    assert hrefs == [
        "https://arxiv.org/abs/2508.00001",
        "https://arxiv.org/pdf/2508.00001",
        "https://github.com/a/b?c&d",
    ]
    assert [each.get("term") for each in root.iter(f"{ATOM}category")] == ["cs.CL"]


def test_feed_is_known_by_its_query_and_dated_by_its_papers() -> None:
    root = fromstring(feed(LAMPS, paper("arxiv:2508.00002"), query="is:starred"))
    assert root.findtext(f"{ATOM}title") == "papers-tui: is:starred"
    assert root.findtext(f"{ATOM}updated") == "2025-08-03T00:00:00Z"
    other = fromstring(feed(LAMPS, query="is:unread")).findtext(f"{ATOM}id")
    assert root.findtext(f"{ATOM}id") != other


def test_same_papers_are_the_same_bytes() -> None:
    assert feed(LAMPS, query="a") == feed(LAMPS, query="a")


def test_what_is_the_users_own_stays_out() -> None:
    assert b"secret" not in feed(LAMPS, marks=Marks(note="secret", tags=("secret",)))


def test_feed_of_nothing_is_a_feed() -> None:
    assert fromstring(feed()).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


@given(st.text(max_size=40))
def test_any_text_makes_a_feed(text: str) -> None:
    odd = paper(
        title=text, authors=(text,), abstract=text, categories=(text,), updated=text, date=text
    )
    assert fromstring(feed(odd, query=text)).find(f"{ATOM}entry") is not None
