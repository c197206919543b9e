"""Read text with TeX markup in it: each command, group and formula becomes what it stands for.

The text is read once from left to right. Groups within groups are followed to a fixed depth and
formulas to a fixed length, so that time grows with the length of the text, whatever is in it.
"""

import re

from store.latex_commands import (
    CITATIONS,
    DROPPED,
    FRACTIONS,
    FUNCTIONS,
    QUOTING,
    REFERENCES,
    SWITCHES,
    WRAPPERS,
    accented,
    is_accent,
    is_known,
    is_letter,
    script,
    symbol,
    wrapped,
)
from store.latex_maths import LONGEST_FORMULA, is_formula

_DEEPEST = 40
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_COMMAND = r"\\(?:[A-Za-z]+|.|$)"
_IN_TEXT = re.compile(rf"{_COMMAND}|\$\$?|\{{(?=\\)", re.DOTALL)
_IN_SOURCE = re.compile(rf"{_COMMAND}|\$\$?|[{{~]", re.DOTALL)
_IN_FORMULA = re.compile(rf"{_COMMAND}|[{{}}^_~&]|'+", re.DOTALL)
_DOLLAR = re.compile(r"(?<!\\)\$\$?")
_ESCAPE = re.compile(r"\\(?=[%&#_~$])|(?<=\\~)\{\}")
_PATH = re.compile(r"(?<![A-Za-z])[A-Za-z]:$")
_APOSTROPHE = re.compile(r"(?:s|t|d|m|re|ve|ll)(?![A-Za-z])")
_SIMPLE = re.compile(r"\w+")
_CLOSERS = {"(": r"\)", "[": r"\]"}
_NOTHING = {"!", "-", "@", "/"}
_MENTIONED = frozenset(["boxed"])
"""Commands that papers write about."""


def read_markup(text: str, source: bool) -> str:
    """Return text with its markup read; in `source` every brace and ~ is markup too."""
    return _Reader(text, source).prose(0, len(text), 0)


