"""Sentences that the reader and the command line share."""

from store.book import TakenBack


def count_papers(count: int) -> str:
    """Return a number of papers."""
    return f"{count:,} paper" if count == 1 else f"{count:,} papers"


def taken_words(taken: TakenBack) -> str:
    """Say what was taken back or done again, and what was not."""
    label, count = taken.action.label, len(taken.papers)
    text = f"{label} ({count_papers(count)})" if count or not taken.kept else label
    if taken.kept:
        stay = "stays as it is" if taken.kept == 1 else "stay as they are"
        text += f"; {count_papers(taken.kept)} {stay}, changed later on another machine"
    return text
