"""The format of a file is recognised by its content."""

import gzip
import json
from datetime import date

import pytest
from conftest import ABSTRACT, page
from hypothesis import given
from hypothesis import strategies as st

from store.errors import NotAFeedError
from store.feeds.formats import FORMATS, read_feed
from store.feeds.reading import FeedReading

TODAY = date(2025, 8, 10)
TITLE = "Sorting Pebbles by Lamplight"

HF = [{"paper": {"id": "2508.00001", "title": TITLE, "summary": ABSTRACT}}]
OWN = {"id": "arxiv:2508.00001", "title": TITLE, "abstract": ABSTRACT}
ATOM_ENTRY = f"""<entry><id>http://arxiv.org/abs/2508.00001v1</id><title>{TITLE}</title>
<updated>2025-08-01T00:00:00Z</updated><published>2025-08-01T00:00:00Z</published>
<summary>{ABSTRACT}</summary><author><name>Ada Snail</name></author>
<link href="https://papers.example/1" rel="alternate" type="text/html"/></entry>"""
ARXIV_ATOM = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<link href="http://arxiv.org/api/query?search_query%3Dsnails" rel="self"/>
<title>arXiv Query: snails</title><id>http://arxiv.org/api/abc</id>
<updated>2025-08-01T00:00:00Z</updated>{ATOM_ENTRY}</feed>"""
ATOM = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Pebbles</title><id>https://papers.example/</id>
<updated>2025-08-01T00:00:00Z</updated>
{ATOM_ENTRY.replace("http://arxiv.org/abs/2508.00001v1", "https://papers.example/1")}</feed>"""
RSS = f"""<rss version="2.0"><channel><title>Pebbles</title><link>https://papers.example/</link>
<description>Papers on pebbles</description><item><title>{TITLE}</title>
<link>https://papers.example/1</link><description>{ABSTRACT}</description>
<pubDate>Fri, 01 Aug 2025 00:00:00 GMT</pubDate></item></channel></rss>"""
OLD_RSS = f"""<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x.example/rss.dtd">{RSS}"""
ARXIV_RSS = f"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
version="2.0"><channel><title>cs.CL updates on arXiv.org</title>
<link>http://rss.arxiv.org/rss/cs.CL</link><description>cs.CL updates</description>
<pubDate>Fri, 01 Aug 2025 00:00:00 -0400</pubDate>
<item><title>{TITLE}</title><link>https://arxiv.org/abs/2508.00001</link>
<description>arXiv:2508.00001v1 Announce Type: new
Abstract: {ABSTRACT}</description><guid isPermaLink="false">oai:arXiv.org:2508.00001v1</guid>
<category>cs.CL</category><arxiv:announce_type>new</arxiv:announce_type>
<dc:creator>Ada Snail</dc:creator></item></channel></rss>"""
BIBTEX = f"@article{{snail2025, title = {{{TITLE}}}, author = {{Snail, Ada}}, year = 2025}}"
RIS = f"TY  - JOUR\r\nTI  - {TITLE}\r\nAU  - Snail, Ada\r\nPY  - 2025\r\nER  - \r\n"
EMAIL = f"""------------------------------------------------------------------------------
------------------------------------------------------------------------------
Send any comments regarding submissions directly to submitter.
------------------------------------------------------------------------------
Archives at http://arxiv.org/
------------------------------------------------------------------------------
 Submissions to:
Computation and Language
 received from  Wed 30 Jul 25 18:00:00 GMT  to  Thu 31 Jul 25 18:00:00 GMT
------------------------------------------------------------------------------
------------------------------------------------------------------------------
\\\\
arXiv:2508.00001
Date: Thu, 31 Jul 2025 10:00:00 GMT   (12kb)

Title: {TITLE}
Authors: Ada Snail
Categories: cs.CL
\\\\
  {ABSTRACT}
