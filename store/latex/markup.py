"""Read text with TeX markup: each command, group and formula becomes what it stands for.

The text is read once, from left to right. The depth of groups and the length of formulas are
limited, so that the time needed grows with the length of the text, whatever is in it.
"""

import re
from unicodedata import category

from store.latex.accents import is_accent, read_accent
from store.latex.science import GROUPS, read_science
from store.latex.source import COMMAND, LONGEST_FORMULA, Argument, Source, is_formula
from store.latex.tex_commands import (
    ADDRESSES,
    CITATIONS,
    DROPPED,
    FORMS,
    FRACTIONS,
    FUNCTIONS,
    JOURNALS,
    PAIRS,
    QUOTING,
    REFERENCES,
    SWITCHES,
    UNSEEN,
    WRAPPERS,
    in_parentheses,
    is_known,
    letter,
    script,
    shown,
    shown_pair,
    symbol,
)

_DEEPEST = 40
_WINDOWS_PATH = r"(?<![A-Za-z])[A-Za-z]:\\\S*"
_IN_TEXT = re.compile(rf"{_WINDOWS_PATH}|{COMMAND}|\$\$?|\{{(?=\\)", re.DOTALL)
_IN_SOURCE = re.compile(rf"{COMMAND}|\$\$?|[{{~]", re.DOTALL)
_IN_FORMULA = re.compile(rf"{COMMAND}|[{{}}^_~&]|'+", re.DOTALL)
_DOLLARS = re.compile(r"(?<!\\)\$\$?")
_ESCAPE = re.compile(r"\\(?=[%&#_~$])|(?<=\\~)\{\}")
_CLOSERS = {"(": r"\)", "[": r"\]"}
_SIGNS_IN_FORMULAS = {"\\": "; ", "|": "‖", "!": "", "-": "", "/": ""}
_MENTIONED = frozenset(["boxed"])
"""Commands that papers mention by their names."""


def read_markup(text: str, source: bool) -> str:
    """Return text with its markup read; in TeX `source` every brace and ~ is markup as well."""
    return _Reader(text, source).prose(0, len(text), 0)


def read_formula(tex: str) -> str:
    """Return a formula on one line; its dollar signs, if it has any, are left out."""
    return _Reader(tex, source=False).formula(0, len(tex), 0)


