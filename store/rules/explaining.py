"""Rules in words: what they did, and why a paper is marked. Pure.

Marks do not say who set them. To explain a paper's marks, the present rules are applied to it as if
it had just arrived; their actions are reported as far as the marks show them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import compress

from store.marks.history import Step
from store.model import Marks, Paper
from store.rules.deciding import decide
from store.rules.rule import Rule, are_opposite
from store.text.clean import clean_line
from store.text.messages import counted

_WORDS = (
    *("hidden", "shown again", "starred", "unstarred", "read", "unread", "tagged", "untagged"),
    "scored",
)
"""What rules do, in the order in which it is reported."""
LONGEST = 60
"""Characters of a query in an explanation."""
BY_HAND = "no rule hides it"


def why(rules: Sequence[Rule], paper: Paper, marks: Marks, today: date, places: bool) -> str:
    """Return which rules a paper's marks come from: "title:survey → hide; score:>=5 → tag:follow".

    Empty if none do. With `places` each rule has its file and line.
    """
    found = causes(rules, paper, marks, today)
    said = [_words(rule, then, places) for rule, then in found]
    if marks.hidden and not any("hide" in then for _, then in found):
        said.append(BY_HAND)
    return "; ".join(said)


def causes(
    rules: Sequence[Rule], paper: Paper, marks: Marks, today: date
) -> list[tuple[Rule, list[str]]]:
    """Return the rules that find a paper, each with those of its actions that the marks show."""
    found = decide(rules, [paper], {}, today).found
    done = [(rule, action) for rule, ids in zip(rules, found, strict=True) if ids
            for action in rule.then]  # fmt: skip
    left = [
        (rule, action)
        for number, (rule, action) in enumerate(done)
        if _has(marks, action)
        and not any(are_opposite(action, later) for _, later in done[number + 1 :])
    ]
    by_rule = [(rule, [action for each, action in left if each is rule]) for rule in rules]
    return [(rule, then) for rule, then in by_rule if then]


def _has(marks: Marks, action: str) -> bool:
    """Return whether marks show an action; an action that removes something leaves no trace."""
    kind, _, value = action.partition(":")
    match kind:
        case "hide":
            return marks.hidden
        case "star":
            return marks.starred
        case "read":
            return marks.read
        case "score":
            return marks.score != 0
        case "tag":
            return value.casefold() in map(str.casefold, marks.tags)
    return False


def _words(rule: Rule, then: Sequence[str], places: bool) -> str:
    place = f" [{clean_line(rule.where, 300)}]" if places and rule.where else ""
    return f"{clean_line(rule.text, LONGEST)} → {', '.join(map(clean_line, then))}{place}"


def done_words(steps: Iterable[Step], rules: int) -> str:
    """Return what a number of rules did: "12 hidden, 3 starred by 2 rules"; empty for nothing."""
    counts: dict[str, int] = {}
    for step in steps:
        change, papers = step.change, len(step.papers)
        is_so = (
            change.hidden is True,
            change.hidden is False,
            change.starred is True,
            change.starred is False,
            change.read is True,
            change.read is False,
            bool(change.add_tags),
            bool(change.remove_tags),
            change.score is not None,
        )
        for word in compress(_WORDS, is_so):
            counts[word] = counts.get(word, 0) + papers
    if not counts:
        return ""
    said = ", ".join(f"{counts[word]:,} {word}" for word in _WORDS if word in counts)
    return f"{said} by {count_rules(rules)}"


def count_rules(count: int) -> str:
    """Return a number of rules in words."""
    return counted(count, "rule")
