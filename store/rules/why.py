"""Which rules a paper's marks come from: "title:survey → hide; score:>=5 → tag:follow". Pure.

Marks do not say who set them. The rules there are now are run on the paper as if it arrived, and
what they would do is told as far as the paper has it.
"""

from collections.abc import Sequence
from datetime import date

from store.model import Marks, Paper
from store.rules.deciding import decide
from store.rules.rule import Rule, are_opposite
from store.text.clean import clean_line

LONGEST = 60
"""Letters of a query that is told."""
BY_HAND = "no rule hides it"


def why(rules: Sequence[Rule], paper: Paper, marks: Marks, today: date, places: bool) -> str:
    """Return in words what rules did to a paper; empty if nothing of it is left.

    `places` tells whether to say in which file and line a rule stands.
    """
    found = behind(rules, paper, marks, today)
    said = [_words(rule, then, places) for rule, then in found]
    if marks.hidden and not any("hide" in then for _, then in found):
        said.append(BY_HAND)
    return "; ".join(said)


def behind(
    rules: Sequence[Rule], paper: Paper, marks: Marks, today: date
) -> list[tuple[Rule, list[str]]]:
    """Return the rules that find a paper, each with what it did and the paper still has."""
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
    """Return whether a paper has what an action gives; what takes something away leaves nothing."""
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
