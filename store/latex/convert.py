"""Show TeX as Unicode, and never lose a word of the text over it."""

import re

from store.latex.markup import read_markup
from store.latex.words import keeps_words

_TEX = ("\\", "$", "`", "''", "~", "{,}")
"""What is in every text that is changed."""
_ESCAPED = re.compile(r"\\([%&#_$])")
_ESCAPED_QUOTE = re.compile(r'\\"(?=[\s.,;:!?)\]}]|$)(?<=[\w.,!?]\\")')
_GROUPED_DIGITS = re.compile(r"(?<=\d)\{,\}(?=\d)")
_ADDRESS = re.compile(r"(https?://[^\s()<>“”]+)")
_DOUBLE_QUOTED = re.compile(r"(?:``|(?<![\w'])''(?=\w))([^`\"“”]{1,300}?)(?:''|\")")
_GERMAN_QUOTED = re.compile(r"\"`([^\"]{1,300})\"'")
_QUOTED = re.compile(r"(?<![\w`])`(?=[^\s`'])((?:[^`']|'(?=\w)){1,200})'(?![\w'])")
# What comes before is looked at last: a pattern that begins with plain text is found much faster.
_TIE = re.compile(r"~(?=[\w(\[“‘<>+\-∼$])(?<=[\w.,)\]’”]~)(?!(?<=\d~)\d|(?<=\d\w~)\d)")
_TIE_TO_ADDRESS = re.compile(r"~(?=https?://)(?<=[\w.,)]~)")
_LONG_DASH = re.compile(r"---(?:(?<=[^-\s<!]---)(?=[^-\s>])|(?<=\s---)(?=\s))")
_DASH = re.compile(r"--(?:(?<=[^-\s<!]--)(?=[^-\s>])|(?<=\s--)(?=\s))")
_SPACES = re.compile(" {2,}")


def to_unicode(text: str) -> str:
    r"""Return text in which TeX may occur as a reader should see it.

    Braces, %, & and ~ are text unless they are clearly markup; money stays money, and commands
    that nobody knows (`\ours`) stay as their names. Harmless text stays harmless.
    """
    if not may_have_tex(text):
        return text
    if _ESCAPED_QUOTE.search(text):
        # Quoted as in JSON: no letter follows, so these are no umlauts.
        text = text.replace('\\"', '"')
    return _converted(text, source=False)


def may_have_tex(text: str) -> bool:
    """Return whether there is something in a text that `to_unicode` may change."""
    return any(map(text.__contains__, _TEX))


def from_source(text: str) -> str:
    r"""Return text that is TeX throughout, such as a field of BibTeX, as a reader should see it.

    Braces and ~ are markup, -- is a dash; % and & are text, as no bibliography comments.
    """
    if r"{\d}" in text:
        # Icelandic's ð, as some write it.
        text = text.replace(r"{\d}", r"{\dh}")
    if r"{\textdollar}" in text:
        # DBLP escapes titles that have TeX in them once more.
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
    """Return text with TeX's quotes, ties and, where it surely is TeX, dashes; not in addresses."""
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
