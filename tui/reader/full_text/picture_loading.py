"""The pictures of a text: had and drawn one after the other, in a thread, those in sight alone."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import partial
from threading import Event
from typing import TypeAlias

from store.errors import FetchCancelledError, PapersError
from tui.reader.job import Job
from tui.reader.pictures.drawn import Drawn, Wanted

KEPT = 60
"""Pictures that are kept as they are drawn."""

Draw: TypeAlias = Callable[[Wanted], Drawn]
"""Has a picture and draws it; PapersError."""


class PictureLoader:
    """Pictures as they are drawn, and why others can't be."""

    def __init__(
        self,
        draw: Draw,
        wanted: Callable[[], Iterable[Wanted]],
        came: Callable[[Wanted], None],
        job: Job,
        write: Callable[[str], None],
    ) -> None:
        """`draw` is called in the thread of `job`.

        `wanted` yields the pictures in sight, `came` is told of each that is there or can't be,
        `write` sends the terminal something that is not text.
        """
        self._draw = draw
        self._wanted = wanted
        self._came = came
        self._job = job
        self._write = write
        self._drawn: OrderedDict[Wanted, Drawn] = OrderedDict()
        self._failed: dict[str, str] = {}
        """Why a picture can't be shown, by its address."""

    @property
    def is_busy(self) -> bool:
        """Whether a picture is being had."""
        return self._job.running

    def get(self, wanted: Wanted) -> Drawn | str | None:
        """Return a picture, or why it can't be shown; None while it is not known."""
        return self._failed.get(wanted.address) or self._drawn.get(wanted)

    def look(self) -> None:
        """Begin to have the first picture in sight that is not there, if none is being had."""
        if self.is_busy:
            return
        missing = (each for each in self._wanted() if self.get(each) is None)
        if (wanted := next(missing, None)) is not None:
            self._job.start(partial(self._load, wanted))

    def send_again(self) -> None:
        """Send the terminal its pictures: it has forgotten them where another program was there."""
        for drawn in self._drawn.values():
            if drawn.sent:
                self._write(drawn.sent)

    def forget(self) -> None:
        """Let the terminal forget the pictures, and try again what failed."""
        for drawn in self._drawn.values():
            self._forget(drawn)
        self._drawn.clear()
        self._failed.clear()

    def _load(self, wanted: Wanted, cancel: Event) -> Callable[[], None]:
        """Have a picture, in the thread."""
        outcome: Drawn | str | None
        try:
            outcome = self._draw(wanted)
        except FetchCancelledError:
            outcome = None
        except PapersError as error:
            outcome = str(error)
        return partial(self._take, wanted, outcome)

    def _take(self, wanted: Wanted, outcome: Drawn | str | None) -> None:
        if outcome is None:
            return
        if isinstance(outcome, str):
            self._failed[wanted.address] = outcome
        else:
            if outcome.sent:
                self._write(outcome.sent)
            self._drawn[wanted] = outcome
            if len(self._drawn) > KEPT:
                self._forget(self._drawn.popitem(last=False)[1])
        self._came(wanted)
        self.look()

    def _forget(self, drawn: Drawn) -> None:
        if drawn.forgotten:
            self._write(drawn.forgotten)
