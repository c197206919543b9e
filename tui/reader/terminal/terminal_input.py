"""What a terminal sends, trusted in nothing: whatever comes, the reader goes on.

Textual ends the program at a byte that is not UTF-8 (a terminal with another encoding, Alt as the
eighth bit), at a sequence with a number that it did not foresee, and hears no key any more once the
end of a pasted text is lost.

Esc and the key after it look like a key with Alt: a terminal sends the same for both. Whoever types
Esc j fast, or over a slow line, means two keys. Textual takes them for Alt+j, which types a j, for
what Alt does on some keyboard (Alt+1 is ¡), or leaves the Esc out.
"""

import re
import selectors
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from types import SimpleNamespace

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers import linux_driver
from textual.keys import _character_to_key
from textual.message import Message

from tui.ground import GROUND

ESC = "\x1b"
ALT = "alt+"
BEGINNINGS = "[OPX]^_\t\x7f"
"""What comes after an Esc where a longer sequence begins, or a key of its own is meant."""
MOVES = {"b": "ctrl+left", "f": "ctrl+right"}
"""What terminals of macOS send for Alt with an arrow, which moves by words in a line of text."""

ANSWER = re.compile(
    r"\x1b\]\d+;[^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b[P_^][^\x1b]*\x1b\\"
    r"|\x1b\[[=>?][\d;:]*[ -#%-/]*[@-~]"
)
"""What a terminal says of itself and Textual takes for keys, except the modes it asked for."""
_BEGUN = re.compile(r"\x1b(?:\]\d+;[^\x07\x1b]{0,200}\x1b?|\[\?[\d;]{0,80})\Z")
"""The beginning of an answer that nobody types."""
_MAYBE_BEGUN = re.compile(r"\x1b(?:\[|\]\d{0,3})?\Z")
"""What is typed as well: Esc, and keys behind it."""
ANSWER_PAUSE = 1.0
"""Seconds after which the rest of an answer does not come any more."""
KEY_PAUSE = 0.1
"""The same where a key may have been meant."""
LONGEST_PASTE = 1_000_000
"""Characters of a pasted text that are taken; who means more has lost the end of it."""
PASTE_PAUSE = 3.0
"""Seconds without a word of a pasted text after which it is taken to have ended."""
WIDEST = 10_000
"""Columns, and lines, that a terminal may say it has."""


