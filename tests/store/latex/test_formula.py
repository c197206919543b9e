"""Formulas of papers are shown as Unicode; what nobody knows stays TeX."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.latex.formula import formula_lines


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"\displaystyle{\partial}_{t}\phi", "∂ₜφ"),
        (r"x\in\mathbb{R}^{d\times d}", "x ∈ ℝ^{d×d}"),
        (r"\begin{cases}x,&\text{if }y>0,\\ 0&\text{otherwise}\end{cases}",
         "{x, if y > 0; 0, otherwise"),
        (r"A=\begin{bmatrix}a&b\\c&d\end{bmatrix}", "A = [a b; c d]"),
        (r"\begin{array}[]{ll}a&b\\c&d\end{array}", "a b; c d"),
        (r"a%" "\n" r"+b\nonumber", "a +b"),
        (r"a\hskip 10.0ptb\label{eq:one}", "a b"),
    ],
)  # fmt: skip
def test_formula_is_one_line_of_unicode(tex: str, shown: str) -> None:
    assert formula_lines(tex) == [shown]


def test_rows_of_an_aligned_formula_are_lines() -> None:
    tex = r"\begin{aligned}a&=b\\&=\begin{pmatrix}c\\d\end{pmatrix}\end{aligned}"
    assert formula_lines(tex) == ["a = b", "= (c; d)"]


@pytest.mark.parametrize(
    "tex", [r"\ours{x}+1", r"\begin{tikzcd}A\arrow B\end{tikzcd}", "x" * 30_000, r"\begin{cases}a"]
)
def test_what_can_not_be_shown_stays_tex(tex: str) -> None:
    assert formula_lines(tex) is None


@given(st.lists(st.sampled_from([*r"\{}&_^ab$%", r"\\", r"\frac", r"\begin{cases}",
                                 r"\end{cases}", "\n"]), max_size=80).map("".join))  # fmt: skip
def test_any_formula_is_lines_or_stays_tex(tex: str) -> None:
    lines = formula_lines(tex)
    assert lines is None or not any(re.search(r"\n", line) for line in lines)
