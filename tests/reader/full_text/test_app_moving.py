"""Moving in a full text: contents, sections, links, references, and the way back."""

import pytest
from conftest import Asked, OpenLibrary
from http_helpers import Server
from screen_helpers import PEBBLES, Reader, reading, small_feed, until

from store.library import Library
from tui.reader.full_text.following import hints_for
from tui.reader.full_text.screen import FullTextScreen

ENTRIES = "".join(
    f'<li id="bib.bib{n}" class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">[{n}]</span>'
    f'<span class="ltx_bibblock">Carl Moss. The lamp of year {n}.</span></li>'
    for n in range(1, 61)
)
SECTIONS = "".join(
    f'<section id="S{n}" class="ltx_section"><h2 class="ltx_title ltx_title_section">'
    f'<span class="ltx_tag ltx_tag_section">{n} </span>Part {n}</h2>'
    + f'<p class="ltx_p">{"Pebbles are sorted by lamp light. " * 12}</p>' * 4
    + "</section>"
    for n in range(2, 7)
)
PAGE = f"""<html><body><article class="ltx_document">
<h1 class="ltx_title ltx_title_document">Sorting Pebbles</h1>
<section id="S1" class="ltx_section"><h2 class="ltx_title ltx_title_section">
<span class="ltx_tag ltx_tag_section">1 </span>Introduction</h2>
<p class="ltx_p">As said before [<a href="#bib.bib12">12</a>], see Section <a href="#S4">4</a> and
<a href="https://lamps.example/">our lamps</a>.</p></section>
{SECTIONS}
<section id="bib" class="ltx_bibliography"><h2 class="ltx_title ltx_title_bibliography">References
</h2><ul class="ltx_biblist">{ENTRIES}</ul></section></article></body></html>"""


@pytest.fixture
def library(open_library: OpenLibrary, server: Server, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library with the small feed, and an arXiv that has the text of its first paper."""
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("PAPERS_TUI_ARXIV", server.url)
    server.says(f"/html/{PEBBLES.removeprefix('arxiv:')}", PAGE.encode())
    open_library().add(small_feed(), "hf")
    return open_library()


async def open_text(reader: Reader) -> FullTextScreen:
    """Open the full text of the first paper."""
    await reader.press("f")
    await reader.shows("As said before")
    screen = reader.app.screen
    assert isinstance(screen, FullTextScreen)
    return screen


async def test_source_and_then_the_section_one_is_in_are_shown(library: Library) -> None:
    async with reading(library) as reader:
        await open_text(reader)
        assert reader.text.splitlines()[1].strip() == "from arXiv's HTML"
        await reader.press("right_square_bracket", "right_square_bracket")
        assert reader.text.splitlines()[1].strip() == "2 Part 2"


async def test_contents_go_to_a_section_by_its_number_or_from_the_one_one_is_in(
    library: Library,
) -> None:
    async with reading(library) as reader:
        screen = await open_text(reader)
        place = screen.view.place
        await reader.press("o", "j", "j", "escape")
        await until(lambda: reader.app.screen is screen, "the text")
        assert screen.view.place == place
        await reader.press("o", "4", "enter")
        await until(lambda: reader.text.splitlines()[1].strip() == "4 Part 4", "the section")
        assert reader.text.splitlines()[2].strip().startswith("4  Part 4")
        await reader.press("o", "j", "enter")
        await until(lambda: reader.text.splitlines()[1].strip() == "5 Part 5", "the next section")


async def test_reference_is_looked_up_and_left_again_in_three_keys(library: Library) -> None:
    async with reading(library) as reader:
        screen = await open_text(reader)
        place = screen.view.place
        await reader.press("backspace")
        await reader.notifies("no jump")
        await reader.press("f")
        assert "[a2], see Section s" in reader.text
        await reader.press("escape")
        assert "[12], see Section 4" in reader.text
        await reader.press("f", "a")
        assert "[12] Carl Moss. The lamp of year 12." in reader.text.splitlines()[2]
        await reader.press("backspace")
        assert screen.view.place == place


async def test_tab_goes_through_the_links_and_enter_follows(library: Library) -> None:
    async with reading(library) as reader:
        screen = await open_text(reader)
        await reader.press("tab", "tab", "shift+tab")
        assert screen.view.link is not None
        assert screen.view.link[1].target == "#bib.bib12"
        await reader.press("tab", "enter")
        assert reader.text.splitlines()[1].strip() == "4 Part 4"
        await reader.press("ctrl+o")
        await reader.shows("As said before")


async def test_link_to_the_web_is_opened(library: Library, opened: Asked) -> None:
    async with reading(library) as reader:
        await open_text(reader)
        await reader.press("f", "d")
        await until(opened, "a browser asked")
    assert opened() == ["https://lamps.example/"]


@pytest.mark.parametrize("count", [0, 1, 26, 27, 600])
def test_no_hint_begins_another(count: int) -> None:
    hints = hints_for(count)
    assert len(set(hints)) == count
    assert not any(a != b and b.startswith(a) for a in hints for b in hints)
