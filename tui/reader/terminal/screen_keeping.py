"""The saved screen (tui.saved_screen): shown until the real one is drawn, saved at the end."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from store.library import Library
from tui import screen_file
from tui.saved_screen import ALTERNATE_SCREEN, SHOWN

if TYPE_CHECKING:
    from tui.reader.main import MainScreen

ELSEWHERE = ("-zen", "-reading", "-sidebar")
"""Classes of the reader where something else is in sight than at its beginning."""
LONGEST = 1.0
"""Seconds for which the kept screen is at most once the real one could be drawn."""
LOOKS_EVERY = 0.02
"""Seconds between two looks whether the real one shows as much."""


class ScreenDriver(LinuxDriver):
    """Holds what is drawn until it shows as much as the kept screen, then writes it in one piece.

    Without a kept screen nothing is held. The terminal is in its alternate screen already; some
    would clear it.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._held: list[str] | None = [] if SHOWN else None

    def start_application_mode(self) -> None:
        """Take over the terminal as it was before it was used.

        SIGCONT also comes to a reader that was not suspended: after SIGSTOP, and after SIGHUP if
        the terminal is closed. A second thread that reads the terminal would never end.
        """
        if self._key_thread is not None and self._key_thread.is_alive():
            self.suspend_application_mode()
        SHOWN.hand_over()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def write(self, data: str) -> None:
        """Write, or hold, what is for the terminal."""
        if self._held is None:
            super().write(data)
        elif data != ALTERNATE_SCREEN:
            self._held.append(data)

    def hold_while(self, app: App[None], loading: Callable[[], bool]) -> None:
        """Hold for as long as the screen would show less than the kept one, but not for long."""
        until = monotonic() + LONGEST

        def look() -> None:
            if self._held is None or not loading() or monotonic() > until:
                self.release()
            else:
                app.set_timer(LOOKS_EVERY, look)

        app.call_after_refresh(look)

    def release(self) -> None:
        """Write what was held, and from now on at once."""
        held, self._held = self._held, None
        if held:
            self.write("".join(held))

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.release()
        super().stop_application_mode()


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
            screen_file.save(name, *places, screen_file.signature_of(*places), screen)


def forget(arguments: Sequence[str]) -> None:
    """Keep no screen for these arguments."""
    with suppress(OSError):
        screen_file.forget(screen_file.name_for(arguments))