class _Reader:
    """Reads one text; places are offsets in it."""

    def __init__(self, text: str, source: bool) -> None:
        self._text = text
        self._source = source
        self._closing = _pairs(text)

    def prose(self, start: int, end: int, depth: int) -> str:
        """Return what is read between two places outside of formulas."""
        text = self._text
        if depth > _DEEPEST:
            return text[start:end]
        tokens = _IN_SOURCE if self._source else _IN_TEXT
        out: list[str] = []
        at = start
        while match := tokens.search(text, at, end):
            out.append(text[at : match.start()])
            token, here, at = match[0], match.start(), match.end()
            if token == "{":
                inside = self._group(here, end)
                if inside is None:
                    out.append(token)
                else:
                    out.append(self.prose(here + 1, inside, depth + 1))
                    at = inside + 1
            elif token == "~":
                out.append(token if text[here - 1 : here] == "/" else " ")
            elif token[0] == "$":
                piece, at = self._dollar(here, at, end, depth)
                out.append(piece)
            else:
                piece, at = self._command(here, at, end, depth)
                out.append(piece)
        out.append(text[at:end])
        return "".join(out)

    def formula(self, start: int, end: int, depth: int) -> str:
        """Return what is read between two places inside a formula, on one line."""
        text = self._text
        if depth > _DEEPEST:
            return text[start:end]
        out: list[str] = []
        at = start
        while match := _IN_FORMULA.search(text, at, end):
            out.append(text[at : match.start()])
            token, here, at = match[0], match.start(), match.end()
            if token == "{":
                inside = self._group(here, end)
                if inside is not None:
                    out.append(self.formula(here + 1, inside, depth + 1))
                    at = inside + 1
            elif token in "^_":
                first, last, at = self._argument(at, end) or (at, at, at)
                content = self.formula(first, last, depth + 1)
                out.append(script(token, content) if content else "")
            elif token[0] == "'":
                out.append("′" * len(token))
            elif token[0] == "\\":
                before = "".join(out[-2:])
                piece, at = self._formula_command(here, at, end, depth, before)
                out.append(piece)
            else:
                out.append("" if token == "}" else " ")
        out.append(text[at:end])
        return " ".join("".join(out).split())

    def _group(self, at: int, end: int) -> int | None:
        """Return where the group that opens at a place closes, None if not before `end`."""
        closing = self._closing.get(at)
        return closing if closing is not None and closing < end else None

    def _argument(self, at: int, end: int) -> tuple[int, int, int] | None:
        """Return where the next argument begins and ends, and where what follows it begins."""
        text = self._text
        while at < end and text[at].isspace():
            at += 1
        if at >= end:
            return None
        closing = self._group(at, end)
        if closing is not None:
            return at + 1, closing, closing + 1
        command = _IN_FORMULA.match(text, at, end)
        after = command.end() if command and text[at] == "\\" else at + 1
        return at, after, after

    def _braced(self, at: int, end: int) -> tuple[int, int, int] | None:
        """Return the next argument if it stands in braces."""
        if self._text.startswith("*{", at):
            at += 1
        argument = self._argument(at, end)
        return argument if argument and argument[2] > argument[1] else None

    def _dollar(self, here: int, at: int, end: int, depth: int) -> tuple[str, int]:
        text = self._text
        sign = text[here:at]
        match = _DOLLAR.search(text, at, min(end, at + LONGEST_FORMULA))
        if match and match[0] == sign:
            followed = text[match.end() : match.end() + 1]
            if is_formula(text[at : match.start()], followed):
                return self.formula(at, match.start(), depth + 1), match.end()
        return sign, at

    def _command(self, here: int, at: int, end: int, depth: int) -> tuple[str, int]:
        """Return what the command between two places stands for, and where to go on."""
        text = self._text
        name = text[here + 1 : at]
        if is_accent(name):
            read = self._accent(name, at, end, depth)
            if read is not None:
                return read
        if not name[:1].isalpha() or not name.isascii():
            return self._sign(name, at, end, depth)
        if not self._source and _PATH.search(text, max(here - 3, 0), here):
            stop = re.compile(r"\S*").match(text, at, end)
            at = stop.end() if stop else at
            return text[here:at], at
        read = self._structure(name, here, at, end, depth, False)
        if read is not None:
            return read
        found = symbol(name)
        if found is None:
            return self._unknown(name, here, at, end, depth)
        if found.endswith(".") and text.startswith(".", at):
            at += 1
        if self._source or is_letter(name):
            at = self._skip_spaces(at, end)
        return found, at + 2 if text.startswith("{}", at) else at

    def _formula_command(
        self, here: int, at: int, end: int, depth: int, before: str
    ) -> tuple[str, int]:
        text = self._text
        name = text[here + 1 : at]
        if not name[:1].isalpha() or not name.isascii():
            return {"\\": "; ", "|": "‖", "!": "", "-": "", "/": ""}.get(
                name, name if name in "{}%&#_$" else " "
            ), at
        if name in ("left", "right") and text.startswith(".", at):
            return "", at + 1
        read = self._structure(name, here, at, end, depth, True)
        if read is not None and name != "operatorname":
            return read
        found = None if name in FUNCTIONS or read else symbol(name)
        if found is not None:
            if not found[-1:].isalnum() and not before[-1:].isspace():
                at = self._skip_spaces(at, end)
            return found, at
        # A name: it does not run into its neighbours.
        word, at = read or (name, at)
        if text.startswith("{}", at):
            at += 2
        space = " " if before[-1:].isalnum() or before[-1:] in (")", "]") else ""
        follows = text[at : at + 1] if at < end else ""
        return space + word + (" " if follows.isalnum() or follows == "\\" else ""), at

    def _structure(
        self, name: str, here: int, at: int, end: int, depth: int, formula: bool
    ) -> tuple[str, int] | None:
        """Return what a command with arguments stands for; None if it is none or has none."""
        text = self._text
        if name in SWITCHES:
            return "", at + 2 if text.startswith("{}", at) else self._skip_spaces(at, end)
        read = self.formula if formula and not name.startswith("text") else self.prose
        option = ""
        if (name in CITATIONS or name in ("sqrt", "footnote")) and text.startswith("[", at):
            close = text.find("]", at, min(end, at + LONGEST_FORMULA))
            if close > 0:
                option, at = text[at + 1 : close], close + 1
        if name in FRACTIONS or name == "sqrt":
            first = self._argument(at, end)
        else:
            first = self._braced(at, end)
        if first is None:
            return None
        start, stop, after = first
        raw = _ESCAPE.sub("", text[start:stop])
        if name in ("url", "path", "nolinkurl"):
            return raw, after
        if name in WRAPPERS:
            return wrapped(name, read(start, stop, depth + 1)), after
        if name in DROPPED:
            return " ", after
        if name in CITATIONS:
            return f" [{raw}]", after
        if name in REFERENCES:
            return raw, after
        if name in QUOTING:
            return f"“{read(start, stop, depth + 1)}”", after
        if name in ("textsuperscript", "textsubscript"):
            content = read(start, stop, depth + 1)
            return script("^" if name == "textsuperscript" else "_", content), after
        if name == "footnote":
            return f" ({read(start, stop, depth + 1)})", after
        if name == "color":
            # Only in a group is it sure that no word of the text is in the braces.
            return ("", after) if text[here - 1 : here] == "{" else None
        if name == "sqrt":
            content = read(start, stop, depth + 1)
            root = script("^", option) if option else ""
            return f"{root}√{_in_parentheses(content)}", after
        if name in ("textcolor", "colorbox", "texorpdfstring", "href", "binom") or (
            name in FRACTIONS
        ):
            return self._pair(name, first, end, depth, formula)
        return None

    def _pair(
        self, name: str, first: tuple[int, int, int], end: int, depth: int, formula: bool
    ) -> tuple[str, int] | None:
        """Return what a command with two arguments stands for."""
        start, stop, at = first
        second = self._argument(at, end)
        if second is None:
            return None
        read = self.formula if formula else self.prose
        content = read(second[0], second[1], depth + 1)
        if name in FRACTIONS:
            above = _in_parentheses(self.formula(start, stop, depth + 1))
            return f"{above}/{_in_parentheses(content)}", second[2]
        if name == "binom":
            return f"({self.formula(start, stop, depth + 1)} choose {content})", second[2]
        if name == "href":
            address = _ESCAPE.sub("", self._text[start:stop])
            if address.rstrip("/").endswith(content.rstrip("/")):
                return address, second[2]
            return f"{content} ({address})", second[2]
        return content, second[2]

    def _unknown(self, name: str, here: int, at: int, end: int, depth: int) -> tuple[str, int]:
        """Return an author's own command as its name, which is a word of the text."""
        text = self._text
        inside = self._group(at, end)
        before = text[here - 1 : here] if here else ""
        if not self._source and (len(name) == 1 or before.isalnum() or before in (":", "_")):
            return text[here:at], at
        if name in WRAPPERS and text.startswith("{", at):
            return "", at + 1
        if name in _MENTIONED or inside is None:
            return (text[here:at] if name in _MENTIONED else name), at
        if inside == at + 1:
            return name, inside + 1
        return f"{name}{{{self.prose(at + 1, inside, depth + 1)}}}", inside + 1

    def _sign(self, name: str, at: int, end: int, depth: int) -> tuple[str, int]:
        """Return what a backslash before something other than a letter stands for."""
        text = self._text
        if name in _CLOSERS:
            closer = text.find(_CLOSERS[name], at, min(end, at + LONGEST_FORMULA))
            if closer > 0 and is_formula(text[at:closer], ""):
                return self.formula(at, closer, depth + 1), closer + 2
        if name in ("%", "&", "$", "#", "_", "{", "}"):
            return name, at
        if name in ("~", "^", "'", '"', "`"):
            return name, at + 2 if text.startswith("{}", at) else at
        if name.isspace() or name in (",", ";", ":"):
            return " ", at
        if name == "\\" and (self._source or text[at : at + 1].isspace()):
            return " ", at
        if self._source and name in _NOTHING:
            return "", at
        return "\\" + name, at

    def _accent(self, mark: str, at: int, end: int, depth: int) -> tuple[str, int] | None:
        """Return the accented letter; None where no letter follows."""
        text = self._text
        if text[at : at + 1].isspace() and not (self._source or mark.isalpha()):
            return None
        argument = self._argument(at, end)
        if argument is None or (
            mark == "'" and not self._source and _APOSTROPHE.match(text, at, end)
        ):
            return None
        start, stop, after = argument
        base = text[start:stop].strip()
        if base.startswith("\\"):
            base = self.prose(start, stop, depth + 1).strip()
        if not base[:1].isalpha():
            return None
        if len(base) > 1 and not self._source:
            return (base, after) if mark == "b" else None
        whole = accented(mark, base)
        if len(whole) > len(base) and stop == after and not self._source:
            return None
        return whole, after

    def _skip_spaces(self, at: int, end: int) -> int:
        while at < end and self._text[at].isspace():
            at += 1
        return at


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


def _in_parentheses(content: str) -> str:
    return content if _SIMPLE.fullmatch(content) else f"({content})"
