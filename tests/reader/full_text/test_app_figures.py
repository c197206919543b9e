"""Figures in a text: pictures above their captions, one with the screen for itself."""

from dataclasses import replace

import pytest
from conftest import Asked, OpenLibrary
from golden_screens import looks_golden
from http_helpers import Reply, Server
from picture_helpers import halves, kitty_pixels, needs_pictures, sixel_pixels, slope
from screen_helpers import IN_COLOUR, PEBBLES, Reader, reading, small_feed, until

from store.fulltext.blocks import Block, Kind, Words
from store.fulltext.document import make_document
from store.library import Library
from tui.reader.full_text.figures import LOADING
from tui.reader.full_text.laid_text import LaidText
from tui.reader.full_text.large_figure import LargeFigure
from tui.reader.full_text.screen import FullTextScreen
from tui.reader.pictures.kitty import PLACEHOLDER

PAPER = f"/html/{PEBBLES.removeprefix('arxiv:')}"
PARAGRAPH = f'<p class="ltx_p">{"Pebbles are sorted by lamp light. " * 20}</p>'


def figure(number: int, *pictures: str) -> str:
    """Return a figure as LaTeXML writes it."""
    shown = "".join(
        f'<img src="{each}" class="ltx_graphics" alt="Refer to caption">' for each in pictures
    )
    return (
        f'<figure id="S1.F{number}" class="ltx_figure">{shown}<figcaption class="ltx_caption">'
        f'<span class="ltx_tag ltx_tag_figure">Figure {number}: </span>Lamp {number}.</figcaption>'
        "</figure>"
    )


PAGE = f"""<html><base href="{PAPER}v1/"><article class="ltx_document">
<h1 class="ltx_title ltx_title_document">Sorting Pebbles</h1>
<p class="ltx_p">Read on.</p>{figure(1, "x1.png")}{figure(2, "x2.png", "x3.jpg")}
{figure(3, "damaged.png")}{figure(4, "drawing.svg")}{figure(5, "gone.png")}
{PARAGRAPH * 8}{figure(6, "far.png")}</article></html>"""


