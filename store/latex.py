"""Show TeX as Unicode, and never lose a word of the text over it."""

import re
import unicodedata

_TEX = re.compile(r"[\\$]|``|''|(?<=\S)~(?=\S)|\d\{,\}\d|`\w")
_ESCAPED = re.compile(r"\\([%&#_$])")
_ESCAPED_QUOTE = re.compile(r'(?<=[\w.,!?])\\"(?=[\s.,;:!?)\]}]|$)')
_GROUPED_DIGITS = re.compile(r"(?<=\d)\{,\}(?=\d)")
_ADDRESS = re.compile(r"(https?://[^\s()<>“”]+)")
_DOUBLE_QUOTED = re.compile(r"(?:``|(?<![\w'])''(?=\w))([^`\"“”]{1,300}?)(?:''|\")")
_QUOTED = re.compile(r"(?<![\w`])`(?=[^\s`'])((?:[^`']|'(?=\w)){1,200})'(?![\w'])")
_TIE = re.compile(r"(?<=[\w.,)\]’”])~(?=[\w(\[“‘<>+\-∼$])(?!(?<=\d~)\d|(?<=\d\w~)\d)")
_LONG_DASH = re.compile(r"(?<=[^-\s<!])---(?=[^-\s>])|(?<=\s)---(?=\s)")
_DASH = re.compile(r"(?<=[^-\s<!])--(?=[^-\s>])|(?<=\s)--(?=\s)")
_SPACES = re.compile(" {2,}")
_SPACE_BEFORE = re.compile(r" +(?=[,.;](?:\s|$))")
_WORD = re.compile(r"[^\W_]{2,}")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_LEFT_OUT = re.compile(
    r"\\(?:begin|end|label|[vh]space|[vh]?phantom|unicode|color|textcolor|colorbox)\*?\s*\{[^{}]*\}"
)
_ACCENT_OR_BRACE = re.compile(r"\\['\"`^~=.]|[{}]")


def to_unicode(text: str) -> str:
    r"""Return text in which TeX may occur as a reader should see it.

    Braces, %, & and ~ are text unless they are clearly markup; money stays money, and commands
    that nobody knows (`\ours`) stay as their names. Harmless text stays harmless.
    """
    if not _TEX.search(text):
        return text
    return _converted(_ESCAPED_QUOTE.sub('"', text), source=False)


def from_source(text: str) -> str:
    r"""Return text that is TeX throughout, such as a field of BibTeX, as a reader should see it.

    Braces and ~ are markup, -- is a dash; % and & are text, as no bibliography comments.
    """
    if r"{\textdollar}" in text:
        # DBLP escapes titles that have TeX in them once more.
        for escaped, sign in ((r"{\textdollar}", "$"), (r"{\textbackslash}", "\\"), (r"{\_}", "_")):
            text = text.replace(escaped, sign)
    return _converted(text, source=True)


def _converted(text: str, source: bool) -> str:
    from store.latex_markup import read_markup  # here because most texts do without

    read = read_markup(text, source) if source or "\\" in text or "$" in text else text
    shown = _typeset(read, source, read != text)
    if shown == text:
        return text
    shown = _SPACES.sub(" ", shown)
    return shown if keeps_words(text, shown) else _ESCAPED.sub(r"\1", text)


def _typeset(text: str, source: bool, is_tex: bool) -> str:
    """Return text with TeX's quotes, ties and, where it surely is TeX, dashes; not in addresses."""
    parts = _ADDRESS.split(text)
    return "".join(
        part if i % 2 else _typeset_words(part, source, is_tex) for i, part in enumerate(parts)
    )


def _typeset_words(text: str, source: bool, is_tex: bool) -> str:
    text = _DOUBLE_QUOTED.sub(r"“\1”", text)
    text = _QUOTED.sub(r"‘\1’", text)
    if source:
        text = text.replace("``", "“").replace("''", "”")
    else:
        text = _GROUPED_DIGITS.sub(",", _TIE.sub(" ", text))
    if source or is_tex or "“" in text:
        text = _DASH.sub("–", _LONG_DASH.sub("—", text))
    return text


def keeps_words(source: str, shown: str) -> bool:
    """Tell whether the words of TeX, those that are not its own commands, are all in a text."""
    from store.latex_commands import is_known

    bare = _LEFT_OUT.sub(" ", source)
    bare = _COMMAND.sub(lambda match: "" if is_known(match[1]) else match[1], bare)
    bare = _ACCENT_OR_BRACE.sub("", bare)
    there = _plain(shown)
    known = set(_WORD.findall(there))
    missing = {word for word in _WORD.findall(_plain(bare)) if word not in known}
    letters = "".join(filter(str.isalnum, there)) if missing else ""
    return all(word in letters for word in missing)


def _plain(text: str) -> str:
    """Return text without accents and without raised and lowered forms."""
    text = unicodedata.normalize("NFKD", text)
    return "".join(filter(lambda character: not unicodedata.combining(character), text))
