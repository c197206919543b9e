"""Esc and a key right behind it are two keys, whatever Alt would make of them."""

import pytest
from conftest import OpenLibrary
from screen_helpers import PEBBLES, PUDDLES, SNAILS, Reader, reading, until
from terminal import MODERN, OpenTerminal
from textual import events

from store.library import Library
from tui.reader.terminal.terminal_input import InputParser, two_keys
from tui.settings.config import Config


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed."""
    return filled()


def sent(sequence: str) -> list[str]:
    """Return the keys that the parser makes of what a terminal sends."""
    parser = InputParser(False)
    return [event.key for event in parser.feed(sequence) if isinstance(event, events.Key)]


@pytest.mark.parametrize(
    ("sequence", "keys"),
    [
        ("\x1bj", ["alt+j"]),
        ("\x1b/", ["alt+slash"]),
        ("\x1b1", ["alt+1"]),
        ("\x1bb", ["alt+b"]),
        ("\x1b[A", ["up"]),
        ("\x1b[1;3C", ["alt+right"]),
        ("\x1b\x7f", ["ctrl+w"]),
        ("é", ["é"]),
    ],
)
def test_keys_of_a_sequence(sequence: str, keys: list[str]) -> None:
    assert sent(sequence) == keys


@pytest.mark.parametrize(
    ("char", "name"), [("j", "j"), ("J", "J"), ("/", "slash"), ("]", "right_square_bracket")]
)
def test_key_with_alt_is_escape_and_the_key(char: str, name: str) -> None:
    keys = two_keys(events.Key(f"alt+{name}", char), in_text=False)
    assert [(key.key, key.character) for key in keys] == [("escape", "\x1b"), (name, char)]


def test_key_that_types_nothing_stays_one() -> None:
    assert two_keys(events.Key("alt+left", None), in_text=False) == ()


def test_words_are_moved_by_in_a_line_of_text() -> None:
    assert [key.key for key in two_keys(events.Key("alt+b", "b"), in_text=True)] == ["ctrl+left"]


async def press_with_alt(reader: Reader, char: str) -> None:
    """Press a key with Alt; the Pilot's own keys with Alt type nothing."""
    reader.app.post_message(events.Key(f"alt+{char}", char))
    await reader.pilot.pause()


async def test_note_is_saved_and_the_key_goes_to_the_list(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("N", *"abc")
        await press_with_alt(reader, "j")
        await until(lambda: reader.cursor == SNAILS, "the key in the list")
        assert library.marks(PEBBLES).note == "abc"


async def test_keys_behind_keep_their_order(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("t", *"foo")
        await press_with_alt(reader, "j")
        await reader.press("j", "s")
        await until(lambda: library.marks(PUDDLES).starred, "the third paper starred")
        assert library.tags() == {}


async def test_key_with_alt_that_has_an_action_is_one(library: Library) -> None:
    async with reading(library, config=Config(keys={"mark.star": "alt+s"})) as reader:
        await reader.press("space", "k")
        await press_with_alt(reader, "s")
        assert library.marks(PEBBLES).starred
        assert reader.screen.panes.list.selection.ids


def test_escape_and_a_key_in_one_write(library: Library, open_terminal: OpenTerminal) -> None:
    terminal = open_terminal(MODERN)
    terminal.shows("1 of 5")
    terminal.type("/puddle")
    terminal.shows("1 of 1")
    terminal.type("\x1b/\x1bj\x1bJ")
    terminal.shows("2 of 5")
    terminal.type("\x1bb")
    terminal.shows("Inbox")
