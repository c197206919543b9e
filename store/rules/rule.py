"""A rule: a query, and what is done to the papers that it finds. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from store.errors import PapersError
from store.marks.tag_names import TagError, named_tag
from store.query.syntax import NO_VIEWS, Query, parse
from store.text.clean import clean_line

MOST_RULES = 200
"""So many rules are run; a library of a hundred thousand papers has them all in seconds."""
MOST_SCORE = 999
"""The most that one rule gives or takes."""
EVERYTHING = "*"
"""The query of a rule for all papers: none at all may be a mistake."""
PLAIN = ("star", "unstar", "read", "unread", "hide", "show")
"""What a rule may do, besides `tag:`, `untag:` and `score:`."""
_OPPOSITES = {
    frozenset(pair)
    for pair in (("star", "unstar"), ("read", "unread"), ("hide", "show"), ("hide", "star"))
}
"""What can't both be: nobody wants to be shown what is hidden, nor to have it hidden."""
_SCORE = re.compile(r"score:([+-]?\d{1,4})", re.ASCII)


class RuleError(PapersError):
    """A rule can't be understood."""

    status = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was understood."""

    text: str
    """Its query as it was written."""
    then: tuple[str, ...]
    """What it does, as it is written: `hide`, `tag:x`, `score:+3`."""
    query: Query
    where: str = ""
    """Where it stands: a file and a line, or empty for the library's own."""

    @property
    def score(self) -> int:
        """What it gives to a paper, below 0 what it takes."""
        return sum(int(each.partition(":")[2]) for each in self.then if each.startswith("score:"))


def make_rule(
    text: object, then: object, where: str = "", views: Mapping[str, str] = NO_VIEWS
) -> Rule:
    """Return the rule of a query and of what it does; RuleError says what is wrong with them."""
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
    """Return whether what two rules do contradicts each other; `tag:x` and `untag:x` do."""
    if frozenset((one, other)) in _OPPOSITES:
        return True
    kinds = {one.partition(":")[0], other.partition(":")[0]}
    return kinds == {"tag", "untag"} and one.partition(":")[2] == other.partition(":")[2]


def _action(word: object) -> str:
    """Return what is done as it is kept; RuleError if there is no such thing."""
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
    known = ", ".join((*PLAIN, "tag:NAME", "untag:NAME", "score:+3"))
    raise RuleError(f"then: there is no {clean_line(str(word), 60)!r}; known: {known}")
