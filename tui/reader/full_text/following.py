"""Follow the links of a text, by going through them or by the letters over them, and come back."""

from collections.abc import Callable, Sequence
from itertools import islice, product

from store.fulltext.blocks import Block, Kind, Span
from store.fulltext.document import Document
from store.fulltext.reading_places import Place
from tui.reader.full_text.view import FullTextView

MOST_JUMPS = 100
"""Jumps to go back from."""
LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The letters of hints: the keys under the fingers first."""


class Following:
    """The links of a text."""

    def __init__(
        self,
        view: FullTextView,
        open_address: Callable[[str], None],
        ask_about: Callable[[Block], None],
        say: Callable[[str], None],
    ) -> None:
        """`ask_about` asks what to do with an entry of the bibliography."""
        self._view = view
        self._open_address = open_address
        self._ask_about = ask_about
        self._say = say
        self._document: Document | None = None
        self._jumps = Jumps()
        self._hinted: dict[str, tuple[int, Span]] = {}
        """The links in sight by the letters over them, while those are shown."""
        self._typed = ""

    def show(self, document: Document) -> None:
        """Take another text."""
        self._document = document
        self._jumps.clear()
        self.end_hints()

    # One after the other

    def choose(self, step: int) -> None:
        """Choose the next (1) or previous (-1) link."""
        if not self._view.move_link(step):
            self._say("No more links." if step > 0 else "No earlier link.")

    def follow(self) -> None:
        """Follow the link that is chosen; at an entry of the bibliography ask what to do."""
        if self._view.link is not None:
            self._follow(*self._view.link)
        elif (entry := self._entry_in_sight()) is not None:
            self._ask_about(entry)
        else:
            self._say("Press Tab to go to a link, or f to label the links.")

    def jump_to(self, block: int) -> None:
        """Go to a block, from where `back` comes back."""
        self._jumps.leave(self._view.place)
        self._view.choose_link(0, None)
        self._view.landed = block
        self._view.show_place(Place(block))

    def back(self) -> None:
        """Go back to where the last jump began."""
        place = self._jumps.back()
        if place is None:
            self._say("There is no jump to go back from.")
        else:
            self._view.landed = None
            self._view.show_place(place)

    def _follow(self, block: int, link: Span) -> None:
        if not link.target.startswith("#"):
            self._open_address(link.target)
            return
        target = self._document.block_at(link.target) if self._document else None
        if target is None:
            self._say("The target of this link is not in the text.")
            return
        self.jump_to(target)

    def _entry_in_sight(self) -> Block | None:
        """Return the entry jumped to, while it is in sight, else one at the top."""
        if self._document is None:
            return None
        blocks = self._document.blocks
        for number in (self._view.landed, self._view.place.block):
            if number is not None and number < len(blocks) and self._view.sees(Place(number)):
                block = blocks[number]
                if block.kind is Kind.REFERENCE:
                    return block
        return None

    # By letters

    @property
    def hinting(self) -> bool:
        """Whether letters are shown over the links."""
        return bool(self._hinted)

    def begin_hints(self) -> None:
        """Show letters over the links in sight."""
        links = self._view.links_in_sight()
        if not links:
            self._say("There is no link in sight.")
            return
        self._hinted = dict(zip(hints_for(len(links)), links, strict=True))
        self._typed = ""
        self._show_hints()

    def hint_typed(self, sign: str) -> None:
        """Take a letter of a hint; any other key ends them."""
        self._typed += sign.lower()
        left = [hint for hint in self._hinted if hint.startswith(self._typed)]
        if self._typed in self._hinted:
            block, link = self._hinted[self._typed]
            self.end_hints()
            self._follow(block, link)
        elif left and sign:
            self._show_hints()
        else:
            self.end_hints()

    def end_hints(self) -> None:
        """Take the letters away."""
        self._hinted = {}
        self._show_hints()

    def _show_hints(self) -> None:
        typed = len(self._typed)
        self._view.hints = {
            (block, link.start): hint[typed:]
            for hint, (block, link) in self._hinted.items()
            if hint.startswith(self._typed)
        }
        self._view.refresh()


class Jumps:
    """The places before each jump, to go back to the latest first."""

    def __init__(self) -> None:
        self._left: list[Place] = []

    def leave(self, place: Place) -> None:
        """Record the place before a jump."""
        if not self._left or self._left[-1] != place:
            self._left = [*self._left[1 - MOST_JUMPS :], place]

    def back(self) -> Place | None:
        """Return the latest place and forget it; None if there is none."""
        return self._left.pop() if self._left else None

    def clear(self) -> None:
        """Forget all places: they are of another text."""
        self._left.clear()


def hints_for(count: int) -> Sequence[str]:
    """Return so many hints, of one letter if that is enough; none begins another."""
    if count <= len(LETTERS):
        return LETTERS[:count]
    return ["".join(pair) for pair in islice(product(LETTERS, repeat=2), count)]
