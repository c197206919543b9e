"""Find groups, arguments and formulas in TeX. Places are offsets in the text."""

import re
from dataclasses import dataclass

from store.latex.tex_commands import FRACTIONS, WRAPPERS

COMMAND = r"\\(?:[A-Za-z]+|.|$)"
"""A pattern for the backslash and name of a command: letters, or one other sign."""

_ONE_COMMAND = re.compile(COMMAND, re.DOTALL)
_BRACE = re.compile(r"(?:\\.)+|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Argument:
    """The place of an argument."""

    start: int
    end: int
    after: int
    """Where to read on: after the brace that closes it."""

    @property
    def in_braces(self) -> bool:
        """Return whether it is a group, and not a single character or command."""
        return self.after > self.end


class Source:
    """A text and the places of its groups."""

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
        """Return the next argument if it is a group, else None."""
        argument = self.argument(at, end)
        return argument if argument and argument.in_braces else None

    def skip_spaces(self, at: int, end: int) -> int:
        """Return the next place without white space."""
        while at < end and self.text[at].isspace():
            at += 1
        return at

    def skip_empty_group(self, at: int) -> int:
        """Return the place after the {} that ends a command's name, if there is one."""
        return at + 2 if self.text.startswith("{}", at) else at


def _pairs(text: str) -> dict[int, int]:
    """Return where each complete group opens and closes."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            pairs[opened.pop()] = match.start()
    return pairs


LONGEST_FORMULA = 1_000
"""Characters; dollar signs further apart are not a pair."""

_TEXT_ARGUMENT = re.compile(r"\\(?:text\w*|mathrm|mbox|operatorname)\s*\{[^{}]*\}")
_SPACED_WORD = re.compile(r"(?<!\S)[A-Za-z]{2,}[,.;:]?(?!\S)")
_LONE_WORD = re.compile(r"\s*[A-Za-z]+\s*")
_CONNECTIVES = frozenset(["mod", "if", "otherwise", "for", "all", "where", "s.t."])
_AMOUNT = re.compile(r"\s*-?[.\d]")
_STOP = re.compile(r"[.;:!?]\s")
_COMMAND = re.compile(r"\\[A-Za-z]")
_SIGN = re.compile(r"[\\^_{}=<>≤≥≈∈]")


def is_formula(content: str, followed: str) -> bool:
    """Return whether the text between two dollar signs is a formula, not prose between prices.

    `followed` is the character after the second sign; empty at the end of the text.
    """
    if not content.strip():
        return False
    marked = bool(_SIGN.search(content))
    one_sided = content[0].isspace() != content[-1].isspace()
    if not marked and (one_sided or content[-1] in ":/(," or not _is_closed(content)):
        return False
    if _AMOUNT.match(content) and (one_sided or followed.isdigit() or content[-1] in "-–/(+,"):
        return False
    if _STOP.search(content) and not _COMMAND.search(content):
        return False
    if _LONE_WORD.fullmatch(content):
        return not content[0].isspace() or len(content.strip()) == 1
    plain = _TEXT_ARGUMENT.sub(" ", content)
    words = (word.strip(",.;:") for word in _SPACED_WORD.findall(plain))
    return all(word in _CONNECTIVES for word in words)


def _is_closed(content: str) -> bool:
    """Return whether as many brackets close as open, of any kind: [0, 1) is closed."""
    count = content.count
    return count("(") + count("[") == count(")") + count("]")
