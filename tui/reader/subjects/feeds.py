"""The user's feeds: choosing, listing and removing them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import LibraryError
from store.files.folders import is_there, state_file
from store.files.storage import Signature, signature_of
from store.text.clean import clean_line
from tui.reader.messages import OFFER, Messages, key_for
from tui.reader.panes import Panes
from tui.reader.requests import FromThread
from tui.reader.session import Session
from tui.settings.config import Config
from tui.state_files import save_state

if TYPE_CHECKING:  # imported when the user chooses
    from store.fetching.subscriptions import FeedState
    from tui.reader.drawing.follow_line import Choice

OFFERED = "feeds-offered"
"""The file that records that this user was offered to choose what to follow."""


class Feeds:
    """The subscriptions of a library and of the settings."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        config: Config,
        fetch: Callable[[Sequence[str], Sequence[Path]], None],
        in_thread: Callable[[Callable[[], None], str], None],
        post: Callable[[FromThread], object],
        changed: Callable[[Callable[[], bool]], None],
        recount: Callable[[], None],
    ) -> None:
        """`fetch` fetches feeds, and takes in files.

        `changed` gets a function that undoes a change and returns whether there was anything to
        undo.
        """
        self._session = session
        self._panes = panes
        self._messages = messages
        self._config = config
        self._fetch = fetch
        self._in_thread = in_thread
        self._post = post
        self._changed = changed
        self._recount = recount
        self._followed: Sequence[tuple[str, FeedState]] = ()
        """The feeds and their fetches, as last read."""
        self._signature: Signature | bool | None = False
        """The stamp of their file then; False before it was read."""

    # Choosing

    def offer(self) -> bool:
        """Offer newcomers the choice of what to follow, once; return whether it did."""
        if self._session.library.newer or _was_offered() or self.followed():
            return False
        follows, fetches = map(self._messages.key, ("app.subscribe", "app.fetch"))
        text = (
            f"{follows} chooses: Hugging Face, arXiv, feeds, files\n"
            f"{fetches} fetches today's Hugging Face Daily Papers\n"
            "These papers are a sample with made-up authors and votes."
        )
        self._messages.say_for_long(OFFER, text, "information")
        save_state(OFFERED, "")
        return True

    def choose(self) -> None:
        """Let the user choose what to follow; subscribe and fetch."""
        from tui.reader.dialogs.follow import FollowPrompt
        from tui.reader.drawing.follow_line import FollowLine

        if newer := self._session.library.newer:
            self._messages.say_for_long("Read only", newer)
            return
        self._messages.close_titled(OFFER)
        save_state(OFFERED, "")
        line = FollowLine([name for name, _ in self.followed()])
        self._panes.ask(FollowPrompt(line, _problem), self._follow)

    def _follow(self, wanted: "Sequence[Choice] | None") -> None:
        if wanted:
            feeds = [each.name for each in wanted if not each.is_file]
            files = [_path(each) for each in wanted if each.is_file]
            self._in_thread(lambda: self._subscribe(feeds, files), "feeds")

    def _subscribe(self, feeds: Sequence[str], files: Sequence[Path]) -> None:
        """Subscribe in a thread, which the end of the program waits for; then fetch."""
        from tui.shared.subscribing import subscribe

        try:
            self._session.library.check_here()
            subscribe(self._session.library.folder, feeds, self._config)
        except LibraryError as error:
            self._fail(error)
        else:
            self._post(FromThread(lambda: self._fetch(feeds, files)))

    # Listing

    def followed(self) -> "Sequence[tuple[str, FeedState]]":
        """Return the feeds and the fetches of each; read the file if it has changed.

        If it can't be read, the earlier ones stay, with one message.
        """
        from store.fetching.subscriptions import FEEDS, NEVER, Subscriptions
        from tui.shared.feed_words import subscribed

        folder = self._session.library.folder
        try:
            signature = signature_of(folder / FEEDS)
            if signature != self._signature:
                self._signature = signature
                states = Subscriptions(folder).states()
                names = subscribed(folder, self._config)
                self._followed = [(name, states.get(name, NEVER)) for name in names]
        except LibraryError as error:
            self._messages.say_for_long("Feeds are missing", str(error))
        return self._followed

    def say_failure(self, name: str) -> None:
        """Show the last error of a feed, if there was one."""
        state = dict(self.followed()).get(name)
        if state and state.error:
            self._messages.say_for_long("Not fetched", f"{clean_line(name, 200)}: {state.error}")

    # Removing

    def remove(self, name: str) -> None:
        """End a subscription; its papers stay."""
        if newer := self._session.library.newer:
            self._messages.say_for_long("Read only", newer)
        elif name in self._config.feeds:
            said = f"{clean_line(name, 60)} is in the settings; it can't be removed here."
            self._messages.say(said)
        else:
            self._in_thread(lambda: self._remove(name), "feeds")

    def _remove(self, name: str) -> None:
        """Do so, in a thread."""
        from store.fetching.subscriptions import Subscriptions

        try:
            self._session.library.check_here()
            subscriptions = Subscriptions(self._session.library.folder)
            names, state = subscriptions.names(), subscriptions.states().get(name)
            if not subscriptions.remove(name):
                return
        except LibraryError as error:
            self._fail(error)
            return
        place = names.index(name)
        self._post(FromThread(lambda: self._removed(name, place, state)))

    def _removed(self, name: str, place: int, state: "FeedState | None") -> None:
        def undo() -> bool:
            if name in dict(self.followed()):
                return False
            self._in_thread(lambda: self._put_back(name, place, state, undo), "feeds")
            return True

        self._changed(undo)
        self._recount()
        keys = self._messages.key("view.sidebar")
        if self._panes.sidebar:
            undoes = key_for(self._panes.sidebar, "side.restore")
            keys = undoes if self._panes.in_sidebar else f"{keys} {undoes}"
        said = f"{clean_line(name, 60)} is removed; its papers stay. Until you quit, {keys} undoes"
        self._messages.say(f"{said} that.", "Feed")

    def _put_back(
        self, name: str, place: int, state: "FeedState | None", again: Callable[[], bool]
    ) -> None:
        """Undo it, in a thread; if that fails `again` can be tried."""
        from store.fetching.subscriptions import Subscriptions

        try:
            self._session.library.check_here()
            Subscriptions(self._session.library.folder).put_back(name, place, state)
        except LibraryError as error:
            self._fail(error)
            self._post(FromThread(lambda: self._changed(again)))
            return
        self._post(FromThread(lambda: self._came_back(name)))

    def _came_back(self, name: str) -> None:
        self._recount()
        self._messages.say(f"{clean_line(name, 60)} is back.", "Feed")

    def _fail(self, error: LibraryError) -> None:
        said = str(error)
        self._post(FromThread(lambda: self._messages.say_for_long("Feeds not saved", said)))


def _was_offered() -> bool:
    """Return whether it was offered; where nobody can tell, it is not offered again."""
    try:
        return is_there(state_file(OFFERED))
    except LibraryError:
        return True


def _path(choice: "Choice") -> Path:
    return Path(choice.name).expanduser()


def _problem(choice: "Choice") -> str:
    """Return why a file can't be imported; empty if it may be, or is a feed."""
    from store.files.folders import is_folder, is_there

    if not choice.is_file:
        return ""
    try:
        path = _path(choice)
        if is_folder(path):
            return f"{choice.name} is a folder; name a file in it"
        return "" if is_there(path) else f"There is no file {choice.name}"
    except (LibraryError, RuntimeError, ValueError) as error:  # ~nobody, a name that is too long
        return clean_line(str(error), 200)
