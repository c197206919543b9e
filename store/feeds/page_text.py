"""Read the text of the Daily Papers page, as copied by a browser or a text export.

The text has the page's furniture (menus, "Subscribe", a date line), then titles and abstracts in
turn, each in a line or, if lines are wrapped, a paragraph. Length does not distinguish titles and
abstracts, but their order does. A line that does not fit into the order continues the abstract
before it, or is the title of a paper whose abstract is missing.
"""

import re
from collections.abc import Iterator
from datetime import date

from store.errors import NotAFeedError
from store.feeds.feed_text import links_in
from store.feeds.reading import FeedReading, decode
from store.identity import title_key
from store.model import Paper
from store.text.clean import clean_line, clean_text
from store.text.dates import MONTHS

_ABSTRACT_LENGTH = 200
"""A longer line is an abstract; without any the file has wrapped lines."""
_SHORTEST_ABSTRACT = 120
_LONGEST_TITLE = 250
_MOST_LINES = 500_000
_OF_A_PAGE = 20
"""Without furniture, at most one of this many papers may lack its abstract."""

_FURNITURE = re.compile(
    r"""new | subscribe | daily\ papers | daily | weekly | monthly | trending\ papers | trending
    | hugging\ face | log\ in | sign\ up | pricing | enterprise | docs | models | datasets | spaces
    | buckets(\ new)? | community | by | ak | (by\s*(\.\.)?\s*ak\s*)?and\ the\ research\ community
    | get\ trending\ papers\ in\ your\ email\ inbox.* | website | privacy | terms | tos | about
    | careers | jobs | company | resources | next | previous | system\ theme | inference\ endpoints
    | huggingchat | \#\s.* | /url:.*""",
    re.IGNORECASE | re.VERBOSE,
)
_ANCHOR = re.compile(
    r"subscribe|daily papers|daily|weekly|monthly|trending papers|.*the research community"
    r"|get trending papers.*",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"https?://\S+ | <\S+> | \[?\s*\d*\s*authors?(\]\(\S*\))? | [·•|\[\]()\-–—*]+ "
    r"| (\[-\]\s*)?\d[\d.,]*k? | \[-\]\s*- | upvote | \d+\ (upvotes|comments?|replies)",
    re.IGNORECASE | re.VERBOSE,
)
_VOTES = re.compile(
    r"\[?\s*\d+\s*authors?(?:\]\(\S*\))?|upvote\s*\d*|\d+\ (?:upvotes|comments?|replies)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,?\s+)?"
    r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_LINKED = re.compile(r"^\[(?P<text>.*?)\](?:\(\S*\)|\[\d+\])$")
_LIST_MARK = re.compile(r"^(?:#{1,6}|[*+-])\s+")
_SENTENCE_END = (".", "!", "?", ")", "”", '"', "'")


def looks_like_page(text: str) -> bool:
    """Return whether a text has a sign of the Daily Papers page: furniture, a date, votes.

    Without one, any two paragraphs would count as a title and its abstract.
    """
    head = [_plain(line.strip()) for line in text[:20_000].splitlines()]
    return any(
        _ANCHOR.fullmatch(line) or _VOTES.fullmatch(line) or _date_in(line) for line in head if line
    )


def read_page_text(data: bytes, today: date, listed: date | None = None) -> FeedReading:
    """Return the papers of a copied Daily Papers page.

    `today` is the latest possible day of the page: "Aug 1" is the last first of August up to then.
    `listed` replaces the day of the page. Raises NotAFeedError for other texts.
    """
    text, problems = decode(data)
    if text.count("\n") > _MOST_LINES:
        raise NotAFeedError(f"it has more than {_MOST_LINES:,} lines, more than any page")
    head, body = _split_head(_lines(text))
    day = listed or _head_date(head, today) or today
    papers: list[Paper] = []
    for title, abstract, published in _entries(body, today):
        if not abstract:
            problems.append(f"“{title[:80]}” has no abstract")
        papers.append(_paper(title, abstract, day, published))
    if not any(paper.abstract for paper in papers):
        raise NotAFeedError("no title with an abstract in it")
    lacking = sum(not paper.abstract for paper in papers)
    if lacking * _OF_A_PAGE > len(papers) and not any(map(_ANCHOR.fullmatch, head)):
        raise NotAFeedError("it is text, but not of a Daily Papers page")
    return FeedReading("hf", papers, problems)


def _lines(text: str) -> list[str]:
    """Return the lines, or paragraphs if lines are wrapped, that are not empty."""
    lines = [line.strip() for line in text.splitlines()]
    if not any(len(line) > _ABSTRACT_LENGTH for line in lines):
        lines = [" ".join(block) for block in _paragraphs(lines)]
    return [plain for line in lines if clean_line(plain := _plain(line))]


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines of each paragraph; furniture and headings are paragraphs of their own."""
    block: list[str] = []
    for line in lines:
        alone = bool(_is_furniture(_plain(line)) or _date_in(_plain(line)) or line.startswith("#"))
        if block and (not line or alone):
            yield block
            block = []
        if alone:
            yield [line]
        elif line:
            block.append(line)
    if block:
        yield block


def _plain(line: str) -> str:
    """Return a line without the marks of Markdown and lynx for headings and links."""
    line = _LIST_MARK.sub("", line)
    while match := _LINKED.match(line):
        line = match["text"].strip()
    if line.startswith("[ "):
        line = line[2:].lstrip()
    return line


def _split_head(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the furniture before the first paper, and the rest."""
    long_lines = (i for i, line in enumerate(lines) if len(line) > _ABSTRACT_LENGTH)
    before_title = max(next(long_lines, len(lines)) - 1, 0)
    start = 0
    for i, line in enumerate(lines[:before_title]):
        if _ANCHOR.fullmatch(line):
            start = i + 1
    # The words of a search may be between furniture and date.
    for i in range(start, min(start + 4, before_title)):
        if _date_in(lines[i]):
            start = i + 1
            break
    while start < len(lines) and (_is_furniture(lines[start]) or _date_in(lines[start])):
        start += 1
    return lines[:start], lines[start:]


def _entries(lines: list[str], today: date) -> Iterator[tuple[str, str, date | None]]:
    """Yield title, abstract and, if the page has it, the day of publication."""
    while lines and _is_furniture(lines[-1]):
        lines = lines[:-1]
    title, abstract, published = "", "", None
    for line in lines:
        if _NOISE.fullmatch(line):
            continue
        if found := _date_in(line):
            if title:
                published = _resolve(found, today)
        elif not title:
            title = line
        elif not abstract and (len(line) >= _SHORTEST_ABSTRACT or line.endswith(_SENTENCE_END)):
            abstract = line
        elif abstract and (
            len(line) > _LONGEST_TITLE or (len(line) > _SHORTEST_ABSTRACT and line.endswith("."))
        ):
            abstract += "\n\n" + line
        else:
            yield title, abstract, published
            title, abstract, published = line, "", None
    if title:
        yield title, abstract, published


def _paper(title: str, abstract: str, day: date, published: date | None) -> Paper:
    title = clean_line(title)
    abstract = clean_text(abstract)
    return Paper(
        id=title_key(title),
        title=title,
        abstract=abstract,
        date=day.isoformat(),
        published=published.isoformat() if published else "",
        links=links_in(abstract),
    )


def _is_furniture(line: str) -> bool:
    return bool(_FURNITURE.fullmatch(line) or _NOISE.fullmatch(line))


def _head_date(head: list[str], today: date) -> date | None:
    for line in reversed(head):
        if found := _date_in(line):
            return _resolve(found, today)
    return None


def _date_in(line: str) -> tuple[int | None, int, int] | None:
    """Return year (None if missing), month and day of a line that is a date; else None."""
    match = _DATE.fullmatch(line)
    if match is None or match["month"][:3].lower() not in MONTHS:
        return None
    month = MONTHS.index(match["month"][:3].lower()) + 1
    return int(match["year"]) if match["year"] else None, month, int(match["day"])


def _resolve(found: tuple[int | None, int, int], today: date) -> date | None:
    """Return the day of a date; without a year the latest one up to `today`."""
    year, month, day = found
    for candidate in (year,) if year else range(today.year, today.year - 9, -1):
        try:
            resolved = date(candidate, month, day)
        except ValueError:
            continue
        if year or resolved <= today:
            return resolved
    return None
