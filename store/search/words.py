"""The words of titles or names, and the rows that each stands in."""

from collections import defaultdict
from collections.abc import Iterable


class Words:
    """The words of one part of the papers, and the rows each stands in."""

    def __init__(self) -> None:
        self.rows: defaultdict[str, list[int]] = defaultdict(list)
        """A row stands there as often as the word stands in it."""
        self._all = ""
        """All words with a line end at both sides of each; empty until it is needed."""

    def add(self, texts: Iterable[str], first_row: int) -> None:
        """Take the words of folded texts, one a row."""
        rows = self.rows
        for row, text in enumerate(texts, first_row):
            for word in text.split():
                rows[word].append(row)
        self._all = ""

    def remove(self, text: str, row: int) -> None:
        """Forget the words of a text that was added."""
        for word in text.split():
            self.rows[word].remove(row)
            if not self.rows[word]:
                del self.rows[word]
        self._all = ""

    def containing(self, part: str) -> list[str]:
        """Return the words that `part` stands in."""
        text, words = self._text(), []
        at = text.find(part)
        while at >= 0:
            end = text.index("\n", at)
            words.append(text[text.rindex("\n", 0, at) + 1 : end])
            at = text.find(part, end)
        return words

    def starting(self, part: str) -> list[str]:
        """Return the words that begin with `part`."""
        text, words = self._text(), []
        start = f"\n{part}"
        at = text.find(start)
        while at >= 0:
            end = text.find("\n", at + 1)
            words.append(text[at + 1 : end])
            at = text.find(start, end)
        return words

    def _text(self) -> str:
        if not self._all:
            self._all = "\n" + "\n".join(self.rows) + "\n"
        return self._all
