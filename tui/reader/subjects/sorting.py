"""The choices of the sort menu: the choice goes into the query, so that the filter shows it."""

from store.query.syntax import Query, with_sort
from store.query.tree import has_text

BY_LETTER = {
    "d": ("date", "newest first", "oldest first"),
    "p": ("published", "newest first", "oldest first"),
    "u": ("upvotes", "most first", "fewest first"),
    "v": ("rising", "most votes gained first", "fewest first"),
    "s": ("score", "highest first", "lowest first"),
    "f": ("foryou", "worst first", "best for you first"),
    "t": ("title", "Z to A", "A to Z"),
    "r": ("relevance", "worst match first", "best match first"),
}
"""By letter: a key of `sort:`, and its meaning with and without a `-` before it."""
FIRST_DOWN = "dpuvs"
"""Letters of the keys that start with a `-`."""


class Sorting:
    """The orders a query can have, and its present order."""

    def __init__(self, query: Query) -> None:
        by_match = bool(query.tree and has_text(query.tree))
        self._now = query.sort[0] if query.sort else "relevance" if by_match else "-date"

    @property
    def chosen(self) -> str:
        """The letter of the present order."""
        by = self._now.lstrip("-")
        return next((letter for letter, (name, *_) in BY_LETTER.items() if name == by), "")

    def choices(self) -> list[tuple[str, str]]:
        """Return the letters, with what each does in words."""
        return [(letter, self._words(letter)) for letter in BY_LETTER]

    def applied(self, query: str, letter: str) -> str:
        """Return a query with the order of a letter."""
        return with_sort(query, self._key(letter))

    def _key(self, letter: str) -> str:
        """Return the key of `sort:` of a letter, reversed if it is the present order."""
        name = BY_LETTER[letter][0]
        down = self._now == name if self._now.lstrip("-") == name else letter in FIRST_DOWN
        return f"-{name}" if down else name

    def _words(self, letter: str) -> str:
        name, down, up = BY_LETTER[letter]
        will_be_down = self._key(letter).startswith("-")
        words = down if will_be_down else up
        is_now = f"  (now {up if will_be_down else down})" if letter == self.chosen else ""
        return f"{name:10} {words}{is_now}"
