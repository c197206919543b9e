"""HTML as a tree of elements: tolerant of anything, in time and space that grow with its length.

The standard library's parser takes quadratic time for some broken pages. The contents of a formula
are skipped: its TeX is in an attribute, or in an annotation.

Reading any page ends soon: each element and each tag counts, and so does each later look at an
element. A page that needs more work than any paper is read up to that limit.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import TypeAlias, Union

from store.markup.page import COMMENT

MOST_ELEMENTS = 100_000
"""The most elements of a page; the longest papers have about as many."""
MOST_TOKENS = 4 * MOST_ELEMENTS
"""Most tags, comments and texts between them."""
MOST_TEXT = 5_000_000
"""Most characters of text; the longest papers have a tenth."""
MOST_WORK = 1_500_000
"""Most looks at the elements of a page after it is read; see Work."""
LONGEST_TAG = 100_000
"""The most characters of a tag for which attributes are read."""
DEEPEST = 100
"""The deepest nesting; deeper elements count as beside the last one."""

_TOKEN = re.compile(
    COMMENT
    + r"""|<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*+)(?P<rest>(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>"""
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
"""Elements with contents that are not markup, or not read."""
_ANNOTATION = re.compile(r"<annotation\b([^<>]*+)>([^<]*+)</annotation>", re.IGNORECASE)
_CLOSES = {
    "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "tr": ("tr", "td", "th"),
    "td": ("td", "th"), "th": ("td", "th"), "p": ("p",),
}  # fmt: skip
"""Elements that end unclosed ones."""
_BOUNDS = frozenset(("ul", "ol", "dl", "table"))
"""Elements that stop the search for unclosed ones."""

Node: TypeAlias = Union["Element", str]


class TooMuchWorkError(Exception):
    """A page needs more work than any paper."""


class Work:
    """How many looks at elements are left; all elements of a page share it."""

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, looks: int) -> None:
        """Use up some looks; TooMuchWorkError if too few are left."""
        self.left -= looks
        if self.left < 0:
            raise TooMuchWorkError


class Element:
    """An element of a page. Each look at one counts, and may raise TooMuchWorkError."""

    __slots__ = ("attributes", "children", "classes", "name", "work")

    def __init__(self, name: str, attributes: dict[str, str], work: Work) -> None:
        self.work = work
        self.name = name
        """In lower case."""
        self.attributes = attributes
        self.classes = frozenset(attributes.get("class", "").split())
        self.children: list[Node] = []
        """Its contents; entities in text are decoded."""

    def get(self, name: str) -> str:
        """Return an attribute, empty if there is none."""
        return self.attributes.get(name, "")

    def elements(self) -> Iterator["Element"]:
        """Yield its direct children."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator["Element"]:
        """Yield it and all elements within, in the order of the page."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            self.work.spend(1)
            yield element
            waiting += [each for each in reversed(element.children) if isinstance(each, Element)]

    def find(self, name: str = "", of_class: str = "") -> "Element | None":
        """Return the first element within that has a name, a class, or both."""
        for element in self.walk():
            fits = not name or element.name == name
            if element is not self and fits and (not of_class or of_class in element.classes):
                return element
        return None

    def text(self) -> str:
        """Return the text within, with its white space."""
        pieces: list[str] = []
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                pieces.append(node)
            else:
                self.work.spend(1)
                waiting += reversed(node.children)
        return "".join(pieces)


def read_html(page: str) -> tuple[Element, bool]:
    """Return a root element with those of a page in it, and whether all of them were read."""
    work = Work(MOST_WORK)
    root = Element("", {}, work)
    opened = [root]
    count = tokens = characters = 0
    at, length = 0, len(page)
    while at < length:
        match = _TOKEN.match(page, at)
        if match is None:  # no position is without a match
            break
        at = match.end()
        tokens += 1
        if tokens > MOST_TOKENS:
            return root, False
        name = (match["name"] or match["name2"] or "").lower()
        if not name:
            text = match[0]
            if text[0] != "<" or len(text) == 1:
                text = text[: MOST_TEXT - characters]
                characters += len(text)
                opened[-1].children.append(unescape(text) if "&" in text else text)
                if characters == MOST_TEXT:
                    return root, False
            continue
        if match["end"] or match["end2"]:
            _close(opened, (name,), frozenset())
            continue
        if count == MOST_ELEMENTS:
            return root, False
        count += 1
        rest = match["rest"] or match["rest2"] or ""
        element = Element(name, _attributes(rest[:LONGEST_TAG]), work)
        if closes := _CLOSES.get(name):
            _close(opened, closes, _BOUNDS)
        opened[-1].children.append(element)
        if name in _RAW:
            end = _RAW[name].search(page, at)
            inside = page[at : end.start() if end else length]
            at = end.end() if end else length
            if name == "math":
                if not element.get("alttext"):
                    _read_maths(element, inside[:LONGEST_TAG])
            elif name in ("title", "textarea"):
                element.children.append(unescape(inside[:LONGEST_TAG]))
        elif name not in _VOID and not rest.endswith("/") and len(opened) < DEEPEST:
            opened.append(element)
    return root, True


def _read_maths(element: Element, inside: str) -> None:
    """Give a formula its TeX, or else its plain text."""
    for annotation in _ANNOTATION.finditer(inside):
        if "application/x-tex" in annotation[1].lower():
            element.attributes["alttext"] = unescape(annotation[2])
            return
    element.children.append(unescape(re.sub(r"<[^<>]*+>", "", inside)))


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        value = double or single or bare
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found


def _close(opened: list[Element], names: tuple[str, ...], bounds: frozenset[str]) -> None:
    """Close the innermost element with one of these names, and all in it, up to a boundary."""
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
