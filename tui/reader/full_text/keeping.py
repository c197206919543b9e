"""Keep where a text was read, when it is left."""

from collections.abc import Callable
from threading import Thread

from textual.app import App

from store.errors import LibraryError
from store.fulltext.reading_places import Place, Places
from store.model import Paper
from store.text.clean import clean_text


class PlaceKeeper:
    """The place in one paper's text, and what is on disk of it."""

    def __init__(self, paper: Paper, places: Places, kept: Callable[[], object]) -> None:
        """`kept` is told, in a thread, once a place is on disk."""
        self._paper = paper
        self._places = places
        self._kept = Place()
        self._tell = kept

    def place(self) -> Place:
        """Return where the text was read last."""
        self._kept = self._places.get(self._paper)
        return self._kept

    def keep(self, place: Place, share: int, app: App[object]) -> None:
        """Write down a place and how much of the text was read, if it is another."""
        if place == self._kept:
            return
        self._kept = place
        self._places.remember(self._paper, place, share)
        # Not in a worker, which ends with the screen; the program waits for this thread.
        Thread(target=self._save, args=(app,), name="place").start()

    def _save(self, app: App[object]) -> None:
        """Write the place, in a thread of its own: it may have to wait for another program."""
        try:
            self._places.save()
            if app.is_running:
                self._tell()
        except LibraryError as error:
            problem = clean_text(f"The place in the text is not saved: {error}")
            if app.is_running:
                app.notify(problem, severity="warning", markup=False)