@pytest.fixture
def library(open_library: OpenLibrary, server: Server, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library with the small feed, and an arXiv that has its first paper."""
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("PAPERS_TUI_ARXIV", server.url)
    server.says(PAPER, PAGE.encode())
    open_library().add(small_feed(), "hf")
    return open_library()


@pytest.fixture
def illustrated(library: Library, server: Server) -> Library:
    """The library, and the pictures of the paper."""
    server.says(f"{PAPER}v1/x1.png", slope(400, 60))
    server.says(f"{PAPER}v1/x2.png", halves(300, 100))
    server.says(f"{PAPER}v1/x3.jpg", halves(300, 100, "JPEG"))
    server.says(f"{PAPER}v1/damaged.png", halves(40, 40)[:60])
    server.says(f"{PAPER}v1/far.png", halves(40, 40))
    return library


@pytest.fixture
def pictures_asked(server: Server) -> Asked:
    """Return what tells which pictures the server was asked for."""
    return lambda: [path.rpartition("/")[2] for path in server.paths if "v1/" in path]


async def opened(reader: Reader) -> FullTextScreen:
    """Open the full text of the first paper."""
    await reader.press("f")
    await reader.shows("Read on.")
    screen = reader.app.screen
    assert isinstance(screen, FullTextScreen)
    return screen


def pictures_sent(reader: Reader) -> list[str]:
    """Return a list of what the terminal is sent from now on that has to do with pictures."""
    sent: list[str] = []

    def write(data: str) -> None:
        if data.startswith(("\x1b_G", "\x1b7")):
            sent.append(data)

    assert reader.app._driver
    reader.app._driver.write = write  # type: ignore[method-assign]
    return sent


@needs_pictures
async def test_pictures_in_sight_are_fetched_shown_and_kept(
    illustrated: Library, server: Server, pictures_asked: Asked
) -> None:
    blocks = replace(IN_COLOUR, images="blocks")
    async with reading(illustrated, config=blocks) as reader:
        await opened(reader)
        await reader.shows("Figure 2: Lamp 2.")
        await reader.shows_not(LOADING)
        await looks_golden(reader, "figures", [(80, 24)])
        assert pictures_asked() == ["x1.png", "x2.png", "x3.jpg"]
        await reader.press("space")
        await reader.shows("can't be shown: it is damaged")
        await reader.shows("can't be shown: it is an SVG drawing")
        await reader.shows("answered 404")
        assert pictures_asked() == ["x1.png", "x2.png", "x3.jpg", "damaged.png", "gone.png"]
        await reader.press("g")
    for name in ("x1.png", "x2.png", "x3.jpg"):
        server.says(f"{PAPER}v1/{name}", Reply(b"", 404))
    async with reading(illustrated, config=blocks) as reader:
        await opened(reader)
        await reader.shows_not(LOADING)
        assert "can't be shown" not in reader.text
        await reader.press("i")
        await reader.shows("picture 1 of 7")
        await reader.shows_not(LOADING)
        await looks_golden(reader, "figure", [(80, 24)])
        await reader.press("p")
        await reader.notifies("No earlier picture.")
        await reader.press("n", "n")
        await reader.shows("picture 3 of 7")
        await reader.shows("Figure 2: Lamp 2.")
        await reader.press("escape")
        await reader.shows("Read on.")


@needs_pictures
async def test_kitty_gets_a_picture_before_its_cells_again_after_a_pause_and_forgets_it(
    illustrated: Library,
) -> None:
    async with reading(illustrated, config=replace(IN_COLOUR, images="kitty")) as reader:
        sent = pictures_sent(reader)
        await opened(reader)
        await until(lambda: reader.text.count(PLACEHOLDER) > 100, "the cells of pictures")
        keys, pixels = kitty_pixels(sent[0])
        assert len(pixels) == int(keys["s"]) * int(keys["v"]) * 3
        await until(lambda: len(sent) == 3, "three pictures")
        reader.app.app_resume_signal.publish(reader.app)
        await until(lambda: len(sent) == 6, "the pictures sent again")
        assert sent[3:] == sent[:3]
        await reader.press("escape")
        await until(lambda: len(sent) == 9, "the pictures forgotten")
        assert sent[6] == f"\x1b_Ga=d,d=I,i={keys['i']},q=2;\x1b\\"


@needs_pictures
async def test_sixels_are_painted_over_the_large_view_alone(
    illustrated: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.reader.full_text.figure_making.cell_size", lambda: (4, 8))
    async with reading(illustrated, config=replace(IN_COLOUR, images="sixel")) as reader:
        sent = pictures_sent(reader)
        await opened(reader)
        await reader.shows("Figure 2: Lamp 2.")
        await reader.shows_not(LOADING)
        assert sent == []
        await reader.press("i")
        await reader.shows("picture 1 of 7")
        await reader.shows_not(LOADING)
        await until(lambda: sent, "sixels")
        place, _, sixels = sent[0].removesuffix("\x1b8").partition("H")
        assert place.startswith("\x1b7\x1b[")
        assert len(list(sixel_pixels(sixels))) == 48
        await reader.press("escape")
        await reader.shows("Read on.")


async def test_how_to_get_pictures_is_reported_once(
    library: Library, monkeypatch: pytest.MonkeyPatch, pictures_asked: Asked
) -> None:
    missing = "pip install 'papers-tui[images]' shows the pictures"
    monkeypatch.setattr("tui.reader.full_text.figure_making.missing_extra", lambda: missing)
    async with reading(library) as reader:
        await opened(reader)
        await reader.shows(f"({missing})")
        assert reader.text.count("pip install") == 1
        await reader.press("i")
        await reader.notifies(missing)
    async with reading(library, config=replace(IN_COLOUR, images="off")) as reader:
        await opened(reader)
        assert "pip install" not in reader.text
        await reader.press("i")
        await reader.notifies("Pictures are off")
    assert pictures_asked() == []


@needs_pictures
async def test_over_ssh_only_the_large_view_has_pictures(
    illustrated: Library, monkeypatch: pytest.MonkeyPatch, pictures_asked: Asked
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/null")
    async with reading(illustrated) as reader:
        screen = await opened(reader)
        await reader.shows(
            '(no pictures over SSH: i shows one, images = "blocks" in the settings all)'
        )
        assert pictures_asked() == []
        await reader.press("i")
        await until(lambda: isinstance(reader.app.screen, LargeFigure), "the picture")
        await until(lambda: pictures_asked() == ["x1.png"], "the picture asked for")
        await reader.press("escape")
        await until(lambda: reader.app.screen is screen, "the text")
        loader = screen.view.figures.loader
        await until(lambda: not loader.is_busy, "the picture there")
        loader.look()
        assert not loader.is_busy


def test_what_is_at_the_top_stays_there_when_a_picture_above_it_comes() -> None:
    figures = [Block(Kind.FIGURE, Words(f"Lamp {n}."), pictures=("x",)) for n in range(5)]
    heights = dict.fromkeys(range(5), 10)
    laid = LaidText(make_document(figures, "file").blocks, 40, lambda n, block: heights[n])
    laid.lay_next(0, 5)
    caption = laid.start_of(2) + 10
    heights[0], heights[2] = 1, 4
    top = laid.lay_again(0, caption)
    assert laid.line(top)[2] == laid.line(laid.start_of(2) + 10)[2]
    top = laid.lay_again(2, top)
    number, laid_block, line = laid.line(top)
    assert (number, laid_block.text.plain[line.start : line.end]) == (2, "Lamp 2.")
    in_picture = laid.lay_again(2, laid.start_of(2) + 3)
    assert laid.line(in_picture)[2].picture == 3
