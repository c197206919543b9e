"""Keeps the screen that the reader will begin with the next time (tui.kept_screen)."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from store.library import Library
from tui import screen_file

if TYPE_CHECKING:
    from tui.reader.main import MainScreen


ELSEWHERE = ("-zen", "-reading", "-sidebar")
"""Classes of the reader where something else is in sight than at its beginning."""


def drawn(app: App[None], reader: "MainScreen", start: str) -> str:
    """Bring the reader back to how it begins, and return its screen; empty if it can't be.

    `start` is the query it begins with. For when it is about to leave: nothing of it is drawn.
    """
    session, panes = reader.session, reader.panes
    if app.screen is not reader or any(map(reader.has_class, ELSEWHERE)) or session.loading:
        return ""
    app.clear_notifications()
    panes.clear_selection()
    panes.show_news(0)
    session.show_hidden = False
    session.leave_elsewhere()
    reader.finding.set_query(start, to_top=True)
    reader.sight.focus_list()
    if not session.shown.complete:
        return ""  # abstracts are still to be looked through
    strips = reader._compositor.render_strips()
    return "\n".join(strip.render(app.console) for strip in strips)


def keep(screen: str, library: Library, settings: Path, arguments: Sequence[str]) -> None:
    """Keep a screen for the next start with the same arguments.

    Without one, and if it can't be kept, there stays what is there: it is shown where nothing
    has changed since.
    """
    if screen and not library.changed_months() and not library.marks_changed_elsewhere():
        with suppress(OSError, ValueError):
            places = str(library.folder.absolute()), str(settings.absolute())
            name = screen_file.name_for(arguments)
            screen_file.keep(name, *places, screen_file.signature_of(*places), screen)


def forget(arguments: Sequence[str]) -> None:
    """Keep no screen for these arguments."""
    with suppress(OSError):
        screen_file.forget(screen_file.name_for(arguments))
