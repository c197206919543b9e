"""TeX is shown as Unicode, and no word of a text is lost over it."""

import re
import unicodedata
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import REAL_DATA

from store.latex.convert import from_source, keeps_words, to_unicode
from store.text.clean import clean_text

FORMULAS = [
    (r"$\alpha_2$", "α₂"),
    (r"$x_{ij}$", "xᵢⱼ"),
    (r"$x_{i,j}$", "x_{i,j}"),
    (r"$10^{-3}$", "10⁻³"),
    (r"$N^{\text{max}}$", "N^max"),
    (r"Net$^\text{N}$", "Netᴺ"),
    (r"$n^{th}$", "nᵗʰ"),
    (r"$A^\top$", "Aᵀ"),
    (r"$O(n\log n)$", "O(n log n)"),
    (r"$\log\log n$", "log log n"),
    (r"$\log_2 n$", "log₂ n"),
    (r"$\mathcal{O}(\sqrt{T})$", "O(√T)"),
    (r"$\sqrt[3]{a+b}$", "³√(a+b)"),
    (r"$\frac{a+b}{2}$", "(a+b)/2"),
    (r"$\frac12$", "1/2"),
    (r"$\binom{n}{k}$", "(n choose k)"),
    (r"$\mathbb{R}^d$", "ℝᵈ"),
    (r"$\hat{x}, \bar y$", "x̂, ȳ"),
    (r"$\sum_{i=1}^{N} x_i$", "∑ᵢ₌₁ᴺ xᵢ"),
    (r"$\left( \frac{1}{n} \right.$", "( 1/n"),
    (r"$x\in S$ or $x \in S$", "x∈S or x ∈ S"),
    (r"$f'(x)$ and $f''$", "f′(x) and f′′"),
    (r"$\operatorname*{arg\,max}_x f$", "arg maxₓ f"),
    (r"$\underset{x}{\min} f$", "minₓ f"),
    (r"$1{,}000$ and 6{,}181", "1,000 and 6,181"),
    (r"$ \text{a-B} \equiv \text{C}_{k{+}2}$", "a-B ≡ Cₖ₊₂"),
    (r"$\|x\|_2$, $\lVert x \rVert$", "‖x‖₂, ‖ x ‖"),
    (r"3$\times$, $\pm$5, $>$90\%, 20$^\circ$C", "3×, ±5, >90%, 20°C"),
    (r"$k$-means, A$^*$, H$_2$O", "k-means, A*, H₂O"),
    (r"\(4\times\) and \[ x^2 \] and $$y$$", "4× and x² and y"),
    (r"p\approx0.37, 10\times faster", "p≈0.37, 10× faster"),
    (r"$\ours{}$-small, $\ours{}s$$x$", "ours-small, ours sx"),
]
COMMANDS = [
    (r"9\% \& \#1 a\_b \$5 \{x\}", "9% & #1 a_b $5 {x}"),
    (r"\textit{a} \emph{b} \textbf{c \texttt{d}}", "a b c d"),
    (r"\textbf{L}anguage-Ca\textbf{LI}b", "Language-CaLIb"),
    (r"{\em x} {\bf Bold} {\color{red}word}", "x Bold word"),
    (r"\textcolor{red}{word} \mathcal{L}", "word L"),
    (r"E\textsuperscript{2}R, H\textsubscript{2}O", "E²R, H₂O"),
    (r"\url{https://a.org/b\_c--d}", "https://a.org/b_c--d"),
    (r"at \href{https://a.org}{our page}", "at our page (https://a.org)"),
    (r"\href{https://a.org/b}{a.org/b}", "https://a.org/b"),
    (r"Set~\cite{ab} and Other\cite[p. 3]{c,d}", "Set [ab] and Other [c,d, p. 3]"),
    (r"board\footnote{See below.}", "board (See below.)"),
    (r"\begin{itemize}\item one \item two\end{itemize}", " • one • two "),
    (r"We present \ours, and \ours{} is {\name}.", "We present ours, and ours is name."),
    (r"\ours\ is, \ours~has", "ours is, ours has"),
    (r"\rev{new \emph{words}}", "rev{new words}"),
    (r"(\eg, this) \etc. \LaTeX{} is", "(e.g., this) etc. LaTeX is"),
    (r"360{\deg} and {\sigma}", "360° and σ"),
    (r"vs.\ the 8\,GB of Fig.~3", "vs. the 8 GB of Fig. 3"),
    (r"both\footnote{Cut off here", "both Cut off here"),
]
ACCENTS = [
    (r"Erd\H{o}s J\'{e}r\^{o}me", "Erdős Jérôme"),
    (r"na\"{\i}ve Bolet\'{\i}n", "naïve Boletín"),
    (r"Pok\'emon, T\"ULU, \'a la", "Pokémon, TÜLU, á la"),
    (r"{\o} Stra{\ss}e \L{}ukasz", "ø Straße Łukasz"),
    (r"\c{C}a Fran\c cois \v{s}", "Ça François š"),
    (r"the query\'s don\'t", "the query's don't"),
    (r"\"Ust\"un but \~8B", "Üstün but ~8B"),
    (r"say \"over and out\" now", 'say "over and out" now'),
]
TYPE = [
    ("``so'' and `thus' and don't", "“so” and ‘thus’ and don't"),
    ("``so\" and ``a `b' c''", "“so” and “a ‘b’ c”"),
    (r"5--6\%, so --- well---yes", "5–6%, so — well—yes"),
    ("Model~(M), 450~MB, 5~10, ~90", "Model (M), 450 MB, 5~10, ~90"),
]
UNCHANGED = [
    "costs $5 and $10",
    "US$ 3, US$5 and US$10",
    "$100K to $1M",
    "$5-$10 an hour, 4$ more",
    "$1.5 million ($2/item) or 3$",
    "$0.01 per $1M tokens",
    "A$AP and Ke$ha",
    "PATH=$HOME/bin:$PATH",
    "for $5 (a_b); then for 6$",
    "100% of R&D, 5% & more",
    "L_2, x^2 and {a, b}",
    r"C:\temp\new and C:\beta\alpha",
    r"\\server\share",
    r"\d+ or \d{4}-\d{2} or \n or [^\s]+",
    r"hands up \o/ at \3",
    r"\boxed{} and \boxed{7}",
    "a -- b, --flag, well---yes",
    "`code` and https://a.org/~me",
    "Größe of 3 ∈ ℕ",
    "",
]
SOURCES = [
    (r"{BERT}: a {D}eep {C--C} bond", "BERT: a Deep C–C bond"),
    (r"{\"O}zge G{\"{u}}l{\c{c}}ehre {\.I}lkan", "Özge Gülçehre İlkan"),
    (r"Aks{\i}n Bronis{\l}aw Stra\ss e Marc{-}A", "Aksın Bronisław Straße Marc-A"),
    ("J.~Phys. 1736--1739~-- x", "J. Phys. 1736–1739 – x"),
    (r"\mkbibquote{{\"U}ber} \enquote*{so} The {\TeX book}", "“Über” “so” The TeXbook"),
    ("``a'' --- b", "“a” — b"),
    ("50% & more {\\&} A \\& B", "50% & more & A & B"),
    (r"{$\alpha$}-x for {\$5} and $5", "α-x for $5 and $5"),
    (r"{\(\mathscr{l}\)}\({}_{\mbox{p}}\)-norm", "lₚ-norm"),
    (r"{\textdollar}k{\textdollar}-means {\textdollar}L{\_}2{\textdollar}", "k-means L₂"),
    ("https://a.org/~me", "https://a.org/~me"),
    ("{{open", "{{open"),
    (r"Nguy{\~\^e}n Th{\'\u a}ng Th{\'{{\^e}}} Vi{\d{\^e}}t", "Nguyễn Thắng Thế Việt"),
    (r"L{\uhorn}u {\ohorn} H{\h a}o \h{o}", "Lưu ơ Hảo ỏ"),
    (r"Franc{\ocirc{u}} Stani\textcommabelow{s}oara \polhk{a}", "Franců Stanișoara ą"),
    (r"Ragnhei{\d}ur Bogad\'{o}ttir", "Ragnheiður Bogadóttir"),
    (r"(000\bar{1}) (11\=22) ($11\overline{2}0$)", "(0001̄) (112̄2) (112̄0)"),
    (r"""Die "`Tour"' und \uppercase{a}""", "Die „Tour“ und a"),
    (r"\glqq Tour\grqq{} und \frqq a\flqq", "„Tour“ und »a«"),
    (r"\foreignlanguage{german}{Stra{\ss}e} $\varGamma$", "Straße Γ"),
    (r"{\noopsort{b}}Sorted \vphantom{x}y", "Sorted y"),
    (r"\{\{\vphantom{\}\}}{{GaAs}}\vphantom\{\}\vphantom\{\} x", "{{GaAs}} x"),
    (r"\switchargs{a}{b}, \singleletter{c}, \printfirst{d}{e}", "ba, c, d"),
    (r"\aap, \prl, {\mnras}", "A&A, Phys. Rev. Lett., MNRAS"),
]
SCIENCE = [
    (r"\ce{H2O} and \ce{SO4^2-}", "H₂O and SO₄²⁻"),
    (r"\ce{2H2 + O2 -> 2H2O}", "2H₂ + O₂ → 2H₂O"),
    (r"\ce{^{13}C}, \ce{Na+}", "¹³C, Na⁺"),
    (r"\ce{$\alpha$-Fe2O3}", "α-Fe₂O₃"),
    (r"\SI{10}{\kelvin}, \SI[mode=text]{5}{\micro\metre}", "10 K, 5 µm"),
    (r"\SI{3e8}{\metre\per\second} \si{\cm^{-1}}", "3×10⁸ m/s cm⁻¹"),
    (r"\si{\kilo\gram\metre\squared}, \unit{\newton.\metre}", "kg m², N m"),
    (r"\num{1e-6}, \num{5 +- 1}, \ang{45}", "1×10⁻⁶, 5 ± 1, 45°"),
    (r"\SIrange{1}{2}{\GHz}, \qty{7}{\percent}", "1–2 GHz, 7%"),
]
READABLE = FORMULAS + COMMANDS + ACCENTS + TYPE
FRAGMENTS = [text for text, _ in READABLE] + UNCHANGED
TEX_PARTS = [
    "\\", "$", "{", "}", "^", "_", "\\'", "\\frac", "\\text{", "\\cite[", "\\(", "\\)", "\\alpha",
    "\\ours", "\\color{", "\\href{", "\\begin{", " ", "ab", "--", "``", "''",
]  # fmt: skip
TEX_TEXT = st.text(st.sampled_from("ab1 $\\{}^_%&~`'\"-()[].\n")) | st.lists(
    st.sampled_from(TEX_PARTS)
).map("".join)
ANY_TEXT = st.text() | TEX_TEXT
HOSTILE = {
    "braces that open": "{" * 10_000,
    "nested braces": "{" * 10_000 + "}" * 10_000,
    "dollar signs": "$" * 10_000,
    "spaced dollar signs": "$a " * 10_000,
    "backslashes": "\\" * 100_000,
    "formulas that open": r"\(" * 10_000,
    "accents": r"\'" * 10_000,
    "nested accents": r"\'{" * 10_000 + "}" * 10_000,
    "accents on accents": r"\'\~" * 10_000,
    "units": r"\SI{" * 5_000 + r"\kelvin" * 5_000,
    "nested commands": r"\textbf{" * 5_000 + "}" * 5_000,
    "nested scripts": "$" + "^{" * 300 + "}" * 300 + "$",
    "nested fractions": "$" + r"\frac{" * 100 + "}{x}" * 100 + "$",
    "options that open": r"\cite[" * 8_000,
    "quotes": "``a'" * 10_000,
    "words": r"\% " + " ".join(f"w{i}x" for i in range(8_000)),
}
DATA = REAL_DATA


