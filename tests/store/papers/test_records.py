"""What feeds say of a paper is kept, and makes the paper, whatever came first."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from conftest import OpenLibrary, paper
from costly import COSTLY
from hypothesis import given
from hypothesis import strategies as st

from store.library import Library
from store.model import Change, Links, Paper, Publication, Votes
from store.papers.combine import combine
from store.papers.records import Record, describe, settle

ID = "arxiv:2508.00001"
DAYS = [datetime(2025, 8, day, 12, tzinfo=UTC) for day in range(1, 29)]


def one_paper(*records: Record) -> Paper:
    """Return the one paper that records are of."""
    (described,) = combine(records)
    return described.paper


def said(feed: str, day: int = 1, **fields: Any) -> Record:
    """Return what a feed says on a day of August."""
    (record,) = describe([paper(**fields)], feed, f"2025-08-{day:02}T12:00:00Z")
    return record


def test_newest_version_wins_whatever_was_said_last() -> None:
    new, old = said("arxiv", title="Sorting Stones", version=2), said("hf", 9, version=1)
    assert one_paper(new, old).title == "Sorting Stones"


def test_of_one_version_what_was_said_last_wins() -> None:
    assert one_paper(said("hf", 2, title="Sorting, Again"), said("hf")).title == "Sorting, Again"


def test_bibliography_does_not_move_a_paper_that_a_feed_listed() -> None:
    listed = said("hf", date="2025-08-01")
    assert (
        one_paper(listed, said("bibtex", 2, date="", published="2017-06-01")).date == "2025-08-01"
    )


def test_paper_that_no_feed_lists_has_the_day_of_its_publication() -> None:
    assert one_paper(said("bibtex", date="", published="2017-06-01")).date == "2017-06-01"


def test_what_the_newer_text_lacks_is_kept_from_the_older() -> None:
    older = said("hf", abstract="Of lamps.", links=Links(code="https://a.example"))
    combined = one_paper(older, said("hf", 2, title="Sorting, Again"))
    assert (combined.title, combined.abstract) == ("Sorting, Again", "Of lamps.")
    assert combined.links.code == "https://a.example"


def test_record_that_says_nothing_more_goes_with_its_title_remembered() -> None:
    (kept,) = settle([said("hf", title="A Draft"), said("hf", 2, title="The End")])
    assert kept.paper.title == "The End"
    assert any(name.startswith("sha:") for name in kept.paper.aliases)


def test_votes_of_the_last_day_before_are_known() -> None:
    combined = one_paper(
        said("hf", 1, upvotes=10, comments=1),
        said("hf", 3, upvotes=14, comments=2),
        said("hf", 2, upvotes=12, comments=1),
    )
    assert combined.upvotes == 14
    assert combined.earlier_votes == Votes("2025-08-02", 12, 1)


def test_votes_that_did_not_change_are_not_a_new_reading() -> None:
    combined = one_paper(said("hf", 1, upvotes=10), said("hf", 2, upvotes=10))
    assert combined.earlier_votes is None


def test_few_readings_of_votes_are_kept() -> None:
    (record,) = settle(said("hf", day, upvotes=day) for day in range(1, 20))
    assert [reading.upvotes for reading in record.votes] == [19, 18, 17, 16]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_library_is_the_same_whatever_was_imported_first(
    open_library: OpenLibrary, order: tuple[int, ...]
) -> None:
    imports: list[tuple[list[Paper], str]] = [
        ([paper("sha:0", title="Sorting Pebbles"), paper("sha:1", title="On Sand")], "page"),
        ([paper(authors=("Ada Byron",), upvotes=3, version=0)], "hf"),
        ([paper(title="Sorting Stones", authors=("Ada Byron",), version=2)], "arxiv"),
        ([paper("doi:10.1/2", authors=("A. Byron",), date="", published="2024-01-01")], "bibtex"),
    ]
    library = open_library()
    for place in order:
        papers, feed = imports[place]
        library.add(papers, feed, seen=DAYS[place])
    assert library.papers.keys() == {ID, "sha:1"}
    assert library.papers[ID].aliases == ("doi:10.1/2", "sha:0")
    assert library.papers[ID].title == "Sorting Stones"


WRITTEN = {
    "arxiv:1": ("On Pebbles", ("Ada Byron",)),
    "arxiv:2": ("On Sand", ("Eve Stone",)),
    "doi:1": ("On Pebbles", ("A. Byron",)),
    "sha:0": ("On Pebbles", ()),
    "sha:1": ("On Sand", ()),
}
"""Title and authors by id, the same in all feeds."""


def written(id: str, **fields: Any) -> Paper:
    """Return what a feed may say of a paper."""
    title, authors = WRITTEN[id]
    return paper(id, title, authors=authors, **fields)


PAPERS = st.builds(
    written,
    id=st.sampled_from(list(WRITTEN)),
    abstract=st.sampled_from(["", "Of lamps.", "Of light."]),
    date=st.sampled_from(["", "2025-07-01", "2025-08-02"]),
    published=st.sampled_from(["", "2024-01-01"]),
    version=st.sampled_from([0, 1, 2]),
    upvotes=st.sampled_from([None, 1]),
)
IMPORTS = st.lists(
    st.tuples(st.lists(PAPERS, max_size=3), st.sampled_from(["hf", "arxiv", "page"])),
    min_size=2,
    max_size=4,
)


def said_at(seen: datetime, paper: Paper) -> Paper:
    """Return a paper with something that was never said before.

    What a feed says again, with something else in between, is recorded again in one order only.
    """
    return replace(paper, comment=f"{seen}", upvotes=paper.upvotes and seen.day // 2)


def on_disk(folder: Path) -> dict[str, list[Any]]:
    """Return the documents in a library's months, in their order; an empty month counts as none."""
    months = {path.name: orjson.loads(path.read_bytes()) for path in folder.glob("papers/*.json")}
    papers = {name: list(tables.get("papers", {}).items()) for name, tables in months.items()}
    return {name: documents for name, documents in papers.items() if documents}


