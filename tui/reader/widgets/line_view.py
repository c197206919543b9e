"""A pane that draws only the lines in sight and scrolls itself.

Textual's ScrollView lays the screen out again whenever the number of lines changes, which is at
every keystroke of a filter; this one never does.
"""

from collections.abc import Callable, Container, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.selection import Selection
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget


class _Frame(NamedTuple):
    """What all lines of the pane have in common, computed once for all lines drawn together."""

    width: int
    """Cells for text."""
    page: int
    """Number of lines in sight."""
    shown: int
    """Number of rows that have text."""
    base: Style
    thumb: range
    """The rows of the thumb; none if everything is in sight."""
    thumb_style: Style


class LineView(Widget, can_focus=True):
    """Lines of text with a scroll position and a thumb in the last column."""

    DEFAULT_CSS = "LineView > .line-view--thumb { color: $foreground 40%; }"
    COMPONENT_CLASSES = {"line-view--thumb"}

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.top = 0
        """Index of the first line in sight."""
        self._dragging = False
        self._frame: _Frame | None = None
        """The same for the lines being drawn now; None while none are."""
        self._styles: dict[str, Style] = {}
        self._fitted = Size(0, 0)
        """The size for which the lines were prepared."""

    def style_of(self, component: str = "") -> Style:
        """Return the style of a component, or of the pane; computed once, not for each line."""
        style = self._styles.get(component)
        if style is None:
            style = self.get_component_rich_style(component) if component else self.rich_style
            self._styles[component] = style
        return style

    def notify_style_update(self) -> None:
        """Forget the styles of another theme or focus."""
        super().notify_style_update()
        self._styles.clear()

    def line_count(self) -> int:
        """Return the number of lines."""
        raise NotImplementedError

    def draw_line(self, index: int, width: int) -> Strip:
        """Return one line, `width` cells wide."""
        raise NotImplementedError

    def line_text(self, index: int) -> str:
        """Return the selectable text of a line."""
        return self.draw_line(index, self.text_width).text

    def fit(self) -> None:
        """Adapt to a new size; changes are drawn at once."""

    @property
    def page(self) -> int:
        """Number of lines in sight."""
        return self._frame.page if self._frame else max(self.content_size.height, 1)

    @property
    def last_top(self) -> int:
        """Index of the first line in sight when the last one is at the bottom."""
        return max(0, self.line_count() - self.page)

    @property
    def lines_shown(self) -> int:
        """Number of rows of the pane that have text."""
        return max(0, min(self.page, self.line_count() - self.top))

    @property
    def text_width(self) -> int:
        """Cells for text: all but the column of the thumb."""
        return self._frame.width if self._frame else max(self.content_size.width - 1, 0)

    def scroll_lines(self, delta: int) -> None:
        """Move the window by lines; it stops at both ends."""
        self.show_from(self.top + delta)

    def scroll_half(self, direction: int) -> None:
        """Move the window by half a page."""
        self.scroll_lines(direction * max(self.page // 2, 1))

    def allowed_top(self, top: int) -> int:
        """Return the possible first line nearest to the given one."""
        return max(0, min(top, self.last_top))

    def show_from(self, top: int) -> None:
        """Make a line the first in sight, as far as the ends allow."""
        top = self.allowed_top(top)
        if top != self.top:
            self.top = top
            self.refresh()

    def refresh_line(self, index: int) -> None:
        """Draw one line again if it is in sight."""
        if 0 <= index - self.top < self.page:
            self.refresh(Region(0, index - self.top, self.content_size.width, 1))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's line filters without its search for the terminal's own colours.

        The themes do not use them, and the search takes a tenth of each frame.
        """
        filters = super().get_line_filters()
        return [each for each in filters if not isinstance(each, ANSIToTruecolor)]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Redraw the rows in sight.

        It adapts its size here, because a message about the size comes only after drawing.
        """
        if self._fitted != self.content_size:
            self._fitted = self.content_size
            self.fit()
        self._frame = self._framed()
        try:
            return super().render_lines(crop)
        finally:
            self._frame = None

    def render_line(self, y: int) -> Strip:
        """Draw the line that is at row `y` of the pane.

        It also answers where the mouse is in its text; marking that in everything painted would
        make every style different, which costs a third of a frame.
        """
        frame = self._frame or self._framed()
        index = self.top + y
        if y < frame.shown:
            strip = self.draw_line(index, frame.width).adjust_cell_length(frame.width, frame.base)
            if self.screen.selections:
                strip = self._with_selection(strip, index)
        else:
            strip = Strip.blank(frame.width, frame.base)
        if not self._frame:
            strip = strip.apply_offsets(0, index)
        in_thumb = y in frame.thumb
        end = Segment("┃", frame.thumb_style) if in_thumb else Segment(" ", frame.base)
        return Strip([*strip, end], frame.width + 1)

    def _framed(self) -> _Frame:
        shown, page, last_top, base = self.lines_shown, self.page, self.last_top, self.style_of()
        thumb = range(0)
        if last_top:
            size = max(1, min(page - 1, page * page // (last_top + page)))
            start = round(self.top * (page - size) / last_top)
            thumb = range(start, start + size)
        muted = self.style_of("line-view--thumb")
        style = base + Style(color=muted.color)
        return _Frame(self.text_width, page, shown, base, thumb, style)

    # Selecting with the mouse: places are characters of a line, and the index of the line

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text of the lines in sight, without trailing spaces."""
        lines = []
        for index in range(self.top, self.top + self.lines_shown):
            text = self.line_text(index)
            if span := _span(selection, index, text):
                lines.append(text[slice(*span)].rstrip())
        return "\n".join(lines).strip("\n"), "\n"

    def _with_selection(self, strip: Strip, index: int) -> Strip:
        selection = self.text_selection
        span = _span(selection, index, strip.text) if selection else None
        if span is None:
            return strip
        start, end = (cell_len(strip.text[:place]) for place in span)
        style = self.screen.get_component_rich_style("screen--selection")
        chosen = strip.crop(start, end)
        marked = [Segment(each.text, (each.style or Style()) + style) for each in chosen]
        return Strip([*strip.crop(0, start), *marked, *strip.crop(end)], strip.cell_length)

    async def _on_click(self, event: events.Click) -> None:
        # A double click opens a paper, and selects nothing.
        event.prevent_default()
        await self.broker_event("click", event)

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.scroll_lines(3)
        event.stop()

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.scroll_lines(-3)
        event.stop()

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        offset = event.get_content_offset(self)
        if offset and offset.x == self.text_width and self.last_top:
            self._dragging = True
            self.screen.clear_selection()
            self.capture_mouse()
            self._drag_to(offset.y)
            event.stop()

    def _on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragging:
            self._drag_to(event.y - self.gutter.top)

    async def _on_mouse_up(self, event: events.MouseUp) -> None:
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _drag_to(self, y: int) -> None:
        self.show_from(round(y * self.last_top / max(self.page - 1, 1)))


class WrappedContent:
    """The lines of a pane that shows one text, wrapped again only if something changed."""

    def __init__(self, pane: LineView, make: Callable[[int], Content]) -> None:
        """`make` returns the content for a width in cells."""
        self._pane = pane
        self._make = make
        self._lines: list[Strip] | None = None

    def forget(self) -> None:
        """Wrap again the next time: the content, the width or the colours have changed."""
        self._lines = None

    @property
    def lines(self) -> list[Strip]:
        """The wrapped lines; the pane is scrolled back if it was below their end."""
        if self._lines is None:
            pane = self._pane
            # The last column but one stays free, so that text never touches the thumb.
            width = max(pane.text_width - 1, 1)
            self._lines = Visual.to_strips(
                pane, self._make(width), width, None, pane.visual_style, apply_selection=False
            )
            pane.top = max(0, min(pane.top, len(self._lines) - pane.page))
        return self._lines


def _span(selection: Selection, index: int, text: str) -> tuple[int, int] | None:
    """Return the range of characters selected in a line; None for none."""
    span = selection.get_span(index)
    if span is None:
        return None
    start, end = span
    return start, len(text) if end < 0 else min(end, len(text))


Item = TypeVar("Item")


def nearest(before: Sequence[Item], place: int, now: Container[Item]) -> Item | None:
    """Return the item that was at a place if it is still there, else the next one, else the last
    before.

    None if no item is left.
    """
    places = chain(range(place, len(before)), range(min(place, len(before)) - 1, -1, -1))
    return next((before[each] for each in places if before[each] in now), None)
