"""The sort menu, and how the list looks that it has sorted."""

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import reading, until

from store.library import Library
from store.query.syntax import parse, with_sort

FEED = [
    paper("arxiv:2508.00001", "Bread and Butter", upvotes=3),
    paper("arxiv:2508.00002", "Apples and Bread", upvotes=7),
    paper("arxiv:2507.00003", "Cakes", date="2025-07-31", upvotes=5),
]
BREAD, APPLES, CAKES = (each.id for each in FEED)


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """A library with the feed."""
    open_library().add(FEED, "hf")
    return open_library()


async def test_letter_sorts(library: Library) -> None:
    async with reading(library) as reader:
        for keys, sort, order in (
            ("GSu", "sort:-upvotes", [APPLES, CAKES, BREAD]),
            ("Su", "sort:upvotes", [BREAD, CAKES, APPLES]),
            ("St", "sort:title", [APPLES, BREAD, CAKES]),
            ("St", "sort:-title", [CAKES, BREAD, APPLES]),
            ("Sd", "sort:-date", [BREAD, APPLES, CAKES]),
        ):
            await reader.press(*keys)
            assert reader.screen.panes.bar.value == sort, keys
            assert (reader.ids, reader.cursor) == (order, order[0]), keys
        await reader.press("escape")
        assert (reader.screen.panes.bar.value, reader.ids) == ("", [BREAD, APPLES, CAKES])
        await reader.press("S", "d")
        assert (reader.screen.panes.bar.value, reader.ids) == ("sort:date", [CAKES, BREAD, APPLES])


async def test_sorting_keeps_the_filter_and_menu_begins_at_the_order_of_now(
    library: Library,
) -> None:
    async with reading(library, query="bread") as reader:
        await reader.press("S", "u")
        assert (reader.screen.panes.bar.value, reader.ids) == (
            "bread sort:-upvotes",
            [APPLES, BREAD],
        )
        await reader.press("S")
        await reader.shows("upvotes    fewest first  (now most first)")
        await reader.press("enter")
        assert reader.screen.panes.bar.value == "bread sort:upvotes"


async def test_days_have_headings_in_an_order_by_date_alone(library: Library) -> None:
    async with reading(library) as reader:
        for sort in ("date", "-date"):
            reader.screen.finding.go_to(f"sort:{sort}")
            await reader.shows("── Thu 31 Jul 2025 ──")
        for sort in ("upvotes", "-title", "published"):
            reader.screen.finding.go_to(f"sort:{sort}")
            await until(
                lambda: "──" not in reader.text.split(" of ")[0].rpartition("\n")[0],
                f"no headings by {sort}",
            )


@pytest.mark.parametrize(
    ("text", "sorted_text"),
    [
        ("", "sort:date"),
        ("a b", "a b sort:date"),
        ("sort:title a", "a sort:date"),
        ("a SORT:title,-upvotes b", "a b sort:date"),
        ("a -sort:title", "a sort:date"),
        ('sort:"title" a', "a sort:date"),
        ('"sort:title" a', '"sort:title" a sort:date'),
        ("(a OR b) sort:nonsense", "(a OR b) sort:date"),
        ("resort:x", "resort:x sort:date"),
    ],
)
def test_order_is_put_into_a_query(text: str, sorted_text: str) -> None:
    assert with_sort(text, "date") == sorted_text


@pytest.mark.parametrize("text", ["a OR sort:title", "sort:", "-sort:title", "(sort:title a)"])
def test_query_sorts_by_the_new_key_alone(text: str) -> None:
    assert parse(with_sort(text, "-upvotes")).sort == ("-upvotes",)
