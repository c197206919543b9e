"""The parts of a person's name: split for bibliographies, or joined as readers write them."""

import re
from dataclasses import dataclass

_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "phd", "ph.d"])
_GROUPS = {"team", "collaboration", "consortium", "group", "lab", "labs", "community", "committee"}
_CONTROL_WORD = re.compile(r"\\[A-Za-z]+\Z")
_FAMILY_FIRST = re.compile(r"[㐀-鿿豈-﫿가-힣々\U00020000-\U0003ffff]+")
"""A family name in Han or Hangul: the given name follows it without a space."""
EAST_ASIAN = re.compile(r"[㐀-鿿豈-﫿가-힣々ぁ-ヿ\U00020000-\U0003ffff]+")
"""A name in Han, kana or Hangul."""


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a name; a group, or a person with one name, has only a family name."""

    family: str
    given: str = ""
    suffix: str = ""
    """Jr., III."""


def parted(name: str) -> Name:
    """Return the parts of a name that is written "Given Family".

    The family name is the last word and the words in lower case before it ("van der"), as in
    BibTeX. A name with a comma or "and" in it, or one that ends in "Team" or the like, is a group.
    """
    words = name.split()
    lower = [word.lower() for word in words]
    if len(words) < 2 or "," in name or "and" in lower or lower[-1] in _GROUPS:
        return Name(" ".join(words))
    suffix = words.pop() if len(words) > 2 and is_suffix(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and words[start - 1][0].islower():
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)


def name_in_order(given: str, family: str, suffix: str = "") -> str:
    """Return a name as readers write it: the family name last, but first in Han and Hangul."""
    first, _, last = given.rpartition(" ")
    if first and not suffix and is_suffix(last):
        given, suffix = first, last
    if not family.isascii() and _FAMILY_FIRST.fullmatch(family) and EAST_ASIAN.fullmatch(given):
        return " ".join(filter(None, (family + given, suffix)))
    # A command of TeX at the end of a part would swallow the space after it.
    if "\\" in given and _CONTROL_WORD.search(given):
        given += "{}"
    if suffix and "\\" in family and _CONTROL_WORD.search(family):
        family += "{}"
    return " ".join(filter(None, (given, family, suffix)))


def is_suffix(part: str) -> bool:
    """Return whether a word is Jr, III and the like."""
    return part.strip("{}. ").lower() in _SUFFIXES
