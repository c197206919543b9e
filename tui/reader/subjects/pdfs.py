"""PDFs in the reader: each is fetched once, in a thread, and opened as a file."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event

from store.errors import FetchCancelledError, PapersError
from store.model import Paper
from store.text.clean import clean_line
from tui.reader.job import Job
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.requests import FileOpened, FromThread
from tui.reader.session import Session
from tui.settings.config import Config
from tui.shared.pdf_files import pdf_fetcher, pdf_files

SHOWN = 60
"""Letters of a title in a message."""


class Pdfs:
    """The PDFs of the target papers."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        config: Config,
        post: Callable[[FromThread | FileOpened], object],
    ) -> None:
        self._session = session
        self._panes = panes
        self._messages = messages
        self._config = config
        self._post = post
        self._job = Job("pdf", post, panes.status.show_activity)

    def open(self, *only: str) -> None:
        """Open the PDF of the paper under the cursor, or only of that one."""
        if paper := self._session.papers.get(only[0] if only else self._panes.list.cursor):
            self.open_of(paper)

    def open_of(self, paper: Paper) -> None:
        """Open the PDF of a paper; fetch it first if needed."""
        folder = self._session.library.folder
        try:
            path = pdf_files(folder, self._config).get(paper)
        except PapersError as error:
            self._messages.say(str(error), "Not opened", "error")
            return
        if path:
            self._post(FileOpened(path))
        else:
            self._start([paper], opens=True)

    def fetch(self) -> None:
        """Fetch the PDFs of the selected papers, else of the one under the cursor."""
        papers = self._session.papers
        meant = [papers[each] for each in self._panes.list.targets() if each in papers]
        if meant:
            self._start(meant, opens=False)

    def stop(self) -> bool:
        """Stop fetching; return whether a fetch was running."""
        return self._job.stop()

    def _start(self, papers: Sequence[Paper], opens: bool) -> None:
        stops = self._messages.key("paper.back")
        if self._job.running:
            self._messages.say(f"PDFs are being fetched already; {stops} stops it.")
        else:
            self._job.start(partial(self._fetch, papers, opens, f"{stops} stops"))

    # In the thread

    def _fetch(
        self, papers: Sequence[Paper], opens: bool, stops: str, cancel: Event
    ) -> Callable[[], None]:
        fetched: list[Path] = []
        failed: list[str] = []
        try:
            with pdf_fetcher(self._session.library.folder, self._config, cancel) as fetcher:
                for number, paper in enumerate(papers, 1):
                    which = f" {number} of {len(papers)}" if len(papers) > 1 else ""
                    self._job.tell(f"fetching the PDF{which}… {stops}")
                    try:
                        fetched.append(fetcher.file_of(paper))
                    except FetchCancelledError:
                        failed.append("stopped; fetched PDFs stay")
                        break
                    except PapersError as error:
                        failed.append(f"{clean_line(paper.title, SHOWN)}: {error}")
        except PapersError as error:
            failed.append(str(error))
        return partial(self._ended, fetched, failed, opens)

    def _ended(self, fetched: list[Path], failed: list[str], opens: bool) -> None:
        if opens and fetched:
            self._post(FileOpened(fetched[0]))
        elif fetched:
            files = "1 PDF is" if len(fetched) == 1 else f"{len(fetched):,} PDFs are"
            self._messages.say(f"{files} in {fetched[0].parent}", "Fetched")
        if failed:
            self._messages.say_for_long("No PDF", "\n".join(failed))
