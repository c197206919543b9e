"""What an empty list says: why no paper is shown, what could help, and the keys for it."""

from collections.abc import Callable, Sequence

from store.query.elsewhere import asked_elsewhere
from tui.reader.drawing.render import name_of
from tui.reader.session import Session
from tui.words import count_papers


def empty_text(
    session: Session, key: Callable[[str], str], is_typing: bool, hints: Sequence[str] = ()
) -> str:
    """Return the lines for a list without papers.

    `key` returns the key of an action; `hints` are suggestions for the filter, one a line.
    """
    if not session.query:
        return _no_papers(session, key)
    if elsewhere := session.elsewhere_shown:
        again, back = map(key, ("paper.open", "paper.back"))
        again = f"{again} tries again, " if elsewhere.failed and not elsewhere.asking else ""
        return f"{elsewhere.nothing}\n\n{again}{back} goes back."
    only_unread = session.query.split() == ["is:unread"]
    what = "Nothing is unread." if only_unread else "No paper matches."
    if hidden := session.shown.hidden:
        match = "paper matches" if hidden == 1 else "papers match"
        what += f"\n\n{hidden:,} hidden {match}: {key('list.hidden')} shows hidden papers."
    # While the user types, its keys are at the bottom of the screen.
    clears = "" if is_typing else f"{key('paper.back')} clears the filter."
    outside = _outside(session, key, is_typing)
    return "\n\n".join(filter(None, (what, "\n".join(hints), outside, clears)))


def _no_papers(session: Session, key: Callable[[str], str]) -> str:
    if hidden := session.shown.hidden:
        return f"All {count_papers(hidden)} are hidden: {key('list.hidden')} shows them."
    return (
        "No papers yet.\n\n"
        f"{key('app.subscribe'):8} chooses what to follow\n"
        f"{key('app.fetch'):8} fetches today's papers"
    )


def _outside(session: Session, key: Callable[[str], str], is_typing: bool) -> str:
    """Name the key that searches outside the library, if that is possible."""
    opens = key("paper.open")
    if wanted := session.wanted:
        return f"{opens} fetches {name_of(wanted)}."
    asked = asked_elsewhere(session.parsed())
    if not asked.words:
        is_address = any("://" in each for each in asked.left_out)
        return "This address names no arXiv paper and has no DOI." if is_address else ""
    searches = key("filter.elsewhere")
    searches = searches if is_typing else f"{opens} or {searches}"
    return f"{searches} searches arXiv and Hugging Face."
