"""The command `watch`, and the same check at the end of a fetch: news of starred papers."""

import sys
from threading import Event as Flag

from store.errors import LibraryTooNewError
from store.fetching.client import Client
from store.library import Library
from store.text.clean import clean_line
from store.watch.round import Asking, Event
from tui.cli.console import interrupt_sets, show_progress
from tui.settings.config import Config
from tui.shared.watching import watch_round
from tui.words import count_papers


def watch(library: Library, config: Config) -> int:
    """Look for news of starred papers that were not checked for a day, and print it."""
    if library.newer:
        raise LibraryTooNewError(library.newer)
    cancel = Flag()
    with interrupt_sets(cancel), Client(cancel.wait) as client:
        return print_round(library, client, config, alone=True)


def print_round(library: Library, client: Client, config: Config, alone: bool = False) -> int:
    """Check the starred papers; print one line per event. Return the exit status.

    With `alone`, it also prints that nothing is new.
    """
    status = events = 0
    requests: set[tuple[str, int]] = set()
    for step in watch_round(library, client, config).run():
        if isinstance(step, Asking):
            requests.add((step.source, step.total))
            show_progress(clean_line(f"asking {step.source} {step.number}/{step.total}…"))
            continue
        show_progress("")
        if isinstance(step, Event):
            events += 1
            print(f"{clean_line(step.title, 200)}: {clean_line(step.words)}", flush=True)
        else:
            print(clean_line(f"papers-tui: watch: {step.source}: {step.error}"), file=sys.stderr)
            status = max(status, step.error.status)
    show_progress("")
    if alone and not events:
        count = max((total for _, total in requests), default=0)
        print(f"checked {count_papers(count)}: {_why_no_news(library, bool(requests))}")
    return status


def _why_no_news(library: Library, is_asked: bool) -> str:
    """Say why a round has brought no news."""
    if is_asked:
        return "nothing new"
    if any(marks.starred for marks in library.all_marks.values()):
        return "none is due: each is checked once a day"
    return "no paper is starred"
