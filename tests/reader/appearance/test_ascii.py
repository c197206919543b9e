"""Drawing in ASCII: where fonts or encodings have nothing else, all of it still tells."""

import pytest
from conftest import OpenLibrary
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from screen_helpers import PEBBLES, SNAILS, Reader, reading
from textual.color import Color

from store.model import Change
from tui.reader.appearance.line_filters import SIGNS, AsciiFilter, in_ascii, wants_ascii
from tui.settings.config import Config

BLACK = Color(0, 0, 0)


async def test_whole_screen_is_ascii(filled: OpenLibrary) -> None:
    library = filled()
    library.mark([PEBBLES], Change(starred=True))
    async with reading(library, config=Config(ascii=True)) as reader:
        for keys in ((), ("space", "g"), ("t",), ("escape", "question_mark"), ("q", "slash", "x")):
            await reader.press(*keys)
            assert written(reader).isascii()


async def test_marks_differ_from_one_another(filled: OpenLibrary) -> None:
    library = filled()
    library.mark([PEBBLES], Change(starred=True))
    library.mark([SNAILS], Change(read=True))
    async with reading(library, config=Config(ascii=True)) as reader:
        await reader.press("space")
        rows = written(reader).splitlines()
        assert rows[1].startswith(" -- Fri 1 Aug 2025 ---")
        assert rows[2].startswith(" +* Sorting Pebbles by Lamp Light")
        assert rows[3].startswith(">   Counting Snails in the Rain")
        assert rows[4].startswith(" o  A Map of Every Puddle")


async def test_keys_have_names_in_place_of_signs(filled: OpenLibrary) -> None:
    async with reading(filled(), config=Config(ascii=True)) as reader:
        assert "enter Read" in reader.text
        await reader.press("question_mark")
        await reader.shows("j down")


def written(reader: Reader) -> str:
    """Return what the terminal gets."""
    own = next(each for each in reader.app.get_line_filters() if isinstance(each, AsciiFilter))
    strips = reader.screen.app.screen._compositor.render_strips()
    return "\n".join("".join(s.text for s in own.apply(list(strip), BLACK)) for strip in strips)


@given(st.text())
def test_any_text_becomes_ascii_of_the_same_width(text: str) -> None:
    drawn = in_ascii(text, letters=True)
    assert drawn.isascii()
    assert cell_len(drawn) == sum(map(cell_len, text))


@given(st.text(st.characters(categories=["L", "M", "N"])))
def test_letters_stay_where_they_can(text: str) -> None:
    assert in_ascii(text, letters=False) == text


def test_letters_lose_their_accents_where_they_must() -> None:
    assert in_ascii("Émile Žižek, 夜", letters=True) == "Emile Zizek, ??"


def test_signs_keep_their_width() -> None:
    assert [sign for sign, drawn in SIGNS.items() if len(drawn) != cell_len(sign)] == []


def test_control_segments_stay_as_they_are() -> None:
    control = Segment("●", None, [(1, 2)])  # type: ignore[list-item]
    assert AsciiFilter(True).apply([control], BLACK) == [control]


@pytest.mark.parametrize(
    ("chosen", "encoding", "term", "wanted"),
    [
        (None, "UTF-8", "xterm-256color", False),
        (None, "utf8", "screen", False),
        (None, "UTF-8", "linux", True),
        (None, "ISO-8859-1", "xterm", True),
        (None, "ANSI_X3.4-1968", "xterm", True),
        (False, "ISO-8859-1", "linux", False),
        (True, "UTF-8", "xterm-256color", True),
    ],
)
def test_ascii_is_chosen_or_by_the_terminal(
    monkeypatch: pytest.MonkeyPatch, chosen: bool | None, encoding: str, term: str, wanted: bool
) -> None:
    monkeypatch.setattr("locale.getencoding", lambda: encoding)
    monkeypatch.setenv("TERM", term)
    assert wants_ascii(chosen) is wanted
