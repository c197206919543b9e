"""What rules did, in numbers of papers and in words."""

from collections.abc import Iterable

from store.marks.history import Step


def done_words(steps: Iterable[Step], rules: int) -> str:
    """Say what was done by so many rules: "12 hidden, 3 starred by 2 rules"; empty for nothing."""
    counts: dict[str, int] = {}
    for step in steps:
        change, papers = step.change, len(step.papers)
        for word, is_so in (
            ("hidden", change.hidden is True),
            ("shown again", change.hidden is False),
            ("starred", change.starred is True),
            ("unstarred", change.starred is False),
            ("read", change.read is True),
            ("unread", change.read is False),
            ("tagged", bool(change.add_tags)),
            ("untagged", bool(change.remove_tags)),
            ("scored", change.score is not None),
        ):
            if is_so:
                counts[word] = counts.get(word, 0) + papers
    if not counts:
        return ""
    said = ", ".join(f"{count:,} {word}" for word, count in counts.items())
    return f"{said} by {count_rules(rules)}"


def count_rules(count: int) -> str:
    """Return a number of rules."""
    return "1 rule" if count == 1 else f"{count:,} rules"
