"""The sort menu: what it chooses stands in the query, so that the filter bar shows it."""

from typing import TYPE_CHECKING

from tui.reader.taking import TakingScreen

if TYPE_CHECKING:  # imported behind the first paint
    from store.query.syntax import Query

BY_LETTER = {
    "d": ("date", "newest first", "oldest first"),
    "p": ("published", "newest first", "oldest first"),
    "u": ("upvotes", "most first", "fewest first"),
    "v": ("rising", "most votes gained first", "fewest first"),
    "t": ("title", "Z to A", "A to Z"),
    "r": ("relevance", "worst match first", "best match first"),
}
"""By letter: a key of `sort:`, and what it means with a `-` before it and without."""
FIRST_DOWN = "dpuv"
"""Letters of the keys that have a `-` at first."""


class SortingScreen(TakingScreen):
    """A screen whose list can be sorted."""

    def action_sort(self) -> None:
        """Ask what to sort by; the letter of what it is sorted by now reverses that."""
        from tui.reader.dialogs.choice_menu import ChoiceMenu

        if self.filter_is_wrong():
            return
        now = _sorted_by(self._parsed())
        keys = {letter: _next_key(letter, now) for letter in BY_LETTER}
        choices = [(letter, _words(letter, key, now)) for letter, key in keys.items()]
        by = now.lstrip("-")
        chosen = next((letter for letter, (name, *_) in BY_LETTER.items() if name == by), "")

        def sort(letter: str | None) -> None:
            if letter:
                from store.query.syntax import with_sort

                self._query = with_sort(self._query, keys[letter])
                self.bar.value = self._query
                self.apply_filter(to_top=True)

        self.app.push_screen(ChoiceMenu("Sort by", choices, chosen), sort)


def _sorted_by(query: "Query") -> str:
    """Return the key of `sort:` that a query sorts by, whether it says so or not."""
    from store.search.matching import has_text

    if query.sort:
        return query.sort[0]
    return "relevance" if query.tree and has_text(query.tree) else "-date"


def _next_key(letter: str, now: str) -> str:
    """Return the key of `sort:` that a letter stands for, the other way round if it is so now."""
    name = BY_LETTER[letter][0]
    down = now == name if now.lstrip("-") == name else letter in FIRST_DOWN
    return f"-{name}" if down else name


def _words(letter: str, key: str, now: str) -> str:
    name, down, up = BY_LETTER[letter]
    words = down if key.startswith("-") else up
    is_now = f"  (now {up if key.startswith('-') else down})" if now.lstrip("-") == name else ""
    return f"{name:10} {words}{is_now}"
