"""The text in the blocks of LaTeXML's pages: looks, links, formulas and marks of footnotes."""

from collections.abc import Callable

from store.fulltext.blocks import Block, Kind, Look, Words
from store.fulltext.html_tree import Element
from store.fulltext.wording import FIRM, Wording, link_target
from store.latex.tex_commands import script

SKIPPED_NAMES = frozenset((
    *("script", "style", "nav", "header", "footer", "dialog", "button", "form", "head"),
    *("template", "noscript", "iframe", "input", "textarea", "select", "meta", "link"),
))  # fmt: skip
"""Elements that are not part of the paper."""
SKIPPED_CLASSES = frozenset((
    *("ltx_page_navbar", "ltx_page_header", "ltx_page_footer", "ltx_TOC", "infobox"),
    *("ds-announcement", "package-alerts", "ltx_listing_data", "ltx_author_notes", "ltx_rule"),
    *("ltx_role_refnum", "ltx_dates", "ltx_pagination", "ar5iv-footer", "ltx_bib_cited"),
    *("ltx_note_type",),
))  # fmt: skip
"""Classes of elements that are page furniture, or repeated elsewhere."""
BLOCKS = frozenset((
    *("address", "article", "aside", "body", "details", "div", "main", "p", "section", "summary"),
    *("html", "center", "dd", "dt", "li", "tbody", "td", "tr", "th", "thead", "tfoot"),
))  # fmt: skip
"""Elements that start a new line."""
LOOKS = {
    "b": Look.BOLD, "strong": Look.BOLD, "i": Look.ITALIC, "em": Look.ITALIC, "code": Look.CODE,
    "tt": Look.CODE, "kbd": Look.CODE, "s": Look.STRUCK, "del": Look.STRUCK,
}  # fmt: skip
LOOKS_OF_CLASSES = {
    "ltx_ERROR": Look.CODE, "ltx_font_bold": Look.BOLD, "ltx_font_italic": Look.ITALIC,
    "ltx_emph": Look.ITALIC, "ltx_font_typewriter": Look.CODE, "ltx_font_slanted": Look.ITALIC,
}  # fmt: skip
LINE_LOOKS, MATHS_LOOKS = 10, 15
"""The cost of reading an element, in looks at an element, and the extra cost of a formula."""
_SIGN = 48
"""Pixels of width and height below which a picture is a sign among words."""


class LineReader:
    """Reads elements into the current line."""

    def __init__(self, address: str) -> None:
        """Links and pictures are relative to `address`."""
        self._address = address
        self._note_count = 0
        self.line = Wording()
        self.notes: list[Block] = []
        """Footnotes of the current block."""
        self.pictures: list[str] = []
        """Addresses of the pictures of the current block."""

    def words(self, element: Element) -> Words:
        """Return the text of an element on one line, even if it contains blocks."""
        outer, self.line = self.line, Wording()
        self._flat(element)
        words, self.line = self.line.finish(), outer
        return words

    def exact_words(self, element: Element) -> Words:
        """Return a line of code, with its spaces; it may contain formulas."""
        outer, self.line = self.line, Wording()
        self._exact(element)
        words, self.line = self.line.finish(exact=True), outer
        return words

    def add(self, node: Element, inside: Callable[[Element], None]) -> None:
        """Add an element to the line; `inside` reads its contents."""
        node.work.spend(LINE_LOOKS)
        name, classes = node.name, node.classes
        if name == "math":
            self._add_maths(node)
        elif name == "br":
            self.line.add_exact("\n")
        elif name == "img":
            self._add_picture(node)
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
        """Read only the text of an element."""
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
        node.work.spend(MATHS_LOOKS)
        tex = node.get("alttext")
        if tex:
            self.line.add_formula(tex)
        else:
            self.line.add(node.text())

    def _add_note(self, node: Element) -> None:
        """Put a footnote below the block, and its mark into the line."""
        mark = node.find(of_class="ltx_note_mark")
        sign = mark.text().strip() if mark else "*"
        words = self.words(node.find(of_class="ltx_note_content") or node)
        raised = script("^", sign)
        # The note repeats the mark, raised, and as its tag not raised.
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

    def _add_picture(self, node: Element) -> None:
        address = link_target(node.get("src"), self._address)
        sizes = [node.get(name) for name in ("width", "height")]
        is_sign = all(size.isdecimal() and int(size[:6]) < _SIGN for size in sizes)
        if address.startswith("http") and not is_sign:
            self.pictures.append(address)


def is_skipped(node: Element) -> bool:
    """Return whether an element is not part of the paper, or repeated elsewhere."""
    return node.name in SKIPPED_NAMES or not SKIPPED_CLASSES.isdisjoint(node.classes)
