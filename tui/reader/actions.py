"""The table of actions that one part does: a line an action."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar

from textual.screen import Screen

ACTIONS = {
    "move": "panes.list.move",
    "move_half": "panes.list.move_half",
    "move_to": "news.move_to",
    "move_day": "panes.list.move_to_day",
    "scroll_detail": "panes.detail.scroll_lines",
    "move_border": "panes.split.move",
    "select": "panes.toggle_selected",
    "select_range": "panes.toggle_range",
    "next_unread": "reading.next_unread",
    "related": "parts.related.show",
    "full_text": "reading.full_text",
    "texts_ahead": "reading.texts_ahead",
    "star": "marking.star",
    "read": "marking.read",
    "tag": "marking.tag",
    "rename_tag": "marking.rename_tag",
    "make_rule": "parts.ruling.make",
    "run_command": "parts.running.run",
    "triage": "parts.triage.begin",
    "undo": "marking.undo",
    "redo": "marking.redo",
    "note": "parts.noting.write",
    "filter": "sight.edit_filter",
    "accept_filter": "filter_line.accept",
    "search_elsewhere": "parts.outward.search",
    "cancel_filter": "filter_line.cancel",
    "earlier_filter": "filter_line.earlier",
    "later_filter": "filter_line.later",
    "sort": "finding.sort",
    "hidden": "finding.toggle_hidden",
    "view": "parts.views.go",
    "save_view": "parts.views.save",
    "rename_view": "parts.views.rename",
    "subscribe": "parts.feeds.choose",
    "open_entry": "parts.side_lines.open",
    "remove_entry": "parts.side_lines.remove",
    "restore_entry": "parts.side_lines.restore",
    "close_sidebar": "sight.close_sidebar",
    "copy_link": "parts.taking.copy_link",
    "copy_menu": "parts.taking.copy_menu",
    "open_page": "parts.taking.open_page",
    "open_pdf": "parts.pdfs.open",
    "send_to_zotero": "parts.sending.send",
    "fetch_pdfs": "parts.pdfs.fetch",
    "open_link": "parts.taking.open_link",
}
"""The part and its method, by the name of the action in a table of keys."""

KEEPING = frozenset(
    ("texts_ahead", "run_command", "open_pdf", "fetch_pdfs", "send_to_zotero")
)  # fmt: skip
"""Actions that store something of a paper: one that the library lacks is kept first."""

S = TypeVar("S", bound=type[Screen[Any]])


def with_actions(screen: S) -> S:
    """Give a screen the actions above."""
    for name, path in ACTIONS.items():
        setattr(screen, f"action_{name}", does(path, keeps=name in KEEPING))
    return screen


def does(path: str, keeps: bool = False) -> Callable[..., object]:
    """Return an action that calls a method of a part of the screen, such as "marking.star"."""
    method, keep = attrgetter(path), attrgetter("marking.keep")

    def action(screen: Screen[Any], *parameters: object) -> object:
        if keeps:
            keep(screen)()
        return method(screen)(*parameters)

    return action
