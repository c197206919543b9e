r"""Read arXiv's e-mail listings (info.arxiv.org/help/subscribe).

Entries are between lines of dashes. Each begins with a line `\\`, then has its id, a date and
headers that may be folded, `\\`, the abstract, and `\\` with the address. Cross-lists look the
same; replacements follow a line of %, without abstracts and with the date of the new version.
"""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from datetime import date
from quopri import decodestring

from store.feeds.feed_text import links_in, names, unwrapped
from store.feeds.reading import FeedReading, decode, entry_limit, no_papers, with_newlines
from store.model import Links, Paper
from store.text.clean import ABSTRACT_LIMIT, clean_line
from store.text.dates import MONTHS, iso_day
from store.text.people import people
from store.text.web import arxiv_key, doi_key

_HEAD_LENGTH = 20_000
_HEADERS_LENGTH = 100_000
"""Most characters of an entry's headers; the authors of the largest collaborations fit."""
_ENTRY = re.compile(
    r"^\\\\[ \t]*\n(?:arXiv|Paper)[^\n:]{0,30}:[ \t]*([^\s()]{1,40})[^\n]*\n",
    re.IGNORECASE | re.M,
)
_MAIL = re.compile(r"^From \S[^\n]{0,200}\d\d:\d\d:\d\d[^\n]{0,40}\n(?=[A-Z][\w-]{1,40}:)", re.M)
_ENCODING = re.compile(r"^Content-Transfer-Encoding:[ \t]*([\w-]+)", re.IGNORECASE | re.M)
_LINE = re.compile(r"^(?:-{20,}|%[-%]{20,})[ \t]*$", re.M)
_RULE = re.compile(r"^\\\\[ \t]*(?:\([^\n]*)?$", re.M)
_SUBJECT = re.compile(
    r"^Subject:[^\n]{0,60}?\b(?P<archive>[a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?) daily\b", re.M
)
_MAIL_DATE = re.compile(r"^Date:(?P<day>[^\n]{0,60})$", re.M)
_RECEIVED_UNTIL = re.compile(r"^ ?received from[^\n]{0,60}\bto\b(?P<day>[^\n]{0,40})", re.M)
_DAY = re.compile(rf"(\d{{1,2}})\s+({'|'.join(MONTHS)})\w*\s+(\d{{4}}|\d\d)\b", re.IGNORECASE)
_VERSION = re.compile(r"v(\d{1,3})$")
_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV)\.?", re.IGNORECASE)


def looks_like_arxiv_email(text: str) -> bool:
    """Return whether a text has an entry of an arXiv listing near its beginning."""
    return _ENTRY.search(text[:_HEAD_LENGTH].replace("\r", "")) is not None


def read_arxiv_email(data: bytes, listed: date | None = None) -> FeedReading:
    """Return the papers of a listing, or of several in a row, in their order.

    The day of listing is `listed`, else that of the mail; empty if the mail has no head. A
    replacement is a paper without an abstract. Raises NotAFeedError if there is no entry.
    """
    text, guesses = decode(data)
    text = with_newlines(text)
    archive = _SUBJECT.search(text)
    feed = f"arxiv:{archive['archive']}" if archive else "arxiv"
    papers: list[Paper] = []
    problems: list[str] = []
    limit = entry_limit(text)
    for number, (day, arxiv_id, entry) in enumerate(_listings(text)):
        if number == limit:
            problems.append(f"it has more than {limit:,} entries: the rest was skipped")
            break
        paper = _paper(arxiv_id, entry, listed.isoformat() if listed else day, problems)
        papers += [paper] if paper else []
    if not papers:
        raise no_papers(problems, "no entry of an arXiv listing in it")
    return FeedReading(feed, papers, guesses + problems)


