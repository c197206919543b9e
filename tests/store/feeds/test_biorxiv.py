"""The API of bioRxiv and medRxiv."""

from datetime import date
from typing import Any

import orjson
import pytest

from store.errors import NotAFeedError
from store.feeds.biorxiv import read_biorxiv
from store.feeds.formats import read_feed
from store.model import Paper

SNAILS = {
    "title": "Snails at Rest", "authors": "Doe, J.; Roe, A. B.", "doi": "10.1101/2025.07.30.123456",
    "date": "2025-07-31", "version": "2", "type": "new results", "category": "animal_behavior",
    "abstract": "They are slow.", "published": "10.1038/s41586-1", "server": "bioRxiv",
}  # fmt: skip


def answer(*entries: Any, status: str = "ok") -> bytes:
    message = {"status": status, "count": len(entries), "total": str(len(entries))}
    return orjson.dumps({"messages": [message], "collection": list(entries)})


def one(**fields: Any) -> Paper:
    [paper] = read_biorxiv(answer({**SNAILS, **fields})).papers
    return paper


def test_preprint_is_read() -> None:
    paper = one()
    assert (paper.id, paper.title) == ("doi:10.1101/2025.07.30.123456", "Snails at Rest")
    assert paper.authors == ("J. Doe", "A. B. Roe")
    assert (paper.date, paper.version) == ("2025-07-31", 2)
    assert paper.keywords == ("animal behavior",)
    assert paper.links.page == "https://www.biorxiv.org/content/10.1101/2025.07.30.123456v2"
    assert paper.links.pdf == paper.links.page + ".full.pdf"


def test_published_doi_is_another_name() -> None:
    assert one().aliases == ("doi:10.1038/s41586-1",)
    assert one(published="NA").aliases == ()


def test_medrxiv_has_its_own_pages() -> None:
    assert one(server="medRxiv").links.page.startswith("https://www.medrxiv.org/content/")


def test_format_is_told_by_the_content() -> None:
    assert read_feed(answer(SNAILS), None, date(2025, 8, 1)).feed == "biorxiv"


@pytest.mark.parametrize("status", ["ok", "no posts found"])
def test_days_without_preprints_are_no_problem(status: str) -> None:
    reading = read_biorxiv(answer(status=status))
    assert (reading.papers, reading.problems) == ([], [])


def test_error_is_reported_in_the_words_of_the_api() -> None:
    with pytest.raises(NotAFeedError, match="bioRxiv says: Error in request"):
        read_biorxiv(answer(status="Error in request"))


NO_ANSWERS = (
    *(b"[]", b"{}", b"null", b'{"messages": 1}', b'{"messages":['),
    b'{"messages": [], "collection": 7}',
)


@pytest.mark.parametrize("data", NO_ANSWERS)
def test_what_is_no_answer_is_refused(data: bytes) -> None:
    with pytest.raises(NotAFeedError):
        read_biorxiv(data)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [(7, "not a preprint"), ({**SNAILS, "title": ""}, "no title"),
     ({**SNAILS, "doi": "x"}, "no DOI"), ({**SNAILS, "doi": None}, "no DOI")],
)  # fmt: skip
def test_one_bad_entry_is_named_and_the_others_are_read(wrong: object, words: str) -> None:
    reading = read_biorxiv(answer(wrong, SNAILS))
    assert len(reading.papers) == 1
    assert words in reading.problems[0]
    assert reading.problems[0].startswith("entry 1")


def test_hostile_texts_are_made_harmless() -> None:
    paper = one(title="\x1b[2JSnails", version="9" * 99, authors="\u202eDoe, J.", date="soon")
    assert "\x1b" not in paper.title
    assert (paper.version, paper.date) == (0, "")
    assert "\u202e" not in "".join(paper.authors)