@pytest.mark.parametrize(("text", "shown"), READABLE)
def test_tex_is_shown_as_unicode(text: str, shown: str) -> None:
    assert to_unicode(text) == shown


@pytest.mark.parametrize("text", UNCHANGED)
def test_what_only_looks_like_tex_stays_as_it_is(text: str) -> None:
    assert to_unicode(text) == text


@pytest.mark.parametrize(("text", "shown"), SOURCES)
def test_braces_and_ties_are_markup_in_source(text: str, shown: str) -> None:
    assert from_source(text) == shown


@pytest.mark.parametrize(("text", "shown"), SCIENCE)
def test_numbers_units_and_chemistry_are_read(text: str, shown: str) -> None:
    assert from_source(text) == shown
    assert to_unicode(text) == shown


def test_a_journals_macro_is_one_in_source_alone() -> None:
    assert to_unicode(r"the set \pre and \na") == "the set pre and na"


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=5).map("; ".join))
def test_converting_twice_changes_nothing_more(text: str) -> None:
    assert to_unicode(to_unicode(text)) == to_unicode(text)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=5).map("; ".join))
def test_text_around_tex_stays(text: str) -> None:
    assert re.fullmatch("before .*after", to_unicode(f"before {text} after"))


@given(ANY_TEXT)
def test_harmless_text_stays_harmless(text: str) -> None:
    text = clean_text(text)
    assert not set(filter(_is_control, to_unicode(text) + from_source(text)))


