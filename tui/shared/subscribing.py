"""Subscribe to feeds and read files, for reader and command line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from store.errors import NotAFeedError, PapersError
from store.fetching.opml import read_opml
from store.fetching.sources import Mirrors
from store.fetching.subscriptions import Subscriptions
from store.files.folders import is_there
from store.rules.running import Arrivals
from store.text.clean import clean_line
from store.text.messages import counted
from tui.settings.config import Config
from tui.shared.given_files import contents_of, readings_of
from tui.words import in_home

_LISTS = (".opml", ".xml")
"""Endings of lists of subscriptions, and of some feeds."""


def is_file(name: str) -> bool:
    """Return whether a name means a file rather than a feed."""
    named_like_a_feed = re.match(r"hf\Z|arxiv[:?]|[a-z]+://", name.strip(), re.IGNORECASE)
    named_like_a_file = name == "-" or name.lower().endswith(_LISTS)
    return not named_like_a_feed and (named_like_a_file or is_there(Path(name)))


def subscribe(folder: Path, names: Sequence[str], config: Config) -> list[str]:
    """Subscribe to feeds, except those of the settings; return the new ones."""
    return Subscriptions(folder).add(name for name in names if name not in config.feeds)


@dataclass(frozen=True, slots=True)
class AddedFile:
    """The result of reading a file."""

    words: str
    """The result in one line."""
    new: int = 0
    """The number of new papers."""
    feeds: tuple[str, ...] = ()
    """The feeds it lists, if it is a list of subscriptions (OPML)."""


def add_file(path: Path, arrivals: Arrivals, mirrors: Mirrors) -> AddedFile:
    """Add the papers of a file, or return the feeds that it lists; PapersError if it has neither.

    Papers read before an error stay.
    """
    name = in_home(clean_line(str(path), 200))
    if path.name.lower().endswith(_LISTS):
        try:
            listed = read_opml(contents_of(str(path)), mirrors)
        except NotAFeedError:
            if path.name.lower().endswith(_LISTS[0]):
                raise
        else:
            feeds = tuple(dict.fromkeys(source.name for source in listed.sources))
            count = counted(len(feeds), "feed")
            words = f"{name}: {count}{_problems(len(listed.problems))}"
            return AddedFile(words, feeds=feeds)
    new = problems = 0
    for reading, seen in readings_of(str(path), None, None):
        if isinstance(reading, PapersError):
            raise reading
        new += arrivals.add(reading.papers, reading.feed, seen, reading.tex).imported
        problems += len(reading.problems)
    return AddedFile(
        f"{name}: {f'{new:,} new' if new else 'nothing new'}{_problems(problems)}", new
    )


def _problems(count: int) -> str:
    return f", {counted(count, 'problem')}" if count else ""
