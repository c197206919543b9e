"""Find groups and arguments in TeX. Places are offsets in the text."""

import re
from dataclasses import dataclass

from store.latex.commands import FRACTIONS, WRAPPERS

COMMAND = r"\\(?:[A-Za-z]+|.|$)"
"""A pattern for the backslash and name of a command; other signs than letters stand alone."""

_ONE_COMMAND = re.compile(COMMAND, re.DOTALL)
_BRACE = re.compile(r"(?:\\.)+|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Argument:
    """Where an argument is."""

    start: int
    end: int
    after: int
    """Where to read on: behind the brace that closes it."""

    @property
    def in_braces(self) -> bool:
        """Return whether it is a group, and not a single character or command."""
        return self.after > self.end


class Source:
    """A text and where its groups are."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._closing = _pairs(text)

    def group(self, at: int, end: int) -> int | None:
        """Return where the group that opens at a place closes, None if not before `end`."""
        closing = self._closing.get(at)
        return closing if closing is not None and closing < end else None

    def argument(self, at: int, end: int) -> Argument | None:
        """Return the next argument: a group, a command or a single character."""
        at = self.skip_spaces(at, end)
        if at >= end:
            return None
        closing = self.group(at, end)
        if closing is not None:
            return Argument(at + 1, closing, closing + 1)
        command = _ONE_COMMAND.match(self.text, at, end)
        if command is None:
            return Argument(at, at + 1, at + 1)
        after = command.end()
        # TeX itself wants x^{\text{a}}, but authors write x^\text{a}.
        if command[0][1:] in WRAPPERS or command[0][1:] in FRACTIONS:
            while (inside := self.group(after, end)) is not None:
                after = inside + 1
        return Argument(at, after, after)

    def braced(self, at: int, end: int) -> Argument | None:
        """Return the next argument if it is a group."""
        argument = self.argument(at, end)
        return argument if argument and argument.in_braces else None

    def skip_spaces(self, at: int, end: int) -> int:
        """Return the next place that is no white space."""
        while at < end and self.text[at].isspace():
            at += 1
        return at

    def skip_empty_group(self, at: int) -> int:
        """Return the place after the {} that ends a command's name, if there is one."""
        return at + 2 if self.text.startswith("{}", at) else at


def _pairs(text: str) -> dict[int, int]:
    """Return where each group that is closed opens and closes."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            pairs[opened.pop()] = match.start()
    return pairs
