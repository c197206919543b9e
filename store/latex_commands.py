"""What the commands of TeX stand for in plain text.

Symbols that are not listed here come from the tables of pylatexenc, which is imported when the
first is asked for. Sources: LaTeX 2e's base, amsmath, and what authors and bibliographies use.
"""

import re
import unicodedata
from functools import cache
from typing import Protocol

WRAPPERS = frozenset(
    "text textbf textit textrm textsf textsc textsl texttt textup textmd textnormal emph underline "
    "uline uwave sout ul hl mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathbb "
    "mathbbm mathds mathnormal mathop mathbin mathrel boldsymbol bm pmb mbox hbox fbox "
    "operatorname ensuremath "
    "overline widehat widetilde hat tilde bar vec dot ddot check overrightarrow underbrace "
    "overbrace title autocap url path nolinkurl mkbibemph mkbibbold mkbibitalic centerline "
    "red blue green orange purple magenta cyan violet gray highlight".split()
)
"""Commands whose argument stands for the whole."""

QUOTING = frozenset("enquote mkbibquote textquote".split())

SWITCHES = frozenset(
    "em bf it tt sc rm sf sl bfseries itshape ttfamily scshape rmfamily sffamily slshape upshape "
    "mdseries normalfont tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge "
    "boldmath unboldmath cal centering noindent displaystyle textstyle scriptstyle limits nolimits "
    "protect relax allowbreak nobreak xspace newblock left right middle big Big bigg Bigg bigl "
    "bigr bigm Bigl Bigr Bigm biggl biggr Biggl Biggr".split()
)
"""Commands that change only how the rest looks."""

DROPPED = frozenset("begin end label vspace hspace phantom vphantom hphantom unicode".split())
"""Commands that are left out with their argument."""

CITATIONS = frozenset("cite citep citet citealp citealt citeauthor textcite parencite".split())
REFERENCES = frozenset("ref eqref autoref cref Cref".split())
FRACTIONS = frozenset("frac dfrac tfrac nicefrac sfrac".split())
STRUCTURED = (
    frozenset("href textcolor color colorbox footnote texorpdfstring sqrt binom".split())
    | frozenset("textsuperscript textsubscript".split())
    | CITATIONS
    | REFERENCES
    | FRACTIONS
    | QUOTING
)
"""Commands that the reader of markup knows one by one."""

FUNCTIONS = frozenset(
    "log ln lg exp max min sup inf lim limsup liminf sin cos tan cot sec csc sinh cosh tanh coth "
    "arcsin arccos arctan arg argmax argmin det dim ker gcd hom Pr bmod mod".split()
)

_LETTERS = {
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip
_SYMBOLS = {
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "S": "§", "P": "¶",
    "eg": "e.g.", "ie": "i.e.", "etc": "etc.", "etal": "et al.", "vs": "vs.", "wrt": "w.r.t.",
    "item": " • ", "quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ", "space": " ",
    "newline": " ", "linebreak": " ", "par": " ", "slash": "/", "hyphen": "-", "nobreakdash": "",
    "textgreater": ">", "textless": "<", "textbar": "|", "textdegree": "°", "degree": "°", "deg": "°",
    "textasciicircum": "^", "textquotesingle": "'", "textquotedbl": '"', "textmu": "μ",
    "copyright": "©", "checkmark": "✓", "pounds": "£", "euro": "€", "epsilon": "ε", "phi": "φ",
    "prime": "′", "colon": ":", "implies": "⟹", "iff": "⟺", "gets": "←", "lbrace": "{",
    "rbrace": "}", "lbrack": "[", "rbrack": "]", "bot": "⊥", "triangle": "△", "coloneqq": "≔",
    "nmid": "∤", "dag": "†", "ddag": "‡", "xmark": "✗", "cmark": "✓",
}  # fmt: skip
_NO_SYMBOLS = frozenset(["today", "input", "include"])
_ACCENTS = {
    "'": "\u0301", '"': "\u0308", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_HATS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308",
}  # fmt: skip
_DOUBLE_STRUCK = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))

_SUPERSCRIPTS = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ∘′*†‡⋆",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ°′*†‡⋆",
        strict=True,
    )
)
_SUBSCRIPTS = dict(
    zip(
        "0123456789+-=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
_WORD = re.compile("[A-Za-z]{3}")
_ONE_TERM = re.compile(r"[-+]?[\w.]+|\S")


class _Macro(Protocol):
    """What pylatexenc holds of a macro."""

    simplify_repl: object


class _Macros(Protocol):
    """The part of pylatexenc's context that is used."""

    def get_macro_spec(self, macroname: str) -> _Macro | None:
        """Return what is held of a macro, None where it is unknown."""


def is_letter(name: str) -> bool:
    """Tell whether a command is a letter of some language, such as `\\ss`."""
    return name in _LETTERS


def symbol(name: str) -> str | None:
    """Return the characters that a command without arguments stands for, None if for none."""
    if name in _LETTERS:
        return _LETTERS[name]
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    if name in _NO_SYMBOLS or len(name) < 2:
        return None
    macro = _macros().get_macro_spec(name)
    found = macro.simplify_repl if macro else None
    # Longer ones are patterns and placeholders.
    return found if isinstance(found, str) and 0 < len(found) <= 2 else None


def is_known(name: str) -> bool:
    """Tell whether a command's name is markup, and none of the author's words."""
    if name in WRAPPERS or name in SWITCHES or name in DROPPED or name in STRUCTURED:
        return True
    return name in _ACCENTS or (name not in FUNCTIONS and symbol(name) is not None)


def is_accent(mark: str) -> bool:
    """Tell whether a command, a letter or a sign, puts an accent on what follows."""
    return mark in _ACCENTS


def accented(mark: str, base: str) -> str:
    """Return text with an accent on its first character."""
    first = {"ı": "i", "ȷ": "j"}.get(base[0], base[0])
    return unicodedata.normalize("NFC", first + _ACCENTS[mark]) + base[1:]


def wrapped(name: str, content: str) -> str:
    """Return the content of a wrapper as that wrapper shows it."""
    if name in _HATS and len(content) == 1 and content.isalpha():
        return unicodedata.normalize("NFC", content + _HATS[name])
    if name in ("mathbb", "mathds", "mathbbm"):
        return _DOUBLE_STRUCK.get(content, content)
    return content


def script(sign: str, content: str) -> str:
    """Return content raised (sign ^) or lowered (sign _).

    Words, and what has a character without a raised or lowered form, keep the sign.
    """
    table = _SUPERSCRIPTS if sign == "^" else _SUBSCRIPTS
    dense = content.replace(" ", "")
    if not _WORD.search(dense) and all(character in table for character in dense):
        return "".join(table[character] for character in dense)
    return sign + content if _ONE_TERM.fullmatch(content) else f"{sign}{{{content}}}"


@cache
def _macros() -> _Macros:
    from pylatexenc.latex2text import get_default_latex_context_db

    macros: _Macros = get_default_latex_context_db()
    return macros
