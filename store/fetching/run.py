"""Fetch feeds into a library, one after the other; only one program at a time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from store.errors import FetchCancelledError, FetchError, LibraryBusyError
from store.fetching.feed_run import Add, FeedRun, Get
from store.fetching.sources import Source
from store.fetching.subscriptions import NEVER, Subscriptions
from store.fetching.visit import Outcome, Progress, Visit
from store.files.locks import lock_holder, locked


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches feeds into one library."""

    folder: Path
    """The library's folder."""
    add: Add
    get: Get
    now: Callable[[], datetime]
    """Returns the time in UTC."""

    def fetch(
        self, sources: Sequence[Source], since: date | None = None, until: date | None = None
    ) -> Iterator[Progress | Outcome]:
        """Fetch feeds one after the other; yield the progress, and after each its outcome.

        A feed that fails does not stop the others. Cancelling does, after an outcome. Raises
        LibraryError if the library can't be used, FetchError if another program is fetching.
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
    """Lock fetching into this library; FetchError if another program has the lock."""
    path = folder / "fetch"
    with ExitStack() as held:
        try:
            held.enter_context(locked(path, patiently=False))
        except LibraryBusyError as error:
            holder = lock_holder(path) or "another program"
            raise FetchError(f"{holder} is fetching into this library already") from error
        yield
