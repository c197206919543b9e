"""The line at the bottom: the present keys, as many as fit, and always the help key."""

from collections.abc import Sequence

from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.dom import DOMNode
from textual.reactive import Reactive
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

GAPS = ("  ", " ")
"""The gap between two keys, as wide as fits."""


class KeyLine(Widget):
    """One line; a click on a key presses it. It drops whole keys, never a part of one.

    Textual's footer is one widget per key, made again whenever the focus moves, and cut at its end.
    """

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom; height: 1; padding: 0 1;
        color: $footer-description-foreground; background: $footer-background;
        &:ansi { background: ansi_default; color: ansi_default; }
    }
    """

    auto_links = Reactive(False)
    """Keys are not links, though they can be clicked."""

    def on_mount(self) -> None:
        """Follow the available actions."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> RenderResult:
        """Lay out the keys that have a place here."""
        active = self.screen.active_bindings
        bindings: dict[str, Binding] = {}
        for node in (self.screen.focused or self.screen).ancestors_with_self:
            for key, binding in _in_order(node):
                if binding.show and key in active and active[key].binding is binding:
                    bindings.setdefault(binding.action, binding)
        return fitting(
            [(binding, self.app.get_key_display(binding)) for binding in bindings.values()],
            self.content_size.width,
        )


def _in_order(node: DOMNode) -> list[tuple[str, Binding]]:
    """Return the bindings as they are in the source; Textual puts those inherited first."""
    ids = [binding.id for binding in node.BINDINGS if isinstance(binding, Binding)]
    place = {name: place for place, name in enumerate(ids)}
    return sorted(node._bindings, key=lambda each: place.get(each[1].id, len(ids)))


def fitting(bindings: Sequence[tuple[Binding, str]], width: int) -> Content:
    """Return the first bindings that fit into a line, always including help if there is one.

    Each comes with its key's label.
    """
    items = [(binding, _item(binding, shown)) for binding, shown in bindings]
    gap = next((gap for gap in GAPS if _width(items, gap) <= width), GAPS[-1])
    while _width(items, gap) > width and (left_out := _last_but_help(items)) is not None:
        del items[left_out]
    return Content(gap).join(item for _, item in items)


def _width(items: Sequence[tuple[Binding, Content]], gap: str) -> int:
    return sum(item.cell_length + len(gap) for _, item in items) - len(gap)


def _last_but_help(items: Sequence[tuple[Binding, Content]]) -> int | None:
    places = range(len(items) - 1, -1, -1)
    return next((n for n in places if not (items[n][0].id or "").endswith(".help")), None)


def _item(binding: Binding, shown: str) -> Content:
    pressed = Style.from_meta({"@click": f"app.simulate_key({binding.key!r})"})
    return Content.assemble(
        (shown, "bold $footer-key-foreground"), f" {binding.description}"
    ).stylize(pressed)
