"""What the commands of TeX stand for in plain text.

Symbols that are not listed here come from the tables of pylatexenc, which is imported when the
first is asked for. Sources: LaTeX 2e's base, amsmath, and what authors and bibliographies use.
"""

import re
import unicodedata
from functools import cache
from typing import Protocol


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


WRAPPERS = _names(
    "text textbf textit textrm textsf textsc textsl texttt textup textmd textnormal emph underline "
    "uline uwave sout ul hl mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathbb "
    "mathbbm mathds mathnormal mathop mathbin mathrel boldsymbol bm pmb mbox hbox fbox "
    "operatorname ensuremath "
    "overline widehat widetilde hat tilde bar vec dot ddot check overrightarrow underbrace "
    "overbrace title autocap mkbibemph mkbibbold mkbibitalic centerline "
    "red blue green orange purple magenta cyan violet gray highlight"
)
"""Commands whose argument stands for the whole."""

QUOTING = _names("enquote mkbibquote textquote")

SWITCHES = _names(
    "em bf it tt sc rm sf sl bfseries itshape ttfamily scshape rmfamily sffamily slshape upshape "
    "mdseries normalfont tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge "
    "boldmath unboldmath cal centering noindent displaystyle textstyle scriptstyle limits nolimits "
    "protect relax allowbreak nobreak xspace newblock left right middle big Big bigg Bigg bigl "
    "bigr bigm Bigl Bigr Bigm biggl biggr Biggl Biggr"
)
"""Commands that change only how the rest looks."""

DROPPED = _names("begin end label vspace hspace phantom vphantom hphantom unicode")
"""Commands that are left out with their argument."""

CITATIONS = _names("cite citep citet citealp citealt citeauthor textcite parencite")
REFERENCES = _names("ref eqref autoref cref Cref")
FRACTIONS = _names("frac dfrac tfrac nicefrac sfrac")
ADDRESSES = _names("url path nolinkurl")
PAIRS = _names("href textcolor colorbox texorpdfstring binom overset underset stackrel")
"""Commands with two groups."""

FORMS = _names("sqrt footnote textsuperscript textsubscript")
"""Commands with one group that is shown with something around it."""

ACCENTING = frozenset("cvuHkrdb")
"""Accents whose commands are letters."""

FUNCTIONS = _names(
    "log ln lg exp max min sup inf lim limsup liminf sin cos tan cot sec csc sinh cosh tanh coth "
    "arcsin arccos arctan arg argmax argmin det dim ker gcd hom Pr bmod mod"
)

_WITH_ARGUMENTS = (
    WRAPPERS | QUOTING | SWITCHES | DROPPED | CITATIONS | REFERENCES | FRACTIONS | ADDRESSES
    | PAIRS | FORMS | {"color"}
)  # fmt: skip
_LETTERS = {
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "imath": "ı", "jmath": "ȷ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip
_SYMBOLS = {
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "S": "§", "P": "¶",
    "eg": "e.g.", "ie": "i.e.", "etc": "etc.", "etal": "et al.", "vs": "vs.", "wrt": "w.r.t.",
    "item": " • ", "quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ", "space": " ",
    "newline": " ", "linebreak": " ", "par": " ", "slash": "/", "hyphen": "-", "nobreakdash": "",
    "textgreater": ">", "textless": "<", "textbar": "|", "textdegree": "°", "degree": "°",
    "deg": "°",
    "textasciicircum": "^", "textquotesingle": "'", "textquotedbl": '"', "textmu": "μ",
    "copyright": "©", "checkmark": "✓", "pounds": "£", "euro": "€", "epsilon": "ε", "phi": "φ",
    "prime": "′", "colon": ":", "implies": "⟹", "iff": "⟺", "gets": "←", "lbrace": "{",
    "rbrace": "}", "lbrack": "[", "rbrack": "]", "bot": "⊥", "triangle": "△", "coloneqq": "≔",
    "nmid": "∤", "dag": "†", "ddag": "‡", "xmark": "✗", "models": "⊨", "land": "∧",
    "lor": "∨", "neg": "¬", "ne": "≠", "Box": "□", "Diamond": "◇",
    "ddagger": "‡", "bigstar": "★", "leadsto": "⇝", "trademark": "™", "cmark": "✓",
}  # fmt: skip
_NO_SYMBOLS = frozenset(["today", "input", "include"])
_HATS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308",
}  # fmt: skip
_DOUBLE_STRUCK = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))

_SUPERSCRIPTS = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ∘′*†‡⋆⊤",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ°′*†‡⋆ᵀ",
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
_SIMPLE = re.compile(r"\w+")
_ONE_TERM = re.compile(r"[-+]?[\w.]+|\S")


class _Macro(Protocol):
    """What pylatexenc holds of a macro."""

    simplify_repl: object


class _Macros(Protocol):
    """The part of pylatexenc's context that is used."""

    def get_macro_spec(self, macroname: str) -> _Macro | None:
        """Return what is held of a macro, None where it is unknown."""


def letter(name: str) -> str:
    r"""Return the letter that a command such as `\ss` is, empty if it is none."""
    return _LETTERS.get(name, "")


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
    if name in _WITH_ARGUMENTS or name in ACCENTING:
        return True
    return name not in FUNCTIONS and symbol(name) is not None


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
    if not content:
        return ""
    table = _SUPERSCRIPTS if sign == "^" else _SUBSCRIPTS
    dense = content.replace(" ", "")
    if not _WORD.search(dense) and all(character in table for character in dense):
        return "".join(table[character] for character in dense)
    return sign + content if _ONE_TERM.fullmatch(content) else f"{sign}{{{content}}}"


def in_parentheses(content: str) -> str:
    """Return content in parentheses, unless it is of one piece."""
    return content if _SIMPLE.fullmatch(content) else f"({content})"


@cache
def _macros() -> _Macros:
    from pylatexenc.latex2text import get_default_latex_context_db

    macros: _Macros = get_default_latex_context_db()
    return macros
