"""The command palette: actions, papers by title, tags and views as filters."""

from functools import partial

import pytest
from conftest import OpenLibrary, paper
from screen_helpers import BREAD, CROWS, IDS, PUDDLES, SNAILS, Reader, reading, small_feed, until
from textual.command import CommandInput, CommandList

from store.library import Library
from store.model import Change
from tui.settings.config import Config


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed and two tags."""
    library = filled()
    library.mark([SNAILS, PUDDLES], Change(add_tags=("wet",)))
    library.mark([CROWS], Change(add_tags=("pu(dy",)))
    library.commit()
    return library


def finds(reader: Reader, ids: list[str]) -> bool:
    """Return whether these are the papers shown."""
    return reader.ids == ids


async def chosen(reader: Reader, text: str, shown: str) -> None:
    """Type into the palette and take the first of what it finds."""
    await reader.press("ctrl+p")
    await until(lambda: isinstance(reader.app.focused, CommandInput), "the palette")
    await reader.type(text)
    await reader.shows(shown)
    await reader.press("enter")
    await until(lambda: reader.app.screen is reader.screen, "the palette closed")


async def test_paper_that_the_filter_hides_is_found_by_its_title(library: Library) -> None:
    async with reading(library, query="snails") as reader:
        await chosen(reader, "every puddle", "A Map of Every Puddle")
        await until(lambda: reader.cursor == PUDDLES, "the cursor on the paper")
        assert (reader.ids, reader.screen.panes.bar.value) == (IDS, "")


async def test_tags_and_views_become_the_filter(library: Library) -> None:
    library.mark([SNAILS], Change(add_tags=('sl"w',)))
    library.commit()
    found = [
        ("#we", "#wet", [SNAILS, PUDDLES]),
        ("pu(dy", '#"pu(dy"', [CROWS]),
        ('#"sl', 'sl\\"w', [SNAILS]),
        ("sleepy", 'view:"sleepy ones"', [BREAD]),
    ]
    async with reading(library, config=Config(views={"sleepy ones": "bread"})) as reader:
        for typed, shown, ids in found:
            await chosen(reader, typed, shown)
            await until(partial(finds, reader, ids), f"what {shown} finds")
            assert shown in reader.screen.panes.bar.value


async def test_actions_come_before_views_and_tags_and_the_last_used_first(
    library: Library,
) -> None:
    async with reading(library, config=Config(views={"slow": "snails"})) as reader:
        await reader.press("ctrl+p")
        await until(lambda: isinstance(reader.app.focused, CommandInput), "the palette")
        await until(lambda: any('#"pu(dy"' in each for each in names(reader)), "all offered")
        listed = names(reader)
        filters = [name for name in listed if name.startswith(("view:", "#"))]
        assert listed[-len(filters) :] == filters
        assert [each.split()[0] for each in filters[-2:]] == ["#wet", '#"pu(dy"']
        row = next(name for name in listed if "Star (s)" in name)
        assert "Star the paper" in row, "a command is one line with its key"
        await reader.press("escape")
        await chosen(reader, "read/u", "Read/unread (r)")
        await until(lambda: library.marks(IDS[0]).read, "the action done")
        await reader.press("ctrl+p")
        await until(lambda: isinstance(reader.app.focused, CommandInput), "the palette")
        await until(lambda: names(reader), "what is offered")
        assert names(reader)[0].startswith("Read/unread (r)")


async def test_action_comes_before_papers(library: Library) -> None:
    library.add([paper("doi:10.1000/star", "Star", date="2025-07-01")], "hf")
    async with reading(library) as reader:
        await chosen(reader, "star", "Star (s)")
        await until(lambda: library.marks(IDS[0]).starred, "the action done")


def names(reader: Reader) -> list[str]:
    """Return the first line of each thing that the palette offers."""
    offered = reader.app.screen.query_one(CommandList)
    return [str(option.prompt).splitlines()[0].strip() for option in offered.options]


async def test_title_is_never_markup(open_library: OpenLibrary) -> None:
    titles = ["[@click=app.quit]x[/] map", "map [/b] [bold]", "map \x1b[2J"]
    papers = [paper(f"doi:10.1000/{n}", title) for n, title in enumerate(titles)]
    open_library().add([*papers, *small_feed()], "hf")
    library = open_library()
    library.mark(["doi:10.1000/0"], Change(add_tags=("[bold]map",)))
    async with reading(library, size=(100, 40), query="xyzzyxyzzy") as reader:
        await reader.press("ctrl+p")
        await until(lambda: isinstance(reader.app.focused, CommandInput), "the palette")
        await reader.type("map")
        await reader.shows("#[bold]map")
        for title in titles:
            await reader.shows(title.replace("\x1b", "\ufffd"))


async def test_papers_are_few_however_many_match(open_library: OpenLibrary) -> None:
    many = [paper(f"arxiv:2508.{n:05}", f"Puddle {n}") for n in range(1, 60)]
    open_library().add(many, "hf")
    async with reading(open_library()) as reader:
        assert len(reader.screen.finding.papers_about("puddle", 12)) == 12


async def choosing_theme(reader: Reader) -> None:
    """Open the list of themes and move to one that is not the present one."""
    reader.app.search_themes()
    await until(lambda: isinstance(reader.app.focused, CommandInput), "the palette")
    await reader.type("papers-light")
    await until(lambda: reader.app.theme == "papers-light", "the theme shown")


async def test_theme_is_shown_as_one_comes_to_it_and_stays_once_chosen(library: Library) -> None:
    async with reading(library) as reader:
        await choosing_theme(reader)
        await reader.press("escape")
        await until(lambda: reader.app.theme == "papers-dark", "the theme before")
        assert not reader.notifications
        await choosing_theme(reader)
        await reader.press("enter")
        await until(lambda: reader.app.screen is reader.screen, "the palette closed")
        await reader.notifies('theme = "papers-light"')
        assert reader.app.theme == "papers-light"
