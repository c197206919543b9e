"""The words of a text, and their stems.

A light stemmer of our own: it removes the plural, then one ending. On abstracts it groups the forms
of a word (`ranking`, `ranked`, `ranks`) as well as Porter's second stemmer, in 25 lines.
"""

import re
from collections.abc import Iterable

from store.text.fold import fold, one_space, spaced

STOP = frozenset(
    """
    a about above after again against all almost along already also although always am among an
    and another any anybody anyone anything are around as at away be became because become been
    before being below between both but by can cannot could did do does doing done down during
    each either else enough etc even ever every few first for from further get gets give given go
    goes got had has have having he hence her here him his how however i if in indeed instead into
    is it its itself just keep kind let like made make makes many may me might more moreover most
    much must my neither never no nor not now of off often on once one only onto or other others
    our out over own per perhaps quite rather really same see seem several she should since so some
    something still such than that the their them themselves then there therefore these they thing
    things this those though through thus to together too toward towards two under until up upon us
    use used uses using very via was way ways we well were what when where whereas whether which
    while who whom whose why will with within without would yet you your
    paper papers propose proposed proposes method methods approach approaches novel result results
    show shows shown present presents presented introduce introduces introduced demonstrate
    demonstrates demonstrated based work works study studies achieve achieves new existing
    experiment experiments extensive significant significantly
    """.split()  # noqa: SIM905 - as plain text, words are easier to read and to add to
)
"""Words that say nothing about the subject of a paper: common ones, and those of all papers."""

LONGEST = 40
"""Longer words are data or addresses."""
_VOWEL = re.compile("[aeiouy]")
_ENDINGS: dict[str, tuple[tuple[str, str, str, int], ...]] = {
    "n": (("ization", "iz", "", 3), ("ation", "at", "", 3), ("ion", "", "st", 3)),
    "r": (("ator", "at", "", 3), ("er", "", "", 4), ("or", "", "t", 4)),
    "e": (("ative", "at", "", 3), ("ive", "", "t", 3)),
    "g": (("ating", "at", "", 3), ("ing", "", "", 3)),
    "d": (("ated", "at", "", 3), ("ed", "", "", 3)),
    "y": (("ly", "", "", 3),),
}
"""Endings by their last letter: the ending, its replacement, the letters of which one has to come
before it (none: any), and the fewest letters that must be left."""

_BRITISH = (
    ("is", re.compile(r"(?<=[a-z]{3}[^cvw])is(e[ds]?|ing|ations?|ers?)$"), r"iz\1"),
    ("our", re.compile(r"(?<=[a-z]{2})our(ed|ing|al|ally|hood)?$"), r"or\1"),
)
"""Endings with two spellings. An s that both spellings have stays: `supervision`."""


def folded(text: str) -> str:
    """Return a text folded, with a space at both ends and one between its words."""
    return one_space(spaced(text)) if text.isascii() else f" {fold(text)} "


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents and punctuation, in their order."""
    return spaced(text).split() if text.isascii() else fold(text).split()


def singular(word: str) -> str:
    """Return a word without the ending of the plural."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ias")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def stem(word: str) -> str:
    """Return the stem of any word; a word with a digit or outside ASCII is its own stem."""
    if not word.isalpha() or not word.isascii():
        return word
    word = singular(word)
    for part, british, american in _BRITISH:
        if part in word:
            word = british.sub(american, word)
    for ending, becomes, before, least in _ENDINGS.get(word[-1], ()):
        if not word.endswith(ending):
            continue
        left = word[: -len(ending)]
        if before and not left.endswith(tuple(before)):
            continue
        if len(left) + len(becomes) >= least and _VOWEL.search(left):
            word = left + becomes
            break
    alone = "sz" if len(word) > 5 else "lsz"
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in alone:
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 2 and word.endswith("y") else word


def stem_of(word: str) -> str:
    """Return the stem of a word; empty for a word that says nothing."""
    says_nothing = word in STOP or len(word) > LONGEST or (len(word) < 2 and word.isascii())
    return "" if says_nothing else stem(word)


class Stems(dict[str, str]):
    """The stem of each word, added on first use; empty for a word that says nothing."""

    def __missing__(self, word: str) -> str:
        self[word] = stem_of(word)
        return self[word]

    def of(self, words: Iterable[str]) -> list[str]:
        """Return the stems of words in order, without words that say nothing."""
        return list(filter(None, map(self.__getitem__, words)))
