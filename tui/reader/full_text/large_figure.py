"""One picture of a text with the screen for itself, and the way to the others."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from store.fulltext.blocks import Block
from store.fulltext.document import Blocks
from store.text.clean import clean_line
from tui.reader.drawing.render import fit
from tui.reader.full_text.figure_making import TextPictures
from tui.reader.full_text.figures import LOADING, Figures, centred
from tui.reader.keyboard.keys import FIGURE_KEYS
from tui.reader.pictures.drawn import Drawn, Wanted
from tui.reader.pictures.ways import Way
from tui.reader.requests import AddressOpened
from tui.reader.widgets.key_line import KeyLine


class LargeFigure(ModalScreen[None]):
    """Shows the pictures of a text one by one; figures have them, `write` sends sixels."""

    BINDINGS: ClassVar[list[BindingType]] = FIGURE_KEYS
    DEFAULT_CSS = """
    LargeFigure {
        layout: vertical; background: $background;
        & > #picture-title { height: 1; color: $text-muted; }
        & > #picture-caption { height: auto; max-height: 4; max-width: 92; padding: 0 1; }
    }
    """

    def __init__(
        self,
        figures: Figures,
        pictures: Sequence[tuple[Block, str]],
        index: int,
        write: Callable[[str], None],
    ) -> None:
        """`pictures` has the address of each with its figure; `index` is the one shown first."""
        super().__init__()
        self._figures = figures
        self._pictures = pictures
        self._index = index
        self._title = Static(id="picture-title", markup=False)
        self._picture = PictureView(self._shown, write)
        self._caption = Static(id="picture-caption", markup=False)

    def compose(self) -> ComposeResult:
        """Lay out which picture it is, the picture, its caption and the keys."""
        yield self._title
        yield self._picture
        yield self._caption
        yield KeyLine()

    def on_mount(self) -> None:
        """Take the turn of the pictures in the text."""
        self._figures.large = self._wanted
        self._figures.large_changed = self._picture.refresh
        self._show()

    def on_unmount(self) -> None:
        """Give it back."""
        self._figures.large = None

    def on_resize(self) -> None:
        """Fit the title."""
        self._show()

    def action_move(self, step: int) -> None:
        """Show the next (1) or previous (-1) picture."""
        index = self._index + step
        if 0 <= index < len(self._pictures):
            self._index = index
            self._show()
        else:
            self.notify("No more pictures." if step > 0 else "No earlier picture.")

    def action_open(self) -> None:
        """Open the picture's own address."""
        self.app.post_message(AddressOpened(self._pictures[self._index][1]))

    def action_cancel(self) -> None:
        """Go back to the text."""
        self.dismiss(None)

    def _show(self) -> None:
        block, _ = self._pictures[self._index]
        name = clean_line(block.label) or "Figure"
        count = f"picture {self._index + 1} of {len(self._pictures)} "
        title = fit(f" {name}", max(self.size.width - len(count), 0))
        self._title.update(Content(title + count), layout=False)
        self._caption.update(Content(block.plain.strip() or name))
        self._picture.refresh()

    def _wanted(self) -> Wanted | None:
        width, height = self._picture.content_size
        if not width or not height:
            return None
        return Wanted(self._pictures[self._index][1], width, height, self._figures.ways.large)

    def _shown(self) -> Drawn | str | None:
        """Return the picture, or why it can't be shown; None while it is being had."""
        wanted = self._wanted()
        return None if wanted is None else self._figures.get(wanted)


def enlarge(
    text: Screen[str | None], blocks: Blocks, in_sight: range, pictures: TextPictures
) -> None:
    """Show the first picture in sight, else the next below, else the last; or say why not."""
    figures = pictures.figures
    if figures.ways.large is Way.OFF:
        off = 'Pictures are off: images = "off" in the settings.'
        text.notify(clean_line(figures.ways.reason) or off, markup=False)
        return
    found = [
        (number, blocks[number], address)
        for number in figures.numbers()
        for address in blocks[number].pictures
    ]
    if not found:
        text.notify("This text has no pictures.")
        return
    below = (index for index, (number, _, _) in enumerate(found) if number >= in_sight.start)
    index = next(below, len(found) - 1)
    shown = [(block, address) for _, block, address in found]
    text.app.push_screen(LargeFigure(figures, shown, index, pictures.write))


class PictureView(Widget):
    """A picture in the middle of its room, or words in its place."""

    DEFAULT_CSS = "PictureView { height: 1fr; }"

    def __init__(
        self, shown: Callable[[], Drawn | str | None], write: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._shown = shown
        self._write = write

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the rows of cells; sixels are painted over them once they are on the screen."""
        drawn = self._shown()
        if isinstance(drawn, Drawn) and drawn.painted:
            self.call_after_refresh(self._paint, drawn)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw a row."""
        width, height = self.content_size
        drawn, style = self._shown(), self.rich_style
        if isinstance(drawn, Drawn):
            top = max(height - len(drawn.rows), 0) // 2
            return centred(drawn, y - top, width, style)
        words = LOADING if drawn is None else f"The picture can't be shown: {drawn}"
        said = fit(words.center(width), width) if y == height // 2 else " " * width
        return Strip([Segment(said, style)], width)

    def _paint(self, drawn: Drawn) -> None:
        """Paint sixels, if the picture is still the one that is shown, and nothing is over it."""
        if self._shown() is not drawn or not self.screen.is_active:
            return
        area = self.content_region
        across = area.x + (area.width - drawn.columns) // 2
        down = area.y + max(area.height - len(drawn.rows), 0) // 2
        self._write(f"\x1b7\x1b[{down + 1};{across + 1}H{drawn.painted}\x1b8")
