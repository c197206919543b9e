"""The elements of LaTeXML's pages as the blocks of a paper."""

import re
from collections.abc import Callable
from dataclasses import replace

from store.fulltext.blocks import Block, Kind, Look, Words
from store.fulltext.html_tree import Element
from store.fulltext.latexml_lines import BLOCKS, LineReader, is_skipped
from store.fulltext.latexml_tables import read_equations, read_table
from store.fulltext.wording import Wording

_HEADING = re.compile("h[1-6]")
HEADING_LEVELS = {
    "document": 1, "abstract": 2, "part": 2, "chapter": 2, "section": 2, "appendix": 2,
    "bibliography": 2, "acknowledgements": 2, "index": 2, "glossary": 2, "subsection": 3,
    "subsubsection": 4, "paragraph": 5, "subparagraph": 6,
}  # fmt: skip
"""By the role of a title; other roles run in with the paragraph below."""
_OF_PARAGRAPH = re.compile(r"\.p\d+(?:\.\d+)*$")
_LONGEST_NUMBER = 12
"""Characters of the number of a line of code."""
BLOCK_LOOKS = 25
"""The cost of reading a block, in looks at an element."""
_DRAWING = "a drawing, shown on the paper's page"


class PaperReader:
    """Reads the elements of a paper into blocks."""

    def __init__(self, address: str) -> None:
        """Links and pictures are relative to `address`."""
        self.blocks: list[Block] = []
        self._lines = LineReader(address)
        """The current line, its footnotes and its pictures."""
        self._anchors: list[str] = []
        """Ids of elements that start at the next block."""
        self._leads: list[tuple[str, str]] = []
        """The prefix of each open list and quotation for the next line, and for others."""
        self._run_in = False
        """Whether the line continues in the paragraph below."""
        self._in_figure = False
        """Whether pictures wait for a caption."""

    def read(self, element: Element) -> None:
        """Read the contents of an element; TooMuchWorkError at the limit, after the last block."""
        try:
            self._children(element)
        finally:
            self._run_in = False
            self._flush()

    # Elements

    def _children(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, str):
                if self._run_in and child.strip():
                    self._run_in = False
                self._lines.line.add(child)
            elif not is_skipped(child):
                self._element(child)

    def _element(self, node: Element) -> None:
        special = self._special(node)
        if special or node.name in BLOCKS:
            node.work.spend(BLOCK_LOOKS)
            self._flush()
            self._anchor(node)
            (special or self._children)(node)
            self._flush()
        else:
            self._add_inline(node)

    def _add_inline(self, node: Element) -> None:
        if node.name == "math":
            self._run_in = False
        self._lines.add(node, self._children)

    def _special(self, node: Element) -> Callable[[Element], None] | None:
        """Return the reader of an element that is more than a box around others."""
        classes, name = node.classes, node.name
        if _HEADING.fullmatch(name):
            return self._heading
        if classes & {"ltx_equation", "ltx_equationgroup"} and name in ("table", "div", "span"):
            return self._equations
        if "ltx_listing" in classes or name == "pre":
            return self._listing
        if name == "table" or "ltx_tabular" in classes:
            return self._table
        if name == "figure" or "ltx_float" in classes:
            return self._figure
        if name == "figcaption" or "ltx_caption" in classes:
            return self._caption
        if name == "svg" or "ltx_picture" in classes:
            return self._drawing
        if name in ("ul", "ol", "dl"):
            return self._list
        if name == "blockquote" or "ltx_quote" in classes:
            return self._quote
        if "ltx_authors" in classes:
            return self._authors
        if name == "hr":
            return lambda node: self._put(Block(Kind.RULE, Words("─")))
        return None

    # Blocks

    def _heading(self, node: Element) -> None:
        role = next((each[10:] for each in node.classes if each.startswith("ltx_title_")), "")
        tag = next((each for each in node.elements() if "ltx_tag" in each.classes), None)
        label = " ".join(tag.text().split()) if tag else ""
        words = self._lines.words(node)
        if role and role not in HEADING_LEVELS:
            # Of a theorem or proof: the first words of the paragraph below.
            self._begin_run_in(words)
            return
        if label and words.text.startswith(label):
            rest = words.text[len(label) :]
            words = words.part(len(words.text) - len(rest.lstrip(" .:")), len(words.text))
        level = HEADING_LEVELS.get(role) or int(node.name[1])
        self._put(Block(Kind.HEADING, words, level=level, label=label))

    def _begin_run_in(self, words: Words) -> None:
        """Begin the paragraph below with these words in bold."""
        self._lines.line.add_looking(words.text, Look.BOLD)
        self._lines.line.add_exact(" ")
        self._run_in = True

    def _equations(self, node: Element) -> None:
        for block in read_equations(node, self._lines.words):
            self._put(block)

    def _table(self, node: Element) -> None:
        table = read_table(node, self._lines.words)
        if table is None:  # it is only layout
            self._children(node)
        else:
            self._put(table)

    def _listing(self, node: Element) -> None:
        lines = [each for each in node.walk() if "ltx_listingline" in each.classes]
        numbers = [_number_of(line) for line in lines]
        texts = [self._lines.exact_words(line) for line in lines]
        while len(texts) > 1 and not (texts[-1].text.strip() or numbers[-1]):
            del texts[-1], numbers[-1]
        margin = max(map(len, numbers), default=0)
        indents = (len(each.text) - len(each.text.lstrip(" ")) for each in texts if each.text)
        common = min(indents, default=0) if margin else 0
        code = Wording()
        for index, (number, words) in enumerate(zip(numbers, texts, strict=True)):
            code.add_exact("\n" if index else "")
            code.add_exact(f"{number:>{margin}} " if margin else "")
            code.add_words(words.part(common, len(words.text)))
        if not lines:
            code.add_exact(node.text().strip("\n"))
        self._put(Block(Kind.CODE, code.finish(exact=True)))

    def _figure(self, node: Element) -> None:
        """Read a figure: pictures come with the caption, tables and listings before it."""
        outer, self._lines.pictures = self._lines.pictures, []
        was_in_figure, self._in_figure = self._in_figure, True
        count = len(self.blocks)
        self._children(node)
        self._flush()
        self._in_figure = was_in_figure
        if self._lines.pictures:
            self._put(Block(Kind.FIGURE))
        elif len(self.blocks) == count and node.find(of_class="ltx_missing_image"):
            self._put(Block(Kind.FIGURE, Words("(the picture is missing)")))
        self._lines.pictures = outer

    def _caption(self, node: Element) -> None:
        tag = node.find(of_class="ltx_tag")
        label = tag.text().strip().rstrip(":. ") if tag else ""
        words = self._lines.words(node)
        kind = (
            Kind.FIGURE if self._lines.pictures or label.lower().startswith("fig") else Kind.CAPTION
        )
        self._put(Block(kind, words, label=label))

    def _drawing(self, node: Element) -> None:
        """Add words for a drawing that is part of the page: there is no picture to fetch."""
        self._put(Block(Kind.FIGURE, Words(_DRAWING)))

    def _list(self, node: Element) -> None:
        entries = "ltx_biblist" in node.classes
        number = 0
        for item in node.elements():
            item.work.spend(BLOCK_LOOKS)
            self._flush()
            self._anchor(item)
            if "ltx_bibitem" in item.classes or entries:
                self._entry(item)
                continue
            number += 1
            tag = item.find(of_class="ltx_tag_item") if item.name != "dd" else None
            marker = " ".join(tag.text().split()) if tag else ""
            if item.name == "dt":
                self._begin_run_in(self._lines.words(item))
                continue
            if tag is None and item.name == "li":
                marker = f"{number}." if node.name == "ol" else "•"
            lead = f"{marker} " if marker else "  "
            self._leads.append((lead, " " * min(len(lead), 8)))
            if tag:
                tag.classes = frozenset(("ltx_note_type",))  # it has been read
            self._children(item)
            self._flush()
            self._leads.pop()

    def _entry(self, item: Element) -> None:
        """Read an entry of the bibliography."""
        tag = item.find(of_class="ltx_tag_bibitem")
        label = " ".join(tag.text().split()) if tag else ""
        if tag:
            tag.classes = frozenset(("ltx_note_type",))
        lead = f"{label} " if label else ""
        self._put(
            Block(Kind.REFERENCE, self._lines.words(item), first=lead, rest="  ", label=label)
        )

    def _quote(self, node: Element) -> None:
        self._leads.append(("│ ", "│ "))
        self._children(node)
        self._flush()
        self._leads.pop()

    def _authors(self, node: Element) -> None:
        names = [
            self._lines.words(each) for each in node.walk() if "ltx_personname" in each.classes
        ]
        text = ", ".join(name.text for name in names if name.text)
        if text:
            self._put(Block(Kind.PARAGRAPH, Words(text)))

    # Adding blocks

    def _anchor(self, node: Element) -> None:
        name = node.get("id")
        if name and not _OF_PARAGRAPH.search(name) and len(name) < 200:
            self._anchors.append(name)

    def _flush(self) -> None:
        """End the line as a paragraph."""
        if self._run_in:
            return
        words = self._lines.line.finish()
        if words.text:
            self._put(Block(Kind.PARAGRAPH, words))
        if self._lines.pictures and not self._in_figure:  # not in a figure
            self._put(Block(Kind.FIGURE))

    def _put(self, block: Block) -> None:
        """Add a block with its list or quotation signs, anchors and footnotes."""
        if self._run_in:
            self._run_in = False
            self._flush()
        first = "".join(first for first, _ in self._leads)
        rest = "".join(rest for _, rest in self._leads)
        self._leads = [(rest, rest) for _, rest in self._leads]
        pictures = block.pictures
        if block.kind is Kind.FIGURE:
            pictures, self._lines.pictures = tuple(self._lines.pictures), []
        self.blocks.append(
            replace(
                block,
                anchors=(*block.anchors, *self._anchors),
                first=first + block.first,
                rest=rest + block.rest,
                pictures=pictures,
            )
        )
        self._anchors = []
        notes, self._lines.notes = self._lines.notes, []
        self.blocks += notes


def _number_of(line: Element) -> str:
    """Remove the number of a line of code and return it; empty if there is none."""
    tag = line.find(of_class="ltx_tag_listingline")
    if tag is None:
        return ""
    tag.classes = frozenset(("ltx_note_type",))  # it has been read
    return " ".join(tag.text().split())[:_LONGEST_NUMBER]
