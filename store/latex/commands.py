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
    "overbrace title singleletter autocap mkbibemph mkbibbold mkbibitalic centerline "
    "uppercase lowercase MakeUppercase MakeLowercase NoCaseChange textlatin textgreek textcyr "
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

DROPPED = _names("begin end label vspace hspace unicode")
"""Commands that are left out with their argument; a space stays."""
UNSEEN = _names(
    "phantom vphantom hphantom noopsort sortnoop SortNoop NoopSort selectlanguage thanks"
)
"""Likewise, and no space stays; the argument may be a single sign."""

CITATIONS = _names("cite citep citet citealp citealt citeauthor textcite parencite")
REFERENCES = _names("ref eqref autoref cref Cref")
FRACTIONS = _names("frac dfrac tfrac nicefrac sfrac")
ADDRESSES = _names("url path nolinkurl")
PAIRS = _names(
    "href textcolor colorbox texorpdfstring binom overset underset stackrel foreignlanguage "
    "switchargs printfirst"
)
"""Commands with two groups."""

FORMS = _names("sqrt footnote thanks textsuperscript textsubscript")
"""Commands with one group that is shown with something around it."""

ACCENTS = {
    "'": "\u0301", '"': "\u0308", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331", "h": "\u0309", "G": "\u030f", "U": "\u030d",
    "horn": "\u031b", "textcommabelow": "\u0326", "textcommaabove": "\u0313",
    "textogonekcentered": "\u0328", "textcedilla": "\u0327", "textdotbelow": "\u0323",
    "ocirc": "\u030a", "polhk": "\u0328", "lfhook": "\u0326", "udot": "\u0323", "soft": "\u030c",
    "capitalacute": "\u0301", "capitalcaron": "\u030c", "capitaldieresis": "\u0308",
}  # fmt: skip
"""The combining characters of accents: LaTeX's for text, and those of vntex and MathSciNet."""

FUNCTIONS = _names(
    "log ln lg exp max min sup inf lim limsup liminf sin cos tan cot sec csc sinh cosh tanh coth "
    "arcsin arccos arctan arg argmax argmin det dim ker gcd hom Pr bmod mod"
)

_WITH_ARGUMENTS = (
    WRAPPERS | QUOTING | SWITCHES | DROPPED | CITATIONS | REFERENCES | FRACTIONS | ADDRESSES
    | PAIRS | FORMS | UNSEEN | {"color"}
)  # fmt: skip
_LETTERS = {
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "imath": "ı", "jmath": "ȷ", "ng": "ŋ", "NG": "Ŋ",
    "ohorn": "ơ", "Ohorn": "Ơ", "OHORN": "Ơ", "uhorn": "ư", "Uhorn": "Ư", "UHORN": "Ư",
    "dbar": "đ", "Dbar": "Đ", "dotlessi": "ı", "dotlessj": "ȷ", "SS": "ẞ",
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
    "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»", "flq": "‹",
    "frq": "›", "og": "«", "fg": "»", "textquotestraightdblbase": "„", "nobreakspace": " ",
    "varGamma": "Γ", "varDelta": "Δ", "varTheta": "Θ", "varLambda": "Λ", "varXi": "Ξ",
    "varPi": "Π", "varSigma": "Σ", "varUpsilon": "Υ", "varPhi": "Φ", "varPsi": "Ψ",
    "varOmega": "Ω", "less": "<", "greater": ">", "textminus": "−", "lambdabar": "ƛ",
    "cprime": "ʹ", "cdprime": "ʺ", "Cprime": "ʹ", "lasp": "ʽ", "rasp": "ʼ", "cydot": "·",
    "micro": "µ", "celsius": "℃", "EUR": "€",
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
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ∘′*†‡⋆⊤",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ°′*†‡⋆ᵀ",
        strict=True,
    )
)
_SUBSCRIPTS = dict(
    zip(
        "0123456789+-−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
_WORD = re.compile("[A-Za-z]{3}")
_SIMPLE = re.compile(r"\w*")
_ONE_TERM = re.compile(r"[-+]?[\w.]+|\S")


class _Macro(Protocol):
    """What pylatexenc holds of a macro."""

    simplify_repl: object


class _Macros(Protocol):
    """The part of pylatexenc's context that is used."""

    def get_macro_spec(self, macroname: str) -> _Macro | None:
        """Return what is held of a macro, None if it is unknown."""


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
    """Return whether a command's name is markup, and none of the author's words."""
    if name in _WITH_ARGUMENTS or name in ACCENTS:
        return True
    return name not in FUNCTIONS and symbol(name) is not None


def wrapped(name: str, content: str) -> str:
    """Return the content of a wrapper as that wrapper shows it."""
    if name in _HATS and (content.isdecimal() or (len(content) == 1 and content.isalpha())):
        # Over digits it means something too: (1̄00) is another face of a crystal than (100).
        return unicodedata.normalize("NFC", "".join(each + _HATS[name] for each in content))
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
    """Return content with parentheses, but for a single word or number."""
    return content if _SIMPLE.fullmatch(content) else f"({content})"


@cache
def _macros() -> _Macros:
    from pylatexenc.latex2text import get_default_latex_context_db

    macros: _Macros = get_default_latex_context_db()
    return macros
