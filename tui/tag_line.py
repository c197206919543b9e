"""What a line of tags means: "+a -b c" for the target papers, "old new" for another name.

Pure: the line and what is known of the tags in, words and completions out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from store.marks.tag_names import TagError, named_tag, spelled, spellings
from store.model import Change, Marks
from store.text.clean import clean_tag
from store.text.fold import fold_name
from tui.words import count_papers

_LAST_WORD = re.compile(r"[^\s,]*\Z")


@dataclass(frozen=True, slots=True)
class Choice:
    """A tag that the last word may become."""

    tag: str
    papers: int
    """How many papers have it."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a line would do."""

    words: str
    possible: bool = True
    """False if it can't be done as it stands."""


class TagLine(Protocol):
    """A kind of line."""

    def effect(self, line: str) -> Effect:
        """Say what the line would do."""

    def choices(self, line: str) -> list[Choice]:
        """Return what the last word may become, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """The line that adds and removes tags."""

    uses: Mapping[str, int]
    """How many papers have each tag, the most used first."""
    had: Mapping[str, int]
    """The same among the target papers."""
    papers: int
    """Number of papers meant."""

    def change(self, line: str) -> Change:
        """Return the change that the line asks for, without what changes nothing.

        Raises TagError if a tag is too long.
        """
        _check(line)
        wanted = [
            (tag, added) for tag, added in self._wanted(line).items() if self._count(tag, added)
        ]
        return Change(
            add_tags=tuple(tag for tag, added in wanted if added),
            remove_tags=tuple(tag for tag, added in wanted if not added),
        )

    def effect(self, line: str) -> Effect:
        """Say which tags come to how many papers, and which go."""
        try:
            _check(line)
        except TagError as error:
            return Effect(str(error), possible=False)
        words = [self._one(tag, added) for tag, added in self._wanted(line).items()]
        return Effect(", ".join(words) if words else self._present())

    def choices(self, line: str) -> list[Choice]:
        """Return tags that not all of the papers have; after `-` those that some have."""
        word = last_word(line)
        named = self._wanted(line[: len(line) - len(word)])
        if word.startswith("-"):
            return _like(word, {tag: n for tag, n in self.had.items() if tag not in named})
        everywhere = {tag for tag, papers in self.had.items() if papers == self.papers}
        free = {tag: n for tag, n in self.uses.items() if tag not in named.keys() | everywhere}
        return _like(word, free)

    def _wanted(self, line: str) -> dict[str, bool]:
        """Return the tags of a line, and whether each is added; of one tag the last word counts."""
        wanted: dict[str, bool] = {}
        for tag, added in _named(line):
            if added:
                known = self.had if spellings(tag, self.had) else self.uses
                wanted[spelled(tag, known)] = True
            else:
                wanted |= dict.fromkeys(spellings(tag, self.had) or [tag], False)
        return wanted

    def _count(self, tag: str, added: bool) -> int:
        """Return how many papers a tag comes to, or goes from."""
        had = self.had.get(tag, 0)
        return self.papers - had if added else had

    def _one(self, tag: str, added: bool) -> str:
        count = self._count(tag, added)
        if not count:
            return f"#{tag} is there already" if added else f"#{tag} is not there"
        if not added:
            return f"removes #{tag}" + (f" from {count_papers(count)}" if self.papers > 1 else "")
        new = "" if tag in self.uses else " (new)"
        return f"adds #{tag}{new}" + (f" to {count_papers(count)}" if self.papers > 1 else "")

    def _present(self) -> str:
        if not self.had:
            return "no tags yet" if self.papers == 1 else "none of them has tags yet"
        if self.papers == 1:
            return "has " + " ".join(f"#{tag}" for tag in self.had)
        return "now " + ", ".join(f"#{tag} on {n:,}" for tag, n in self.had.items())


@dataclass(frozen=True, slots=True)
class Renaming:
    """The line that gives a tag another name; that of another tag merges them."""

    uses: Mapping[str, int]
    """How many papers have each tag, the most used first."""

    def names(self, line: str) -> tuple[str, str]:
        """Return the old name and the new one; what is not there yet is empty."""
        old, _, new = line.replace(",", " ").strip().partition(" ")
        old, new = spelled(clean_tag(old), self.uses), clean_tag(new)
        # The same in another spelling is what is wanted then.
        return old, new if fold_name(new) == fold_name(old) else spelled(new, self.uses)

    def effect(self, line: str) -> Effect:
        """Say which tag becomes which, or what is wrong."""
        old, new = self.names(line)
        if not old:
            return Effect("the tag, then its new name", possible=False)
        if old not in self.uses:
            return Effect(f"no paper has #{old}", possible=False)
        papers = count_papers(self.uses[old])
        try:
            _check(new)
        except TagError as error:
            return Effect(str(error), possible=False)
        if not new:
            return Effect(f"#{old} is on {papers}; now its new name", possible=False)
        if new == old:
            return Effect(f"#{old} is its name already", possible=False)
        if new in self.uses:
            return Effect(f"merges #{old} into #{new}, on {papers}")
        return Effect(f"renames #{old} to #{new} on {papers}")

    def choices(self, line: str) -> list[Choice]:
        """Return the tags in use; for the new name all but the old one."""
        word = last_word(line)
        named = {spelled(tag, self.uses) for tag, _ in _named(line[: len(line) - len(word)])}
        return _like(word, {tag: n for tag, n in self.uses.items() if tag not in named})


def tag_uses(marks: Iterable[Marks]) -> dict[str, int]:
    """Return how many papers have each tag, the most used first, then by name."""
    uses = Counter(tag for each in marks for tag in each.tags)
    return dict(sorted(uses.items(), key=lambda item: (-item[1], item[0])))


def last_word(line: str) -> str:
    """Return the word at the end of a line, with its sign; empty behind a space or a comma."""
    found = _LAST_WORD.search(line)
    return found[0] if found else ""


def completed(line: str, tag: str) -> str:
    """Return the line with a tag for its last word, ready for the next word."""
    word = last_word(line)
    sign = word[: len(word) - len(word.lstrip("+-#"))]
    return f"{line[: len(line) - len(word)]}{sign}{tag} "


def _named(line: str) -> list[tuple[str, bool]]:
    """Return the tags that the words of a line are, and whether each is added."""
    words = line.replace(",", " ").split()
    return [(tag, not word.startswith("-")) for word in words if (tag := clean_tag(word))]


def _check(line: str) -> None:
    """Raise TagError if a word of a line is too long for a tag."""
    for tag, added in _named(line):
        if added:
            named_tag(tag)


def _like(word: str, uses: Mapping[str, int]) -> list[Choice]:
    """Return the tags that begin with a word, then those that have it inside; not itself."""
    typed = word.lstrip("+-#")
    part = fold_name(typed)
    like = [Choice(tag, n) for tag, n in uses.items() if part in fold_name(tag) and tag != typed]
    return sorted(like, key=lambda choice: not fold_name(choice.tag).startswith(part))
