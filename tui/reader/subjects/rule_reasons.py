"""What rules did to a paper, for its detail; they are read in a thread, so that no key waits."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from store.errors import PapersError
from store.model import Marks, Paper
from store.rules.file import has_rules
from tui.reader.requests import FromThread
from tui.reader.session import Session
from tui.settings.config import Config

if TYPE_CHECKING:
    from store.rules.rule import Rule

PREFIX = "rules: "


class RuleReasons:
    """The rules there are, and which of them a paper's marks come from."""

    def __init__(
        self,
        session: Session,
        config: Config,
        in_thread: Callable[[Callable[[], None], str], object],
        post: Callable[[FromThread], object],
        paint: Callable[[], None],
    ) -> None:
        """`in_thread` calls a function in a thread; `paint` paints the paper in the detail."""
        self._session = session
        self._config = config
        self._in_thread = in_thread
        self._post = post
        self._paint = paint
        self._known: Sequence[Rule] | None = None
        """None before they are asked for."""

    def of(self, paper: Paper, marks: Marks) -> str:
        """Return a line on a paper; empty if no rule has to do with it, or none is read yet."""
        if self._known is None:
            self._known = ()
            self.read()
        if not self._known:
            return ""
        from store.rules.explaining import why  # here as the next, because most have no rules

        said = why(self._known, paper, marks, self._session.today(), places=False)
        return f"{PREFIX}{said}" if said else ""

    def read(self) -> None:
        """Read the rules again, where they may have changed."""
        self._in_thread(partial(self._read, dict(self._session.views)), "rules")

    def _read(self, views: dict[str, str]) -> None:
        folder = self._session.library.folder
        rules: Sequence[Rule] = ()
        try:
            if self._config.rules or has_rules(folder):
                from tui.shared.known_rules import known_rules

                rules = known_rules(folder, self._config, views).rules
        except PapersError:  # the next fetch, and the command that lists rules, say why
            pass
        self._post(FromThread(partial(self._take, rules)))

    def _take(self, rules: "Sequence[Rule]") -> None:
        if rules != self._known:
            self._known = rules
            self._paint()
