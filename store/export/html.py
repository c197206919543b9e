"""Write papers as a single web page, for example for a colleague; it fetches nothing.

All text is escaped. A policy in the page allows only its own style and script, by their hashes
(W3C, Content Security Policy Level 3), so that nothing else can run or be fetched. Without
JavaScript only the search box is missing.
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from pathlib import Path

from store.export.citing import Entry
from store.export.links import links_of
from store.model import Marks, Paper
from store.text.clean import ABSTRACT_LIMIT, clean_line, clean_text

_NAMED = 12
"""Most authors below the title; if there are more, all are listed with the abstract."""

_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Reading list</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>Reading list</h1>
<p>{count}</p>
</header>
<div role="search" hidden>
<input type="search" aria-label="Search" placeholder="Search  ( / )" autocomplete="off">
<output aria-live="polite"></output>
</div>
<main>
"""

_FOOT = """\
</main>
<script>{script}</script>
</body>
</html>
"""


def html_page(entries: Sequence[Entry]) -> str:
    """Return the page: titles, authors, days, links, tags, and collapsed abstracts.

    Notes and read marks are private and left out.
    """
    style, script = map(_source, ("page.css", "page.js"))
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    count = f"{len(entries):,} paper{'s' if len(entries) != 1 else ''}"
    head = _HEAD.format(policy=policy, style=style, count=count)
    return "".join([head, *(_article(*entry) for entry in entries), _FOOT.format(script=script)])


def _source(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _article(paper: Paper, marks: Marks) -> str:
    links = links_of(paper)
    about = [
        f"<span>{_text(part)}</span>"
        for part in (paper.date, paper.venue, *(f"#{tag}" for tag in marks.tags))
        if part
    ]
    about += [
        _link(name, address)
        for name, address in (("PDF", links.pdf), ("Code", links.code), ("Project", links.project))
        if address
    ]
    named, more = paper.named_authors(_NAMED)
    parts = [
        f"<h2>{_link(paper.title, links.page)}</h2>",
        _paragraph(", ".join(map(_text, named)) + more),
        _paragraph("".join(about), "quiet"),
        _paragraph(_text(paper.summary)),
        _abstract(paper),
    ]
    return "<article>\n" + "\n".join(filter(None, parts)) + "\n</article>\n"


def _abstract(paper: Paper) -> str:
    paragraphs = [
        _paragraph(_text(text)) for text in clean_text(paper.abstract).split("\n\n") if text.strip()
    ]
    name = "Abstract" if paragraphs else "Authors"
    if len(paper.authors) > _NAMED:
        paragraphs.append(_paragraph(", ".join(map(_text, paper.authors)), "quiet"))
    inside = "".join(paragraphs)
    return f"<details><summary>{name}</summary>{inside}</details>" if inside else ""


def _paragraph(markup: str, kind: str = "") -> str:
    if not markup:
        return ""
    return f'<p class="{kind}">{markup}</p>' if kind else f"<p>{markup}</p>"


def _link(text: str, address: str) -> str:
    """Return a link, or only the text without an address."""
    if not address:
        return _text(text)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{_text(text)}</a>'


def _text(text: str) -> str:
    return escape(clean_line(text, ABSTRACT_LIMIT))


def _hash(source: str) -> str:
    return "sha256-" + b64encode(sha256(source.encode()).digest()).decode()
