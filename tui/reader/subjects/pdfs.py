"""How the reader has PDFs: each is fetched once, in a thread, and opened as a file."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event, Thread

from store.errors import FetchCancelledError, PapersError
from store.model import Paper
from store.text.clean import clean_line
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.requests import FileOpened, FromThread
from tui.reader.session import Session
from tui.settings.config import Config
from tui.shared.pdf_files import pdf_fetcher, pdf_files

SHOWN = 60
"""Letters of a title in a message."""


class Pdfs:
    """The PDFs of the papers meant."""

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
        self._cancel: Event | None = None
        """Set to end what is being fetched; None where nothing is."""

    def open(self) -> None:
        """Open the PDF of the paper under the cursor."""
        if paper := self._session.papers.get(self._panes.list.cursor):
            self.open_of(paper)

    def open_of(self, paper: Paper) -> None:
        """Open the PDF of a paper, which is fetched where it is not here."""
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
        """Fetch the PDFs of the papers selected, else of the one under the cursor."""
        papers = self._session.papers
        meant = [papers[each] for each in self._panes.list.targets() if each in papers]
        if meant:
            self._start(meant, opens=False)

    def stop(self) -> bool:
        """End what is being fetched; tell whether something was."""
        if self._cancel is None:
            return False
        self._cancel.set()
        return True

    def _start(self, papers: Sequence[Paper], opens: bool) -> None:
        if self._cancel:
            stops = self._messages.key("paper.back")
            self._messages.say(f"PDFs are being fetched already; {stops} stops that.")
            return
        self._cancel = cancel = Event()
        work = partial(self._fetch, papers, opens, cancel)
        # Not in a worker, for whose threads the end of the program waits.
        Thread(target=work, name="pdf", daemon=True).start()

    def _tell(self, text: str) -> None:
        self._panes.status.tell(f"{text} {self._messages.key('paper.back')} stops")

    # In the thread

    def _fetch(self, papers: Sequence[Paper], opens: bool, cancel: Event) -> None:
        fetched: list[Path] = []
        failed: list[str] = []
        try:
            with pdf_fetcher(self._session.library.folder, self._config, cancel) as fetcher:
                for number, paper in enumerate(papers, 1):
                    which = f" {number} of {len(papers)}" if len(papers) > 1 else ""
                    self._post(FromThread(partial(self._tell, f"fetching the PDF{which}…")))
                    try:
                        fetched.append(fetcher.file_of(paper))
                    except FetchCancelledError:
                        failed.append("stopped; what was fetched stays")
                        break
                    except PapersError as error:
                        failed.append(f"{clean_line(paper.title, SHOWN)}: {error}")
        except PapersError as error:
            failed.append(str(error))
        finally:
            self._post(FromThread(partial(self._ended, fetched, failed, opens)))

    def _ended(self, fetched: list[Path], failed: list[str], opens: bool) -> None:
        self._cancel = None
        self._panes.status.tell("")
        if opens and fetched:
            self._post(FileOpened(fetched[0]))
        elif fetched:
            files = "1 PDF is" if len(fetched) == 1 else f"{len(fetched):,} PDFs are"
            self._messages.say(f"{files} in {fetched[0].parent}", "Fetched")
        if failed:
            self._messages.say_for_long("No PDF", "\n".join(failed))