@given(st.text(st.characters(exclude_characters="\\$`'~{}")))
def test_text_without_tex_stays_as_it_is(text: str) -> None:
    assert to_unicode(text) == text


@given(TEX_TEXT)
def test_no_digit_is_lost(text: str) -> None:
    assert text.count("1") <= unicodedata.normalize("NFKC", to_unicode(text)).count("1")


@pytest.mark.parametrize("convert", [to_unicode, from_source])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_no_time(convert: Callable[[str], str], text: str) -> None:
    convert(r"$\alpha$")
    start = process_time()
    convert(text)
    assert process_time() - start < 2  # 0.1 at most on an idle machine


def test_a_lost_word_is_noticed() -> None:
    assert not keeps_words(r"a \emph{small} world", "a world")


def test_a_lost_command_of_the_author_is_noticed() -> None:
    assert not keeps_words(r"we present \ours here", "we present here")


def test_words_in_commands_and_formulas_count_as_kept() -> None:
    assert keeps_words(r"\textbf{Ca}se na\"{\i}ve $x_{ij}$", "Case naïve xᵢⱼ")


@pytest.mark.skipif(not DATA.is_dir(), reason="the real feeds are not here")
def test_no_command_of_real_feeds_is_left() -> None:
    text = (DATA / "arxiv_rss" / "arxiv_rss_cs.CV_2026-05-04_146.xml").read_text()
    assert re.findall(r"\\[A-Za-z]+", to_unicode(" ".join(text.split()))) == []


def _is_control(character: str) -> bool:
    return character != "\n" and unicodedata.category(character) in ("Cc", "Cs")
