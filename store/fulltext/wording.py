"""Put the text of a block together, piece by piece, with its looks and links."""

import re
from urllib.parse import urljoin, urlsplit

from store.fulltext.blocks import NOTHING, Look, Span, Words
from store.latex.formula import formula_lines
from store.text.clean import clean_text
from store.text.web import is_web_address

LONGEST = 1_000_000
"""Most characters of a block; the rest is cut."""
FIRM = "\u00a0"
"""A space without a line break."""

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_IN_PAPER = re.compile(r"/html/[^/#?]+/?(?:v\d+/?)?$")


class Wording:
    """The text of one block, while it is read."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._spans: list[Span] = []
        self._opened: list[tuple[int, str, str]] = []
        """The open looks: where each began, the look, its target."""
        self._ends_in_space = True

    def add(self, text: str) -> None:
        """Add text whose white space counts as single spaces, and not at the start of a line."""
        text = _SPACES.sub(" ", text)
        if self._ends_in_space:
            text = text.lstrip(" ")
        self.add_exact(text)

    def add_exact(self, text: str) -> None:
        """Add text unchanged, except that it is made harmless."""
        text = clean_text(text, LONGEST)
        if text and self._length < LONGEST:
            self._pieces.append(text)
            self._length += len(text)
            self._ends_in_space = text[-1] in " \n"

    def add_words(self, words: Words) -> None:
        """Add text with its looks."""
        if self._length < LONGEST and words.text:
            at = self._length
            self._spans += [Span(a + at, b + at, look, to) for a, b, look, to in words.spans]
            self._pieces.append(words.text)
            self._length += len(words.text)
            self._ends_in_space = words.text[-1] in " \n"

    def add_looking(self, text: str, look: Look, target: str = "") -> None:
        """Add text unchanged, with a look."""
        self.open(look, target)
        self.add_exact(text)
        self.close()

    def add_formula(self, tex: str, apart: bool = False) -> None:
        """Add a formula, as Unicode if possible; if set `apart`, it may have several lines."""
        lines = formula_lines(tex)
        if lines is None:
            text, look = " ".join(tex.split()), Look.TEX
        else:
            text, look = ("\n" if apart else "; ").join(lines), Look.MATHS
        self.open(look)
        self.add_exact(text.replace(" ", FIRM))
        self.close()

    def open(self, look: str, target: str = "") -> None:
        """Begin a look; `close` ends it."""
        self._opened.append((self._length, look, target))

    @property
    def opened_empty(self) -> bool:
        """Whether nothing has been added since the last look began."""
        return bool(self._opened) and self._opened[-1][0] == self._length

    def close(self) -> None:
        """End the last open look."""
        start, look, target = self._opened.pop()
        if look and start < self._length:
            self._spans.append(Span(start, self._length, look, target))

    def finish(self, exact: bool = False) -> Words:
        """Return the text so far, and begin a new one with the same open looks.

        Unless it has to be exact, spaces and empty lines at its ends are dropped.
        """
        if not self._pieces:  # as between blocks
            self._opened = [(0, look, target) for _, look, target in self._opened]
            self._ends_in_space = True
            return NOTHING
        opened = list(self._opened)
        while self._opened:
            self.close()
        whole = Words("".join(self._pieces), tuple(sorted(self._spans)))
        self._pieces, self._length, self._spans, self._ends_in_space = [], 0, [], True
        self._opened = [(0, look, target) for _, look, target in opened]
        if exact:
            return whole
        text = whole.text
        return whole.part(len(text) - len(text.lstrip(" \n")), len(text.rstrip(" \n")))


def link_target(href: str, page: str) -> str:
    """Return the target of a link: `#anchor` within the paper, a web address, or empty."""
    href = href.strip()
    if href.startswith("#"):
        return href if len(href) > 1 else ""
    try:
        address = urljoin(page, href)
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.fragment and _is_same_paper(parts.path, urlsplit(page).path):
        return f"#{parts.fragment}"
    return address if is_web_address(address) else ""


def _is_same_paper(path: str, page: str) -> bool:
    """Return whether two paths belong to the same paper, in any version."""
    bare, here = (re.sub(r"v\d+/?$", "", each.rstrip("/")) for each in (path, page))
    return bare == here or bool(_IN_PAPER.search(path) and not page)
