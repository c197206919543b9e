"""The figures of a text: where their pictures stand above the captions, and one of them large."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.fulltext.blocks import Block, Kind
from store.fulltext.document import Blocks, Document
from tui.reader.drawing.render import cut
from tui.reader.full_text.picture_loading import PictureLoader
from tui.reader.job import Job
from tui.reader.pictures.drawn import Drawn, Wanted
from tui.reader.pictures.ways import Way, Ways

MOST = 6
"""Pictures of a figure that are shown in the text."""
LEAST_COLUMNS = 34
"""Cells that each of several pictures beside each other has."""
GAP = 2
LEAST_ROWS, MOST_ROWS = 4, 24
LOADING = "loading the picture…"


class Figures:
    """What is shown of the pictures of one text."""

    def __init__(
        self,
        ways: Ways,
        draw: Callable[[str, Wanted], Drawn],
        job: Job,
        write: Callable[[str], None],
        later: Callable[[Callable[[], None]], object],
    ) -> None:
        """`draw` has a picture of a page and draws it, in the thread of `job`.

        `write` sends the terminal what is not text,
        `later` calls something after this frame.
        """
        self.ways = ways
        self.in_sight: Callable[[], Iterable[tuple[int, int]]] = tuple
        """Yields the lines of pictures in sight: the number of the block, and of its line."""
        self.changed: Callable[[int], None] = lambda number: None
        """Is told of a block whose pictures take other lines than before."""
        self.large: Callable[[], Wanted | None] | None = None
        """The picture that has the screen for itself, while one has."""
        self.large_changed: Callable[[], object] = lambda: None
        self.loader = PictureLoader(
            lambda wanted: draw(self._page, wanted), self._wanted, self._came, job, write
        )
        self._later = later
        self._page = ""
        """Where the text was fetched."""
        self._will_look = False
        self._blocks = Blocks([])
        self._first: int | None = None
        """The number of the first block with a picture."""
        self._width = self._rows = 0

    def show(self, document: Document) -> None:
        """Take another text."""
        self.loader.forget()
        self._blocks, self._page = document.blocks, document.address
        self._first = next(self.numbers(), None)

    def numbers(self) -> Iterator[int]:
        """Yield the numbers of the blocks that have pictures."""
        return (number for number, block in self._blocks.of(Kind.FIGURE) if block.pictures)

    def fit(self, width: int, page: int) -> None:
        """Record the width of the text, and of how many lines are in sight."""
        self._width = max(width, 1)
        self._rows = max(min(page * 2 // 3, MOST_ROWS), LEAST_ROWS)

    def height(self, number: int, block: Block) -> int:
        """Return how many lines the pictures of a block take."""
        if not block.pictures:
            return 0
        if self.ways.inline is Way.OFF:
            return int(bool(self.ways.reason) and number == self._first)
        return sum(map(self._height, self._grid(block))) + (len(block.pictures) > MOST)

    def strip(self, number: int, row: int, style: Style) -> Strip:
        """Return a line of the pictures of a block; `style` is of words in their place."""
        words = partial(_words, style=style)
        if self.ways.inline is Way.OFF:
            return words(f"({self.ways.reason})", self._width)
        block = self._blocks[number]
        for pictures in self._grid(block):
            height = self._height(pictures)
            if row < height:
                gap = Strip.blank(GAP, style)
                parts = [self._part(each, row, height, words, style) for each in pictures]
                return Strip.join([part for each in parts for part in (gap, each)][1:])
            row -= height
        return words(f"{MOST} of {len(block.pictures)} pictures", self._width)

    def get(self, wanted: Wanted) -> Drawn | str | None:
        """Return a picture, or why it can't be shown; None while it is had, which begins soon."""
        drawn = self.loader.get(wanted)
        if drawn is None and not self._will_look:
            self._will_look = True
            self._later(self._look)
        return drawn

    # Inside

    def _grid(self, block: Block) -> Iterator[list[Wanted]]:
        """Yield the pictures of a block that are beside each other."""
        shown = block.pictures[:MOST]
        beside = max(min(len(shown), (self._width + GAP) // (LEAST_COLUMNS + GAP)), 1)
        columns = (self._width - GAP * (beside - 1)) // beside
        for start in range(0, len(shown), beside):
            yield [
                Wanted(address, columns, self._rows, self.ways.inline)
                for address in shown[start : start + beside]
            ]

    def _height(self, pictures: Iterable[Wanted]) -> int:
        return max(map(self._rows_of, pictures))

    def _rows_of(self, wanted: Wanted) -> int:
        """Return how many lines a picture takes; about that while it is not there."""
        drawn = self.loader.get(wanted)
        if drawn is None:
            return min(max(wanted.columns // 3, 1), wanted.rows)
        return 1 if isinstance(drawn, str) else len(drawn.rows)

    def _part(
        self,
        wanted: Wanted,
        row: int,
        height: int,
        words: Callable[[str, int], Strip],
        style: Style,
    ) -> Strip:
        """Return what a picture has on one of the lines."""
        drawn = self.get(wanted)
        if isinstance(drawn, Drawn):
            return centred(drawn, row, wanted.columns, style)
        said = LOADING if drawn is None else f"The picture can't be shown: {drawn}"
        return words(said if row == (height // 2 if drawn is None else 0) else "", wanted.columns)

    def _look(self) -> None:
        self._will_look = False
        self.loader.look()

    def _wanted(self) -> Iterator[Wanted]:
        if self.large is not None:
            if (wanted := self.large()) is not None:
                yield wanted
            return
        if self.ways.inline is Way.OFF:
            return
        for number, row in self.in_sight():
            for pictures in self._grid(self._blocks[number]):
                height = self._height(pictures)
                if 0 <= row < height:
                    yield from pictures
                row -= height

    def _came(self, wanted: Wanted) -> None:
        if self.large is not None:
            self.large_changed()
        for number in self.numbers():
            if wanted.address in self._blocks[number].pictures:
                self.changed(number)


def centred(drawn: Drawn, row: int, width: int, style: Style) -> Strip:
    """Return a row of a picture in the middle of a width; an empty one beside it."""
    if not 0 <= row < len(drawn.rows):
        return Strip.blank(width, style)
    left = Segment(" " * ((width - drawn.columns) // 2), style)
    return Strip([left, *drawn.rows[row]]).adjust_cell_length(width, style)


def _words(text: str, width: int, style: Style) -> Strip:
    return Strip([Segment(cut(text, width), style)]).adjust_cell_length(width, style)
