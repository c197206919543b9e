"""The query language: text in, a tree of conditions and a list of problems out.

All words must match; `"a phrase"`, `-x` or `NOT x`, `OR`, parentheses, `field:value`, `#tag`,
`view:name` for a saved query. Nothing here knows papers: store.query.meaning and
store.search.index give the tree its meaning.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from store.query.fields import FIELDS, STRING, in_one_case, is_half_typed, unquoted, value_problem
from store.query.tree import And, Field, Node, Or, Phrase, Word, joined, negated
from store.text.fold import STRAIGHT, fold_name
from store.text.web import key_named

MAX_DEPTH = 50
"""The deepest nesting of parentheses."""

MAX_TERMS = 64
"""The most words, phrases and fields in a query, views included."""

NO_VIEWS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """An error in the query, from character `start` up to `end`."""

    message: str
    start: int
    end: int
    error: bool = True
    """False if the query was understood anyway: an unknown field is searched as text."""


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query."""

    tree: Node | None = None
    """None if every paper matches."""
    problems: tuple[Problem, ...] = ()
    """In the order of the text."""
    sort: tuple[str, ...] = ()
    """Keys to sort by, the main one first; a `-` before a key reverses it."""
    liked_since: str = ""
    """The day (YYYY-MM-DD) from which marks count for `sort:foryou`; empty for all marks."""

    @property
    def error(self) -> Problem | None:
        """The first problem that is an error; None without one.

        With an error the tree is only a part of the query: better keep the earlier result.
        """
        return next((problem for problem in self.problems if problem.error), None)


def parse(text: str, typing: bool = False, views: Mapping[str, str] = NO_VIEWS) -> Query:
    """Parse a query. Never raises: errors are among the problems of the result.

    With `typing` the end of the text may be unfinished (`is:`, `date:20`, an open quote or
    parenthesis, a last `OR`): it is dropped or closed without a problem. `views` are the queries
    that `view:` may name, by name; a view's `sort:` applies if the text has none. A text that as a
    whole names a paper, in any spelling, is the query for its id.
    """
    if _SEVERAL.search(text.strip()) and (key := key_named(text)):
        return Query(Field("id", key, 0, len(text), closed=not typing))
    return _Parser(text, typing, views).run()


_SEVERAL = re.compile(r"[\s()<]")
"""A sign of several terms, though the whole text may name a paper: "arXiv: 2508.00001"."""
_TOKEN = re.compile(
    r"(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[^\s)]))"
    rf'|(?P<name>(?i:{"|".join(FIELDS)}):|\#)(?:(?P<open_value>{STRING})"?|(?P<value>[^\s()"]*))'
    rf'|(?P<phrase>{STRING})"?|(?P<word>[^\s()"]+)'
)
_UNKNOWN_FIELD = re.compile(r"([A-Za-z]+):(?!//)")


