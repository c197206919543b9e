"""Convert formulas in MathML to a line of text. Source: MathML Core (W3C)."""

import re
from collections.abc import Callable
from html import escape, unescape
from xml.etree.ElementTree import Element, ParseError, fromstring

from store.latex.tex_commands import in_parentheses, script, wrapped

_DEEPEST = 40
_TAG = re.compile(r"<(/?)(?:\w{1,12}:)?([A-Za-z][\w-]{0,30})(?:\s[^<>]*?)?(/?)>")
_TEXT = re.compile(r">([^<>]+)<")
_ANY_TAG = re.compile(r"<[^<>]*>")
_INVISIBLE = re.compile("[\u2061-\u2064]")
_RELATIONS = frozenset("=<>≤≥≠≈≃≅∼≡→←⇒∈∉⊂⊆≪≫∝±×")
_ACCENTS = {
    "¯": "bar", "‾": "bar", "_": "bar", "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde",
    "˙": "dot", "¨": "ddot", "→": "vec", "⃗": "vec",
}  # fmt: skip


def mathml_text(markup: str) -> str:
    """Return a formula, an element `math` as markup, as a line of text."""
    bare = _TAG.sub(r"<\1\2\3>", markup)
    bare = _TEXT.sub(lambda text: f">{escape(unescape(text[1]), quote=False)}<", bare)
    try:
        read = _read(fromstring(bare), 0)
    except ParseError:
        read = _ANY_TAG.sub("", markup)
    return " ".join(_INVISIBLE.sub("", read).split())


def _read(element: Element, depth: int) -> str:
    """Return the text of an element."""
    if depth > _DEEPEST:
        return "".join(element.itertext())
    if not len(element):
        return _token(element)
    parts = [_read(child, depth + 1) for child in element]
    if form := _FORMS.get((element.tag, len(parts))):
        return form(*parts)
    match element.tag:
        case "semantics":
            return parts[0]
        case "mphantom":
            return ""
        case "msqrt":
            return "√" + in_parentheses("".join(parts))
        case "mfenced":
            return f"({', '.join(parts)})"
        case "mtr" | "mlabeledtr":
            return " ".join(parts)
        case "mtable":
            return "; ".join(parts)
    # There may be text between the elements, which is wrong but must not be lost.
    tails = ((child.tail or "").strip() for child in element)
    pairs = zip(parts, tails, strict=True)
    return (element.text or "").strip() + "".join(part + tail for part, tail in pairs)


def _token(element: Element) -> str:
    text = element.text or ""
    match element.tag:
        case "mspace":
            return " "
        case "mtext" | "ms":
            return " ".join(f"|{text}|".split())[1:-1]
        case "annotation" | "annotation-xml":
            return ""
    text = text.strip()
    return f" {text} " if text in _RELATIONS else text


def _over(base: str, above: str) -> str:
    name = _ACCENTS.get(above.strip())
    return wrapped(name, base) if name else base + script("^", above.strip())


_FORMS: dict[tuple[str, int], Callable[..., str]] = {
    ("msub", 2): lambda base, sub: base + script("_", sub.strip()),
    ("msup", 2): lambda base, sup: base + script("^", sup.strip()),
    ("msubsup", 3): lambda base, sub, sup: (
        base + script("_", sub.strip()) + script("^", sup.strip())
    ),
    ("munder", 2): lambda base, under: base + script("_", under.strip()),
    ("mover", 2): _over,
    ("munderover", 3): lambda base, under, over: (
        base + script("_", under.strip()) + script("^", over.strip())
    ),
    ("mfrac", 2): lambda above, below: f"{in_parentheses(above)}/{in_parentheses(below)}",
    ("mroot", 2): lambda base, index: script("^", index.strip()) + "√" + in_parentheses(base),
}
