"""The query language: text in, a tree of conditions and a list of problems out.

Words all have to match; `"a phrase"`, `-x` or `NOT x`, `OR`, parentheses, `field:value`, `#tag`.
Nothing here knows papers; store.evaluate and store.search give the tree its meaning.
"""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

FIELDS = (
    *("is", "has", "tag", "author", "title", "abstract", "id", "arxiv", "doi", "feed"),
    *("date", "published", "upvotes", "sort", "view"),
)
"""The names that may stand before a colon."""

MAX_DEPTH = 50
"""Parentheses nested deeper than this are not understood."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word to find anywhere; it may hold punctuation (`gpt-4`)."""

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to find next to each other."""

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    closed: bool = field(default=True, compare=False)
    """False while it is still being typed; its last word is then the start of a word."""


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on one property; the name is in lower case and the value makes sense."""

    name: str
    value: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What the child does not match."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """What all of the children match; two or more, none of them an And."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What any of the children matches; two or more, none of them an Or."""

    children: tuple["Node", ...]


Node: TypeAlias = Word | Phrase | Field | Not | And | Or


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the query that is wrong, from character `start` up to `end`."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """What a text means."""

    tree: Node | None = None
    """None where every paper matches."""
    problems: tuple[Problem, ...] = ()
    """In the order of the text."""
    sort: tuple[str, ...] = ()
    """Keys to sort by, the main one first; a `-` before a key reverses it."""


def parse(text: str, typing: bool = False) -> Query:
    """Understand `text`; never raises, what can't be understood is among the problems.

    With `typing` the end of the text may be unfinished (`is:`, `date:20`, an open quote or
    parenthesis, a last `OR`): that is left out or closed without a problem.
    """
    return _Parser(text, typing).run()


def to_text(tree: Node | None) -> str:
    """Print a tree as a query that parses to the same tree."""
    match tree:
        case None:
            return ""
        case Word(text=text):
            return text
        case Phrase(text=text):
            return f'"{text}"'
        case Field(name=name, value=value):
            return f'{name}:"{value}"' if re.search(r"[\s()]", value) else f"{name}:{value}"
        case Not(child=child):
            inner = to_text(child)
            return f"-({inner})" if isinstance(child, And | Or) else f"-{inner}"
        case And(children=children):
            return " ".join(
                f"({to_text(c)})" if isinstance(c, Or) else to_text(c) for c in children
            )
        case Or(children=children):
            return " OR ".join(map(to_text, children))


_TOKEN = re.compile(
    r"(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s)]))"
    rf'|(?P<name>(?i:{"|".join(FIELDS)}):|\#)(?:(?P<open_value>"[^"]*)"?|(?P<value>[^\s()"]*))'
    r'|(?P<phrase>"[^"]*)"?|(?P<word>[^\s()"]+)'
)
_UNKNOWN_FIELD = re.compile(r"([A-Za-z]+):(?!//)")


_DATE = (
    r"(?:[1-9]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|-w(?:0[1-9]|[1-4]\d|5[0-3]))?"
    r"|\d{1,5}d|today|yesterday)"
)
_SORT_KEY = "-?(?:date|published|upvotes|title|relevance)"
_DATE_VALUE = (rf"{_DATE}|{_DATE}\.\.(?:{_DATE})?|\.\.{_DATE}", "2025, 2025-08, a..b, 7d or today")
_VALUES = {
    "is": ("read|unread|starred|tagged|new", "read, unread, starred, tagged or new"),
    "has": ("code|note|pdf|abstract", "code, note, pdf or abstract"),
    "date": _DATE_VALUE,
    "published": _DATE_VALUE,
    "upvotes": (
        r"(?:[<>]=?|=)?\d{1,9}|\d{1,9}\.\.(?:\d{1,9})?|\.\.\d{1,9}",
        "a number, >=50, <50 or 10..20",
    ),
    "sort": (rf"{_SORT_KEY}(?:,{_SORT_KEY})*", "date, published, upvotes, title or relevance"),
}
"""Fields that take certain values only: the pattern, and the values in words."""


class _Group:
    """A parenthesis that is being read."""

    def __init__(self, start: int, negated: bool) -> None:
        self.start = start
        self.negated = negated
        self.alternatives: list[list[Node]] = [[]]
        self.filled = False
        """Whether there was a term since the last OR, though maybe one that says nothing."""
        self.waiting: re.Match[str] | None = None
        """The OR, NOT or `-` that needs a term behind it."""
        self.flipped = False
        """Whether the next term is negated."""

    def add(self, node: Node | None) -> None:
        """Take the next term; None for one that says nothing."""
        if node is not None:
            self.alternatives[-1].append(_negated(node) if self.flipped else node)
        self.filled, self.flipped, self.waiting = True, False, None

    def node(self) -> Node | None:
        """Return what the group means."""
        return _joined(Or, [_joined(And, nodes) for nodes in self.alternatives])


class _Parser:
    """One run over a text. Groups are kept on a list, so nesting costs no recursion."""

    def __init__(self, text: str, typing: bool) -> None:
        self.text = text
        self.typing = typing
        self.problems: list[Problem] = []
        self.sort: list[str] = []
        self.groups = [_Group(0, False)]
        self.too_deep = 0

    def run(self) -> Query:
        for token in _TOKEN.finditer(self.text):
            self._take(token)
        while len(self.groups) > 1:
            start = self.groups[-1].start
            if not self.typing:
                self._problem("this parenthesis is never closed", start, start + 1)
            self._close(at_end=True)
        self._check_waiting(self.groups[0], at_end=True)
        problems = sorted(self.problems, key=lambda problem: problem.start)
        return Query(self.groups[0].node(), tuple(problems), tuple(self.sort))

    def _take(self, token: re.Match[str]) -> None:
        group, word = self.groups[-1], token["word"]
        if token["open"]:
            self._open(token)
        elif token["close"]:
            if self.too_deep:
                self.too_deep -= 1
            elif len(self.groups) == 1:
                self._problem("nothing is open that this could close", *token.span())
            else:
                self._close(at_end=False)
        elif token["minus"] or word == "NOT":
            group.flipped, group.waiting = not group.flipped, token
        elif word == "OR":
            self._check_waiting(group, at_end=False)
            if not group.filled:
                self._problem("OR needs something before it", *token.span())
            else:
                group.alternatives.append([])
            group.filled, group.flipped, group.waiting = False, False, token
        elif word != "AND":
            group.add(self._term(token))

    def _open(self, token: re.Match[str]) -> None:
        if len(self.groups) <= MAX_DEPTH:
            self.groups.append(_Group(token.start(), self.groups[-1].flipped))
            return
        if not self.too_deep:
            self._problem(f"more than {MAX_DEPTH} parentheses inside each other", *token.span())
        self.too_deep += 1

    def _close(self, at_end: bool) -> None:
        group = self.groups.pop()
        self._check_waiting(group, at_end)
        self.groups[-1].add(group.node())

    def _check_waiting(self, group: _Group, at_end: bool) -> None:
        """Note a problem if an OR or NOT has nothing behind it."""
        if group.waiting is not None and not (at_end and self.typing):
            name = group.waiting.group()
            self._problem(f"{name} needs something after it", *group.waiting.span())

    def _term(self, token: re.Match[str]) -> Node | None:
        start, end = token.span()
        if token["name"]:
            return self._field(token)
        if token["phrase"]:
            closed = self._closed(token, token["phrase"])
            text = token["phrase"][1:]
            return (
                Phrase(text, start, end, closed or not self.typing)
                if _says_something(text)
                else None
            )
        word = token["word"]
        if word.casefold() in ("unread", "starred"):
            return Field("is", word.casefold(), start, end)
        unknown = _UNKNOWN_FIELD.match(word)
        if unknown and (unknown.end() < len(word) or self.text[end : end + 1] == '"'):
            self._problem(f"there is no field {unknown[1]}", start, start + unknown.end())
        return Word(word, start, end) if _says_something(word) else None

    def _field(self, token: re.Match[str]) -> Node | None:
        name = "tag" if token["name"] == "#" else token["name"][:-1].lower()
        quoted = token["open_value"]
        if quoted:
            self._closed(token, quoted)
        value = quoted[1:] if quoted else token["value"]
        if name in _VALUES:
            value = value.lower()
        problem = _value_problem(name, value)
        last = token.end() == len(self.text)
        if problem and not (self.typing and last and _half_typed(name, value)):
            self._problem(problem, *token.span())
        if problem or name == "sort":
            if not problem:
                self.sort += value.split(",")
            return None
        return Field(name, value, *token.span())

    def _closed(self, token: re.Match[str], quoted: str) -> bool:
        """Tell whether the quote has its second mark; note the problem if not."""
        closed = self.text[token.start() : token.end()].endswith(quoted + '"')
        if not closed and not self.typing:
            start = token.end() - len(quoted)
            self._problem("this quote is never closed", start, token.end())
        return closed

    def _problem(self, message: str, start: int, end: int) -> None:
        self.problems.append(Problem(message, start, end))


def _joined(kind: type[And] | type[Or], nodes: list[Node | None] | list[Node]) -> Node | None:
    """Return one node for several; a child of the same kind is spread into its parent."""
    children: list[Node] = []
    for node in nodes:
        if isinstance(node, kind):
            children += node.children
        elif node is not None:
            children.append(node)
    if len(children) < 2:
        return children[0] if children else None
    return kind(tuple(children))


def _negated(node: Node) -> Node:
    return node.child if isinstance(node, Not) else Not(node)


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text))


def _value_problem(name: str, value: str) -> str:
    """Say what is wrong with the value of a field; empty if it is right."""
    if name == "view" and value.strip():
        return f"no view named {value}"
    if name not in _VALUES:
        return "" if value.strip() else f"{name}: needs a value"
    pattern, words = _VALUES[name]
    return "" if re.fullmatch(pattern, value, re.ASCII) else f"{name}: takes {words}"


def _half_typed(name: str, value: str) -> bool:
    """Tell whether a wrong value may become right when more is typed."""
    if name in ("is", "has", "sort", "date", "published"):
        last = re.split(r",-?|\.\.|^-", value)[-1]
        words = re.findall("[a-z]+", _VALUES[name][1] + " yesterday")
        if any(word.startswith(last) for word in words):
            return True
    allowed = {"date": "[-0-9wd.]*", "published": "[-0-9wd.]*", "upvotes": "[<>=.0-9]*"}
    return re.fullmatch(allowed.get(name, ""), value) is not None
