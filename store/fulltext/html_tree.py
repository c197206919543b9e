"""HTML as a tree of elements: tolerant of anything, in time and space that grow with its length.

The standard library's parser takes the square of the length of some broken pages. What lies in a
formula is read past: its TeX is in an attribute, or in an annotation.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import TypeAlias, Union

MOST_ELEMENTS = 200_000
"""Elements that are read of a page; the rest is cut. The longest papers have half of that."""
DEEPEST = 100
"""Elements within one another; what is deeper is taken as beside the last of them."""

_TOKEN = re.compile(
    r"""<!--.*?(?:-->|\Z)"""
    r"""|<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*+)(?P<rest>(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>"""
    r"""|<(?P<end2>/?)(?P<name2>[a-zA-Z][\w:-]*+)(?P<rest2>[^<>]*+)>"""
    r"""|<[!?/][^<>]*+>|[^<]++|<""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_RAW = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "math")
}
"""Elements whose content is no markup, or none that is looked at."""
_TEX = re.compile(r"<annotation[^<>]*application/x-tex[^<>]*>([^<]*)</annotation>", re.IGNORECASE)
_CLOSES = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("tr", "td", "th"),
    "td": ("td", "th"), "th": ("td", "th"), "p": ("p",),
}  # fmt: skip
"""Elements that end others which nobody ended."""
_BOUNDS = frozenset(("ul", "ol", "dl", "table"))
"""Elements past which nothing is ended in that way."""

Node: TypeAlias = Union["Element", str]


class Element:
    """An element of a page."""

    __slots__ = ("attributes", "children", "classes", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        """In lower case."""
        self.attributes = attributes
        self.classes = frozenset(attributes.get("class", "").split())
        self.children: list[Node] = []
        """What is in it; text has its entities decoded."""

    def get(self, name: str) -> str:
        """Return an attribute, empty where there is none."""
        return self.attributes.get(name, "")

    def elements(self) -> Iterator["Element"]:
        """Yield the elements right in it."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator["Element"]:
        """Yield it and all elements within, in the order of the page."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(list(element.elements()))

    def find(self, name: str = "", of_class: str = "") -> "Element | None":
        """Return the first element within that has a name, a class, or both."""
        for element in self.walk():
            fits = not name or element.name == name
            if element is not self and fits and (not of_class or of_class in element.classes):
                return element
        return None

    def text(self) -> str:
        """Return the text within, its white space as it stands."""
        pieces: list[str] = []
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                pieces.append(node)
            else:
                waiting += reversed(node.children)
        return "".join(pieces)


def read_html(page: str) -> tuple[Element, bool]:
    """Return the elements of a page in one without a name, and whether all of them were read."""
    root = Element("", {})
    opened = [root]
    count = 0
    at, length = 0, len(page)
    while at < length:
        match = _TOKEN.match(page, at)
        if match is None:  # no position is without a match
            break
        at = match.end()
        name = (match["name"] or match["name2"] or "").lower()
        if not name:
            text = match[0]
            if text[0] != "<" or len(text) == 1:
                opened[-1].children.append(unescape(text) if "&" in text else text)
            continue
        if match["end"] or match["end2"]:
            _close(opened, (name,), frozenset())
            continue
        if count == MOST_ELEMENTS:
            return root, False
        count += 1
        rest = match["rest"] or match["rest2"] or ""
        element = Element(name, _attributes(rest))
        if closes := _CLOSES.get(name):
            _close(opened, closes, _BOUNDS)
        opened[-1].children.append(element)
        if name in _RAW:
            end = _RAW[name].search(page, at)
            inside = page[at : end.start() if end else length]
            at = end.end() if end else length
            if name == "math":
                if not element.get("alttext") and (tex := _TEX.search(inside)):
                    element.attributes["alttext"] = unescape(tex[1])
                elif not element.get("alttext"):
                    element.children.append(unescape(re.sub(r"<[^<>]*>", "", inside)))
            elif name in ("title", "textarea"):
                element.children.append(unescape(inside))
        elif name not in _VOID and not rest.endswith("/") and len(opened) < DEEPEST:
            opened.append(element)
    return root, True


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        value = double or single or bare
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found


def _close(opened: list[Element], names: tuple[str, ...], bounds: frozenset[str]) -> None:
    """End the innermost element of these names, and all within it; none past a bound."""
    for place in range(len(opened) - 1, 0, -1):
        if opened[place].name in names:
            outer = place
            # A new row ends the cell before it and then the row.
            while bounds and outer > 1 and opened[outer - 1].name in names:
                outer -= 1
            del opened[outer:]
            return
        if opened[place].name in bounds:
            return
