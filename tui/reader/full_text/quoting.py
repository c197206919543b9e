"""Parts of a text as quotations, with the section they are in."""

from collections.abc import Callable, Sequence

from store.fulltext.blocks import Block, Kind
from store.fulltext.document import Document
from store.fulltext.wording import FIRM
from tui.reader.full_text.view import FullTextView

_NO_QUOTATION = frozenset((Kind.HEADING, Kind.RULE))


class Quoting:
    """What is quoted: the paragraph in sight, a range that is marked, what the mouse chose."""

    def __init__(
        self, view: FullTextView, quote: Callable[[str], bool], say: Callable[[str], None]
    ) -> None:
        """`quote` keeps a quotation."""
        self._view = view
        self._quote = quote
        self._say = say
        self._document: Document | None = None
        self.begun: int | None = None
        """The block at which a range was begun."""

    def show(self, document: Document) -> None:
        """Take another text."""
        self._document, self.begun = document, None

    def toggle_range(self) -> None:
        """Begin a range at the paragraph in sight, or give it up."""
        self.begun = self._paragraph() if self.begun is None else None
        self._view.show_range(self.begun)

    def copy(self, selected: str) -> None:
        """Quote what the mouse chose, else the range, else the paragraph in sight."""
        if self._document is None or (here := self._paragraph()) is None:
            self._say("There is nothing to quote here.")
            return
        first, last = sorted((here if self.begun is None else self.begun, here))
        chosen = [
            block
            for block in self._document.blocks[first : last + 1]
            if block.kind not in _NO_QUOTATION
        ]
        text = " ".join(selected.split()) or _text_of(chosen)
        lines = "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))
        section = " › ".join(self._document.section_of(first))
        if self._quote(f"{lines}\n— {section}" if section else lines):
            self._say(f"Quoted into the note: {_beginning(text)}")
        self.begun = None
        self._view.show_range(None)

    def _paragraph(self) -> int | None:
        """Return the first block that begins in sight and can be quoted, else the one there."""
        if self._document is None:
            return None
        blocks = self._document.blocks
        seen = [n for n in self._view.blocks_in_sight() if blocks[n].kind not in _NO_QUOTATION]
        whole = [number for number in seen if self._view.sees_beginning_of(number)]
        return next(iter(whole or seen), None)


def _text_of(blocks: Sequence[Block]) -> str:
    return "\n\n".join(f"{block.first}{block.plain}" for block in blocks).replace(FIRM, " ")


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 50 else f"{words[:49]}…"
