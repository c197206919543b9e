"""Read answers of the API of bioRxiv and medRxiv (https://api.biorxiv.org): details of preprints.

The DOI identifies a preprint. If the answer has the DOI of the published paper, it is an alias.
"""

from datetime import date

from store.errors import NotAFeedError
from store.feeds.feed_text import unwrapped
from store.feeds.json_fields import Fields, entries_limit, parse_json
from store.feeds.reading import FeedReading, decode
from store.model import Links, Paper
from store.text.clean import clean_line
from store.text.people import listed_names, people
from store.text.web import doi_key

_HOSTS = {"biorxiv": "https://www.biorxiv.org", "medrxiv": "https://www.medrxiv.org"}


def read_biorxiv(data: bytes, listed: date | None = None) -> FeedReading:
    """Return the preprints of an answer; none if there are none for its days and subject.

    Their day of listing is `listed`, else the day of posting. Raises NotAFeedError for other files,
    and with the API's words if the answer is an error.
    """
    text, guesses = decode(data)
    document = parse_json(text)
    if not isinstance(document, dict) or not isinstance(document.get("messages"), list):
        raise NotAFeedError("it is not an answer of bioRxiv's API")
    entries = document.get("collection", [])
    said = document["messages"][0] if document["messages"] else {}
    status = clean_line(str(said.get("status", "")), 200) if isinstance(said, dict) else ""
    if not isinstance(entries, list) or (not entries and status not in ("ok", "no posts found")):
        raise NotAFeedError(f"bioRxiv says: {status or 'nothing'}")
    problems = list(guesses)
    papers = []
    for number, entry in enumerate(entries[: entries_limit(len(data))], 1):
        if not isinstance(entry, dict):
            problems.append(f"entry {number}: it is not a preprint")
        elif paper := _paper(Fields(entry, f"entry {number}", problems), listed):
            papers.append(paper)
    return FeedReading("biorxiv", papers, problems)


def _paper(fields: Fields, listed: date | None) -> Paper | None:
    title, key = clean_line(fields.text("title")), doi_key(fields.text("doi"))
    if not title or key is None or not key.startswith("doi:"):
        fields.note("it has no title" if not title else "it has no DOI")
        return None
    server = fields.text("server").strip().lower()
    version = fields.scalar("version")
    posted = fields.day("date")
    name = key.removeprefix("doi:")
    page = f"{_HOSTS.get(server, _HOSTS['biorxiv'])}/content/{name}v{version or 1}"
    published = doi_key(fields.text("published"))
    named = people(listed_names([fields.text("authors")]))
    return Paper(
        id=key,
        title=title,
        authors=named.names,
        authors_incomplete=named.incomplete,
        abstract=unwrapped(fields.text("abstract")),
        date=listed.isoformat() if listed else posted,
        published=posted,
        updated=posted,
        keywords=tuple(filter(None, [clean_line(fields.text("category")).replace("_", " ")])),
        links=Links(page=page, pdf=f"{page}.full.pdf"),
        feeds=("biorxiv",),
        aliases=(published,) if published and published.startswith("doi:") else (),
        version=int(version) if version.isdecimal() and len(version) < 4 else 0,
    )
