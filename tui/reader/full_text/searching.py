"""Search words in a text as they are typed."""

from collections.abc import Callable

from store.fulltext.reading_places import Place
from tui.reader.full_text.view import FullTextView
from tui.reader.widgets.filter_bar import FilterBar, SearchInput


class TextSearch:
    """The line in which a text is searched, and the way through what it finds."""

    def __init__(
        self, view: FullTextView, to_text: Callable[[], None], say: Callable[[str], None]
    ) -> None:
        """`to_text` gives the keys to the text."""
        self._view = view
        self._to_text = to_text
        self._say = say
        self._before = "", Place()
        self.bar = FilterBar(SearchInput(self._typed, ""))
        self.bar.input.placeholder = "search in the text"

    def begin(self) -> None:
        """Let the user type what to search."""
        self._before = self.bar.value, self._view.place
        self.bar.value = ""
        self.bar.edit()

    def accept(self) -> None:
        """Stay at the match."""
        self._to_text()

    def cancel(self) -> None:
        """Put back what was searched before, and the place."""
        words, place = self._before
        self._to_text()
        self.bar.value = words
        self._view.search(words, place)
        self._view.show_place(place)

    def move(self, step: int) -> None:
        """Go to another match."""
        if not self._view.move_match(step):
            self._say("Nothing found; / searches the text.")

    def show_found(self) -> None:
        """Show the number of the match, and how many there are."""
        current, matches = self._view.found
        searched = bool(self.bar.value.strip())
        count = f"{current:,} of {matches:,}" if matches else "no match" if searched else ""
        self.bar.show_status(count)

    def _typed(self, words: str) -> None:
        """Show the first match from where one was."""
        self._view.search(words, self._before[1])
