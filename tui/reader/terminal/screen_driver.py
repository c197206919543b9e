"""The terminal's driver where it was used before the reader: for the kept screen, or a question."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.kept_screen import ALTERNATE_SCREEN, SHOWN

LONGEST = 1.0
"""Seconds for which the kept screen is at most once the real one could be drawn."""
LOOKS_EVERY = 0.02
"""Seconds between two looks whether the real one shows as much."""


class ScreenDriver(LinuxDriver):
    """Holds what is drawn until it is as much as the kept screen shows; then it comes in one piece.

    If no screen is shown nothing is held.

    The screen is the alternate one already, and some terminals would clear it.
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
