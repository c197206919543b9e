"""Work in a thread of its own: how far it is, how it is ended, and what is shown then."""

from collections.abc import Callable
from functools import partial
from threading import Event, Thread

from tui.reader.requests import FromThread

Work = Callable[[Event], Callable[[], None]]
"""Gets the event that asks it to end; returns what is to be done on the screen then."""


class Job:
    """A kind of work of which one piece at most is under way.

    It is no worker of Textual's: the end of the program waits for those, and not for this.
    """

    def __init__(
        self,
        name: str,
        post: Callable[[FromThread], object],
        tell: Callable[[str], None] = lambda text: None,
    ) -> None:
        """`name` is that of the thread, `post` has something done on the screen.

        `tell` shows there how far it is, and "" once it has ended.
        """
        self._name = name
        self._post = post
        self._tell = tell
        self._cancel: Event | None = None

    @property
    def running(self) -> bool:
        """Whether a piece of it is under way."""
        return self._cancel is not None

    def start(self, work: Work, doing: str = "") -> None:
        """Begin to work, while nothing is under way; `doing` says what."""
        self._cancel = cancel = Event()
        if doing:
            self._tell(doing)
        Thread(target=self._run, args=(work, cancel), name=self._name, daemon=True).start()

    def stop(self) -> bool:
        """Ask the work to end; tell whether some was under way."""
        if self._cancel is None:
            return False
        self._cancel.set()
        return True

    def tell(self, text: str) -> None:
        """Show how far it is; for the thread."""
        self._post(FromThread(partial(self._tell, text)))

    def _run(self, work: Work, cancel: Event) -> None:
        then = None
        try:
            then = work(cancel)
        finally:  # also after an error that nobody foresaw, which ends the thread
            self._post(FromThread(partial(self._end, then)))

    def _end(self, then: Callable[[], None] | None) -> None:
        self._cancel = None
        self._tell("")
        if then:
            then()
