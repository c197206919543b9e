"""What rules did to a paper, for its detail; the rules are read again when they were changed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.errors import PapersError
from store.files.storage import signature_of
from store.model import Marks, Paper
from store.rules.file import RULES
from tui.config import Config
from tui.reader.session import Session

if TYPE_CHECKING:
    from store.rules.rule import Rule

PREFIX = "rules: "


class RuleReasons:
    """The rules there are, and which of them a paper's marks come from."""

    def __init__(self, session: Session, config: Config) -> None:
        self._session = session
        self._config = config
        self._read: object = None
        """What the rules were read from, as it was then."""
        self._known: Sequence[Rule] = ()

    def of(self, paper: Paper, marks: Marks) -> str:
        """Return a line on a paper; empty where no rule has to do with it."""
        rules = self._rules()
        if not rules:
            return ""
        from store.rules.why import why  # here as the next, because most have no rules

        said = why(rules, paper, marks, self._session.today(), places=False)
        return f"{PREFIX}{said}" if said else ""

    def _rules(self) -> "Sequence[Rule]":
        folder, views = self._session.library.folder, self._session.views
        try:
            state = signature_of(folder / RULES)
            if state is None and not self._config.rules:
                return ()
            if (state, views) != self._read:
                from tui.known_rules import known_rules

                self._read = (state, views)
                self._known = ()
                self._known = known_rules(folder, self._config, views).rules
        except PapersError:  # the next fetch, and the command that lists rules, say why
            pass
        return self._known
