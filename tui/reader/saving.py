"""Saving while the reader is open, and how the reader ends: nothing is lost without a word."""

from collections.abc import Callable

from textual.app import App

from store.errors import LibraryError, TakesTooLongError
from store.files.attempt import Attempt
from store.library import Library
from store.writer import Changes, Pace, Writer
from tui.reader.guarded import Guard
from tui.reader.main import MainScreen
from tui.reader.messages import key_for
from tui.reader.subjects.marking import NOT_SAVED

PATIENCE_SECONDS = 1.0
"""How long saving may take at the end before a message says so."""
EXCHANGE_SECONDS = 2.0
"""How long quitting waits for an exchange with the sync folder."""


class Saving:
    """The writer of a library: its reports go to the screen, and quitting waits for it."""

    def __init__(
        self,
        app: App[None],
        reader: MainScreen,
        guard: Guard,
        library: Library,
        pace: Pace,
        leave: Callable[[], None],
    ) -> None:
        """`leave` ends the program, whatever is not saved."""
        self._app = app
        self._reader = reader
        self._guard = guard
        self._library = library
        self._leave = leave
        self.writer = Writer(library, self, pace)
        self._quitting = False
        """Whether the program ends once everything is saved."""
        self._failure = ""
        """Why marks were undone the last time."""
        self._unread = False
        """Whether the message about it was still open when the reader ended."""

    # Quitting

    def quit(self) -> None:
        """Quit once everything is saved; if that fails, say so and stay.

        A second call quits without saving, in case it takes too long.
        """
        if not self._library.unsaved or self._quitting:
            self._leave()
            return
        self._quitting = True
        self.writer.wake()
        self._app.set_timer(PATIENCE_SECONDS, self._say_that_it_saves)

    def _say_that_it_saves(self) -> None:
        if self._quitting and (unsaved := self._library.unsaved):
            changes = "1 change" if unsaved == 1 else f"{unsaved:,} changes"
            quits = key_for(self._reader, "app.quit")
            text = f"Saving {changes} before quitting; {quits} again quits without saving."
            self._app.notify(text)

    def end(self) -> None:
        """Stop saving: the reader ends now."""
        self.writer.finish()
        self._unread = self._is_unread()

    def finish(self, seconds: float) -> bool:
        """Save the waiting changes if the reader ended without quitting.

        Return False if all is saved and something else hangs: the library after some seconds, or
        the sync folder, which may hang only for a while. Raises LibraryError if saving fails or
        takes longer.
        """
        library = self._library
        free = self.writer.stop(seconds)
        try:
            if free:
                Attempt(library.commit, "last write").result(seconds)
            elif library.unsaved:
                raise TakesTooLongError
        except LibraryError as error:
            lost = library.unsaved
            changes = "1 unsaved change is" if lost == 1 else f"{lost:,} unsaved changes are"
            slow = f"writing to {library.folder} takes too long"
            reason = slow if isinstance(error, TakesTooLongError) else str(error)
            raise LibraryError(f"{reason}; {changes} lost") from error
        return free and not self.writer.is_exchanging(EXCHANGE_SECONDS)

    def last_words(self) -> list[str]:
        """Return a line about marks that were undone, if nobody can have read why."""
        unread = self._unread or self._is_unread()
        return [f"{self._failure}; unsaved changes were undone"] if unread else []

    def _is_unread(self) -> bool:
        # A message that stays has been read once it is closed.
        return any(each.title == NOT_SAVED for each in self._app._notifications)

    # What the writer reports, in its thread

    def saved(self, left_alone: int) -> None:
        """Marks are on disk."""
        self._on_screen(lambda: self._marks_saved(left_alone))

    def failed(self, error: LibraryError) -> None:
        """Marks are not on disk; stay, so that it is seen."""
        self._quitting = False
        self._failure = str(error)
        self._on_screen(lambda: self._marks_failed(str(error)))

    def delayed(self, error: BaseException) -> None:
        """The library can't be used now; the writer tries again."""
        if isinstance(error, LibraryError):
            self._on_screen(lambda: self._reader.marking.delayed(str(error)))
        else:
            self._guard.survive(error)

    def recovered(self) -> None:
        """It can be used again."""
        self._on_screen(self._reader.marking.recovered)

    def changed(self, changes: Changes) -> None:
        """Another program changed the library."""
        self._on_screen(lambda: self._show_changes(changes))

    def noticed(self, problem: str) -> None:
        """Something is wrong with the sync folder or its contents."""
        self._on_screen(lambda: self._reader.messages.say_for_long("Sync", problem, "warning"))

    def _on_screen(self, show: Callable[[], None]) -> None:
        if self._app.is_running and self._reader.is_mounted:
            self._app.call_from_thread(self._show, show)

    def _show(self, show: Callable[[], None]) -> None:
        show()
        if self._quitting and not self._library.unsaved:
            self._leave()

    # Its reports on the screen

    def _marks_saved(self, left_alone: int) -> None:
        self._reader.marking.saved(left_alone)
        self._reader.parts.saved()

    def _marks_failed(self, reason: str) -> None:
        self._reader.marking.failed(reason)
        self._reader.parts.failed()

    def _show_changes(self, changes: Changes) -> None:
        """Show what another program did to the library; cursor and scroll stay."""
        reader = self._reader
        arrived = reader.session.apply(changes)
        if changes.marks:
            reader.marking.show(arrived.marked)
        if changes.months:
            reader.finding.arrived(arrived)
            reader.finding.apply_again()
            reader.news.add(arrived.new)
        reader.parts.changed_elsewhere(marks=changes.marks is not None)
        # Before the first read it is about to be read anyway, and errors reported.
        if changes.views and reader.saved_views.was_read:
            reader.saved_views.read(quietly=True)
