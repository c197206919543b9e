"""How the reader sends papers to Zotero: in a thread, told of when it is done."""

from collections.abc import Callable
from functools import partial
from threading import Thread

from store.errors import PapersError
from store.export.citing import Entry
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.requests import FromThread
from tui.reader.session import Session
from tui.settings.config import Config
from tui.shared.zotero import done_words, failed_words, send_to_zotero


class Sending:
    """The papers that are on their way to Zotero."""

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
        self._post = post
        self._under_way = False

    def send(self) -> None:
        """Send the papers selected, else the one under the cursor."""
        papers, marks = self._session.papers, self._session.library.marks
        meant = [each for each in self._panes.list.targets() if each in papers]
        if self._under_way:
            self._messages.say("Papers are on their way to Zotero already.")
        elif meant:
            self._under_way = True
            self._panes.status.tell("to Zotero…")
            work = partial(self._send, [(papers[each], marks(each)) for each in meant])
            # Not in a worker: the end of the program does not wait for a dialog of Zotero.
            Thread(target=work, name="zotero", daemon=True).start()

    def _send(self, entries: list[Entry]) -> None:
        done, failed = "", []
        try:
            folder = self._session.library.folder
            report = send_to_zotero(entries, folder, self._config, self._say)
            done, failed = done_words(report), failed_words(report)
        except PapersError as error:
            failed = [str(error)]
        finally:
            self._post(FromThread(partial(self._ended, done, failed)))

    def _say(self, text: str) -> None:
        self._post(FromThread(partial(self._panes.status.tell, text)))

    def _ended(self, done: str, failed: list[str]) -> None:
        self._under_way = False
        self._panes.status.tell("")
        if done:
            self._messages.say(done, "Zotero")
        if failed:
            self._messages.say_for_long("Not in Zotero", "\n".join(failed))
