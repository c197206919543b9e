"""Show TeX as Unicode without losing a word of the text.

If a word of the text is missing in the result, the text stays TeX.
"""

import re
import unicodedata

from store.latex.markup import read_markup
from store.latex.science import GROUPS
from store.latex.tex_commands import DROPPED, JOURNALS, UNSEEN, is_known, letter

_TEX = ("\\", "$", "`", "''", "~", "{,}")
"""Each text that is changed contains one of these."""
_ESCAPED = re.compile(r"\\([%&#_$])")
_ESCAPED_QUOTE = re.compile(r'\\"(?=[\s.,;:!?)\]}]|$)(?<=[\w.,!?]\\")')
_GROUPED_DIGITS = re.compile(r"(?<=\d)\{,\}(?=\d)")
_ADDRESS = re.compile(r"(https?://[^\s()<>“”]+)")
_DOUBLE_QUOTED = re.compile(r"(?:``|(?<![\w'])''(?=\w))([^`\"“”]{1,300}?)(?:''|\")")
_GERMAN_QUOTED = re.compile(r"\"`([^\"]{1,300})\"'")
_QUOTED = re.compile(r"(?<![\w`])`(?=[^\s`'])((?:[^`']|'(?=\w)){1,200})'(?![\w'])")
# Lookbehinds come last: a pattern that begins with plain text is found much faster.
_TIE = re.compile(r"~(?=[\w(\[“‘<>+\-∼$])(?<=[\w.,)\]’”]~)(?!(?<=\d~)\d|(?<=\d\w~)\d)")
_TIE_TO_ADDRESS = re.compile(r"~(?=https?://)(?<=[\w.,)]~)")
_LONG_DASH = re.compile(r"---(?:(?<=[^-\s<!]---)(?=[^-\s>])|(?<=\s---)(?=\s))")
_DASH = re.compile(r"--(?:(?<=[^-\s<!]--)(?=[^-\s>])|(?<=\s--)(?=\s))")
_SPACES = re.compile(" {2,}")


def to_unicode(text: str) -> str:
    r"""Return text that may contain TeX as readers should see it.

    Braces, %, & and ~ are text unless they are clearly markup; prices stay, and unknown commands
    (`\ours`) become their names. Harmless text stays harmless.
    """
    if not may_have_tex(text):
        return text
    if _ESCAPED_QUOTE.search(text):
        # As in JSON: no letter follows, so these are not umlauts.
        text = text.replace('\\"', '"')
    return _converted(text, source=False)


def may_have_tex(text: str) -> bool:
    """Return whether `to_unicode` may change a text."""
    return any(map(text.__contains__, _TEX))


def from_source(text: str) -> str:
    r"""Return text that is TeX throughout, such as a field of BibTeX, as readers should see it.

    Braces and ~ are markup, -- is a dash; % and & are text: no bibliography has comments.
    """
    if r"{\d}" in text:
        # A common way to write the Icelandic ð.
        text = text.replace(r"{\d}", r"{\dh}")
    if r"{\textdollar}" in text:
        # DBLP escapes titles with TeX in them a second time.
        for escaped, sign in ((r"{\textdollar}", "$"), (r"{\textbackslash}", "\\"), (r"{\_}", "_")):
            text = text.replace(escaped, sign)
    return _converted(text, source=True)


def _converted(text: str, source: bool) -> str:
    read = read_markup(text, source) if source or "\\" in text or "$" in text else text
    shown = _typeset(read, source, read != text)
    if shown == text:
        return text
    shown = _SPACES.sub(" ", shown)
    return shown if keeps_words(text, shown) else _ESCAPED.sub(r"\1", text)


def _typeset(text: str, source: bool, is_tex: bool) -> str:
    """Return text with quotes, ties and, if it surely is TeX, dashes set; addresses stay."""
    if not source and "~" in text:
        text = _TIE_TO_ADDRESS.sub(" ", text)
    if "://" not in text:
        return _typeset_words(text, source, is_tex)
    parts = _ADDRESS.split(text)
    return "".join(
        part if i % 2 else _typeset_words(part, source, is_tex) for i, part in enumerate(parts)
    )


def _typeset_words(text: str, source: bool, is_tex: bool) -> str:
    if source and '"`' in text:
        text = _GERMAN_QUOTED.sub(r"„\1“", text)
    if "`" in text:
        text = _QUOTED.sub(r"‘\1’", text)
    if "``" in text or "''" in text:
        text = _DOUBLE_QUOTED.sub(r"“\1”", text)
    if source:
        text = text.replace("``", "“").replace("''", "”")
    else:
        if "~" in text:
            text = _TIE.sub(" ", text)
        if "{,}" in text:
            text = _GROUPED_DIGITS.sub(",", text)
    if "--" in text and (source or is_tex or "“" in text):
        text = _DASH.sub("–", _LONG_DASH.sub("—", text))
    return text


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
    """Return whether every word of `text`, except TeX's own commands, is in `shown`.

    A word has two letters or digits or more; accents and raised or lowered forms do not count.
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
    """Return what a command adds to the words: a letter, or the name of an unknown command."""
    name = command[1]
    return letter(name) or ("" if is_known(name) or name in JOURNALS or name in GROUPS else name)


def _plain(text: str) -> str:
    """Return text without accents, raised and lowered forms."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text).replace("ı", "i").replace("ȷ", "j")
    return _COMBINING.sub("", text)
