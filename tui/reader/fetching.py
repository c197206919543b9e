"""How the reader fetches papers: in a thread of its own, told of in the status line.

The papers go to disk; the writer notices the months that changed, and they are shown as what any
other program adds is: the cursor stays on its paper.
"""

from collections.abc import Callable
from datetime import date
from threading import Event, Thread

from textual.message import Message

from store.errors import FetchCancelledError, PapersError
from store.library import Library
from store.text.clean import clean_text
from tui.config import Config
from tui.reader.finding import FindingScreen
from tui.reader.key_names import key_for
from tui.words import SAMPLE, SAMPLE_OFFER

WELCOME_SECONDS = 10


class FetchingScreen(FindingScreen):
    """A screen that fetches the feeds subscribed to."""

    class FetchProgressed(Message):
        """Something is being fetched now; in words."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class FetchEnded(Message):
        """Nothing is being fetched any more; what came of it, in words."""

        def __init__(self, done: str, failed: str) -> None:
            super().__init__()
            self.done = done
            self.failed = failed

    def __init__(
        self, library: Library, today: Callable[[], date], query: str, config: Config
    ) -> None:
        super().__init__(library, today, query, config.views)
        self._config = config
        self._cancel: Event | None = None
        """Set to end what is being fetched; None where nothing is."""

    def welcome(self) -> None:
        """Say what to do first, where there is only the sample feed and no mark."""
        papers = self._library.papers.values()
        if papers and not self._library.all_marks and all(p.feeds == (SAMPLE,) for p in papers):
            fetch, keys = key_for(self, "app.fetch"), key_for(self, "app.help")
            self.notify(
                f"These papers are a sample: {fetch} fetches today's. {keys} shows all keys.",
                title="Welcome", timeout=WELCOME_SECONDS, markup=False,
            )  # fmt: skip

    def action_fetch(self) -> None:
        """Apply the filter anew and fetch; stop that where it is under way."""
        if self.stop_fetching():
            return
        self.apply_filter()
        if self._library.newer:
            self.say_for_long("Read only", self._library.newer)
            return
        self._cancel = Event()
        self._tell_of_fetching("fetching…")
        # Not in a worker: the end of the program waits for the threads of workers, and storing in a
        # large library takes seconds. What is cut short there is fetched again.
        Thread(target=self._fetch, args=(self._cancel,), name="fetch", daemon=True).start()

    def stop_fetching(self) -> bool:
        """End what is being fetched; tell whether something was."""
        if self._cancel is None:
            return False
        self._cancel.set()
        return True

    def on_unmount(self) -> None:
        """Let go of servers when the reader ends."""
        self.stop_fetching()

    def on_fetching_screen_fetch_progressed(self, message: FetchProgressed) -> None:
        """Show what is being fetched."""
        self._tell_of_fetching(message.text)

    def on_fetching_screen_fetch_ended(self, message: FetchEnded) -> None:
        """Show what came of it; what failed stays until it is read."""
        self._cancel = None
        self._status.tell("")
        if message.done:
            papers = self._library.papers.values()
            offer = SAMPLE_OFFER if any(SAMPLE in paper.feeds for paper in papers) else ""
            text = clean_text(f"{message.done}\n{offer}".strip())
            self.notify(text, title="Fetched", markup=False)
        if message.failed:
            self.say_for_long("Not fetched", message.failed)

    def _tell_of_fetching(self, text: str) -> None:
        self._status.tell(f"{text} {key_for(self, 'app.fetch')} stops")

    def _fetch(self, cancel: Event) -> None:
        """Fetch, in a thread of its own."""
        done: list[str] = []
        failed: list[str] = []
        try:
            self._fetch_into(Library(self._library.folder), cancel, done, failed)
        except PapersError as error:
            failed.append(str(error))
        finally:
            self.post_message(self.FetchEnded("\n".join(done), "\n".join(failed)))

    def _fetch_into(
        self, library: Library, cancel: Event, done: list[str], failed: list[str]
    ) -> None:
        """Fetch into a library of this thread's own; say in lines what was done and what failed."""
        from store.fetching.client import Client, utc_now
        from store.fetching.outcome import Progress
        from store.fetching.run import Fetcher
        from store.replacements import adding
        from tui.cli.feeds import chosen_sources, outcome_words, progress_words, subscribed

        names = subscribed(library.folder, self._config)
        with Client(cancel.wait) as client:
            add = adding(library, self._config.replacements)
            fetcher = Fetcher(library.folder, add, client.get, utc_now)
            for event in fetcher.fetch(chosen_sources(names, self._config)):
                if isinstance(event, Progress):
                    self.post_message(self.FetchProgressed(progress_words(event)))
                    continue
                if isinstance(event.error, FetchCancelledError):
                    done.append(f"{outcome_words(event)}; stopped, what was fetched stays")
                    continue
                if event.error:
                    failed.append(f"{event.feed}: {event.error}")
                if not event.error or event.imported or event.updated:
                    done.append(outcome_words(event))
        if not names and not failed:
            done.append("No subscriptions: papers-tui feeds add FEED subscribes to some.")