class _Reader:
    """Reads one text. Places are offsets in it; `depth` is the number of groups around a place."""

    def __init__(self, text: str, source: bool) -> None:
        self._text = text
        self._is_source = source
        self._tokens = _IN_SOURCE if source else _IN_TEXT
        self._source = Source(text)

    def prose(self, start: int, end: int, depth: int) -> str:
        """Return the text between two places outside of formulas."""
        text = self._text
        if depth > _DEEPEST:
            return text[start:end]
        out: list[str] = []
        at = start
        while match := self._tokens.search(text, at, end):
            out.append(text[at : match.start()])
            token, here, at = match[0], match.start(), match.end()
            if token == "{":
                inside = self._source.group(here, end)
                if inside is not None:
                    token, at = self.prose(here + 1, inside, depth + 1), inside + 1
            elif token == "~":
                # In an address it is not a space.
                token = "~" if text[here - 1 : here] == "/" else " "
            elif token[0] == "$":
                token, at = self._dollars(token, at, end, depth)
            elif token[0] == "\\":
                token, at = self._command(token[1:], at, end, depth)
            out.append(token)
        out.append(text[at:end])
        return "".join(out)

    def formula(self, start: int, end: int, depth: int) -> str:
        """Return the text between two places inside a formula, on one line."""
        text = self._text
        if depth > _DEEPEST:
            return text[start:end]
        out: list[str] = []
        at = start
        while match := _IN_FORMULA.search(text, at, end):
            out.append(text[at : match.start()])
            token, here, at = match[0], match.start(), match.end()
            if token == "{":
                inside = self._source.group(here, end)
                if inside is not None:
                    out.append(self.formula(here + 1, inside, depth + 1))
                    at = inside + 1
            elif token in "^_":
                argument = self._source.argument(at, end)
                if argument:
                    content = self.formula(argument.start, argument.end, depth + 1)
                    out.append(script(token, content))
                    at = argument.after
            elif token[0] == "'":
                out.append("′" * len(token))
            elif token[0] == "\\":
                before = "".join(out[-2:])[-1:]
                piece, at = self._formula_command(token[1:], at, end, depth, before)
                out.append(piece)
            elif token != "}":
                out.append(" ")
        out.append(text[at:end])
        return " ".join("".join(out).split())

    def _dollars(self, sign: str, at: int, end: int, depth: int) -> tuple[str, int]:
        """Return the formula after dollar signs, else these signs, and where to read on."""
        text = self._text
        match = _DOLLARS.search(text, at, min(end, at + LONGEST_FORMULA))
        if match and match[0].startswith(sign):
            after = match.start() + len(sign)
            if is_formula(text[at : match.start()], text[after : after + 1]):
                return self.formula(at, match.start(), depth + 1), after
        return sign, at

    def _command(self, name: str, at: int, end: int, depth: int) -> tuple[str, int]:
        """Return what the command whose name ends at a place stands for, and where to read on."""
        text = self._text
        if is_accent(name):
            read = read_accent(self._source, name, at, end, self._is_source)
            if read is not None:
                return read
        if not _is_word(name):
            return self._sign(name, at, end, depth)
        read = self._structure(name, at, end, depth, in_formula=False)
        if read is not None:
            return read
        found = symbol(name)
        if found is None and self._is_source:
            found = JOURNALS.get(name)
        cheering = name == "o" and text.startswith("/", at)  # \o/
        if found is None or cheering:
            return self._unknown(name, at, end, depth)
        if found.endswith(".") and text.startswith(".", at):
            at += 1
        if self._is_source or letter(name):
            at = self._source.skip_spaces(at, end)
        return found, self._source.skip_empty_group(at)

    def _formula_command(
        self, name: str, at: int, end: int, depth: int, before: str
    ) -> tuple[str, int]:
        """Return what a command stands for in a formula; `before` is the character before it."""
        text = self._text
        if not _is_word(name):
            return _SIGNS_IN_FORMULAS.get(name, name if name in "{}%&#_$" else " "), at
        if name in ("left", "right") and text.startswith(".", at):
            return "", at + 1
        read = self._structure(name, at, end, depth, in_formula=True)
        if read is not None and name != "operatorname":
            return read
        found = None if read or name in FUNCTIONS else symbol(name)
        if found is not None:
            if category(found[0]) == "Sm" and not before.isspace():
                at = self._source.skip_spaces(at, end)
            return found, at
        # Spaces keep a name apart from its neighbours.
        word, at = read or self._unknown(name, at, end, depth, in_formula=True)
        space_before = " " if before.isalnum() or before in (")", "]") else ""
        after = text[at : min(at + 1, end)]
        return space_before + word + (" " if after.isalnum() or after == "\\" else ""), at

    def _structure(
        self, name: str, at: int, end: int, depth: int, in_formula: bool
    ) -> tuple[str, int] | None:
        """Return what a command with arguments stands for; None if it has none, or is unknown."""
        text = self._text
        before = text[at - len(name) - 2 : at - len(name) - 1]
        if name in SWITCHES:
            after = self._source.skip_empty_group(at)
            return "", after if after > at else self._source.skip_spaces(at, end)
        option = ""
        if (name in CITATIONS or name == "sqrt") and text.startswith("[", at):
            close = text.find("]", at, min(end, at + LONGEST_FORMULA))
            if close > 0:
                option, at = text[at + 1 : close], close + 1
        at += text.startswith("*{", at)
        if name in GROUPS:
            return read_science(
                self._source, name, at, end, lambda start, stop: self.prose(start, stop, depth + 1)
            )
        if name in UNSEEN:
            unseen = self._source.argument(at, end)
            return ("", unseen.after) if unseen else None
        if name in PAIRS:
            return self._pair(name, at, end, depth, in_formula)
        one_sign = in_formula or name in FRACTIONS or name == "sqrt"
        first = (self._source.argument if one_sign else self._source.braced)(at, end)
        if first is None:
            return None
        if name in DROPPED:
            return " ", first.after
        if name == "color":
            # Only at the start of a group do its braces surely hold no word of the text.
            return ("", first.after) if before == "{" else None
        if name in ADDRESSES or name in REFERENCES:
            return self._address(first), first.after
        if name in CITATIONS:
            space = " " if before.isalnum() else ""
            more = f", {option}" if option else ""
            return f"{space}[{self._address(first)}{more}]", first.after
        read = self.formula if in_formula and not name.startswith("text") else self.prose
        if name in FRACTIONS:
            second = self._source.argument(first.after, end)
            if second is None:
                return None
            above = self.formula(first.start, first.end, depth + 1)
            below = self.formula(second.start, second.end, depth + 1)
            return f"{in_parentheses(above)}/{in_parentheses(below)}", second.after
        if name not in WRAPPERS and name not in QUOTING and name not in FORMS:
            return None
        return shown(name, read(first.start, first.end, depth + 1), option), first.after

    def _pair(
        self, name: str, at: int, end: int, depth: int, in_formula: bool
    ) -> tuple[str, int] | None:
        """Return what a command with two groups stands for."""
        first = self._source.braced(at, end)
        if first is None:
            return None
        second = self._source.braced(first.after, end)
        if second is None:
            return (self._address(first), first.after) if name == "href" else None
        read = self.formula if in_formula else self.prose
        content = read(second.start, second.end, depth + 1)
        if name == "href":
            address = self._address(first)
            same = address.rstrip("/").endswith(content.rstrip("/"))
            return (address if same else f"{content} ({address})"), second.after
        above = read(first.start, first.end, depth + 1)
        return shown_pair(name, above, content), second.after

    def _address(self, argument: Argument) -> str:
        """Return an argument in which only escapes are markup."""
        return _ESCAPE.sub("", self._text[argument.start : argument.end])

    def _unknown(
        self, name: str, at: int, end: int, depth: int, in_formula: bool = False
    ) -> tuple[str, int]:
        """Return a command of the author's own as its name, which is a word of the text."""
        text = self._text
        inside = self._source.group(at, end)
        if inside is None and text.startswith("{", at) and is_known(name):
            return " ", at + 1  # the text was cut off before the group's end
        here = at - len(name) - 1
        before = text[here - 1 : here]
        in_code = len(name) == 1 or before.isalnum() or before in (":", "_")
        as_it_stands = name in _MENTIONED or (in_code and not self._is_source)
        if as_it_stands and not in_formula:
            return text[here:at], at
        if inside is None:
            return name, at
        if inside == at + 1:
            return name, inside + 1
        read = self.formula if in_formula else self.prose
        return f"{name}{{{read(at + 1, inside, depth + 1)}}}", inside + 1

    def _sign(self, name: str, at: int, end: int, depth: int) -> tuple[str, int]:
        """Return what a backslash before a sign, not a letter, stands for."""
        text = self._text
        if name in _CLOSERS:
            closer = text.find(_CLOSERS[name], at, min(end, at + LONGEST_FORMULA))
            content = text[at : max(closer, at)]
            if "\\" + name not in content and is_formula(content, ""):
                return self.formula(at, closer, depth + 1), closer + 2
        if name in ("%", "&", "$", "#", "_", "{", "}"):
            return name, at
        if name in ("~", "^", "'", '"', "`"):
            return name, self._source.skip_empty_group(at)
        if name.isspace() or name in (",", ";", ":"):
            return " ", at
        if name == "\\" and (self._is_source or text[at : at + 1].isspace()):
            return " ", at
        if self._is_source and name in ("!", "-", "@", "/"):
            return "", at
        return "\\" + name, at


def _is_word(name: str) -> bool:
    return name.isalpha() and name.isascii()
