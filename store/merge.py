"""Marks as a last-writer-wins map: every field and every tag carries the stamp of its last change.

A stamp is `<UTC time in milliseconds, ISO 8601>/<machine>`; stamps compare as text, and the later
one wins. Merging such maps is commutative, associative and idempotent (Shapiro et al., "A
comprehensive study of convergent and commutative replicated data types", 2011, section 3.2.1).
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from store.model import NO_MARKS, Change, Marks

Cell = list[bool | str]
"""A value and the stamp of the change that set it."""


class Cells(TypedDict, total=False):
    """The document of one paper's marks; fields never set are absent."""

    read: Cell
    starred: Cell
    note: Cell
    tags: dict[str, Cell]


class Stamps:
    """Make stamps that never repeat and never fall behind the latest one seen.

    Raises ValueError where the latest is no stamp.
    """

    def __init__(self, machine: str, latest: str = "") -> None:
        if latest:
            _moment_of(latest)
        self._machine = machine
        self._latest = latest

    def see(self, stamp: str) -> None:
        """Take note of a stamp made elsewhere, so that the next one here is later."""
        self._latest = max(self._latest, stamp)

    def next(self, now: datetime) -> str:
        """Return a stamp for `now`, or one millisecond after the latest if that is later."""
        stamp = f"{_milliseconds(now)}/{self._machine}"
        if stamp <= self._latest:
            after = _moment_of(self._latest) + timedelta(milliseconds=1)
            stamp = f"{_milliseconds(after)}/{self._machine}"
        self._latest = stamp
        return stamp


def merge_cells(one: Cells, other: Cells) -> Cells:
    """Return the cells with, field by field and tag by tag, the later change of the two."""
    if not one or not other:
        return one or other
    merged: Cells = {**one, **other}
    if "read" in one and "read" in other:
        merged["read"] = _later(one["read"], other["read"])
    if "starred" in one and "starred" in other:
        merged["starred"] = _later(one["starred"], other["starred"])
    if "note" in one and "note" in other:
        merged["note"] = _later(one["note"], other["note"])
    if "tags" in one and "tags" in other:
        mine, theirs = one["tags"], other["tags"]
        merged["tags"] = {
            tag: _later(mine.get(tag) or theirs[tag], theirs.get(tag) or mine[tag])
            for tag in {**mine, **theirs}
        }
    return merged


def marks_of(cells: Cells) -> Marks:
    """Return the marks that the cells amount to."""
    if not cells:
        return NO_MARKS
    read, starred = cells.get("read"), cells.get("starred")
    note = cells.get("note")
    return Marks(
        read=bool(read and read[0]),
        starred=bool(starred and starred[0]),
        tags=tuple(sorted(tag for tag, cell in cells.get("tags", {}).items() if cell[0])),
        note=str(note[0]) if note else "",
        read_at=_time_of(read),
        starred_at=_time_of(starred),
    )


def cells_of(change: Change, stamp: str) -> Cells:
    """Return the cells that a change sets."""
    cells: Cells = {}
    if change.read is not None:
        cells["read"] = [change.read, stamp]
    if change.starred is not None:
        cells["starred"] = [change.starred, stamp]
    if change.note is not None:
        cells["note"] = [change.note, stamp]
    tags: dict[str, Cell] = {tag: [True, stamp] for tag in change.add_tags}
    tags.update({tag: [False, stamp] for tag in change.remove_tags})
    if tags:
        cells["tags"] = tags
    return cells


def needed(marks: Marks, change: Change) -> Change | None:
    """Return the part of a change that would alter these marks, or None where nothing would."""
    part = Change(
        read=None if change.read == marks.read else change.read,
        starred=None if change.starred == marks.starred else change.starred,
        note=None if change.note == marks.note else change.note,
        add_tags=tuple(tag for tag in change.add_tags if tag not in marks.tags),
        remove_tags=tuple(tag for tag in change.remove_tags if tag in marks.tags),
    )
    return None if part == Change() else part


def difference(old: Marks, new: Marks) -> Change:
    """Return the change that makes `new` of `old`."""
    return Change(
        read=None if old.read == new.read else new.read,
        starred=None if old.starred == new.starred else new.starred,
        note=None if old.note == new.note else new.note,
        add_tags=tuple(tag for tag in new.tags if tag not in old.tags),
        remove_tags=tuple(tag for tag in old.tags if tag not in new.tags),
    )


def stamps_in(cells: Cells) -> Iterator[str]:
    """Yield the stamps of all cells."""
    for cell in (cells.get("read"), cells.get("starred"), cells.get("note")):
        if cell:
            yield str(cell[1])
    for cell in cells.get("tags", {}).values():
        yield str(cell[1])


def _later(one: Cell, other: Cell) -> Cell:
    """Return the later cell; of two with one stamp always the same one, whatever the order."""
    return max(one, other, key=lambda cell: (str(cell[1]), repr(cell[0])))


def _time_of(cell: Cell | None) -> str:
    return str(cell[1]).partition("/")[0] if cell and cell[0] else ""


def _moment_of(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp.partition("/")[0])


def _milliseconds(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
