"""What rules did, in numbers of papers and in words."""

from collections.abc import Iterable
from itertools import compress

from store.marks.history import Step

_WORDS = (
    *("hidden", "shown again", "starred", "unstarred", "read", "unread", "tagged", "untagged"),
    "scored",
)
"""What may have been done, in the order in which it is told."""


def done_words(steps: Iterable[Step], rules: int) -> str:
    """Say what was done by so many rules: "12 hidden, 3 starred by 2 rules"; empty for nothing."""
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
    """Return a number of rules."""
    return "1 rule" if count == 1 else f"{count:,} rules"
