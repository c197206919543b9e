"""Check that the words of a text in TeX are all in what is shown of it."""

import re
import unicodedata

from store.latex.commands import DROPPED, UNSEEN, is_known, letter
from store.latex.journals import JOURNALS
from store.latex.science import GROUPS

_WORD = re.compile(r"[^\W_]{2,}")
_COMBINING = re.compile("[\u0300-\u036f\u20d0-\u20f0]+")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_NO_WORDS = "|".join(
    sorted(DROPPED | UNSEEN | {"color", "textcolor", "colorbox", "foreignlanguage", "printfirst"})
)
_SCIENCE = "|".join(sorted(GROUPS.keys() - {"ce", "cf", "ch"}))
_NUMBERS = re.compile(
    rf"\\(?:{_SCIENCE})(?:\[[^\[\]]*\])?(?:\s*\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}})+"
)
_LEFT_OUT = re.compile(rf"\\(?:{_NO_WORDS})\*?\s*\{{[^{{}}]*\}}")
_ACCENT_OR_BRACE = re.compile(r"\\['\"`^~=.]|[{}]")


def keeps_words(text: str, shown: str) -> bool:
    """Return whether every word of `text`, TeX's own commands aside, is somewhere in `shown`.

    Words are of two letters or digits and more; accents and raised or lowered forms are the same.
    """
    bare = text
    if "\\" in text:
        bare = _NUMBERS.sub(" ", _LEFT_OUT.sub(" ", text)).replace("}{", "} {")
        bare = _COMMAND.sub(_own, bare)
    bare = _ACCENT_OR_BRACE.sub("", bare)
    there = _plain(shown)
    known = set(_WORD.findall(there))
    missing = {word for word in _WORD.findall(_plain(bare)) if word not in known}
    letters = "".join(filter(str.isalnum, there)) if missing else ""
    return all(word in letters for word in missing)


def _own(command: re.Match[str]) -> str:
    """Return what a command adds to the words: a letter, or the name that an author made up."""
    name = command[1]
    return letter(name) or ("" if is_known(name) or name in JOURNALS or name in GROUPS else name)


def _plain(text: str) -> str:
    """Return text without accents and without raised and lowered forms."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text).replace("ı", "i").replace("ȷ", "j")
    return _COMBINING.sub("", text)
