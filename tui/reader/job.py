"""Work in a thread of its own: its progress, how to stop it, and what to show at the end."""

from collections.abc import Callable
from functools import partial
from threading import Event, Thread

from tui.reader.requests import FromThread

Work = Callable[[Event], Callable[[], None]]
"""Gets the event that asks it to stop; returns what to do on the screen at the end."""


class Job:
    """A kind of work that runs one piece at a time.

    It is not a Textual worker: the program waits for those when it ends, but not for this.
    """

    def __init__(
        self,
        name: str,
        post: Callable[[FromThread], object],
        tell: Callable[[str], None] = lambda text: None,
    ) -> None:
        """`name` is the thread's name, `post` runs a function on the screen.

        `tell` shows its progress there, and "" once it has ended.
        """
        self._name = name
        self._post = post
        self._tell = tell
        self._cancel: Event | None = None

    @property
    def running(self) -> bool:
        """Whether it is running."""
        return self._cancel is not None

    def start(self, work: Work, doing: str = "") -> None:
        """Start working, unless it is running; `doing` says what it does."""
        self._cancel = cancel = Event()
        if doing:
            self._tell(doing)
        Thread(target=self._run, args=(work, cancel), name=self._name, daemon=True).start()

    def stop(self) -> bool:
        """Ask the work to stop; return whether it was running."""
        if self._cancel is None:
            return False
        self._cancel.set()
        return True

    def tell(self, text: str) -> None:
        """Show the progress; called in the thread."""
        self._post(FromThread(partial(self._tell, text)))

    def _run(self, work: Work, cancel: Event) -> None:
        then = None
        try:
            then = work(cancel)
        finally:  # also after an unexpected error, which ends the thread
            self._post(FromThread(partial(self._end, then)))

    def _end(self, then: Callable[[], None] | None) -> None:
        self._cancel = None
        self._tell("")
        if then:
            then()
