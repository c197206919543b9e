"""The full text: fetched and kept, scrolled, searched, opened again where it was left."""

from functools import partial

import pytest
from conftest import Asked, OpenLibrary, paper
from http_helpers import Reply, Server, silence
from screen_helpers import PEBBLES, Reader, reading, small_feed, until

from store.fetching.client import Client
from store.fetching.transfer import Limits
from store.files.locks import locked
from store.fulltext.reading_places import Place, Places
from store.fulltext.texts import FullTexts, file_name
from store.library import Library
from store.model import Links
from tui.reader.drawing.render import BEGUN
from tui.reader.full_text.screen import FullTextScreen

ADDRESS = f"/papers/{PEBBLES.removeprefix('arxiv:')}.md"
PARAGRAPH = "A pebble is set under a lamp and the model says what colour it is. " * 6
TEXT = "\n\n".join(
    [
        "Title: Sorting\n\nURL Source: https://pebbles.example\n\nMarkdown Content:\nHello.",
        *(f"## Part {number}\n\n{PARAGRAPH} Lantern number {number}." for number in range(1, 41)),
        "## References\n\nThe last line.",
    ]
)


@pytest.fixture
def library(open_library: OpenLibrary, server: Server, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library with the small feed, and a source that has the text of its first paper."""
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("PAPERS_TUI_ARXIV", server.url)
    server.says(ADDRESS, TEXT.encode())
    open_library().add(small_feed(), "hf")
    return open_library()


def view(reader: Reader) -> FullTextScreen:
    """Return the screen that is on top."""
    screen = reader.app.screen
    assert isinstance(screen, FullTextScreen)
    return screen


async def opened(reader: Reader) -> FullTextScreen:
    """Open the full text of the first paper."""
    await reader.press("f")
    await reader.shows("Hello.")
    return view(reader)


async def kept(library: Library, place: Place) -> None:
    """Wait until the place in the text of the first paper is on disk."""
    folder = library.folder / "texts"
    await until(lambda: Places(folder).get(paper(PEBBLES)) == place, "the place on disk")


async def test_f_or_enter_in_the_detail_shows_the_text_and_keys_go_back(
    library: Library, server: Server
) -> None:
    async with reading(library) as reader:
        await opened(reader)
        assert "Part 1" in reader.text
        assert "URL Source" not in reader.text  # what the source sets before a text
        await until(lambda: library.marks(PEBBLES).read, "the paper read")
        server.says(ADDRESS, Reply(b"", 404))  # a text that is kept needs no network
        for key in ("escape", "h", "q"):
            await reader.press(key)
            await until(lambda: reader.app.screen is reader.screen, f"the list behind {key}")
            assert reader.app.is_running
            await opened(reader)
        await reader.press("q", "enter", "enter")
        await until(lambda: isinstance(reader.app.screen, FullTextScreen), "the text")
        await reader.shows("Hello.")
    assert len(server.requests) == 1


async def test_r_fetches_the_text_again_and_keeps_it_where_that_is_not_possible(
    library: Library, server: Server
) -> None:
    async with reading(library) as reader:
        await opened(reader)
        server.says(ADDRESS, Reply(b"", 404))
        await reader.press("R")
        await reader.notifies("There is no full text of this paper")
        assert "Hello." in reader.text
        server.says(ADDRESS, b"Hello once more.")
        await reader.press("R")
        await reader.shows("Hello once more.")


async def test_no_full_text_is_reported_with_what_to_do(library: Library, server: Server) -> None:
    server.says(ADDRESS, Reply(b"", 404))
    async with reading(library) as reader:
        await reader.press("f")
        await reader.shows("There is no full text of this paper")
        await reader.shows("P its PDF")


async def test_web_page_is_no_full_text(library: Library, server: Server) -> None:
    server.says(ADDRESS, b"<!DOCTYPE html><html><body>Sorting Pebbles</body></html>")
    async with reading(library) as reader:
        await reader.press("f")
        await reader.shows("There is no full text of this paper")
    assert FullTexts(library.folder / "texts").get(paper(PEBBLES)) is None


async def test_server_that_is_not_there_is_reported(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://host.invalid:1")
    once = partial(Client, limits=Limits(retries=0))
    monkeypatch.setattr("store.fulltext.fetchers.Client", once)
    async with reading(library) as reader:
        await reader.press("f")
        await reader.shows("can't be fetched")


async def test_fetching_is_shown_and_escape_ends_it(library: Library, server: Server) -> None:
    server.says(ADDRESS, silence)
    async with reading(library) as reader:
        await reader.press("f")
        await reader.shows("fetching the full text of Sorting Pebbles")
        await reader.press("shift+tab", "tab")  # there is no link yet
        await reader.press("escape")
        await until(lambda: reader.app.screen is reader.screen, "the list")
        await reader.app.workers.wait_for_complete()
    assert FullTexts(library.folder / "texts").get(paper(PEBBLES)) is None


async def test_text_opens_where_it_was_left(library: Library, open_library: OpenLibrary) -> None:
    async with reading(library) as reader:
        screen = await opened(reader)
        await reader.press("space", "space", "space", "j")
        place = screen.view.place
        assert place > Place()
        await reader.press("q")
        await kept(library, place)
    async with reading(open_library(), size=(60, 30)) as reader:
        await reader.press("f")
        await until(lambda: view(reader).view.place == place, "the place")


async def test_leaving_a_text_waits_for_no_lock(library: Library) -> None:
    async with reading(library) as reader:
        screen = await opened(reader)
        await reader.press("space")
        place = screen.view.place
        with locked(library.folder / "texts" / "places.json"):
            await reader.press("q", "j")
            await until(lambda: reader.cursor != PEBBLES, "the list")
            await reader.press("k", "f")
            await until(lambda: view(reader).view.place == place, "the place")
            await reader.press("q")
        await kept(library, place)
        await until(lambda: any(map(reader.text.__contains__, BEGUN)), "the mark in the list")


async def test_reading_at_other_widths_moves_no_place(
    library: Library, open_library: OpenLibrary
) -> None:
    places = Places(library.folder / "texts")
    places.remember(paper(PEBBLES), Place(5, 300), 40)
    places.save()
    for columns in (90, 40):
        async with reading(open_library(), size=(columns, 24)) as reader:
            await reader.press("f")
            await until(lambda: view(reader).view.top, "the place")
            await reader.press("q")
    assert places.get(paper(PEBBLES)) == Place(5, 300)


async def test_search_goes_to_the_first_match_as_one_types_and_escape_back(
    library: Library,
) -> None:
    async with reading(library) as reader:
        screen = await opened(reader)
        await reader.press("space")
        place = screen.view.place
        await reader.press("slash", *"number 7.")
        await reader.shows("Lantern number 7.")
        await reader.shows("1 of 1")
        assert reader.text.splitlines()[-1].strip() == "⏎ To the text  esc Back"
        await reader.press("escape")
        assert screen.view.place == place
        await reader.press("slash", "ctrl+u", *"umbrella")
        await reader.shows("no match")


async def test_n_goes_to_the_next_match_and_back_and_around(library: Library) -> None:
    async with reading(library) as reader:
        await opened(reader)
        await reader.press("slash", *"lantern", "enter")
        await reader.shows("1 of 40")
        await reader.press("n", "n", "N")
        await reader.shows("2 of 40")
        await reader.press("N", "N")
        await reader.shows("40 of 40")


async def test_brackets_go_from_heading_to_heading_and_end_to_the_last_line(
    library: Library,
) -> None:
    async with reading(library) as reader:
        screen = await opened(reader)
        await reader.press("]", "]", "]", "[")
        assert reader.text.splitlines()[1].strip() == "Part 2"
        assert screen.view.top > 0
        await reader.press("G")
        await reader.shows("The last line.")
        await reader.shows("100%")
        await reader.press("question_mark")
        await reader.shows("To the next heading")
        assert "Narrow the list" not in reader.text


async def test_every_size_works(library: Library) -> None:
    async with reading(library, size=(1, 1)) as reader:
        await reader.press("f")
        await until(lambda: "-loaded" in view(reader).classes, "the text loaded")
        for size in ((1, 1), (20, 5), (250, 70)):
            await reader.pilot.resize_terminal(*size)
            await reader.press("j", "G", "slash", "ctrl+u", "a", "enter", "n", "g")
            assert (size, view(reader).view.top) == (size, 0)


async def test_damaged_text_is_reported_and_fetched_again(library: Library) -> None:
    folder = library.folder / "texts"
    folder.mkdir()
    (folder / file_name(PEBBLES)).write_bytes(b"\xff\xfe\xfd")
    async with reading(library) as reader:
        await reader.press("f")
        await reader.notifies("is damaged")  # before the text is there: a message goes again
        await reader.shows("Hello.")


async def test_markup_in_a_text_is_text(library: Library, server: Server) -> None:
    texts = ("[@click=app.quit]x[/]", "[/]", "a [b]bold[/b] claim [")
    server.says(ADDRESS, "\n\n".join(("Hello.", *texts)).encode())
    async with reading(library) as reader:
        await opened(reader)
        for text in texts:
            assert text in reader.text


async def test_page_opens_from_the_full_text(open_library: OpenLibrary, opened: Asked) -> None:
    links = Links(page="https://pebbles.example/lamps")
    open_library().add([paper("doi:10.1000/kettle", "The Kettle Problem", links=links)], "hf")
    async with reading(open_library()) as reader:
        await reader.press("f")
        await reader.shows("There is no full text")
        await reader.shows("only papers on arXiv have one")
        await reader.press("O")
        await until(opened, "a browser asked")
    assert opened() == ["https://pebbles.example/lamps"]
