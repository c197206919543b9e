"""What the user did, so that it can be undone: actions, bulk ones as one.

The history belongs to the library and is on disk with the marks, so that every program on the
library, now and later, undoes the same last action.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from store.marks.cells import KINDS, Cells
from store.model import Change

ActionDocument: TypeAlias = Mapping[str, Any]
"""An action in the form it has in the file of marks."""
History: TypeAlias = Mapping[str, ActionDocument]
"""Actions by key."""

LIMIT = 500
"""Number of actions in the history."""
PAPERS_LIMIT = 200_000
"""Number of papers in all of them together, so that the file of marks stays small."""


class Step(NamedTuple):
    """One change of several papers."""

    papers: tuple[str, ...]
    """Their ids."""
    change: Change
    inverse: Change
    """The change that undoes it."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something the user did, to one paper or to many."""

    key: str
    """The stamp of its marks and a unique word; the later action has the greater key."""
    label: str
    """In words, for the message: "starred"."""
    steps: tuple[Step, ...]
    undone: str = ""
    """The stamp of the marks that undid it; empty if it was not undone."""

    @property
    def stamp(self) -> str:
        """The stamp of the marks it made."""
        return self.key.rpartition("/")[0]

    def __len__(self) -> int:
        return sum(len(step.papers) for step in self.steps)


class Edit(NamedTuple):
    """The edits of one action to the file of marks: cells to merge, actions to record."""

    cells: Mapping[str, Cells]
    """By paper's id."""
    actions: Mapping[str, ActionDocument] = MappingProxyType({})
    """Actions to put in the history, by key."""
    forgotten: tuple[str, ...] = ()
    """Keys of actions to take out of it."""
    seen: Mapping[str, Cells] | None = None
    """If the action undoes another: the cells it found, by paper's id."""


class Waiting:
    """The edits that are not on disk yet, and the history with them. For two threads."""

    def __init__(self, history: History) -> None:
        self.history = history
        """The history, waiting edits included."""
        self._on_disk = history
        self._edits: list[Edit] = []
        self._before: dict[str, Cells] = {}
        """What the edited marks are on disk, by paper's id."""
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._edits)

    def edits(self) -> list[Edit]:
        """Return the edits, the oldest first."""
        with self._lock:
            return list(self._edits)

    def add(self, edit: Edit, cells: Mapping[str, Cells]) -> None:
        """Add an edit of marks, which are as they were before it."""
        with self._lock:
            for key in edit.cells:
                self._before.setdefault(key, cells.get(key, {}))
            self._edits.append(edit)
            self.history = after(self.history, edit)

    def written(self, edits: Sequence[Edit], cells: Mapping[str, Cells]) -> None:
        """Record that the first edits are on disk, with the marks there now."""
        with self._lock:
            del self._edits[: len(edits)]
            for edit in edits:
                self._on_disk = after(self._on_disk, edit)
            still = {key for edit in self._edits for key in edit.cells}
            self._before = {
                key: cells.get(key, before) for key, before in self._before.items() if key in still
            }

    def revert(self) -> dict[str, Cells]:
        """Drop all edits; return the marks as they are on disk."""
        with self._lock:
            before, self._before, self._edits = self._before, {}, []
            self.history = self._on_disk
        return before

    def rebase(self, history: History, cells_on_disk: Callable[[str], Cells]) -> list[Edit]:
        """Put the edits on top of another state of the disk; return them."""
        with self._lock:
            self.history = self._on_disk = history
            for edit in self._edits:
                self.history = after(self.history, edit)
            self._before = {key: cells_on_disk(key) for key in self._before}
            return list(self._edits)


def last_done(history: History) -> Action | None:
    """Return the action to undo; ValueError if it can't be understood."""
    key = max((key for key, document in history.items() if not document.get("undone")), default="")
    return _from_document(key, history[key]) if key else None


def last_undone(history: History) -> Action | None:
    """Return the action to redo; ValueError if it can't be understood."""
    keys = undone(history)
    return _from_document(keys[-1], history[keys[-1]]) if keys else None


def undone(history: History) -> list[str]:
    """Return the keys of the actions that were undone, the last one last."""
    keys = [key for key, document in history.items() if document.get("undone")]
    return sorted(keys, key=lambda key: str(history[key]["undone"]))


def after(history: History, edit: Edit) -> dict[str, ActionDocument]:
    """Return the history after an edit, cut to its greatest length."""
    left = {key: action for key, action in history.items() if key not in edit.forgotten}
    left.update(edit.actions)
    kept: dict[str, ActionDocument] = {}
    papers = 0
    for key in sorted(left, reverse=True)[:LIMIT]:
        papers += _size(left[key])
        if kept and papers > PAPERS_LIMIT:
            break
        kept[key] = left[key]
    return kept


def describe(change: Change) -> str:
    """Say what a change does, in words."""
    words = [
        {True: "starred", False: "unstarred", None: ""}[change.starred],
        {True: "marked read", False: "marked unread", None: ""}[change.read],
        "tagged " + " ".join(f"#{tag}" for tag in change.add_tags) if change.add_tags else "",
        "untagged " + " ".join(f"#{t}" for t in change.remove_tags) if change.remove_tags else "",
        "note written" if change.note else "note removed" if change.note is not None else "",
        {True: "hidden", False: "shown again", None: ""}[change.hidden],
        "" if change.score is None else f"scored {change.score}",
    ]
    return ", ".join(filter(None, words))


def to_document(action: Action) -> ActionDocument:
    """Return the form of an action in the file of marks."""
    return {
        "label": action.label,
        "undone": action.undone,
        "steps": [
            {
                "papers": list(step.papers),
                "change": _change_document(step.change),
                "inverse": _change_document(step.inverse),
            }
            for step in action.steps
        ],
    }


def _size(document: ActionDocument) -> int:
    """Return the number of papers of an action; damaged ones must not keep others from writing."""
    try:
        return sum(len(step["papers"]) for step in document["steps"])
    except (KeyError, TypeError):
        return 0


_KINDS: Mapping[str, type] = {
    **KINDS, "add_tags": list, "remove_tags": list,
}  # fmt: skip


def _from_document(key: str, document: ActionDocument) -> Action:
    try:
        steps = tuple(
            Step(tuple(map(str, step["papers"])), _change(step["change"]), _change(step["inverse"]))
            for step in document["steps"]
        )
        return Action(key, str(document["label"]), steps, str(document["undone"]))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError("the last action in the history can't be understood") from error


def _change_document(change: Change) -> dict[str, Any]:
    values = {
        "read": change.read,
        "starred": change.starred,
        "note": change.note,
        "hidden": change.hidden,
        "score": change.score,
        "add_tags": list(change.add_tags) or None,
        "remove_tags": list(change.remove_tags) or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _change(document: Mapping[str, Any]) -> Change:
    known = dict(document)
    # An undo must not put anything but marks among the marks.
    if not all(isinstance(value, _KINDS[name]) for name, value in known.items()):
        raise TypeError("a change of a different kind than its mark")
    for name in ("add_tags", "remove_tags"):
        known[name] = tuple(known.get(name, ()))
        "".join(known[name])  # TypeError if one is not text
    return Change(**known)
