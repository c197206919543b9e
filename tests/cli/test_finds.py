"""Commands read the months that a query needs, and find what they would find in all of them."""

from datetime import date

import pytest
from cli_helpers import Run
from conftest import OpenLibrary, paper
from hypothesis import given, settings
from hypothesis import strategies as st

from store.library import Library
from store.model import Change, Paper
from store.query.syntax import parse
from store.search.index import Index
from tui.cli.finds import Finds

CONDITIONS = (
    "date:2025-01", "date:..2025-02", "date:2025-03..", "date:2024", "published:2024",
    "id:2501.00001", "doi:10.1/b", "arxiv:2502.00002", "is:starred", "is:unread", "is:tagged",
    "tag:slow", "note:lamp", "has:note", "feed:hf", "upvotes:>2", "is:hidden", "title:stones",
)  # fmt: skip
QUERIES = st.recursive(
    st.sampled_from(CONDITIONS),
    lambda inner: st.one_of(
        inner.map("-({})".format),
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: f"({' OR '.join(each)})"),
    ),
    max_leaves=5,
)


def papers() -> list[Paper]:
    """Return papers of four months and one without a day."""
    return [
        paper("arxiv:2501.00001", "Old Stones", date="2025-01-05", aliases=("doi:10.1/a",)),
        paper("arxiv:2501.00009", "Old Sand", date="2025-01-31", upvotes=3),
        paper("arxiv:2502.00002", "Other Stones", date="2025-02-05", published="2024-12-30"),
        paper("doi:10.1/b", "New Stones", date="2025-03-05", upvotes=9),
        paper("doi:10.1/c", "A Stone Without a Day", date=""),
    ]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library with marks, one of them under an earlier key."""
    library = Library(tmp_path_factory.mktemp("library") / "new")
    library.add(papers(), "hf")
    library.mark(["doi:10.1/a"], Change(starred=True, note="by the lamp"))
    library.mark(["arxiv:2502.00002"], Change(add_tags=("slow",), read=True))
    library.mark(["doi:10.1/c"], Change(starred=True))
    library.commit()
    return library


def months_read(folder: Library, query: str) -> list[str]:
    """Return the months that a query reads."""
    opened = Library(folder.folder)
    list(Finds(opened, parse(query)))
    return sorted({each.date[:7] for each in opened.papers.values()})


@given(
    text=QUERIES, limit=st.none() | st.integers(0, 3), order=st.sampled_from(("", " sort:title"))
)
@settings(max_examples=settings().max_examples // 2)
def test_what_is_found_is_what_all_months_hold(
    library: Library, text: str, limit: int | None, order: str
) -> None:
    whole = Library(library.folder)
    whole.read_all()
    index = Index()
    index.add(whole.papers.values())
    query = parse(text + order)
    ids = index.search(query, whole.all_marks, date.today()).ids
    found = [each.id for each, _ in Finds(Library(library.folder), query, limit)]
    assert found == list(ids[:limit])


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ("date:2025-02", ["2025-02"]),
        ("date:2025-01..2025-02 is:unread", ["2025-01", "2025-02"]),
        ("id:2501.00001", ["2025-01"]),
        ("doi:10.1/a", ["2025-01"]),
        ("id:2501.00001 OR id:2502.00002", ["2025-01", "2025-02"]),
        ("tag:slow", ["2025-02"]),
        ("is:starred date:2025", ["2025-01"]),
        ("stones date:2025-02", ["", "2025-01", "2025-02", "2025-03"]),
    ],
)
def test_query_reads_the_months_it_needs(library: Library, query: str, months: list[str]) -> None:
    assert months_read(library, query) == months


def test_first_papers_need_no_earlier_months(library: Library) -> None:
    opened = Library(library.folder)
    finds = iter(Finds(opened, parse("is:unread")))
    assert next(finds)[0].title == "New Stones"
    assert len(opened.papers) == 1


def test_paper_is_shown_by_any_id_from_its_month_alone(run: Run, filled: OpenLibrary) -> None:
    filled().add(papers(), "more")
    assert "Old Stones" in run("show", "doi:10.1/A").out
