"""Tell the parts of a name apart, which bibliographies write with the family name first."""

from dataclasses import dataclass

_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d."}
_GROUPS = {"team", "collaboration", "consortium", "group", "lab", "labs", "community", "committee"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts; a group, or somebody with one name, has a family name alone."""

    family: str
    given: str = ""
    suffix: str = ""
    """Jr., III."""


def parted(name: str) -> Name:
    """Return the parts of a name that is written "Given Family".

    The family name is the last word and the words in lower case before it ("van der"), as BibTeX
    has it. A name with a comma or an "and" in it, or one that ends like "Team", is a group's.
    """
    words = name.split()
    lower = [word.lower() for word in words]
    if len(words) < 2 or "," in name or "and" in lower or lower[-1] in _GROUPS:
        return Name(" ".join(words))
    suffix = words.pop() if len(words) > 2 and lower[-1] in _SUFFIXES else ""
    start = len(words) - 1
    while start > 1 and words[start - 1][0].islower():
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]), suffix)
