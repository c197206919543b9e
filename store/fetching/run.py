"""Fetch feeds into a library, one after the other, one program at a time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from store.errors import FetchCancelledError, FetchError, LibraryBusyError
from store.fetching.feed_run import Add, FeedRun, Get
from store.fetching.outcome import Outcome, Progress
from store.fetching.parts import Visit
from store.fetching.sources import Source
from store.fetching.subscriptions import NEVER, Subscriptions
from store.files.locks import lock_holder, locked


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches feeds into one library."""

    folder: Path
    """The library's."""
    add: Add
    get: Get
    now: Callable[[], datetime]
    """The time in UTC."""

    def fetch(
        self, sources: Sequence[Source], since: date | None = None, until: date | None = None
    ) -> Iterator[Progress | Outcome]:
        """Fetch feeds one after the other; yield what is done, and at the end of each its outcome.

        A feed that fails does not stop the others; being cancelled does, with an outcome. Raises
        LibraryError if the library can't be used, FetchError if another program fetches.
        """
        with _alone(self.folder):
            subscriptions = Subscriptions(self.folder)
            states = subscriptions.states()
            for source in sources:
                state = states.get(source.name, NEVER)
                visit = Visit(self.now().date(), state.complete, since, until)
                remember = partial(subscriptions.save, source.name)
                run = FeedRun(source, visit, state, self.get, self.add, remember)
                yield from run.run(self.now)
                outcome = run.outcome()
                yield outcome
                if isinstance(outcome.error, FetchCancelledError):
                    return


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other programs from fetching into this library."""
    path = folder / "fetch"
    with ExitStack() as held:
        try:
            held.enter_context(locked(path, patiently=False))
        except LibraryBusyError as error:
            holder = lock_holder(path) or "another program"
            raise FetchError(f"{holder} is fetching into this library already") from error
        yield
