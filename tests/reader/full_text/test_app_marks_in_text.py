"""Marks, notes and quotations while a text is read, and what can be done with a reference."""

import pytest
from conftest import Asked, OpenLibrary
from http_helpers import Server, arxiv_answer
from screen_helpers import PEBBLES, SNAILS, Reader, reading, small_feed, until

from store.library import Library
from tui.reader.full_text.screen import FullTextScreen

PAGE = """<article class="ltx_document">
<section id="S1" class="ltx_section"><h2 class="ltx_title ltx_title_section">
<span class="ltx_tag ltx_tag_section">1 </span>Introduction</h2>
<p class="ltx_p">Pebbles are old.</p><p class="ltx_p">Lamps are new.</p></section>
<p class="ltx_p">See <a href="#bib.bib1">1</a> <a href="#bib.bib2">2</a> <a href="#bib.bib3">3</a>
<a href="#bib.bib4">4</a></p>
<ul class="ltx_biblist">
<li id="bib.bib1" class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">[1]</span>
Moss. Light on stones. arXiv:2508.00077.</li>
<li id="bib.bib2" class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">[2]</span>
Fern. Counting Snails in the Rain. 2025.</li>
<li id="bib.bib3" class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">[3]</span>
Reed. doi:10.1000/reed.</li>
<li id="bib.bib4" class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">[4]</span>
Thorn. By word of mouth.</li>
</ul></article>"""


@pytest.fixture
def library(open_library: OpenLibrary, server: Server, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library with the small feed, and an arXiv that has the text of its first paper."""
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("PAPERS_TUI_ARXIV", server.url)
    server.says(f"/html/{PEBBLES.removeprefix('arxiv:')}", PAGE.encode())
    open_library().add(small_feed(), "hf")
    return open_library()


async def open_text(reader: Reader) -> None:
    """Open the full text of the first paper."""
    await reader.press("f")
    await reader.shows("Pebbles are old.")


async def test_marks_are_of_the_paper_that_is_read_and_not_of_the_selection(
    library: Library,
) -> None:
    async with reading(library) as reader:
        await reader.press("j", "space", "g")
        await open_text(reader)
        await reader.press("s")
        assert "★" in reader.text.splitlines()[0]
        assert (library.marks(PEBBLES).starred, library.marks(SNAILS).starred) == (True, False)
        await reader.press("r")
        await until(lambda: not library.marks(PEBBLES).read, "the paper unread")
        await reader.press("u")
        await until(lambda: library.marks(PEBBLES).read, "the paper read again")


async def test_tag_and_note_are_asked_for_over_the_text(library: Library) -> None:
    async with reading(library) as reader:
        await open_text(reader)
        await reader.press("t", *"lamp", "enter")
        await until(lambda: library.marks(PEBBLES).tags == ("lamp",), "the tag")
        await reader.shows("#lamp")
        assert isinstance(reader.app.screen, FullTextScreen)
        await reader.press("e", *"old", "ctrl+s")
        await until(lambda: library.marks(PEBBLES).note == "old", "the note")


async def test_paragraph_is_quoted_with_its_section_in_one_key_below_what_the_note_has(
    library: Library,
) -> None:
    quoted = "> Pebbles are old.\n— 1 Introduction"
    async with reading(library) as reader:
        await open_text(reader)
        await reader.press("c")
        await reader.notifies("Quoted into the note: Pebbles are old.")
        assert library.marks(PEBBLES).note == quoted
        await reader.press("c")
        await until(lambda: library.marks(PEBBLES).note.count(quoted) == 2, "both quotations")
        await reader.press("v")
        await reader.shows("marking a range to quote")
        await reader.press("v")
        await reader.shows_not("marking a range to quote")
        await reader.shows("1 Introduction")


async def test_range_is_quoted_from_where_it_was_begun(library: Library) -> None:
    async with reading(library, size=(60, 8)) as reader:
        await open_text(reader)
        await reader.press("v", "j", "j", "j", "j", "c")
    assert library.marks(PEBBLES).note.startswith("> Pebbles are old.\n>\n> Lamps are new.")


async def at_reference(reader: Reader, number: int) -> None:
    """Go to a reference, and ask what to do with it."""
    await open_text(reader)
    await reader.press(*["tab"] * number, "enter", "enter")


async def test_reference_that_is_in_the_library_is_gone_to(library: Library) -> None:
    async with reading(library) as reader:
        await at_reference(reader, 2)
        await reader.shows("go to it in the list")
        await reader.press("g")
        await until(lambda: reader.cursor == SNAILS, "the paper in the list")
        assert reader.app.screen is reader.screen


async def test_reference_on_arxiv_is_added_or_why_not_is_reported(
    library: Library, server: Server
) -> None:
    async with reading(library) as reader:
        await at_reference(reader, 1)
        await reader.shows("add it to the library")
        await reader.press("a")
        await reader.notifies("arxiv:2508.00077 was not added")
        server.says("/api/query", arxiv_answer("2508.00077 Light on stones"))
        await reader.press("enter")
        await reader.shows("add it to the library")
        await reader.press("a")
        await until(lambda: "arxiv:2508.00077" in reader.screen.session.papers, "the paper")


async def test_page_of_a_reference_is_opened(library: Library, opened: Asked) -> None:
    async with reading(library) as reader:
        await at_reference(reader, 3)
        await reader.shows("open its page")
        await reader.press("o")
        await until(opened, "a browser asked")
    assert opened() == ["https://doi.org/10.1000/reed"]


async def test_reference_without_an_id_is_reported(library: Library) -> None:
    async with reading(library) as reader:
        await at_reference(reader, 4)
        await reader.notifies("neither an id nor an address")