def _listings(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield day of listing, id and text of each entry in each mail."""
    for mail in _mails(text):
        day = ""
        for head, arxiv_id, entry in _entries(mail):
            day = _day_listed(head) or day
            yield day, arxiv_id, entry


def _mails(text: str) -> Iterator[str]:
    """Yield the mails of a mailbox file, or the single mail, decoded."""
    starts = [match.start() for match in _MAIL.finditer(text) if match.start()]
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        head, blank, body = text[start:end].partition("\n\n")
        encoding = _ENCODING.search(head[:_HEAD_LENGTH])
        yield head + blank + (_transferred(body, encoding[1].lower()) if encoding else body)


def _transferred(body: str, encoding: str) -> str:
    raw = body.encode("utf-8", "replace")
    try:
        if encoding == "quoted-printable":
            raw = decodestring(raw)
        elif encoding == "base64":
            raw = b64decode(raw)
    except Base64Error:
        return body
    return raw.decode("utf-8", "replace").replace("\r\n", "\n")


def _entries(mail: str) -> Iterator[tuple[str, str, str]]:
    """Yield the text between the entry before and an entry, its id and its text."""
    before, *rest = _ENTRY.split(mail)
    for arxiv_id, text in zip(rest[::2], rest[1::2], strict=True):
        entry, *between = _LINE.split(text, maxsplit=1)
        yield before, arxiv_id, entry
        before = "".join(between)


def _day_listed(head: str) -> str:
    stated = _MAIL_DATE.search(head) or _RECEIVED_UNTIL.search(head)
    return _day(stated["day"]) if stated else ""


def _day(text: str) -> str:
    """Return the day of "Fri, 17 Mar 23 00:31:14 GMT"; years have two digits or four."""
    match = _DAY.search(text)
    if match is None:
        return ""
    year = int(match[3])
    if len(match[3]) == 2:
        year += 1900 if year > 90 else 2000  # arXiv's listings began in 1991
    return iso_day(year, MONTHS.index(match[2].lower()) + 1, int(match[1]))


def _paper(arxiv_id: str, entry: str, listed: str, problems: list[str]) -> Paper | None:
    """Return the paper of an entry; None, and a new problem, if it has no id or title."""
    key = arxiv_key(arxiv_id)
    parts = _RULE.split(entry, maxsplit=2)
    headers = _headers(parts[0][:_HEADERS_LENGTH])
    title = clean_line(headers.get("title", ""))
    named = clean_line(arxiv_id, 40)
    if key is None or not title:
        what = "no title" if key else "no id of arXiv's"
        problems.append(f"{named}: the entry has {what}: skipped")
        return None
    replaced = headers.get("replaced", "")
    if len(parts) < (2 if replaced else 3):
        problems.append(f"{named} is cut off")
    # A replacement has no abstract between headers and address.
    abstract = "" if len(parts) < (3 if replaced else 2) else parts[1][: 2 * ABSTRACT_LIMIT]
    abstract = unwrapped(abstract)
    doi = doi_key(headers.get("doi", "").partition(" ")[0])
    version = _VERSION.search(arxiv_id)
    bare = arxiv_id[: version.start()] if version else arxiv_id
    comment = clean_line(headers.get("comments", ""))
    authors = people(_authors(headers.get("authors") or headers.get("author", "")))
    found = links_in(f"{abstract} {comment}")
    return Paper(
        id=key,
        title=title,
        authors=authors.names,
        authors_incomplete=authors.incomplete,
        abstract=abstract,
        date=listed,
        published=_day(headers.get("date", "")),
        updated=_day(replaced),
        announced="replace" if replaced else "",
        categories=names(headers.get("categories", "").split()),
        venue=clean_line(headers.get("journal-ref", "")),
        comment=comment,
        links=Links(
            page=f"https://arxiv.org/abs/{bare}",
            pdf=f"https://arxiv.org/pdf/{bare}",
            code=found.code,
            project=found.project,
        ),
        aliases=(doi,) if doi and doi != key else (),
        version=int(version[1]) if version else 0,
    )


def _headers(text: str) -> dict[str, str]:
    """Return an entry's headers by lower-case name, with folded lines joined; the first counts.

    A replacement has "replaced" in place of a date.
    """
    headers: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if line.startswith("replaced with "):
            headers.setdefault("replaced", [line])
        elif line[:1].isspace():
            lines.append(line.strip())
        elif colon and name.replace("-", "").isalpha():
            lines = [value.strip()]
            headers.setdefault(name.lower(), lines)
    return {name: " ".join(parts) for name, parts in headers.items()}


def _authors(header: str) -> list[str]:
    """Return the names in "A, B (affiliation) and C"; affiliations may contain parentheses."""
    people: list[str] = []
    for name in re.split(r",\s*and\s|,|\sand\s", _without_parentheses(header)):
        if people and _SUFFIX.fullmatch(name.strip()):
            people[-1] += f" {name.strip()}"
        else:
            people.append(name.strip())
    return people


def _without_parentheses(text: str) -> str:
    outside: list[str] = []
    depth = 0
    for part in re.split(r"([()])", text):
        if part == "(":
            depth += 1
        elif part == ")":
            depth = max(depth - 1, 0)
        elif depth == 0:
            outside.append(part)
    return "".join(outside)
