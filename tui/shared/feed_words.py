"""Feeds, as reader and command line choose and describe them."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from store.fetching.sources import Source, find_source
from store.fetching.subscriptions import FeedState, Subscriptions
from store.fetching.visit import Outcome, Progress
from store.text.clean import clean_line
from store.text.messages import counted
from tui.settings.config import Config, chosen_mirrors
from tui.words import count_papers

DEFAULT_FEED = "hf"
"""The feed that is fetched if there are no subscriptions."""


def subscribed(folder: Path, config: Config) -> list[str]:
    """Return the subscriptions: those of the settings, then those made by command."""
    return list(dict.fromkeys([*config.feeds, *Subscriptions(folder).names()]))


def chosen_sources(names: Sequence[str], config: Config) -> list[Source]:
    """Return the feeds with these names, each once, or the default feed; FeedNameError."""
    mirrors = chosen_mirrors(config)
    sources = [find_source(name, mirrors) for name in names or (DEFAULT_FEED,)]
    return list({source.name: source for source in sources}.values())


def progress_words(progress: Progress) -> str:
    """Say in a few words what is being fetched."""
    place = f" {progress.number}/{progress.total}" if progress.total > 1 else ""
    return clean_line(f"fetching {clean_line(progress.feed, 60)}{place}…")


def outcome_words(outcome: Outcome) -> str:
    """Say in one line what a fetch of a feed brought, without its error."""
    counts = {
        "new": outcome.imported,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
    }
    parts = [f"{count:,} {word}" for word, count in counts.items() if count]
    if problems := len(outcome.problems):
        parts.append(counted(problems, "problem"))
    if empty := len(outcome.empty):
        parts.append(counted(empty, "empty day"))
    days = outcome.days
    span = f" ({days[0]} to {days[-1]})" if len(days) > 1 else ""
    if outcome.newest:
        span = " (arXiv lists nothing today: the newest before)"
    return clean_line(f"{clean_line(outcome.feed, 200)}: {', '.join(parts) or 'nothing new'}{span}")


def first_problem(outcome: Outcome) -> str:
    """Return the first problem, to follow `outcome_words`; empty if there is none."""
    if not outcome.problems:
        return ""
    first = "the first: " if len(outcome.problems) > 1 else ""
    return f"; {first}{clean_line(outcome.problems[0], 200)}"


def feed_words(state: FeedState, papers: int) -> str:
    """Say in one line when a feed was fetched, and how many papers it has."""
    when = "never fetched"
    if state.fetched:
        moment = datetime.fromisoformat(state.fetched).astimezone()
        when = f"fetched {moment:%Y-%m-%d %H:%M}"
    failed = f"; the last attempt failed: {state.error}" if state.error else ""
    return clean_line(f"{count_papers(papers)}, {when}{failed}")
