"""Whatever a terminal sends, the reader goes on and hears the next key."""

import os
import selectors
from collections.abc import Iterator

import pytest
from conftest import OpenLibrary
from hypothesis import given
from hypothesis import strategies as st
from patience import DEADLINE
from screen_helpers import PEBBLES, reading, until
from terminal import MODERN, OpenTerminal
from textual import events
from textual.message import Message

from tui.reader.terminal import terminal_input
from tui.reader.terminal.terminal_input import InputParser

PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"
SETTLES = PASTE_END + "x" * 40
"""Behind this nothing is half said."""

numbers = st.integers(0, 10**12).map(str) | st.sampled_from(
    ["", "0", "-1", "55296", "1114112", "²"]
)
parameters = st.lists(numbers, max_size=6).flatmap(
    lambda each: st.lists(st.sampled_from(":;"), min_size=len(each), max_size=len(each)).map(
        lambda between: "".join(a + b for a, b in zip(each, between, strict=True))
    )
)
sequences = (
    st.builds("\x1b[{}{}".format, parameters, st.sampled_from("u~ABCDEFHPQRSTtcnyIOmM"))
    | st.builds("\x1b[{};{}u".format, numbers, parameters)
    | st.builds("\x1b[<{};{};{}{}".format, numbers, numbers, numbers, st.sampled_from("mM"))
    | st.builds("\x1b[48;{};{};{};{}t".format, numbers, numbers, numbers, numbers)
    | st.builds("\x1b]{};{}{}".format, numbers, st.text(), st.sampled_from(["\x07", "\x1b\\", ""]))
    | st.builds("\x1bP{}{}".format, st.text(), st.sampled_from(["\x1b\\", ""]))
    | st.builds("\x1b[?{};{}$y".format, numbers, numbers)
    | st.builds("\x1b[M{}".format, st.text(max_size=3))
    | st.sampled_from([PASTE, PASTE_END, "\x1b", "\x1b[", "\x1bO", "\x1b[1;", "\x9b", "\x00"])
    | st.text()
)


def messages(parser: InputParser, *sent: str) -> Iterator[Message]:
    """Yield what the parser makes of each piece."""
    for piece in sent:
        yield from parser.feed(piece) if piece else parser.tick()


@given(st.lists(sequences, max_size=8), st.data())
def test_key_behind_anything_is_heard(sent: list[str], data: st.DataObject) -> None:
    whole = "".join(sent)
    cut = data.draw(st.integers(0, len(whole)))
    parser = InputParser()
    *_, last = messages(parser, whole[:cut] or "x", "", whole[cut:] or "x", "", SETTLES, "j")
    assert isinstance(last, events.Key)
    assert last.key == "j"


@pytest.mark.parametrize(
    "sequence",
    [
        *("\x1b[97;1:3u", "\x1b[97;5:2u", "\x1b[97:65;2u", "\x1b[1114112u", "\x1b[55296;1u"),
        *("\x1b[97;1;1114112u", "\x1b[99999999999999999999u", "\x1b[<0;0;0M"),
        "\x1b[48;0;0;0;0t\x1b[<0;5;5M",
        "\x1b[48;99999999;99999999;1;1t",
    ],
)
def test_odd_sequence_costs_no_key(sequence: str) -> None:
    *_, last = messages(InputParser(), sequence, "j")
    assert isinstance(last, events.Key)
    assert last.key == "j"


@pytest.mark.parametrize(
    "answer",
    [
        *("\x1b]11;rgb:1e1e/1e1e/1e1e\x07", "\x1b]52;c;cmVhZA==\x1b\\", "\x1bP>|kitty(0.35)\x1b\\"),
        *("\x1b[?62;22;52c", "\x1b[>1;4000;1c", "\x1b[?1u", "\x1b_Gi=31;OK\x1b\\"),
    ],
)
def test_answer_of_a_terminal_presses_no_keys(answer: str) -> None:
    assert [type(each) for each in messages(InputParser(), answer, "", "j")] == [events.Key]


@pytest.mark.parametrize("size", ["0;0", "0;80", "99999999;80"])
def test_no_terminal_has_such_a_size(size: str) -> None:
    sent = messages(InputParser(), f"\x1b[48;{size};100;100t")
    assert not [each for each in sent if isinstance(each, events.Resize)]


def test_pasted_text_ends_where_its_end_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal_input, "PASTE_PAUSE", -1)
    parser = InputParser()
    pasted, key = messages(parser, f"{PASTE}pebbles", "", "j")
    assert isinstance(pasted, events.Paste)
    assert pasted.text == "pebbles"
    assert isinstance(key, events.Key)


def test_pasted_text_has_a_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal_input, "LONGEST_PASTE", 7)
    sent = list(messages(InputParser(), f"{PASTE}pebblesAAA{PASTE_END}", "j"))
    assert [type(each) for each in sent] == [events.Paste, events.Key]
    assert sent[0].text == "pebbles"  # type: ignore[attr-defined]


def test_bytes_that_are_not_utf_8_end_nothing(
    filled: OpenLibrary, open_terminal: OpenTerminal
) -> None:
    filled()
    terminal = open_terminal(MODERN)
    terminal.shows("1 of 5")
    terminal.type(b"/sn\xe9ils\r\x1b[97;1:3u\x1b[1114112u\x1b[<0;99999999;99999999M")
    terminal.shows("sn\ufffdils")
    terminal.type(b"\x1b[27u\xff\xfe\x80\x1b[200~a\xe9b\x1b[201~")
    terminal.type("\x1b")
    terminal.shows("1 of 5")
    terminal.type("q")
    assert terminal.leaves() == 0


async def test_odd_events_end_nothing(filled: OpenLibrary) -> None:
    parser = InputParser()
    odd = "\x1b[55296;1u\x1b[97;1;55296u\x1b[<0;99999999;99999999M\x1b[<64;-5;7M\x1b[<35;9;-9M"
    library = filled()
    async with reading(library) as reader:
        for keys in ("", "slash", "N", "t", "question_mark", "ctrl+p"):
            await reader.press(*keys.split())
            for message in messages(parser, odd):
                reader.app.post_message(message)
            await reader.press("escape", "escape")
            await until(lambda: reader.app.screen is reader.screen, "the list")
        await reader.press("s")
        assert library.marks(PEBBLES).starred


def test_first_look_for_input_does_not_wait() -> None:
    read, write = os.pipe()
    with terminal_input.Selector() as selector:
        selector.register(read, selectors.EVENT_READ)
        assert selector.select(2 * DEADLINE) == []
        os.write(write, b"j")
        assert [key.fd for key, _ in selector.select(DEADLINE)] == [read]
    os.close(read)
    os.close(write)