@pytest.mark.slow
@COSTLY
@given(IMPORTS, st.randoms())
def test_files_are_the_same_whatever_was_imported_first(
    tmp_path_factory: pytest.TempPathFactory, imports: list[tuple[list[Paper], str]], random: Any
) -> None:
    results = []
    numbered = list(zip(DAYS, imports, strict=False))
    for order in (numbered, random.sample(numbered, len(numbered))):
        library = Library(tmp_path_factory.mktemp("library"))
        for seen, (papers, feed) in order:
            library.add((said_at(seen, each) for each in papers), feed, seen)
        results.append(on_disk(library.folder))
    assert results[0] == results[1]


def test_paper_that_a_bibliography_had_moves_to_the_day_it_was_listed(library: Library) -> None:
    library.add([paper(date="", published="2017-06-01")], "bibtex")
    library.add([paper(date="2025-08-01")], "hf")
    assert library.papers[ID].date == "2025-08-01"
    library.read_all()
    assert len(library.papers) == 1


def test_dropping_a_feed_takes_its_papers(library: Library) -> None:
    library.add([paper(), paper("arxiv:2508.00002", "On Sand")], "sample")
    dropped = library.drop_feed("sample")
    assert (dropped.gone, dropped.stayed, len(library.papers)) == (2, 0, 0)


def test_dropping_a_feed_leaves_what_is_marked(library: Library) -> None:
    library.add([paper(), paper("arxiv:2508.00002", "On Sand")], "sample")
    library.mark([ID], Change(starred=True))
    library.commit()
    dropped = library.drop_feed("sample")
    assert (dropped.gone, dropped.stayed, list(library.papers)) == (1, 1, [ID])


def test_dropping_a_feed_leaves_what_others_say(library: Library) -> None:
    library.add([paper(abstract="Of lamps.")], "sample")
    library.add([paper(title="Sorting Stones")], "hf")
    library.drop_feed("sample")
    kept = library.papers[ID]
    assert (kept.title, kept.abstract, kept.feeds) == ("Sorting Stones", "", ("hf",))


def test_marks_stay_with_a_paper_whose_feed_is_dropped(library: Library) -> None:
    library.add([paper("sha:0")], "sample")
    library.mark(["sha:0"], Change(starred=True))
    library.commit()
    library.add([paper(authors=("Ada Byron",))], "hf")
    library.drop_feed("sample")
    assert library.marks(ID).starred


@given(
    aliases=st.sampled_from([(), ("doi:10.1/a",), ("arxiv:2508.00000", "doi:10.1/a")]),
    date=st.sampled_from(["", "2025-08-01"]),
    upvotes=st.none() | st.integers(0, 3),
    comments=st.none() | st.integers(0, 3),
    title=st.sampled_from(["Sorting Pebbles", "Sorting $n$ Pebbles", " Sorting "]),
)
def test_paper_of_a_record_is_that_of_the_record_said_twice(**fields: Any) -> None:
    record = said("hf", published="2025-07-30", **fields)
    assert one_paper(record) == one_paper(record, record)


def test_papers_in_memory_are_those_on_disk(library: Library, open_library: OpenLibrary) -> None:
    book = Publication("book", publisher="Stone & Sons", editors=("Eve Stone",))
    first = [
        paper(upvotes=3, keywords=("snails",), links=Links(code="https://a.example")),
        paper("doi:10.1/b", "On $n$ Snails", date="", published="2024-01-02", publication=book),
        paper("sha:1", "Lamps", comments=1, authors=("Ada Byron",), authors_incomplete=True),
    ]
    library.add(first, "hf")
    library.add([paper(aliases=("doi:10.1/a",), upvotes=5, date="2025-07-31")], "arxiv")
    library.drop_feed("hf")
    reopened = open_library()
    reopened.read_all()
    assert library.papers == reopened.papers
