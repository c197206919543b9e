"""Open the text of a paper over the list, and fetch texts ahead: for a train ride, say."""

from collections.abc import Callable, Sequence
from functools import partial
from threading import Event

from store.errors import FetchCancelledError, PapersError
from store.fetching.sources import Mirrors
from store.fulltext.document import Document, NoFullTextError
from store.fulltext.fetchers import TextFetcher
from store.fulltext.pictures import StoredPictures
from store.fulltext.reading_places import Places
from store.fulltext.texts import FOLDER, FullTexts, is_stored
from store.model import Paper
from tui.reader.full_text.figure_making import TextPictures
from tui.reader.full_text.keeping import PlaceKeeper
from tui.reader.full_text.marks import PaperMarks
from tui.reader.full_text.references import References
from tui.reader.full_text.screen import FullTextScreen
from tui.reader.job import Job
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.requests import FromThread
from tui.reader.session import Session
from tui.settings.config import Config, chosen_mirrors
from tui.words import count_papers


class TextOpening:
    """The texts of a library, and the places in them that wait to be saved."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        config: Config,
        do: Callable[..., object],
    ) -> None:
        """`do` calls a method of the reader or a part of it, as "marking.star", for a paper."""
        self._session = session
        self._do = do
        self._panes = panes
        self._messages = messages
        self._config = config
        library = session.library
        self._texts = FullTexts(library.folder / FOLDER, check=library.check_here)
        self._places = Places(library.folder / FOLDER, check=library.check_here)
        self._ahead = TextsAhead(
            self._texts, partial(do, "post_message"), self._tell_ahead, self._ended_ahead
        )
        self._behind: list[str] = []
        """Papers whose texts are fetched quietly, once none is being fetched."""
        self._quiet = False
        """Whether those that are being fetched are such."""
        self._pictures = StoredPictures(library.folder / FOLDER, check=library.check_here)

    def open(self, paper: Paper) -> bool:
        """Show the text of a paper; False if the settings keep that from being looked for."""
        try:
            mirrors = chosen_mirrors(self._config)
        except PapersError as error:
            self._messages.say(str(error), severity="error")
            return False

        def find(paper: Paper, cancel: Event, say: Callable[[str], None]) -> Document:
            return find_text(paper, mirrors, cancel, say)

        marks = PaperMarks(paper.id, self._session.library.marks, self._do)
        screen = FullTextScreen(
            paper, self._texts, PlaceKeeper(paper, self._places, self._place_kept), find, marks,
            lambda screen: TextPictures(screen, self._config, self._pictures, mirrors),
        )  # fmt: skip
        screen.ask_about = References(
            self._session, self._panes, self._messages, mirrors, screen.leave_for,
            screen.open_address,
        ).ask_about  # fmt: skip
        self._panes.ask(screen, self._left)
        return True

    def fetch_ahead(self, paper_ids: Sequence[str]) -> None:
        """Fetch the texts of papers in the background; stop that where it is under way."""
        self._behind.clear()
        if self._ahead.stop():
            return
        if not paper_ids:
            self._messages.say("Select or star papers to fetch their texts ahead.")
            return
        self._fetch(paper_ids)

    def fetch_behind(self, paper_id: str) -> None:
        """Fetch the text of one more paper, without a word of what came of it."""
        self._behind.append(paper_id)
        if not self._ahead.running:
            self._fetch_behind()

    def _fetch_behind(self) -> None:
        paper_ids, self._behind = self._behind, []
        self._quiet = bool(paper_ids) and self._fetch(paper_ids)

    def _fetch(self, paper_ids: Sequence[str]) -> bool:
        """Begin to fetch texts; False if the settings keep them from being looked for."""
        try:
            mirrors = chosen_mirrors(self._config)
        except PapersError as error:
            self._messages.say(str(error), severity="error")
            return False
        papers = self._session.papers
        self._ahead.start([papers[each] for each in paper_ids if each in papers], mirrors)
        return True

    def count_kept(self, paper_ids: Sequence[str]) -> int:
        """Return of how many papers the text is kept; of none if that can't be read."""
        papers = self._session.papers
        try:
            names = self._texts.names()
        except PapersError:
            return 0
        return sum(is_stored(papers[each], names) for each in paper_ids if each in papers)

    def _tell_ahead(self, text: str) -> None:
        stops = f" {self._messages.key('paper.texts_ahead')} stops" if text else ""
        self._panes.status.show_activity(text + stops)

    def _ended_ahead(self, done: str, failed: str) -> None:
        if self._quiet:
            self._do("parts.triage.repaint")
        else:
            self._messages.say(done, "Texts")
            if failed:
                self._messages.say_for_long("Without a text", failed)
        self._fetch_behind()

    def _place_kept(self) -> None:
        self._do("post_message", FromThread(self._panes.show_begun))

    def _left(self, paper_id: str | None) -> None:
        """Go to the paper for which a text was left, if it was for one."""
        if paper_id:
            self._do("parts.stop", "triage")
            self._do("finding.go_to_paper", paper_id)


def find_text(
    paper: Paper, mirrors: Mirrors, cancel: Event, say: Callable[[str], None]
) -> Document:
    """Return the text of a paper from its sources, until the event is set."""
    with TextFetcher(mirrors, cancel) as fetcher:
        return fetcher.find(paper, say)


class TextsAhead:
    """The texts that are being fetched, if some are; politely, one after the other."""

    def __init__(
        self,
        texts: FullTexts,
        post: Callable[[FromThread], object],
        tell: Callable[[str], None],
        ended: Callable[[str, str], None],
    ) -> None:
        """`tell` shows how far it is, `ended` what came of it and what failed."""
        self._texts = texts
        self._job = Job("texts", post, tell)
        self._ended = ended

    @property
    def running(self) -> bool:
        """Whether some are being fetched."""
        return self._job.running

    def stop(self) -> bool:
        """End what is being fetched; return whether something was."""
        return self._job.stop()

    def start(self, papers: Sequence[Paper], mirrors: Mirrors) -> None:
        """Fetch the texts of papers, of which those that are kept are passed over."""
        self._job.start(partial(self._fetch, list(papers), mirrors))

    def _fetch(self, papers: list[Paper], mirrors: Mirrors, cancel: Event) -> Callable[[], None]:
        kept = 0
        failed: list[str] = []
        try:
            names = self._texts.names()
            wanted = [paper for paper in papers if not is_stored(paper, names)]
            with TextFetcher(mirrors, cancel) as fetcher:
                for number, paper in enumerate(wanted, start=1):
                    self._job.tell(f"text {number} of {len(wanted)}…")
                    try:
                        self._texts.put(paper, fetcher.find(paper, lambda where: None))
                        kept += 1
                    except NoFullTextError:
                        failed.append(f"no text: {paper.title}")
        except FetchCancelledError:
            pass
        except PapersError as error:
            failed.append(str(error))
        done = f"{count_papers(kept)} can be read offline."
        return partial(self._ended, done, "\n".join(failed))