\\\\ ( https://arxiv.org/abs/2508.00001 ,  12kb)
"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Pebbles",
    "home_page_url": "https://papers.example/",
    "items": [
        {
            "id": "https://papers.example/1",
            "url": "https://papers.example/1",
            "title": TITLE,
            "summary": ABSTRACT,
            "date_published": "2025-08-01T00:00:00Z",
        }
    ],
}
CSL = [
    {
        "id": "snail2025",
        "type": "article-journal",
        "title": TITLE,
        "author": [{"family": "Snail", "given": "Ada"}],
        "issued": {"date-parts": [["2025", 8, 1]]},
    }
]
ARXIV_JSON = {
    "id": "2508.00001",
    "submitter": "Ada Snail",
    "authors": "Ada Snail",
    "title": TITLE,
    "categories": "cs.CL",
    "abstract": ABSTRACT,
    "versions": [{"version": "v1", "created": "Fri, 1 Aug 2025 10:00:00 GMT"}],
    "update_date": "2025-08-02",
    "authors_parsed": [["Snail", "Ada", ""]],
}
PUBMED = f"""
PMID- 12345678
OWN - NLM
DP  - 2025 Aug 1
TI  - {TITLE}.
AB  - {ABSTRACT}
FAU - Snail, Ada
AU  - Snail A
"""
REFER = f"%0 Journal Article\n%A Snail, Ada\n%T {TITLE}\n%D 2025\n%X {ABSTRACT}\n"
BIORXIV = {
    "messages": [{"status": "ok", "count": 1, "total": "1"}],
    "collection": [
        {"title": TITLE, "abstract": ABSTRACT, "authors": "Snail, A.", "doi": "10.1101/1",
         "date": "2025-08-01", "version": "1", "server": "bioRxiv"}
    ],
}  # fmt: skip

EXAMPLES = {
    "page": page((TITLE, ABSTRACT)),
    "hf": json.dumps(HF).encode(),
    "jsonl": json.dumps(OWN).encode(),
    "arxiv-atom": ARXIV_ATOM.encode(),
    "arxiv-rss": ARXIV_RSS.encode(),
    "arxiv-email": EMAIL.encode(),
    "feed": RSS.encode(),
    "bibtex": BIBTEX.encode(),
    "ris": RIS.encode(),
    "json-feed": json.dumps(JSON_FEED).encode(),
    "csl-json": json.dumps(CSL).encode(),
    "arxiv-json": json.dumps(ARXIV_JSON).encode(),
    "pubmed": PUBMED.encode(),
    "refer": REFER.encode(),
    "biorxiv": json.dumps(BIORXIV).encode(),
}
"""The smallest file of each format."""
VARIANTS = {
    "hf wrapped": json.dumps({"data": HF}, indent=1).encode(),
    "hf of literals": json.dumps([repr(entry) for entry in HF]).encode(),
    "own lines": json.dumps(OWN).encode() + b"\n\n " + json.dumps(OWN).encode(),
    "own lines, the first broken": b'{"title": \n' + json.dumps(OWN).encode() + b"\n",
    "own array": json.dumps([OWN], indent=2).encode(),
    "own object": json.dumps(OWN, indent=2).encode(),
    "hf papers ls": json.dumps(
        [{"id": "2508.00001", "title": TITLE, "summary": ABSTRACT, "published_at": "2025-08-01"}]
    ).encode(),
    "csl in an object": json.dumps({"items": CSL}).encode(),
    "csl lines": json.dumps(CSL[0]).encode() + b"\n" + json.dumps(CSL[0]).encode(),
    "crossref work": json.dumps(
        {"status": "ok", "message": {"type": "journal-article", "title": [TITLE], "DOI": "10.1/x"}}
    ).encode(),
    "crossref search": json.dumps(
        {"message": {"items": [{"type": "book", "title": [TITLE], "publisher": "P", "DOI": "1"}]}},
        indent=1,
    ).encode(),
    "arxiv lines": 2 * (json.dumps(ARXIV_JSON).encode() + b"\n"),
    "dump of arxiv.py": json.dumps(
        [{"entry_id": "http://arxiv.org/abs/2508.00001v1", "title": TITLE, "summary": ABSTRACT}]
    ).encode(),
    "pubmed with other line ends": PUBMED.replace("\n", "\r\n").encode(),
    "refer without types": REFER.partition("\n")[2].encode(),
    "bibtex without a key": BIBTEX.replace("{snail2025,", "{\n  ").encode(),
    "bibtex, a space in the key": BIBTEX.replace("snail2025", "Snail 2025").encode(),
    "bibtex, a DOI for a key": BIBTEX.replace("snail2025", "10.1016/S01-6(20)3").encode(),
    "bibtex with carriage returns": b"% Encoding: UTF-8\r\r" + BIBTEX.encode() + b"\r",
    "ris with carriage returns": RIS.replace("\r\n", "\r").encode(),
    "ris without types": RIS.partition("\n")[2].encode(),
    "atom": ATOM.encode(),
    "rss with a document type": OLD_RSS.encode(),
    "rss in UTF-16": ("\ufeff" + RSS).encode("utf-16-le"),
    "markdown page": page((TITLE, ABSTRACT)).replace(b"new", b"[Models](https://a.example)", 1),
}

