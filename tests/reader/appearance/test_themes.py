"""Themes: what is chosen is shown and kept, and everything on ours can be read."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import ABSTRACT, OpenLibrary, paper
from places import ROOT
from rich.color import Color
from rich.segment import Segment
from screen_helpers import Reader, reading, until
from textual.color import Color as TextualColor
from textual.color import rgb_to_lab
from textual.theme import BUILTIN_THEMES, Theme

from store.library import Library
from store.model import Change, Links
from tui.reader.appearance.tag_colours import COLOURS, with_tag_colours
from tui.reader.appearance.themes import DARK, LIGHT, OURS, PLAIN, usual_theme
from tui.settings.config import Config
from tui.settings.theme_names import THEMES, chosen_theme, save_theme

LEAST = 4.5
"""The contrast that WCAG 2 asks for (level AA, ordinary text)."""
APART = 20
"""How far colours of tags are from others in CIE Lab; a difference of 2 is just seen."""
DRAWN = set("╭╮╰╯─│┃▌▏▎▔▁▂▃▄▅▆▇█━ ")
"""What is not text."""


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """Papers with everything that has a colour of its own."""
    lamp = Links(page="https://pebbles.example/lamps")
    library = open_library()
    library.add(
        [
            paper(abstract=ABSTRACT, links=lamp, upvotes=41, summary="Lamps matter."),
            paper("arxiv:2508.00002", "A Map of Every Puddle", authors=("Bo Marsh",)),
            paper("arxiv:2508.00003", "Counting Snails", date="2025-07-31"),
        ],
        "hf",
    )
    library.mark(["arxiv:2508.00001"], Change(starred=True, add_tags=("light", "ice"), note="Ask."))
    library.mark(["arxiv:2508.00002"], Change(read=True, add_tags=("rain", "moss")))
    library.commit()
    return library


STATES = {
    "list": (),
    "read paper": ("j",),
    "without focus": ("enter",),
    "filter": ("slash", "p"),
    "wrong filter": ("slash", *"is:odd", "space"),
    "empty filter": ("slash",),
    "nothing found": ("slash", *"zq"),
    "help": ("question_mark",),
    "tags": ("t", "l"),
    "palette": ("ctrl+p",),
    "menu": ("S",),
    "note": ("N", "A"),
    "export": ("e",),
    "save view": ("slash", "m", "enter", "m"),
    "sidebar": ("b",),
    "selection": ("space",),
    "zen": ("z",),
    "card": ("A", "r", "C"),
    "last card": ("C", "t", *"ice", "enter", "s"),
    "message": ("u", "u", "u", "u"),
}
"""Keys that lead to a screen; the last undoes the marks that the others show."""


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
async def test_all_text_can_be_read(library: Library, theme: str) -> None:
    faint = {}
    async with reading(library, size=(160, 30), config=Config(theme=theme)) as reader:
        for state, keys in STATES.items():
            await reader.press(*keys)
            for text, contrast in contrasts(reader):
                if contrast < LEAST:
                    faint[state, text] = round(contrast, 2)
            await reader.press("escape")
            while not as_at_the_start(reader):
                await reader.press("escape")
            await reader.press("g")
    assert faint == {}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_tags_are_told_apart_from_each_other_and_from_what_else_has_a_colour(theme: Theme) -> None:
    names = [*(colour[1:] for colour in COLOURS), "text-warning", "text-error", "text-primary"]
    colours = [rgb_to_lab(TextualColor.parse(theme.variables[name])) for name in names]
    apart = {
        (one, other): dist((a.L, a.a, a.b), (b.L, b.a, b.b))
        for (one, a), (other, b) in combinations(zip(names, colours, strict=True), 2)
        if one.startswith("tag")
    }
    assert {pair: round(each) for pair, each in apart.items() if each < APART} == {}


@pytest.mark.parametrize("theme", [PLAIN, *BUILTIN_THEMES.values()], ids=lambda theme: theme.name)
def test_no_tag_of_another_theme_has_the_colour_of_what_is_marked(theme: Theme) -> None:
    variables = with_tag_colours(theme.to_color_system().generate() | theme.variables)
    colours = {variables[colour[1:]] for colour in COLOURS}
    assert len(colours) >= 3
    assert variables["text-warning"] not in colours


async def test_theme_of_the_settings_is_shown(library: Library) -> None:
    async with reading(library, config=Config(theme=LIGHT.name)) as reader:
        grounds = {background(segment) for segment in segments(reader)}
    assert Color.parse(str(LIGHT.background)).get_truecolor() in grounds


async def test_theme_fits_a_terminal_of_few_colours(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "standard")
    async with reading(library, config=Config()) as reader:
        assert reader.app.theme == PLAIN.name


@pytest.mark.parametrize(
    ("colours", "no_color", "theme"),
    [
        ("truecolor", False, DARK.name),
        ("256", False, DARK.name),
        ("standard", False, PLAIN.name),
        (None, False, PLAIN.name),
        ("truecolor", True, PLAIN.name),
    ],
)
def test_usual_theme_is_by_the_colours_there_are(
    colours: str | None, no_color: bool, theme: str
) -> None:
    assert usual_theme(colours, no_color) == theme


@pytest.mark.parametrize("theme", ["", "dracula"])
async def test_no_color_is_no_colour(
    library: Library, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(library, config=Config(theme=theme)) as reader:
        styles = [segment.style for segment in written(reader) if segment.style]
        colours = {str(each and each.name) for s in styles for each in (s.color, s.bgcolor)}
    assert colours == {"default"}


@pytest.mark.parametrize("colours", ["NO_COLOR", "COLORS"])
async def test_cursor_is_seen_where_colours_are_not(
    library: Library, monkeypatch: pytest.MonkeyPatch, colours: str
) -> None:
    monkeypatch.setenv(colours, "1")
    async with reading(library, config=Config(theme=PLAIN.name)) as reader:
        rows = [
            segment.text for segment in segments(reader) if segment.style and segment.style.reverse
        ]
    assert "Sorting Pebbles" in " ".join(rows)
    assert "Counting Snails" not in " ".join(rows)


async def test_chosen_line_of_palette_and_menu_is_underlined_without_colours(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(library) as reader:
        await reader.press("ctrl+p")
        await until(lambda: "Read (" in underlined(reader), "the command underlined")
        await reader.press("escape", "S")
        await until(lambda: "date" in underlined(reader), "the order underlined")


async def test_theme_chosen_in_the_palette_is_there_at_the_next_start(library: Library) -> None:
    async with reading(library, config=Config()) as reader:
        await reader.press("ctrl+p")
        await reader.type("theme")
        await reader.shows("Change the current theme")
        await reader.press("enter")
        await reader.shows("Search for themes")
        await reader.type("papers-light")
        await until(lambda: "nord" not in reader.text, "themes narrowed")
        await reader.press("down", "enter")
        await until(lambda: reader.app.theme == LIGHT.name, "the light theme")
    async with reading(library, config=Config()) as reader:
        assert reader.app.theme == LIGHT.name


async def test_theme_of_the_settings_goes_before_the_one_chosen(library: Library) -> None:
    save_theme(LIGHT.name)
    async with reading(library, config=Config(theme="nord")) as reader:
        assert reader.app.theme == "nord"
        reader.app.theme = "dracula"
        await reader.notifies('theme = "dracula"')
    assert chosen_theme() == LIGHT.name


async def test_theme_that_can_not_be_kept_holds_for_now(library: Library, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder would have to be")
    async with reading(library, config=Config()) as reader:
        reader.app.theme = "dracula"
        await reader.pilot.pause()
        assert reader.app.theme == "dracula"
    assert chosen_theme() == ""


def test_theme_kept_by_another_version_is_forgotten() -> None:
    save_theme("papers-sepia")
    assert chosen_theme() == ""


def test_unknown_theme_is_refused_with_those_there_are(run: Run, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('theme = "sepia"\n')
    done = run("list", "--config", settings)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert "there is no theme 'sepia'; known: papers-dark, papers-light" in done.err


def as_at_the_start(reader: Reader) -> bool:
    """Return whether keys are for the list, and all of it is shown."""
    panes = reader.screen.panes
    return reader.app.focused is panes.list and not panes.bar.value


def contrasts(reader: Reader) -> Iterator[tuple[str, float]]:
    """Yield each text on the screen with its contrast."""
    for segment in segments(reader):
        if set(segment.text) - DRAWN and segment.style and segment.style.color:
            foreground = luminance(segment.style.color)
            ground = segment.style.bgcolor
            assert ground is not None
            low, high = sorted((foreground, luminance(ground)))
            yield segment.text, (high + 0.05) / (low + 0.05)


def underlined(reader: Reader) -> str:
    """Return all text that is underlined."""
    strips = reader.app.screen._compositor.render_strips()
    return " ".join(
        each.text for strip in strips for each in strip if each.style and each.style.underline
    )


def segments(reader: Reader) -> Iterator[Segment]:
    """Yield what is on the screen; over others that are dimmed, what is in the dialog."""
    screen = reader.app.screen
    strips = screen._compositor.render_strips()
    # Not the first child, which is where messages are shown.
    dialog = max(screen.children, key=lambda each: each.region.area)
    box = dialog.region if screen.is_modal else screen.region
    for strip in strips[box.y : box.bottom]:
        yield from strip.crop(box.x, box.right)


def written(reader: Reader) -> Iterator[Segment]:
    """Yield what goes to the terminal: what is on the screen behind the filters."""
    ground = reader.app.screen.background_colors[1]
    for strip in reader.app.screen._compositor.render_strips():
        for line_filter in reader.app.get_line_filters():
            strip = strip.apply_filter(line_filter, ground)
        yield from strip


def background(segment: Segment) -> object:
    """Return the ground of a text."""
    ground = segment.style.bgcolor if segment.style else None
    return ground.get_truecolor() if ground else None


@cache
def luminance(color: Color) -> float:
    """Return the relative luminance, as WCAG 2 defines it."""
    parts = (each / 255 for each in color.get_truecolor())
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_names_are_those_there_are() -> None:
    assert set(THEMES) == {*BUILTIN_THEMES, *(theme.name for theme in OURS)}


def test_themes_are_documented() -> None:
    docs = (ROOT / "docs" / "terminals.md").read_text(encoding="utf-8")
    assert [name for name in THEMES if f"`{name}`" not in docs] == []
