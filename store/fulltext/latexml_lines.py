"""The text within the blocks of LaTeXML's pages: looks, links, formulas and calls of footnotes."""

from collections.abc import Callable

from store.fulltext.blocks import Block, Kind, Look, Words
from store.fulltext.html_tree import Element
from store.fulltext.latexml_classes import (
    BLOCKS,
    LOOKS,
    LOOKS_OF_CLASSES,
    SKIPPED_CLASSES,
    SKIPPED_NAMES,
)
from store.fulltext.wording import FIRM, Wording, link_target
from store.latex.commands import script

LINE_LOOKS, MATHS_LOOKS = 10, 15
"""What reading an element costs, in looks at one, and what a formula costs besides."""
_SIGN = 48
"""Pixels, across and down, below which a picture is a sign among words."""


class LineReader:
    """Reads elements onto the line that is being put together."""

    def __init__(self, address: str) -> None:
        """`address` is what links and pictures are relative to."""
        self._address = address
        self._note_count = 0
        self.line = Wording()
        self.notes: list[Block] = []
        """Footnotes that were called since they were taken last."""
        self.pictures: list[str] = []
        """Addresses of the pictures met since they were taken last."""

    def words(self, element: Element) -> Words:
        """Return the text of an element on one line, whatever blocks are in it."""
        kept, self.line = self.line, Wording()
        self._flat(element)
        words, self.line = self.line.take(), kept
        return words

    def exact_words(self, element: Element) -> Words:
        """Return a line of code: its spaces count, and formulas may be in it."""
        kept, self.line = self.line, Wording()
        self._exact(element)
        words, self.line = self.line.take(exact=True), kept
        return words

    def add(self, node: Element, inside: Callable[[Element], None]) -> None:
        """Add an element to the line; `inside` reads what is in it."""
        node.work.take(LINE_LOOKS)
        name, classes = node.name, node.classes
        if name == "math":
            self._add_maths(node)
        elif name == "br":
            self.line.add_exact("\n")
        elif name == "img":
            self._take_picture(node)
        elif "ltx_note" in classes:
            self._add_note(node)
        elif name in ("sup", "sub"):
            words = self.words(node)
            if words.spans:
                self.line.add_words(words)
            else:
                self.line.add_exact(script("^" if name == "sup" else "_", words.text))
        elif name == "a" and node.get("href"):
            self.line.open(Look.LINK, link_target(node.get("href"), self._address))
            inside(node)
            self.line.close()
        else:
            look = LOOKS.get(name, "") or next(
                (look for each, look in LOOKS_OF_CLASSES.items() if each in classes), ""
            )
            self.line.open(look)
            inside(node)
            self.line.close()

    def _flat(self, element: Element) -> None:
        """Read an element of which only the text counts."""
        for child in element.children:
            if isinstance(child, str):
                self.line.add(child)
            elif not is_skipped(child):
                apart = " " if child.name in BLOCKS or child.name == "br" else ""
                self.line.add(apart)
                if child.name != "br":
                    self.add(child, self._flat)
                self.line.add(apart)

    def _exact(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.line.add_exact(child.replace("\n", "").replace(FIRM, " "))
            elif "ltx_rule" in child.classes and "height:100%" in child.get("style"):
                self.line.add_exact("│")  # beside the lines of a loop
            elif not is_skipped(child):
                self.add(child, self._exact)

    def _add_maths(self, node: Element) -> None:
        node.work.take(MATHS_LOOKS)
        tex = node.get("alttext")
        if tex:
            self.line.add_formula(tex)
        else:
            self.line.add(node.text())

    def _add_note(self, node: Element) -> None:
        """Set a footnote aside, for below the block; a mark stays where it is called."""
        mark = node.find(of_class="ltx_note_mark")
        sign = mark.text().strip() if mark else "*"
        words = self.words(node.find(of_class="ltx_note_content") or node)
        raised = script("^", sign)
        # The mark is in the note again, raised and, as its tag, not.
        bare = words.text.removeprefix(raised).lstrip().removeprefix(sign).lstrip()
        words = words.part(len(words.text) - len(bare), len(words.text))
        raised = f"[{sign}]" if raised.startswith("^") else raised
        self._note_count += 1
        anchor = node.get("id") or f"note.{self._note_count}"
        if "ltx_role_footnotetext" not in node.classes:
            self.line.add_looking(raised, Look.LINK, f"#{anchor}")
        if words.text:
            lead = f"{raised} "
            self.notes.append(
                Block(Kind.NOTE, words, (anchor,), first=lead, rest=" " * len(lead), label=sign)
            )

    def _take_picture(self, node: Element) -> None:
        address = link_target(node.get("src"), self._address)
        sizes = [node.get(name) for name in ("width", "height")]
        is_sign = all(size.isdecimal() and int(size[:6]) < _SIGN for size in sizes)
        if address.startswith("http") and not is_sign:
            self.pictures.append(address)


def is_skipped(node: Element) -> bool:
    """Return whether an element is not a part of the paper, or said elsewhere."""
    return node.name in SKIPPED_NAMES or not SKIPPED_CLASSES.isdisjoint(node.classes)
