"""New papers that a command added: rules and hooks run on them, and the result is printed."""

import sys
from collections.abc import Iterable
from datetime import date

from store.library import Library
from store.marks.history import Action
from store.replacements import adding
from store.rules.running import Arrivals
from store.text.clean import clean_line
from tui.settings.config import Config
from tui.shared.known_rules import KnownRules, known_rules


def arrivals_in(library: Library, config: Config) -> Arrivals:
    """Return what adds new papers and runs the rules on them; print problems of rules."""
    known = known_rules(library.folder, config)
    print_problems(known)
    return Arrivals(library, known.rules, date.today, adding(library, config.replacements))


def print_problems(known: KnownRules) -> None:
    """Print the problems of rules, a line each."""
    for problem in known.problems:
        print(clean_line(f"papers-tui: {problem}", 1_000), file=sys.stderr)


def print_arrivals(arrivals: Arrivals, library: Library, config: Config) -> None:
    """Print what the rules did, and how to see hidden papers; run the hook for new papers."""
    if arrivals.done:
        shows = "; papers-tui list is:hidden shows them" if "hidden" in arrivals.done else ""
        print(clean_line(f"rules: {arrivals.done}{shows}"), flush=True)
    _run_hook(config, "on_new", arrivals.arrived, library)


def _run_hook(config: Config, event: str, ids: Iterable[str], library: Library) -> None:
    """Run the hook for an event; an error is printed and undoes nothing."""
    if config.hooks:
        from tui.programs.hooks import run_hook

        if problem := run_hook(config.hooks, event, ids, library):
            print(clean_line(f"papers-tui: {problem}", 1_000), file=sys.stderr)


def run_mark_hooks(config: Config, action: Action, library: Library) -> None:
    """Run the hooks for papers that an action gave a star or a note."""
    if config.hooks:
        from tui.programs.hooks import marked_by

        for event, ids in marked_by(action).items():
            _run_hook(config, event, ids, library)
