"""The commands `fetch` and `feeds`."""

import sys
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date
from threading import Event

from store.errors import (
    FeedNameError,
    FetchCancelledError,
    LibraryTooNewError,
    PapersError,
    QueryError,
)
from store.fetching.client import Client, utc_now
from store.fetching.feed_run import Fetcher
from store.fetching.opml import read_opml
from store.fetching.sources import find_source
from store.fetching.subscriptions import NEVER, Subscriptions
from store.fetching.visit import Outcome, Progress
from store.library import Library
from store.query.fields import date_range, value_problem
from store.text.clean import clean_line
from tui.cli.arriving import arrivals_in, print_arrivals
from tui.cli.console import interrupt_sets, print_json, show_progress
from tui.cli.opening import drop_sample
from tui.cli.watch import print_round
from tui.settings.config import Config, chosen_mirrors
from tui.shared.feed_words import (
    DEFAULT_FEED,
    chosen_sources,
    feed_words,
    outcome_words,
    progress_words,
    subscribed,
)
from tui.shared.given_files import contents_of
from tui.shared.subscribing import is_file, subscribe
from tui.words import SAMPLE, count_papers


def fetch(
    library: Library, names: Sequence[str], since: str | None, until: str | None, config: Config
) -> int:
    """Fetch feeds, by default all subscriptions; papers fetched before an error stay."""
    today = utc_now().date()
    first, last = _first_day(since, today), _last_day(until, today)
    if first and first > (last or today):
        raise QueryError(f"--since {since}: there are no days yet between {first} and then", 0)
    if library.newer:
        raise LibraryTooNewError(library.newer)
    names = names or subscribed(library.folder, config)
    if not names:
        print(
            f"papers-tui: no subscriptions: fetching {DEFAULT_FEED}; papers-tui feeds add "
            "subscribes to others",
            file=sys.stderr,
        )
    sources = chosen_sources(names, config)
    status = imported = 0
    cancel = Event()
    arrivals = arrivals_in(library, config)
    with interrupt_sets(cancel), Client(cancel.wait) as client:
        fetcher = Fetcher(library.folder, arrivals.add, client.get, utc_now)
        for event in fetcher.fetch(sources, first, last):
            if isinstance(event, Progress):
                show_progress(progress_words(event))
            else:
                show_progress("")
                status = max(status, _print_outcome(event))
                imported += event.imported
        if config.watch and config.watch.starred and not cancel.is_set():
            status = max(status, print_round(library, client, config))
    print_arrivals(arrivals, library, config)
    if imported:
        drop_sample(library)
    return status


def feeds(
    library: Library,
    action: str,
    names: Sequence[str],
    as_json: bool,
    with_papers: bool,
    config: Config,
) -> int:
    """List, add or remove subscriptions."""
    if (action == "list") == bool(names):
        raise FeedNameError(
            "feeds list takes no names" if names else f"feeds {action}: name a feed, such as hf"
        )
    if action == "list":
        return _list_feeds(library, as_json, config)
    if library.newer:
        raise LibraryTooNewError(library.newer)
    if action == "add":
        return _add(library, names, config)
    return _remove(library, names, with_papers, config)


def _remove(library: Library, names: Sequence[str], with_papers: bool, config: Config) -> int:
    """Remove subscriptions; of feeds that can't be fetched, such as the sample, the papers."""
    imported = [name for name in names if name == SAMPLE or _is_imported(library, name, config)]
    rest = [name for name in names if name not in imported]
    wanted = [source.name for source in chosen_sources(rest, config)] if rest else []
    for name in imported:
        _drop_papers(library, name)
    subscriptions = Subscriptions(library.folder)
    status = 0
    for name in wanted:
        library.check_here()
        feed = subscriptions.states().get(name, NEVER).feed or name
        if subscriptions.remove(name):
            print(
                clean_line(f"removed {name}" if with_papers else f"removed {name}; its papers stay")
            )
            if with_papers:
                _drop_papers(library, feed)
        elif with_papers and _has_papers(library, feed):  # fetched without a subscription
            _drop_papers(library, feed)
        else:
            where = "it is in the settings" if name in config.feeds else "not subscribed to"
            print(clean_line(f"papers-tui: {name}: {where}"), file=sys.stderr)
            status = 1
    return status


