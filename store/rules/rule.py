"""Rules: a query and actions on the papers that it finds; queries to offer for a paper. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from store.errors import PapersError
from store.marks.tag_names import TagError, named_tag
from store.model import Paper
from store.query.fields import in_quotes, quoted
from store.query.syntax import NO_VIEWS, Query, parse
from store.text.clean import clean_line
from store.text.fold import fold
from store.text.messages import choices

MOST_RULES = 200
"""Most rules that are applied; in a library of 100,000 papers all of them take seconds."""
MOST_SCORE = 999
"""The highest score that one rule adds or subtracts."""
EVERYTHING = "*"
"""The query of a rule for all papers; an empty one may be a mistake."""
PLAIN = ("star", "unstar", "read", "unread", "hide", "show")
"""The actions of rules besides `tag:`, `untag:` and `score:`."""
_OPPOSITES = {
    frozenset(pair)
    for pair in (("star", "unstar"), ("read", "unread"), ("hide", "show"), ("hide", "star"))
}
"""Actions that contradict each other; nobody hides a paper and stars it."""
_SCORE = re.compile(r"score:([+-]?\d{1,4})", re.ASCII)
_MOST_OFFERS = 9
"""Most queries offered: each has a digit."""
_AUTHORS, _CATEGORIES, _KEYWORDS = 3, 2, 2
_INSIGNIFICANT = """
about above across after against also among analysis approach approaches based beyond does from have
into large learning method methods model models more most need neural over paper study system
systems than that their them then these they this through toward towards under using very well what
when where which while with without your
"""
"""Words of titles that say nothing about a paper."""
_LEAST = 4
"""Fewest letters of a word that says something."""


class RuleError(PapersError):
    """A rule can't be understood."""

    status = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A valid rule."""

    text: str
    """Its query as written."""
    then: tuple[str, ...]
    """Its actions: `hide`, `tag:x`, `score:+3`."""
    query: Query
    where: str = ""
    """Its file and line; empty for a rule in the library."""

    @property
    def score(self) -> int:
        """The score that it adds to a paper; it may be negative."""
        return sum(int(each.partition(":")[2]) for each in self.then if each.startswith("score:"))


def make_rule(
    text: object, then: object, where: str = "", views: Mapping[str, str] = NO_VIEWS
) -> Rule:
    """Return the rule with a query and actions; RuleError says what is wrong with them."""
    if not isinstance(text, str) or not text.strip():
        raise RuleError('query takes a query in quotes, such as query = "title:survey"')
    if isinstance(then, str):
        then = [then]
    if not isinstance(then, list | tuple) or not then:
        raise RuleError('then takes actions, such as then = ["hide"] or ["star", "score:+3"]')
    done = tuple(dict.fromkeys(map(_action, then)))
    for one, other in combinations(done, 2):
        if are_opposite(one, other):
            raise RuleError(f"{one} and {other} contradict each other")
    query = Query() if text.strip() == EVERYTHING else parse(text, views=views)
    if query.problems:
        raise RuleError(f"{query.problems[0].message}, in {clean_line(text, 200)!r}")
    if query.tree is None and text.strip() != EVERYTHING:
        raise RuleError(
            f"no condition in the query {clean_line(text, 200)!r}; write {EVERYTHING!r} for a rule "
            "on every paper"
        )
    return Rule(clean_line(text), done, query, where)


def are_opposite(one: str, other: str) -> bool:
    """Return whether two actions contradict each other, such as `tag:x` and `untag:x`."""
    if frozenset((one, other)) in _OPPOSITES:
        return True
    kinds = {one.partition(":")[0], other.partition(":")[0]}
    return kinds == {"tag", "untag"} and one.partition(":")[2] == other.partition(":")[2]


def _action(word: object) -> str:
    """Return an action in its usual form; RuleError if there is no such action."""
    text = clean_line(word).strip() if isinstance(word, str) else ""
    kind, colon, value = text.partition(":")
    kind = kind.strip().lower()
    if not colon and kind in PLAIN:
        return kind
    if colon and kind in ("tag", "untag"):
        try:
            return f"{kind}:{named_tag(value.strip())}"
        except TagError as error:
            raise RuleError(f"then: {text}: {error}") from error
    if colon and kind == "score" and (found := _SCORE.fullmatch(f"score:{value.strip()}")):
        if 0 < abs(score := int(found[1])) <= MOST_SCORE:
            return f"score:{score:+}"
        raise RuleError(f"then: {text}: a score is from 1 to {MOST_SCORE}, up or down")
    named = clean_line(str(word), 60)
    known = choices(named, (*PLAIN, "tag:NAME", "untag:NAME", "score:+3"))
    raise RuleError(f"then: there is no {named!r}; {known}")


def offers(paper: Paper) -> list[str]:
    """Return queries of one field for rules like a paper, the likeliest first.

    They name its authors, categories, keywords and words of its title.
    """
    return list(dict.fromkeys(_offers(paper)))[:_MOST_OFFERS]


def _offers(paper: Paper) -> Iterator[str]:
    for author in (*paper.authors[:_AUTHORS], *paper.authors[-1:]):
        if fold(name := clean_line(author)):
            yield f"author:{in_quotes(name)}"
    for category in paper.categories[:_CATEGORIES]:
        yield f"cat:{quoted(clean_line(category))}"
    for keyword in paper.keywords[:_KEYWORDS]:
        if fold(name := clean_line(keyword)):
            yield f"keyword:{in_quotes(name) if ' ' in name else quoted(name)}"
    insignificant = _INSIGNIFICANT.split()
    words = {fold(word): None for word in clean_line(paper.title).split()}
    significant = [word for word in words if len(word) >= _LEAST and word not in insignificant]
    for word in sorted(significant, key=len, reverse=True):
        yield f"title:{quoted(word)}"