class _Group:
    """The contents of a parenthesis while it is parsed."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.alternatives: list[list[Node | None]] = [[]]
        self.filled = False
        """Whether there has been a term since the last OR, even an empty one."""
        self.waiting: re.Match[str] | None = None
        """The OR, NOT or `-` that needs a term after it."""
        self.flipped = False
        """Whether the next term is negated."""

    def add(self, node: Node | None) -> None:
        """Add the next term; None for an empty one."""
        if node is not None:
            self.alternatives[-1].append(negated(node) if self.flipped else node)
        self.filled, self.flipped, self.waiting = True, False, None

    def node(self) -> Node | None:
        """Return the tree of the group."""
        return joined(Or, [joined(And, nodes) for nodes in self.alternatives])


class _Parser:
    """Parses one text. Groups are in a list, so that nesting needs no recursion."""

    def __init__(self, text: str, typing: bool, views: Mapping[str, str]) -> None:
        self.text = text.translate(STRAIGHT)
        self.typing = typing
        self.views = views
        self.inside: tuple[str, ...] = ()
        """The names of the views around this text, the outermost first."""
        self.place: tuple[int, int] | None = None
        """The place of the outermost name; everything inside counts as there."""
        self.problems: list[Problem] = []
        self.sort: list[str] = []
        self.views_sort: list[str] = []
        self.groups = [_Group(0)]
        self.depth_left = MAX_DEPTH
        self.terms_left = MAX_TERMS
        self.too_deep = 0

    def run(self) -> Query:
        for token in _TOKEN.finditer(self.text):
            self._add(token)
            if self.terms_left < 0:
                break
        while len(self.groups) > 1:
            start = self.groups[-1].start
            if not self.typing and self.terms_left >= 0:
                self._problem("this parenthesis is not closed", start, start + 1)
            self._close(at_end=True)
        self._check_waiting(self.groups[0], at_end=True)
        problems = sorted(self.problems, key=lambda problem: problem.start)
        sort = tuple(self.sort or self.views_sort)
        return Query(self.groups[0].node(), tuple(problems), sort)

    def _add(self, token: re.Match[str]) -> None:
        group, word = self.groups[-1], token["word"]
        if token["open"]:
            self._open(token)
        elif token["close"]:
            if self.too_deep:
                self.too_deep -= 1
            elif len(self.groups) == 1:
                self._problem("this parenthesis closes nothing", *token.span())
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
        if len(self.groups) <= self.depth_left:
            self.groups.append(_Group(token.start()))
            return
        if not self.too_deep:
            self._problem(f"more than {MAX_DEPTH} nested parentheses", *token.span())
        self.too_deep += 1

    def _close(self, at_end: bool) -> None:
        group = self.groups.pop()
        self._check_waiting(group, at_end)
        self.groups[-1].add(group.node())

    def _check_waiting(self, group: _Group, at_end: bool) -> None:
        """Add a problem if nothing follows an OR or NOT."""
        if group.waiting is not None and not (at_end and self.typing):
            name = group.waiting.group()
            self._problem(f"{name} needs something after it", *group.waiting.span())

    def _term(self, token: re.Match[str]) -> Node | None:
        self.terms_left -= 1
        if self.terms_left < 0:
            self._problem(f"more than {MAX_TERMS} words and fields", *token.span())
            return None
        start, end = self.place or token.span()
        if token["name"]:
            return self._field(token)
        if token["phrase"]:
            closed = self._closed(token, token["phrase"]) or not self.typing
            text = unquoted(token["phrase"][1:])
            return Phrase(text, start, end, closed) if _says_something(text) else None
        word = token["word"]
        if word.casefold() in ("unread", "starred"):
            return Field("is", word.casefold(), start, end)
        if key := key_named(word):
            being_typed = self.typing and token.end() == len(self.text)
            return Field("id", key, start, end, closed=not being_typed)
        unknown = _UNKNOWN_FIELD.match(word)
        if unknown and (unknown.end() < len(word) or self.text[end : end + 1] == '"'):
            message = f"there is no field {unknown[1]}"
            self._problem(message, token.start(), token.start() + unknown.end(), error=False)
        return Word(word, start, end) if _says_something(word) else None

    def _field(self, token: re.Match[str]) -> Node | None:
        name = "tag" if token["name"] == "#" else token["name"][:-1].lower()
        quoted = token["open_value"]
        being_typed = self.typing and token.end() == len(self.text)
        if quoted and self._closed(token, quoted):
            being_typed = False
        value = in_one_case(name, unquoted(quoted[1:]) if quoted else token["value"])
        problem = value_problem(name, value)
        if problem:
            if not (being_typed and is_half_typed(name, value)):
                self._problem(problem, *token.span())
            return None
        if name == "view":
            return self._view(value, token, being_typed)
        if name == "sort":
            self.sort += value.split(",")
            return None
        start, end = self.place or token.span()
        return Field(name, value, start, end, not being_typed, quoted=bool(quoted))

    def _view(self, name: str, token: re.Match[str], being_typed: bool) -> Node | None:
        """Return the tree of a view; all of it has the place of the name."""
        known = {fold_name(each): each for each in self.views}
        found = name if name in self.views else known.get(fold_name(name))
        if found is None:
            half_typed = any(each.startswith(fold_name(name)) for each in known)
            if not (being_typed and half_typed):
                self._problem(f"no view named {name}", *token.span())
            return None
        if found in self.inside:
            circle = (*self.inside[self.inside.index(found) :], found)
            self._problem(f"a view can't contain itself: {' → '.join(circle)}", *token.span())
            return None
        if len(self.groups) > self.depth_left:
            self._problem(f"more than {MAX_DEPTH} nested views", *token.span())
            return None
        inner = _Parser(self.views[found], False, self.views)
        inner.inside = (*self.inside, found)
        inner.place = self.place or token.span()
        inner.depth_left = self.depth_left - len(self.groups)
        inner.terms_left = self.terms_left
        query = inner.run()
        self.terms_left = inner.terms_left
        self.problems += query.problems
        self.views_sort += query.sort
        return query.tree

    def _closed(self, token: re.Match[str], quoted: str) -> bool:
        """Return whether a quote is closed; if not, add a problem."""
        closed = self.text[token.start() : token.end()].endswith(quoted + '"')
        if not closed and not self.typing:
            start = token.end() - len(quoted)
            self._problem("this quote is not closed", start, token.end())
        return closed

    def _problem(self, message: str, start: int, end: int, error: bool = True) -> None:
        if self.inside:
            message = f"view {self.inside[-1]}: {message}"
        start, end = self.place or (start, end)
        self.problems.append(Problem(message, start, end, error))


def with_sort(text: str, key: str) -> str:
    """Return a query with `sort:` and a key, in place of any other `sort:`."""
    rest, at = "", 0
    for token in _TOKEN.finditer(text.translate(STRAIGHT)):
        if (token["name"] or "").lower() == "sort:":
            rest += text[at : token.start()].rstrip().removesuffix(" -")
            at = token.end()
    return f"{rest}{text[at:]} sort:{key}".strip()


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text))