def _is_imported(library: Library, name: str, config: Config) -> bool:
    """Return whether a name is that of a feed which came from files or by `add`."""
    try:
        find_source(name, chosen_mirrors(config))
    except FeedNameError:
        return _has_papers(library, name)
    return False


def _has_papers(library: Library, feed: str) -> bool:
    library.read_all()
    return any(feed in paper.feeds for paper in library.papers.values())


def _add(library: Library, names: Sequence[str], config: Config) -> int:
    """Subscribe to feeds, and to those listed in files of subscriptions (OPML)."""
    mirrors = chosen_mirrors(config)
    files = [name for name in names if is_file(name)]
    wanted = [find_source(name, mirrors).name for name in names if name not in files]
    status = 0
    for file in files:
        try:
            listed = read_opml(contents_of(file), mirrors)
        except PapersError as error:
            print(f"papers-tui: {clean_line(file)}: {clean_line(str(error))}", file=sys.stderr)
            status = max(status, error.status)
            continue
        for problem in listed.problems:
            print(f"{clean_line(file)}: {clean_line(problem)}", file=sys.stderr)
        wanted += [source.name for source in listed.sources]
    library.check_here()  # a list on standard input may have taken a while
    new = subscribe(library.folder, wanted, config)
    for name, times in Counter(wanted).items():
        twice = f" (named {times:,} times)" if times > 1 else ""
        done = "added" if name in new else "already subscribed to:"
        print(clean_line(f"{done} {name}{twice}"))
    return status


def _drop_papers(library: Library, feed: str) -> None:
    """Remove the papers of a feed, and report how many stay and why."""
    dropped = library.drop_feed(feed)
    stay = ""
    if dropped.stayed:
        stay = f"; {count_papers(dropped.stayed)} marked or in another feed stay"
    print(clean_line(f"removed {count_papers(dropped.gone)} of {feed}{stay}"))


def _print_outcome(outcome: Outcome) -> int:
    """Print the outcome of a feed and its problems; return the exit status."""
    for problem in outcome.problems:
        print(clean_line(f"{outcome.feed}: {problem}"), file=sys.stderr)
    error = outcome.error
    if not error or outcome.imported or outcome.updated or outcome.unchanged:
        print(outcome_words(outcome), flush=True)
    if not error:
        return 0
    words = str(error)
    if isinstance(error, FetchCancelledError):
        words += "; papers fetched before stay"
    print(clean_line(f"papers-tui: {outcome.feed}: {words}"), file=sys.stderr)
    return error.status


def _list_feeds(library: Library, as_json: bool, config: Config) -> int:
    library.read_all()
    states = Subscriptions(library.folder).states()
    papers: dict[str, int] = {}
    for paper in library.papers.values():
        for feed in paper.feeds:
            papers[feed] = papers.get(feed, 0) + 1
    names = subscribed(library.folder, config)
    rows = [(name, states.get(name, NEVER)) for name in names]
    counts = {name: papers.get(state.feed or name, 0) for name, state in rows}
    if as_json:
        data = [
            {
                "name": name,
                "fetched": state.fetched,
                "complete": state.complete,
                "papers": counts[name],
                "error": state.error,
                "in_settings": name in config.feeds,
            }
            for name, state in rows
        ]
        print_json(data)
        return 0
    width = min(max(map(len, names), default=0), 40)
    for name, state in rows:
        print(clean_line(name, 2_100).ljust(width), feed_words(state, counts[name]), sep="  ")
    if not rows:
        print("papers-tui: no subscriptions; papers-tui feeds add hf adds one", file=sys.stderr)
    return 0


def _first_day(text: str | None, today: date) -> date | None:
    return _day(f"{text}..", 0, f"--since {text}", today) if text is not None else None


def _last_day(text: str | None, today: date) -> date | None:
    """Return the last day of a date, at most today."""
    return min(_day(f"..{text}", 1, f"--until {text}", today), today) if text is not None else None


def _day(value: str, end: int, option: str, today: date) -> date:
    """Return the first or last day of a range of dates; QueryError if it has none."""
    value = value.lower()
    problem = value_problem("date", value) or value.count("..") != 1
    try:
        if problem:
            raise ValueError
        year, month, day = map(int, date_range(value, today)[end].split("-"))
        return date(year, month, min(day, monthrange(year, month)[1]))
    except ValueError as error:  # also if there is no such year
        raise QueryError(
            f"{clean_line(option, 60)}: not a day; use 2025-08-01, 2025-08, yesterday or 7d",
            0,
        ) from error
