"""Show a formula of a paper as Unicode, on one line or, for a displayed one, on several.

It is TeX as LaTeXML writes it: the author's macros are expanded. A formula with an unknown command
stays TeX: half a formula would be wrong without saying so.
"""

import re

from store.latex.markup import read_formula
from store.latex.tex_commands import FUNCTIONS, is_known

LONGEST = 20_000
"""Characters; a longer formula stays TeX."""
_MOST_ENVIRONMENTS = 200

_COMMAND = re.compile(r"\\([A-Za-z]+)")
_MORE_KNOWN = frozenset(
    (
        *("begin", "end", "left", "right", "middle", "mod", "bmod", "pmod", "pod", "substack"),
        *("prod", "sum", "int", "operatorname", "mathchoice", "hfill", "hfil", "vdots", "ddots"),
        *("cdots", "ldots", "dots", "dotsc", "dotsb"),
    )
)
_LEFT_OUT = re.compile(
    r"%\s*\n|\\(?:nonumber|notag|hfill?|limits|nolimits|displaylimits|mathstrut|strut|penalty-?\d+)"
    r"(?![A-Za-z])|\\(?:label|tag)\*?\{[^{}]*\}|\\hline(?![A-Za-z])"
)
_GAP = re.compile(
    r"\\(?:hskip|kern|mkern|mskip|vskip)\s*-?[\d.]*\s*(?:pt|em|ex|mu|cm|mm|in)"
    r"(?:\s*(?:plus|minus)\s*[\d.]*\s*(?:pt|em|ex|mu|fil+))*|\\[hv]space\*?\{[^{}]*\}"
)
_INNERMOST = re.compile(
    r"\\begin\{([A-Za-z]+\*?)\}((?:(?!\\begin\{|\\end\{).)*+)\\end\{\1\}", re.DOTALL
)
_COLUMNS = re.compile(r"\s*(?:\[[a-z]?\]\s*)?(?:\{[^{}]*\})?")
_ROW_END = re.compile(r"\\\\\*?(?:\[[^\][]*\])?|\\cr(?![A-Za-z])")
_LINE_END = re.compile(r"\n\n|\\\\")
_RELATION = re.compile(r" *([=<>≤≥≠≈∼≃≅≡≔→←↦⇒⇔∈∉⊂⊆⊃⊇∝⟹⟺]+) *")
_LINES = frozenset(
    ["aligned", "align", "alignedat", "gathered", "gather", "split", "multline", "eqnarray"]
)
"""Environments with a line for each row."""
_WITH_COLUMNS = frozenset(("array", "alignedat", "tabular"))
_BRACKETS = {
    "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"),
    "Bmatrix": (r"\{", r"\}"), "smallmatrix": ("", ""), "matrix": ("", ""), "array": ("", ""),
    "cases": (r"\{", ""), "rcases": ("", r"\}"), "dcases": (r"\{", ""),
}  # fmt: skip


def formula_lines(tex: str) -> list[str] | None:
    """Return the lines of a formula, usually one; None if it has to stay TeX."""
    tex = _GAP.sub(" ", _LEFT_OUT.sub(" ", tex[: LONGEST + 1]))
    if len(tex) > LONGEST:
        return None
    for _ in range(_MOST_ENVIRONMENTS):
        tex, count = _INNERMOST.subn(lambda match: _rewritten(match[1], match[2]), tex)
        if not count:
            break
    if "\\begin{" in tex or not all(map(_is_known, set(_COMMAND.findall(tex)))):
        return None
    lines = (_RELATION.sub(r" \1 ", read_formula(line)) for line in _LINE_END.split(tex))
    return [line.strip() for line in lines if line.strip()]


def _rewritten(name: str, content: str) -> str:
    """Return the rows of an environment as TeX without the environment."""
    name = name.rstrip("*")
    if name in _WITH_COLUMNS:
        content = content[_COLUMNS.match(content).end() :]  # type: ignore[union-attr]
    rows = [" ".join(row.split()) for row in _ROW_END.split(content)]
    rows = [row for row in rows if row.strip("& ")]
    if name in _LINES:
        return "\n\n".join(row.replace("&", "") for row in rows)
    opening, closing = _BRACKETS.get(name, ("", ""))
    between = r",\ " if name.endswith("cases") else r"\ "
    cells = [between.join(filter(None, map(_trimmed, row.split("&")))) for row in rows]
    return opening + r";\ ".join(cells) + closing


def _trimmed(cell: str) -> str:
    """Return a cell without a comma at its end, where another one follows."""
    return cell.strip().removesuffix(",")


def _is_known(name: str) -> bool:
    return name in _MORE_KNOWN or name in FUNCTIONS or is_known(name)
