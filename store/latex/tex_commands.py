"""What the commands of TeX stand for in plain text.

Symbols that are not listed here come from the tables of pylatexenc, which is imported on first
use. Sources: LaTeX 2e's base, amsmath, what authors and bibliographies use; for journals the macros
of AASTeX and of the BibTeX of the Astrophysics Data System.
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
"""Commands that are shown as their argument."""

QUOTING = _names("enquote mkbibquote textquote")

SWITCHES = _names(
    "em bf it tt sc rm sf sl bfseries itshape ttfamily scshape rmfamily sffamily slshape upshape "
    "mdseries normalfont tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge "
    "boldmath unboldmath cal centering noindent displaystyle textstyle scriptstyle limits nolimits "
    "protect relax allowbreak nobreak xspace newblock left right middle big Big bigg Bigg bigl "
    "bigr bigm Bigl Bigr Bigm biggl biggr Biggl Biggr"
)
"""Commands that change only the looks of what follows."""

DROPPED = _names("begin end label vspace hspace unicode")
"""Commands that are left out with their argument; a space takes their place."""
UNSEEN = _names(
    "phantom vphantom hphantom noopsort sortnoop SortNoop NoopSort selectlanguage thanks"
)
"""The same without a space; the argument may be a single sign."""

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
"""Commands with one group, which is shown with something before or around it."""

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

JOURNALS = {
    "aap": "A&A", "aapr": "A&A Rev.", "aaps": "A&AS", "actaa": "Acta Astron.", "aj": "AJ",
    "ao": "Appl. Opt.", "apj": "ApJ", "apjl": "ApJL", "apjlett": "ApJL", "apjs": "ApJS",
    "apjsupp": "ApJS", "aplett": "Astrophys. Lett.", "applopt": "Appl. Opt.",
    "apspr": "Astrophys. Space Phys. Res.", "apss": "Ap&SS", "araa": "ARA&A",
    "astap": "A&A", "azh": "AZh", "baas": "BAAS", "bac": "Bull. astr. Inst. Czechosl.",
    "bain": "Bull. Astron. Inst. Netherlands", "caa": "Chinese Astron. Astrophys.",
    "cjaa": "Chinese J. Astron. Astrophys.", "fcp": "Fund. Cosmic Phys.",
    "gca": "Geochim. Cosmochim. Acta", "grl": "Geophys. Res. Lett.", "iaucirc": "IAU Circ.",
    "icarus": "Icarus", "jaavso": "JAAVSO", "jcap": "JCAP", "jcp": "J. Chem. Phys.",
    "jgr": "J. Geophys. Res.", "joss": "JOSS",
    "jqsrt": "J. Quant. Spectrosc. Radiat. Transfer", "jrasc": "JRASC",
    "maps": "Meteorit. Planet. Sci.", "memras": "MmRAS",
    "memsai": "Mem. Soc. Astron. Italiana", "mnras": "MNRAS", "na": "New A", "nar": "New A Rev.",
    "nat": "Nature", "natas": "Nature Astron.", "nphysa": "Nucl. Phys. A", "pasa": "PASA",
    "pasj": "PASJ", "pasp": "PASP", "physrep": "Phys. Rep.", "physscr": "Phys. Scr.",
    "planss": "Planet. Space Sci.", "pra": "Phys. Rev. A", "prb": "Phys. Rev. B",
    "prc": "Phys. Rev. C", "prd": "Phys. Rev. D", "pre": "Phys. Rev. E", "prl": "Phys. Rev. Lett.",
    "procspie": "Proc. SPIE", "psj": "PSJ", "qjras": "QJRAS",
    "rmxaa": "Rev. Mexicana Astron. Astrofis.", "rnaas": "RNAAS", "sci": "Science",
    "skytel": "S&T", "solphys": "Sol. Phys.", "sovast": "Soviet Ast.", "ssr": "Space Sci. Rev.",
    "zap": "ZAp",
}  # fmt: skip
"""The journals that astronomers' bibliographies name by a macro (`\\aap`): their abbreviations."""

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
    """A macro in pylatexenc."""

    simplify_repl: object


class _Macros(Protocol):
    """The macros in pylatexenc."""

    def get_macro_spec(self, macroname: str) -> _Macro | None:
        """Return a macro, None if it is unknown."""


def letter(name: str) -> str:
    r"""Return the letter that a command such as `\ss` stands for; empty if for none."""
    return _LETTERS.get(name, "")


def symbol(name: str) -> str | None:
    """Return the characters that a command without arguments stands for; None if for none."""
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
    """Return whether the name of a command is markup, not a word of the author's."""
    if name in _WITH_ARGUMENTS or name in ACCENTS:
        return True
    return name not in FUNCTIONS and symbol(name) is not None


def wrapped(name: str, content: str) -> str:
    """Return the content of a command of WRAPPERS as it is shown."""
    if name in _HATS and (content.isdecimal() or (len(content) == 1 and content.isalpha())):
        # Over digits too: (1̄00) and (100) are different faces of a crystal.
        return unicodedata.normalize("NFC", "".join(each + _HATS[name] for each in content))
    if name in ("mathbb", "mathds", "mathbbm"):
        return _DOUBLE_STRUCK.get(content, content)
    return content


def shown(name: str, content: str, option: str) -> str:
    """Return the content of a command of WRAPPERS, QUOTING or FORMS as that command shows it.

    `option` is its argument in brackets, which only a root has.
    """
    if name in WRAPPERS:
        return wrapped(name, content)
    if name in QUOTING:
        return f"“{content}”"
    if name == "sqrt":
        return f"{script('^', option) if option else ''}√{in_parentheses(content)}"
    if name in ("footnote", "thanks"):
        return f" ({content})"
    return script("^" if name == "textsuperscript" else "_", content)


def shown_pair(name: str, first: str, second: str) -> str:
    """Return the contents of a command of PAIRS, but `href`, as that command shows them."""
    match name:
        case "textcolor" | "colorbox" | "texorpdfstring" | "foreignlanguage":
            return second
        case "printfirst":
            return first
        case "switchargs":
            return second + first
        case "binom":
            return f"({first} choose {second})"
    return second + script("_" if name == "underset" else "^", first)


def script(sign: str, content: str) -> str:
    """Return content raised (sign ^) or lowered (sign _).

    Words keep the sign, and so does content with a character that has no such form.
    """
    if not content:
        return ""
    table = _SUPERSCRIPTS if sign == "^" else _SUBSCRIPTS
    dense = content.replace(" ", "")
    if not _WORD.search(dense) and all(character in table for character in dense):
        return "".join(table[character] for character in dense)
    return sign + content if _ONE_TERM.fullmatch(content) else f"{sign}{{{content}}}"


def in_parentheses(content: str) -> str:
    """Return content in parentheses; a single word or number needs none."""
    return content if _SIMPLE.fullmatch(content) else f"({content})"


@cache
def _macros() -> _Macros:
    from pylatexenc.latex2text import get_default_latex_context_db

    macros: _Macros = get_default_latex_context_db()
    return macros
