"""The sort menu, and how the list looks that it has sorted."""

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import reading

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


@pytest.mark.parametrize(
    ("keys", "sort", "order"),
    [
        ("Su", "sort:-upvotes", [APPLES, CAKES, BREAD]),
        ("SuSu", "sort:upvotes", [BREAD, CAKES, APPLES]),
        ("SuSuSu", "sort:-upvotes", [APPLES, CAKES, BREAD]),
        ("St", "sort:title", [APPLES, BREAD, CAKES]),
        ("StSt", "sort:-title", [CAKES, BREAD, APPLES]),
        ("Sd", "sort:date", [CAKES, BREAD, APPLES]),
        ("StSd", "sort:-date", [BREAD, APPLES, CAKES]),
    ],
)
async def test_letter_sorts(library: Library, keys: str, sort: str, order: list[str]) -> None:
    async with reading(library) as reader:
        await reader.press(*keys)
        assert (reader.screen.panes.bar.value, reader.ids) == (sort, order)


async def test_sorting_keeps_the_filter(library: Library) -> None:
    async with reading(library, query="bread") as reader:
        await reader.press("S", "u")
        assert (reader.screen.panes.bar.value, reader.ids) == (
            "bread sort:-upvotes",
            [APPLES, BREAD],
        )


async def test_escape_takes_the_order_away(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("S", "u", "escape")
        assert (reader.screen.panes.bar.value, reader.ids) == ("", [BREAD, APPLES, CAKES])


async def test_cursor_goes_to_the_first(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("G", "S", "u")
        assert reader.cursor == APPLES


async def test_menu_says_how_the_list_is_sorted_now(library: Library) -> None:
    async with reading(library, query="sort:-upvotes") as reader:
        await reader.press("S")
        await reader.shows("upvotes    fewest first  (now most first)")


async def test_menu_begins_at_the_order_of_now(library: Library) -> None:
    async with reading(library, query="sort:title") as reader:
        await reader.press("S", "enter")
        assert reader.screen.panes.bar.value == "sort:-title"


@pytest.mark.parametrize("sort", ["upvotes", "-title", "published"])
async def test_days_have_no_headings_where_they_are_apart(library: Library, sort: str) -> None:
    async with reading(library, query=f"sort:{sort}") as reader:
        assert "──" not in reader.text.split(" of ")[0].rpartition("\n")[0]


@pytest.mark.parametrize("sort", ["date", "-date"])
async def test_days_have_headings_in_an_order_by_date(library: Library, sort: str) -> None:
    async with reading(library, query=f"sort:{sort}") as reader:
        await reader.shows("── Thu 31 Jul 2025 ──")


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
