"""How the reader sends papers to Zotero: in a thread, with a message at the end."""

from collections.abc import Callable
from functools import partial
from threading import Event

from store.errors import PapersError
from store.export.citing import Entry
from tui.reader.job import Job
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.requests import FromThread
from tui.reader.session import Session
from tui.settings.config import Config
from tui.shared.zotero import done_words, failed_words, send_to_zotero


class Sending:
    """The papers being sent to Zotero."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        config: Config,
        post: Callable[[FromThread], object],
    ) -> None:
        self._session = session
        self._panes = panes
        self._messages = messages
        self._config = config
        self._job = Job("zotero", post, panes.status.show_activity)

    def send(self) -> None:
        """Send the selected papers, else the one under the cursor."""
        papers, marks = self._session.papers, self._session.library.marks
        meant = [each for each in self._panes.list.targets() if each in papers]
        if self._job.running:
            self._messages.say("Papers are being sent to Zotero already.")
        elif meant:
            entries = [(papers[each], marks(each)) for each in meant]
            self._job.start(partial(self._send, entries), "to Zotero…")

    def _send(self, entries: list[Entry], cancel: Event) -> Callable[[], None]:
        folder = self._session.library.folder
        try:
            report = send_to_zotero(entries, folder, self._config, self._job.tell)
        except PapersError as error:
            return partial(self._ended, "", [str(error)])
        return partial(self._ended, done_words(report), failed_words(report))

    def _ended(self, done: str, failed: list[str]) -> None:
        if done:
            self._messages.say(done, "Zotero")
        if failed:
            self._messages.say_for_long("Not in Zotero", "\n".join(failed))
