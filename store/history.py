"""What the user did, so that it can be taken back: actions, bulk ones as one."""

from dataclasses import dataclass, field

from store.model import Marks

LIMIT = 500
"""Number of actions that are remembered."""


@dataclass(frozen=True, slots=True)
class Step:
    """One paper's marks before and after an action."""

    paper_id: str
    before: Marks
    after: Marks


@dataclass(frozen=True, slots=True)
class Action:
    """Something the user did, to one paper or to many."""

    label: str
    """In words, for the message: "starred"."""
    steps: tuple[Step, ...]

    def __len__(self) -> int:
        return len(self.steps)


@dataclass(slots=True)
class History:
    """Actions that can be taken back, and those that can be done again."""

    _done: list[Action] = field(default_factory=list)
    _undone: list[Action] = field(default_factory=list)

    def did(self, action: Action) -> None:
        """Remember an action that changed something; what was undone before is gone."""
        if action.steps:
            self._done = [*self._done[-LIMIT + 1 :], action]
            self._undone.clear()

    def undo(self) -> Action | None:
        """Return the action to take back."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Action | None:
        """Return the action to do again."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]

    def forget(self) -> None:
        """Forget everything, after marks were reverted that the actions were about."""
        self._done.clear()
        self._undone.clear()
