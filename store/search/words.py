"""The words of titles or names, and the rows of each."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import filterfalse


class Words:
    """The words of one part of the papers, and the rows of each."""

    def __init__(self) -> None:
        self.rows: defaultdict[str, list[int]] = defaultdict(list)
        """The rows of each word; a row as often as it has the word."""
        self._all = ""
        """All words, each between line breaks; empty until needed."""

    def add(self, texts: Iterable[tuple[int, str]]) -> None:
        """Add the words of folded texts, each with its row."""
        rows = self.rows
        for row, text in texts:
            for word in text.split():
                rows[word].append(row)
        self._all = ""

    def remove(self, texts: Iterable[tuple[int, str]]) -> None:
        """Remove the words of all texts of some rows."""
        words: set[str] = set()
        gone: set[int] = set()
        for row, text in texts:
            gone.add(row)
            words.update(text.split())
        for word in words:
            # Once per word for all rows: the lists of common words are long.
            if left := list(filterfalse(gone.__contains__, self.rows[word])):
                self.rows[word] = left
            else:
                del self.rows[word]
        self._all = ""

    def containing(self, part: str) -> list[str]:
        """Return the words that contain `part`."""
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