every_example = pytest.mark.parametrize("form", FORMATS)
every_variant = pytest.mark.parametrize("data", VARIANTS.values(), ids=VARIANTS.keys())


def read(data: bytes, form: str | None = None) -> FeedReading:
    """Read a file as `import` does."""
    return read_feed(data, form, TODAY)


def refusal(data: bytes, form: str | None = None) -> str:
    """Return why a file is refused."""
    with pytest.raises(NotAFeedError) as refused:
        read(data, form)
    return str(refused.value)


@every_example
def test_format_is_told_by_the_content(form: str) -> None:
    reading = read(EXAMPLES[form])
    assert [paper.title for paper in reading.papers] == [TITLE]
    assert reading == read(EXAMPLES[form], form)


@every_example
@pytest.mark.parametrize("before", [b"\n \n", b"\xef\xbb\xbf"], ids=["blank", "mark"])
def test_format_is_reported_behind_blanks_and_a_byte_order_mark(form: str, before: bytes) -> None:
    assert read(before + EXAMPLES[form]).papers == read(EXAMPLES[form]).papers


@every_example
def test_gzipped_file_is_read(form: str) -> None:
    assert read(gzip.compress(EXAMPLES[form])) == read(EXAMPLES[form])


@every_variant
def test_other_layouts_of_a_format_are_reported(data: bytes) -> None:
    assert {paper.title for paper in read(data).papers} == {TITLE}


def test_format_that_is_named_counts() -> None:
    assert "not bibtex: " in refusal(EXAMPLES["page"], "bibtex")


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "page"])
def test_page_is_no_other_format(form: str) -> None:
    assert refusal(EXAMPLES["page"], form).startswith(f"not {form}: ")


def test_day_told_reaches_the_adapter() -> None:
    reading = read_feed(EXAMPLES["page"], None, TODAY, date(2025, 7, 1))
    assert reading.papers[0].date == "2025-07-01"


