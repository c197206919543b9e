"""What one may follow: a list that a line narrows, and what else the line may name.

Pure: the line and what is followed in, choices and words out. The line narrows Hugging Face's daily
papers and the categories of arXiv, or is an address, the name of another feed, or a file.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from store.errors import FeedNameError
from store.fetching.arxiv_categories import CATEGORIES
from store.fetching.sources import Mirrors, find_source
from store.text.clean import clean_line
from tui.tag_line import Effect

NAMED = 4
"""So many are named in what Enter would do; of more it is reported how many."""
HINT = "words, cs.CL, an address (https://…) or a file (~/papers.bib)"

_LIKE_A_FILE = re.compile(r"[~/]|\.{1,2}/|[^\s:?]+/|.*\.[a-z]{2,5}\Z", re.IGNORECASE)
_LIKE_A_FEED = re.compile(r"[a-z]+[:?]", re.IGNORECASE)
_LIKE_A_CATEGORY = re.compile(
    rf"(?:{'|'.join(sorted({name.partition('.')[0] for name in CATEGORIES}))})"
    r"\.(?!(?:bib|ris|txt|jsonl?|xml|opml|nbib|enw|eml|gz)\Z)",
    re.IGNORECASE,
)
"""`cs.CLR` is a category that is mistyped, not a file."""
_NAMES_A_FEED = re.compile(r"(hf|arxiv|biorxiv|medrxiv|dblp)[:?]|[a-z]+://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to follow, or a file to take papers from."""

    name: str
    """The name that it is subscribed by, or that of the file."""
    words: str
    """What it is."""
    is_file: bool = False

    @property
    def label(self) -> str:
        """The name in short."""
        return self.name.removeprefix("arxiv:")


LISTED = (
    Choice("hf", "Hugging Face Daily Papers"),
    *(Choice(f"arxiv:{code}", name) for code, name in CATEGORIES.items()),
)
"""What is offered before anything is typed."""


class FollowLine:
    """The line in which one says what to follow."""

    def __init__(self, followed: Collection[str] = ()) -> None:
        """`followed` are the names of feeds that are subscribed to already."""
        self._followed = frozenset(followed)

    @cached_property
    def _folded(self) -> list[tuple[Choice, str]]:
        return [(each, f"{each.name} {each.words}".casefold()) for each in LISTED]

    def is_followed(self, choice: Choice) -> bool:
        """Return whether a feed is subscribed to already."""
        return choice.name in self._followed

    def choices(self, text: str) -> list[Choice]:
        """Return what a text leaves of the list, the likeliest first, or else what it names."""
        words = text.casefold().split()
        found = [each for each, folded in self._folded if all(word in folded for word in words)]
        if words and found:
            found.sort(key=lambda each: _rank(each, words))
        return found or self._named(text)

    def wanted(
        self, ticked: Sequence[Choice], under_cursor: Choice | None, text: str
    ) -> list[Choice]:
        """Return what Enter takes: what is ticked and what is typed, else what the cursor is on."""
        typed = [each for each in self.choices(text) if each not in LISTED]
        return list(dict.fromkeys([*ticked, *typed])) or ([under_cursor] if under_cursor else [])

    def effect(self, wanted: Sequence[Choice], text: str) -> Effect:
        """Say what Enter would do, or why it can do nothing."""
        if not wanted:
            return Effect(_problem(text), possible=False)
        new = [each for each in wanted if not self.is_followed(each)]
        if not new:
            are = "is" if len(wanted) == 1 else "are"
            return Effect(f"{_names(wanted)} {are} followed already", possible=False)
        feeds = [each for each in new if not each.is_file]
        files = [each for each in new if each.is_file]
        does = [f"follows {_names(feeds)}"] if feeds else []
        does += [f"imports {_names(files)}"] if files else []
        return Effect(f"Enter {' and '.join(does)}")

    def _named(self, text: str) -> list[Choice]:
        """Return the feed or file that a text names, if it does."""
        text = text.strip().strip("'\"")
        try:
            name = find_source(text, Mirrors()).name
        except FeedNameError:
            is_feed = _LIKE_A_FEED.match(text) or _LIKE_A_CATEGORY.match(text)
            if _LIKE_A_FILE.match(text) and not is_feed:
                return [Choice(clean_line(text, len(text)), "a file to import", is_file=True)]
            return []
        return [Choice(name, "an address" if "://" in name else "a feed")]


def _rank(choice: Choice, words: Sequence[str]) -> int:
    """Return how far from what is meant a choice is likely to be: 0 for its code."""
    code = choice.label.casefold()
    if code.startswith(words[0]) or code.partition(".")[2].startswith(words[0]):
        return 0
    names = choice.words.casefold().split()
    return 1 if any(name.startswith(words[0]) for name in names) else 2


def _problem(text: str) -> str:
    text = text.strip()
    if _NAMES_A_FEED.match(text):
        try:
            find_source(text, Mirrors())
        except FeedNameError as error:
            return str(error)
    return "Nothing has this name. An address begins with https://, a file with ~ or /."


def _names(choices: Sequence[Choice]) -> str:
    if len(choices) > NAMED:
        return f"{len(choices)} feeds"
    *names, last = (clean_line(each.label, 60) for each in choices)
    return f"{', '.join(names)} and {last}" if names else last
