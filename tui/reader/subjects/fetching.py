"""How the reader fetches papers: in a thread of its own, with progress in the status line.

The papers go to disk; the writer notices the changed months, and the reader shows them like papers
that another program added: the cursor stays on its paper.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event as Flag
from time import monotonic
from typing import TYPE_CHECKING

from store.errors import FetchCancelledError, PapersError
from store.library import Library
from store.text.clean import clean_line
from tui.reader.job import Job
from tui.reader.messages import OFFER, Messages
from tui.reader.panes import Panes
from tui.reader.requests import FromThread
from tui.reader.session import Session
from tui.settings.config import Config

if TYPE_CHECKING:  # fetching is imported in its thread
    from store.fetching.client import Client
    from store.rules.running import Arrivals

NEWS_SAID = 5
"""How many events the message after a fetch lists; all are in the details of their papers."""
RULES = "rules: "
"""The beginning of the line about rules; it is the last line."""
NO_FEEDS = "You follow nothing yet"
"""The end of the message if there are no subscriptions."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one chose to follow."""

    feeds: Sequence[str] = ()
    """Names that subscriptions have."""
    files: Sequence[Path] = ()
    """Files of papers, or of subscriptions."""


class Fetching:
    """What is being fetched, if anything."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        config: Config,
        post: Callable[[FromThread], object],
        ended: Callable[[], None],
    ) -> None:
        """`ended` is called at each end, when the states of feeds have changed."""
        self._session = session
        self._panes = panes
        self._messages = messages
        self._config = config
        self._job = Job("fetch", post, self._tell)
        self._when_ended = ended
        self._waiting: list[Wanted] = []
        """What was chosen while something else was being fetched."""
        self._failed = ""
        """What went wrong the last time."""
        self._tried: float | None = None
        """When the last automatic fetch was, on the monotonic clock; None for never."""

    def start(self, wanted: "Wanted | None" = None) -> None:
        """Fetch what one follows; or take in files, and fetch feeds that one has just chosen."""
        if newer := self._session.library.newer:
            self._messages.say_for_long("Read only", newer)
            return
        if self.running and wanted:
            self._waiting.append(wanted)
            self._messages.say("What you chose is fetched next.")
            return
        self._messages.close_titled(OFFER)
        self._job.start(partial(self._fetch, False, wanted), "fetching…")

    def follow(self) -> None:
        """Fetch if it is time to, silently if nothing is new or the same error occurs again."""
        early = self._tried is not None and monotonic() - self._tried < self._config.fetch
        if not (self._job.running or early or self._session.library.newer):
            self._job.start(partial(self._fetch, True, None))

    @property
    def running(self) -> bool:
        """Whether something is being fetched."""
        return self._job.running

    def stop(self) -> bool:
        """Stop fetching; return whether a fetch was running."""
        return self._job.stop()

    def _tell(self, text: str) -> None:
        stops = f" {self._messages.key('app.fetch')} stops" if text else ""
        self._panes.status.show_activity(text + stops)

    def _ended(self, done: str, failed: str, quietly: bool = False) -> None:
        """Show the result; errors stay until they are read.

        If quiet, errors pass by themselves, and the same error is not repeated.
        """
        before, self._failed = self._failed, failed
        if quietly and failed:
            if failed != before:
                self._messages.say(failed, "Not fetched", "warning")
            failed = ""
        if done:
            if " hidden" in done.rpartition(RULES)[2] and RULES in done:
                done += f"; {self._messages.key('list.hidden')} shows hidden papers"
            if done.endswith(NO_FEEDS):
                done += f": {self._messages.key('app.subscribe')} lets you choose"
            self._messages.say(done, "Fetched")
        if failed:
            self._messages.say_for_long("Not fetched", failed)
        self._when_ended()
        if self._waiting:
            self.start(self._waiting.pop(0))

    # In the thread

    def _fetch(self, quietly: bool, wanted: "Wanted | None", cancel: Flag) -> Callable[[], None]:
        done: list[str] = []
        failed: list[str] = []
        try:
            self._session.library.check_here()
            library = Library(self._session.library.folder)
            if not quietly or self._is_time(library):
                self._tried = monotonic()
                self._fetch_into(library, cancel, done, failed, quietly, wanted)
        except PapersError as error:
            failed.append(str(error))
        except ImportError as error:
            failed.append(f"papers-tui was updated while running ({error}): restart it")
        return partial(self._ended, "; ".join(done), "\n".join(failed), quietly)

    def _is_time(self, library: Library) -> bool:
        """Return whether a feed was last fetched long enough ago, or at a time in the future.

        What another program fetched counts, so that two readers do not ask twice as often.
        """
        from datetime import datetime, timedelta

        from store.fetching.client import utc_now
        from store.fetching.subscriptions import NEVER, Subscriptions
        from tui.shared.feed_words import subscribed

        states, now = Subscriptions(library.folder).states(), utc_now()
        names = subscribed(library.folder, self._config)
        times = [states.get(name, NEVER).fetched for name in names]
        since = now - timedelta(seconds=self._config.fetch)
        return any(not each or not since < datetime.fromisoformat(each) <= now for each in times)

    def _fetch_into(
        self,
        library: Library,
        cancel: Flag,
        done: list[str],
        failed: list[str],
        quietly: bool,
        wanted: "Wanted | None",
    ) -> None:
        """Fetch into a library of this thread's own; return lines about results and errors."""
        from store.fetching.client import Client, utc_now
        from store.fetching.feed_run import Fetcher
        from store.fetching.visit import Progress
        from store.replacements import adding
        from store.rules.running import Arrivals
        from tui.shared.feed_words import (
            chosen_sources,
            first_problem,
            outcome_words,
            progress_words,
            subscribed,
        )
        from tui.shared.known_rules import known_rules
        from tui.shared.sample import remove_sample

        known = known_rules(library.folder, self._config, self._session.views)
        failed += known.problems
        add = adding(library, self._config.replacements)
        arrivals = Arrivals(library, known.rules, self._session.today, add)
        if wanted:
            names = [*wanted.feeds, *self._take_in(wanted.files, library, arrivals, done, failed)]
        else:
            names = subscribed(library.folder, self._config)
        sources = chosen_sources(names, self._config) if names or not wanted else []
        with Client(cancel.wait) as client:
            fetcher = Fetcher(library.folder, arrivals.add, client.get, utc_now)
            for event in fetcher.fetch(sources):
                if isinstance(event, Progress):
                    self._job.tell(progress_words(event))
                    continue
                if isinstance(event.error, FetchCancelledError):
                    done.append(f"{outcome_words(event)}; stopped; fetched papers stay")
                    continue
                if event.error:
                    failed.append(f"{event.feed}: {event.error}")
                anything = event.imported or (event.updated and not quietly)
                if anything or not (event.error or quietly):
                    done.append(outcome_words(event) + first_problem(event))
                if event.imported and (gone := remove_sample(library)):
                    done.append(gone)
            watch = self._config.watch
            if watch and watch.starred and not cancel.is_set():
                self._watch(library, client, done, failed)
        if self._config.hooks:
            from tui.programs.hooks import run_hook

            failed += filter(None, [run_hook(
                self._config.hooks, "on_new", arrivals.arrived, library
            )])  # fmt: skip
        if arrivals.done:
            done.append(f"{RULES}{arrivals.done}")
        if not names and not wanted and not failed:
            done.append(NO_FEEDS)

    def _take_in(
        self,
        files: Sequence[Path],
        library: Library,
        arrivals: "Arrivals",
        done: list[str],
        failed: list[str],
    ) -> list[str]:
        """Take in files; subscribe to the feeds that they list, and return their names."""
        from tui.settings.config import chosen_mirrors
        from tui.shared.sample import remove_sample
        from tui.shared.subscribing import add_file, subscribe

        listed: list[str] = []
        for file in files:
            self._job.tell(f"importing {clean_line(file.name, 60)}…")
            try:
                taken = add_file(file, arrivals, chosen_mirrors(self._config))
            except PapersError as error:
                failed.append(f"{clean_line(str(file), 200)}: {clean_line(str(error))}")
                continue
            done.append(taken.words)
            listed += taken.feeds
            if taken.new and (gone := remove_sample(library)):
                done.append(gone)
        if listed:
            subscribe(library.folder, listed, self._config)
        return listed

    def _watch(
        self, library: Library, client: "Client", done: list[str], failed: list[str]
    ) -> None:
        """Look for news of starred papers; return lines about it."""
        from store.watch.round import Asking, Event
        from tui.shared.watching import watch_round

        told = 0
        for step in watch_round(library, client, self._config).run():
            if isinstance(step, Asking):
                self._job.tell(f"asking {step.source} about starred papers…")
            elif isinstance(step, Event):
                told += 1
                if told <= NEWS_SAID:
                    done.append(f"★ {clean_line(step.title, 60)}: {step.words}")
            else:
                failed.append(f"watch: {step.source}: {step.error}")
        if told > NEWS_SAID:
            done.append(f"and {told - NEWS_SAID:,} more; is:updated finds them")