class InputParser(XTermParser):
    """A parser that leaves out what it can't make sense of, and gives a key behind Esc with Alt."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._latest = ""
        """The last characters, as many as the end of a pasted text has."""
        self._pasted: int | None = None
        """How many characters of a text are pasted so far; None if none is."""
        self._heard = 0.0
        self._answers = LateAnswers(lambda: GROUND.is_due)
        self._typed_ahead = GROUND.pop_typed()
        """What came before the terminal was read here."""

    def feed(self, data: str) -> Iterator[Message]:
        """Yield what a text from the terminal means; the end of it where that is empty."""
        self._heard = monotonic()
        ahead, self._typed_ahead = self._typed_ahead, ""
        yield from self._taken(self._answers.without(ahead + data))
        if not data:
            yield from self._understood(super().feed, data)

    def _taken(self, text: str) -> Iterator[Message]:
        for character in text:
            if self._is_wanted(character):
                yield from self._understood(super().feed, character)
            if self._pasted == LONGEST_PASTE:
                yield from self._understood(super().feed, BRACKETED_PASTE_END)

    def tick(self) -> Iterator[Message]:
        """Yield what the time that went by means."""
        if self._typed_ahead:
            ahead, self._typed_ahead = self._typed_ahead, ""
            yield from self.feed(ahead)
        yield from self._taken(self._answers.given_up(monotonic() - self._heard))
        yield from self._understood(super().tick)
        if self._pasted is not None and monotonic() - self._heard > PASTE_PAUSE:
            yield from self.feed(BRACKETED_PASTE_END)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if key := key_behind_escape(sequence):
            sequence, alt = key, True
        keys = super()._sequence_to_key_events(sequence)
        return map(with_alt, keys) if alt else keys

    def _is_wanted(self, character: str) -> bool:
        """Record where a pasted text begins and ends; return whether a character counts."""
        self._latest = self._latest[1 - len(BRACKETED_PASTE_END) :] + character
        if self._pasted is None:
            self._pasted = 0 if self._latest == BRACKETED_PASTE_START else None
            return True
        self._pasted += 1
        wanted = self._pasted <= LONGEST_PASTE
        if self._latest == BRACKETED_PASTE_END:
            self._pasted = None
        return wanted

    def _understood(self, parse: Callable[..., Iterable[Message]], *data: str) -> Iterator[Message]:
        try:
            yield from filter(_is_possible, parse(*data))
        except ParseError:
            raise
        except Exception:  # noqa: BLE001
            # Of whatever kind: nothing that is sent may end the reader. The sequence is left out.
            self._gen = self.parse(self._tokens.append)
            self._awaiting = next(self._gen)


class LateAnswers:
    """Removes answers of the terminal from what is typed, also one that comes in pieces."""

    def __init__(self, is_due: Callable[[], bool]) -> None:
        """`is_due` tells whether a question of ours is still without an answer."""
        self._is_due = is_due
        self._begun = ""

    def without(self, data: str) -> str:
        """Return what a text holds beside answers."""
        data = ANSWER.sub("", self._begun + data)
        begun = _BEGUN.search(data) or (self._is_due() and _MAYBE_BEGUN.search(data))
        self._begun = begun[0] if begun else ""
        return data[: len(data) - len(self._begun)]

    def given_up(self, waited: float) -> str:
        """Return what was held back and is to be taken as typed, after a pause of some seconds.

        What nobody types is forgotten.
        """
        begun = self._begun
        is_key = bool(_MAYBE_BEGUN.match(begun))
        if not begun or waited < (KEY_PAUSE if is_key else ANSWER_PAUSE):
            return ""
        self._begun = ""
        return begun if is_key else ""


class Selector(selectors.SelectSelector):
    """Waits for input, but not the first time: what was typed before would wait as long."""

    def __init__(self) -> None:
        super().__init__()
        self._has_looked = False

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready to be read."""
        timeout, self._has_looked = timeout if self._has_looked else 0.0, True
        return super().select(timeout)


def use_input_parser() -> None:
    """Let terminals be read by the parser above, and their bytes whatever they are."""
    linux_driver.selectors = SimpleNamespace(  # type: ignore[attr-defined,assignment]
        SelectSelector=Selector, EVENT_READ=selectors.EVENT_READ
    )
    linux_driver.XTermParser = InputParser  # type: ignore[attr-defined]
    linux_driver.getincrementaldecoder = _forgiving  # type: ignore[attr-defined,assignment]


def _forgiving(encoding: str) -> Callable[[], IncrementalDecoder]:
    """Return what makes decoders that put a sign in place of what is wrong."""

    def make() -> IncrementalDecoder:
        decoder = getincrementaldecoder(encoding)("replace")
        decoder.decode(GROUND.pop_rest())  # a character of which only the beginning had come
        return decoder

    return make


def _is_possible(message: Message) -> bool:
    """Return whether a terminal can have said so."""
    if isinstance(message, events.Resize):
        return all(1 <= length <= WIDEST for length in message.size)
    return True


def key_behind_escape(sequence: str) -> str:
    """Return the key that came with an Esc before it; empty if the two mean something else."""
    is_key = len(sequence) == 2 and sequence[0] == ESC and sequence[1] not in BEGINNINGS
    return sequence[1] if is_key else ""


def with_alt(key: events.Key) -> events.Key:
    """Return a key as one that was pressed with Alt."""
    return events.Key(ALT + key.key, key.character)


def two_keys(key: events.Key, in_text: bool) -> tuple[events.Key, ...]:
    """Return Esc and the key that came with Alt, where it types something; nothing for others.

    In a line of text two letters are for moving by words.
    """
    if not key.key.startswith(ALT) or not key.character:
        return ()
    char = key.character
    if in_text and char in MOVES:
        return (events.Key(MOVES[char], None),)
    name = key.key.removeprefix(ALT)
    if char.isprintable():
        name = char if char.isalnum() else _character_to_key(char)
    return events.Key("escape", ESC), events.Key(name, char)
