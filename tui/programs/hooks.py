"""The user's own programs that run when papers arrive, get a star or a note."""

from collections.abc import Iterable, Mapping, Sequence

from store.library import Library
from store.marks.history import Action
from store.model import Paper
from tui.settings.commands import Hooks


def marked_by(action: Action) -> dict[str, list[str]]:
    """Return the papers that an action gave a star or a note, by the event of their hook."""
    found: dict[str, list[str]] = {"on_star": [], "on_note": []}
    for step in action.steps:
        if step.change.starred:
            found["on_star"] += step.papers
        if step.change.note:
            found["on_note"] += step.papers
    return {event: ids for event, ids in found.items() if ids}


def run_hook(
    hooks: Hooks | None,
    event: str,
    ids: Iterable[str],
    library: Library,
    known: Mapping[str, Paper] | None = None,
) -> str:
    """Run the program for an event once, with all papers; return the problem, or nothing.

    `known` has the papers by id; by default those of the library. A hook that fails undoes
    nothing.
    """
    argv: Sequence[str] = getattr(hooks, event) if hooks else ()
    known = library.papers if known is None else known
    papers = [known[each] for each in dict.fromkeys(ids) if each in known]
    if not hooks or not argv or not papers:
        return ""
    from tui.programs.papers import json_lines_of
    from tui.programs.process import ProgramError, run_apart

    data = json_lines_of([(paper, library.marks(paper.id)) for paper in papers])
    try:
        ended = run_apart(argv, data, timeout=hooks.timeout, keep=False)
    except ProgramError as error:
        return f"{event}: {error}"
    return "" if ended.ok else f"{event}: {argv[0]} {ended.words}"