NO_FEEDS = {
    "nothing": (b"", "empty"),
    "blanks": (b" \n\t\n", "empty"),
    "binary": (bytes(range(256)) * 40, "binary"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
    "zip": (b"PK\x03\x04" + bytes(40), "a ZIP archive"),
    "xz": (b"\xfd7zXZ\0", "xz"),
    "broken gzip": (b"\x1f\x8b\x08" + bytes(9), "gzip"),
    "page source": (b"<!DOCTYPE html><html><script>[{}]</script></html>", "web page's source"),
    "page source with JSON": (
        b'<html><script type="application/json">[{"paper": {"title": "A"}}]</script></html>',
        "web page's source",
    ),
    "other markup": (b'<?xml version="1.0"?><svg xmlns="x"><title>A</title></svg>', "<svg>"),
    "prose with addresses": (b"Write to @ada or ada@snails.example, {please}.\n" * 3, "abstract"),
    "other JSON": (b'{"name": "x", "version": "1"}', "it has name, version"),
    "JSON list": (b'[{"url": "x"}]', "not of papers"),
    "JSON cut off": (b'[{"paper": {"title": "A"}}, {"pap', "broken"),
    "JSON lines of another kind": (b'{"a": 1}\n{"a": 2}\n', "line 1: it has no title"),
    "brackets": (b"[" * 10_000_000, "lists and objects"),
    "deep JSON": (b"[" * 200_000 + b"]" * 200_000, "nested too deep"),
    "a number": (b"17", "abstract"),
    "two paragraphs": (f"{TITLE}\n\n{ABSTRACT}\n".encode(), "abstract"),
    "mail of NEP": (b"nep.repec.org\n\n1. Races\nBy:  Ada Ek\nWe race.\n", "RePEc's NEP"),
    "report of NEP": (b"nep-sna New Economics Papers\non Snails\n\n1. Races\n", "RePEc's NEP"),
    "CITATION.cff": (b"# note\ncff-version: 1.2.0\ntitle: Pebbles\n", "CITATION.cff"),
    "Ovid": (b"<1>\nUnique Identifier\n  123\nTitle\n  Pebbles.\n", "Ovid"),
    "COPAC": (b"TI- Pebbles\nHH- Ek, Ada\nPU- Mudford: Slime\nPY- 2001\n", "COPAC"),
    "INSPEC": (b"Record - 1. INSPEC on STN\nTitle: Pebbles\n", "INSPEC"),
    "Web of Science": (b"FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\n", "Web of Science"),
    "PubMed's text": (b"1. J Slime. 2020 Jan;1(2):3.\n\nPebbles.\n\nPMID: 123\n", "PubMed's text"),
    "OPML": (b'<?xml version="1.0"?>\n<opml version="2.0"><body/></opml>', "feeds add FILE"),
    "EndNote's XML": (b"<xml><records><record/></records></xml>", "EndNote's XML"),
    "MODS": (b'<modsCollection xmlns="http://www.loc.gov/mods/v3"/>', "MODS"),
    "a table": (b"Title,Author,Year,DOI,Venue\nPebbles,Ek,2001,10.1/x,J\n", "a table"),
    "a mail": (b"From: ada@x.example\nSubject: Pebbles\n\nHello.\n", "a mail"),
    "LaTeX": (b"\\documentclass{article}\nPebbles.\n", "LaTeX"),
    "Zotero's JSON": (b'[{"key": "A", "version": 1, "data": {"title": "P"}}]', "Zotero's own JSON"),
    "Semantic Scholar": (b'{"paperId": "a", "title": "P"}', "Semantic Scholar"),
    "OpenAlex": (b'{"meta": {}, "results": [{"title": "P"}]}', "OpenAlex"),
    "notebook": (b'{"cells": [], "nbformat": 4, "metadata": {}}', "Jupyter notebook"),
    "JSON with titles": (b'[{"title": "P", "url": "u", "stars": 3}]', "not of papers"),
}


@pytest.mark.parametrize(("data", "reason"), NO_FEEDS.values(), ids=NO_FEEDS.keys())
def test_what_is_no_feed_is_refused_with_what_it_is(data: bytes, reason: str) -> None:
    message = refusal(data)
    assert message.startswith("not a feed papers-tui knows: ")
    assert reason in message


UNTITLED = {
    "ris": (b"TY  - JOUR\nAU  - Ek, A.\nDO  - 10.1/x\nER  - \n", "record in line 1 (10.1/x)"),
    "refer": (b"%0 Journal Article\n%A Ada Ek\n%D 2001\n", "the record in line 1"),
    "pubmed": (b"PMID- 1\nAU  - Ek A\nDP  - 2001\n", "the record in line 1"),
    "bibtex": (b"@article{ek01, author = {Ada Ek}, year = 2001}\n", "ek01 (line 1)"),
}


@pytest.mark.parametrize(("data", "entry"), UNTITLED.values(), ids=UNTITLED.keys())
def test_entries_of_a_known_format_are_refused_with_what_they_lack(data: bytes, entry: str) -> None:
    message = refusal(data)
    assert message.startswith("no paper in it can be read: ")
    assert message.endswith(f"{entry} has no title")


@pytest.mark.parametrize("comment", ["<!-->", "<!--->", "<!-- a --!>", "<!---->\n<!-- b -->"])
def test_comments_before_a_page_do_not_hide_what_it_is(comment: str) -> None:
    assert "web page's source" in refusal(f"{comment}<html><p>Snails.</p></html>".encode())


def test_text_that_mentions_nep_is_no_mail_of_it() -> None:
    text = f"{TITLE}\n\nSee nep.repec.org for others, and d.repec.org/n?u=RePEc:x.\n"
    assert "NEP" not in refusal(text.encode())


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_read_or_refused_by_every_format(data: bytes) -> None:
    for form in (None, *FORMATS):
        try:
            read(data, form)
        except NotAFeedError:
            continue


@given(st.sampled_from([*EXAMPLES.values(), *VARIANTS.values()]), st.integers(0, 2_000))
def test_file_cut_off_anywhere_is_read_or_refused(data: bytes, length: int) -> None:
    try:
        read(data[:length])
    except NotAFeedError:
        return
