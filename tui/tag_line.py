"""The meaning of a line of tags: "+a -b c" tags papers, "old new" renames a tag.

The functions are pure: they take the line and the tags, and return words and completions.
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
    """False if the line can't be applied as it stands."""


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
    """The same, counted among the target papers."""
    papers: int
    """The number of target papers."""

    def change(self, line: str) -> Change:
        """Return the change that the line makes, without tags that change nothing.

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
        """Say which tags are added to and removed from how many papers."""
        try:
            _check(line)
        except TagError as error:
            return Effect(str(error), possible=False)
        words = [self._one(tag, added) for tag, added in self._wanted(line).items()]
        return Effect(", ".join(words) if words else self._present())

    def choices(self, line: str) -> list[Choice]:
        """Return the tags that some papers lack; after `-` those that some papers have."""
        word = last_word(line)
        named = self._wanted(line[: len(line) - len(word)])
        if word.startswith("-"):
            return _like(word, {tag: n for tag, n in self.had.items() if tag not in named})
        everywhere = {tag for tag, papers in self.had.items() if papers == self.papers}
        free = {tag: n for tag, n in self.uses.items() if tag not in named.keys() | everywhere}
        return _like(word, free)

    def _wanted(self, line: str) -> dict[str, bool]:
        """Return the tags of a line, and whether each is added; its last word about a tag wins."""
        wanted: dict[str, bool] = {}
        for tag, added in _named(line):
            if added:
                known = self.had if spellings(tag, self.had) else self.uses
                wanted[spelled(tag, known)] = True
            else:
                wanted |= dict.fromkeys(spellings(tag, self.had) or [tag], False)
        return wanted

    def _count(self, tag: str, added: bool) -> int:
        """Return how many papers get or lose a tag."""
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
    """The line that renames a tag; the name of another tag merges the two."""

    uses: Mapping[str, int]
    """How many papers have each tag, the most used first."""

    def names(self, line: str) -> tuple[str, str]:
        """Return the old name and the new one; empty if not typed yet."""
        old, _, new = line.replace(",", " ").strip().partition(" ")
        old, new = spelled(clean_tag(old), self.uses), clean_tag(new)
        # Another spelling of the same name is a new name, too.
        return old, new if fold_name(new) == fold_name(old) else spelled(new, self.uses)

    def effect(self, line: str) -> Effect:
        """Say which tag gets which name, or what is wrong."""
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
        """Return the tags in use; for the new name, all except the old one."""
        word = last_word(line)
        named = {spelled(tag, self.uses) for tag, _ in _named(line[: len(line) - len(word)])}
        return _like(word, {tag: n for tag, n in self.uses.items() if tag not in named})


def tag_uses(marks: Iterable[Marks]) -> dict[str, int]:
    """Return how many papers have each tag, the most used first, then by name."""
    uses = Counter(tag for each in marks for tag in each.tags)
    return dict(sorted(uses.items(), key=lambda item: (-item[1], item[0])))


def last_word(line: str) -> str:
    """Return the last word of a line, with its sign; empty after a space or a comma."""
    found = _LAST_WORD.search(line)
    return found[0] if found else ""


def completed(line: str, tag: str) -> str:
    """Return the line with its last word replaced by a tag, ready for the next word."""
    word = last_word(line)
    sign = word[: len(word) - len(word.lstrip("+-#"))]
    return f"{line[: len(line) - len(word)]}{sign}{tag} "


def _named(line: str) -> list[tuple[str, bool]]:
    """Return the tags in a line, and whether each is added."""
    words = line.replace(",", " ").split()
    return [(tag, not word.startswith("-")) for word in words if (tag := clean_tag(word))]


def _check(line: str) -> None:
    """Raise TagError if a word of a line is too long for a tag."""
    for tag, added in _named(line):
        if added:
            named_tag(tag)


def _like(word: str, uses: Mapping[str, int]) -> list[Choice]:
    """Return tags that begin with a word, then others that contain it; not the word itself."""
    typed = word.lstrip("+-#")
    part = fold_name(typed)
    like = [Choice(tag, n) for tag, n in uses.items() if part in fold_name(tag) and tag != typed]
    return sorted(like, key=lambda choice: not fold_name(choice.tag).startswith(part))
