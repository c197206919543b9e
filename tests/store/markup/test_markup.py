"""HTML, JATS and MathML in titles and abstracts become words, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.markup.plain_text import markup_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<i>E. coli</i> on CO<sub>2</sub>", "E. coli on CO₂"),
        ("10<sup>-3</sup> mol", "10⁻³ mol"),
        ("E<sub>kin</sub>", "E_kin"),
        ("Tide<sup>®</sup>", "Tide®"),
        ('(11<span style="text-decoration:overline">2</span>0)', "(112̄0)"),
        ("H<inf>2</inf>O, <scp>CFD</scp>", "H₂O, CFD"),
        ('<span style="font-variant:small-caps;">CFD</span>', "CFD"),
        ("A<SUP>2</SUP>", "A²"),
        (r"The {\textless}i{\textgreater}Moss{\textless}/i{\textgreater}", "The Moss"),
        (r"$\less$em$\greater$Moss$\less$/em$\greater$", "Moss"),
        (r"\textless{}b\textgreater{}Moss\textless{}/b\textgreater{}", "Moss"),
        ("$<$i$>$Moss$<$/i$>$", "Moss"),
        (r"R{\&}amp;D \&amp; more", "R&D & more"),
        ("&lt;i&gt;Moss&lt;/i&gt;", "Moss"),
        ("&amp;lt;", "&lt;"),
        ("R&D &copy; AT&T", "R&D © AT&T"),
        ("<ce:italic>Moss</ce:italic>", "Moss"),
        ("<!-->a <b>b</b> <!--c--!> d", "a b  d"),
        ("a<script>alert('<p>')</script><!-- b -->c", "ac"),
        ("H<sub>2</sub>O<br/>wet", "H₂O\nwet"),
        ("<jats:p>a</jats:p>", "\n\na\n\n"),
        ('<a href="https://a.example/x>y">Moss</a>', "Moss"),
        ("<tide-box>Moss</tide-box>", "Moss"),
    ],
)
def test_markup_is_read(markup: str, text: str) -> None:
    assert markup_text(markup) == text


@pytest.mark.parametrize(
    "text",
    [
        "$x < y$",
        "no tags,\ntwo lines",
        "$x<y$ and $y>z$ <EOS>",
        "$a<b>c$",
        "a<b>c",
        "p<0.05 and q>3",
        "if a <p and b> c",
        "x<i and j>k",
        "List<String> and array<T>",
        "The <think> token, <answer>yes</answer>",
        "<img> and <s> tokens",
        r"$p \textless 0.05$",
        r"p {\textless} 0.05",
        "<i>unclosed",
        "<i>other</b>",
    ],
)
def test_what_is_no_markup_stays(text: str) -> None:
    assert markup_text(text) == text


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E = mc²"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "xᵢ²"),
        ("<mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac>", "1/(a+b)"),
        ("<msqrt><mi>s</mi></msqrt>", "√s"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "x̄"),
        ("<mtext>GaN</mtext><mo>(</mo><mn>1</mn><mo>)</mo>", "GaN(1)"),
        ("<semantics><mi>x</mi><annotation>x_1</annotation></semantics>", "x"),
        ("\n <mi>x</mi>\n <mo>&lt;</mo>\n <mi>y</mi>\n", "x < y"),
    ],
)
def test_formulas_are_read(formula: str, text: str) -> None:
    prefixed = formula.replace("</", "</mml:").replace("<m", "<mml:m")
    assert markup_text(f'<math xmlns="m" display="inline">{formula}</math>') == text
    assert markup_text(f"<mml:math>{prefixed}</mml:math>") == text


def test_a_formula_that_is_broken_keeps_its_words() -> None:
    assert markup_text("<math><mi>x</mi><mrow></math>") == "x"


def test_a_formula_is_apart_from_the_words_beside_it() -> None:
    assert markup_text("waves in<math><mi>N</mi></math>-coupled") == "waves in N-coupled"
    assert markup_text("the<math><mi>K</mi></math>and") == "the K and"
    assert markup_text("CO<math><msub><mi/><mn>2</mn></msub></math>") == "CO₂"


def test_of_a_formula_in_two_languages_one_is_shown() -> None:
    both = "<tex-math>$x$</tex-math><mml:math><mml:mi>x</mml:mi></mml:math>"
    assert markup_text(f"<alternatives>{both}</alternatives>") == "x"


def test_an_abstract_of_jats_has_its_paragraphs_and_no_heading() -> None:
    jats = "<jats:title>Abstract</jats:title><jats:p>One.</jats:p>\n<jats:p>Two.</jats:p>"
    assert markup_text(jats).split() == ["One.", "Two."]
    assert "\n\n" in markup_text(jats).strip()


def test_what_a_page_is_made_with_is_left_out() -> None:
    page = (
        '<picture><source type="image/webp" srcset="a 4w"><img src="a.png" alt=""></picture>'
        '<form class="f"><input type="email" name="e"><button>Subscribe</button></form>'
        "<svg><path d='M0'/><text>x</text></svg><style>p {}</style><!-- c --><p>Words.</p>"
    )
    assert markup_text(page).strip() == "Words."


@pytest.mark.parametrize(
    "text",
    [
        "<sub>a" * 30_000 + "</sub>" * 30_000,
        "<math><mi>" * 20_000 + "</math>",
        "</p><p>" * 30_000,
    ],
)
def test_markup_without_end_is_read_all_the_same(text: str) -> None:
    assert "<math" not in markup_text(text)


@given(st.text("<>/abimpsu &;{}\\$=\"'\n", max_size=60))
def test_any_text_is_read(text: str) -> None:
    kept = [character for character in text if character == "m"]
    assert len(markup_text(text)) <= len(text) + len(kept)
