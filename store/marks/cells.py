"""Marks as a last-writer-wins map: every field and every tag carries the stamp of its last change.

A stamp is `<UTC time in milliseconds, ISO 8601>/<machine>`; stamps compare as text, and the later
one wins. Merging such maps is commutative, associative and idempotent (Shapiro et al., "A
comprehensive study of convergent and commutative replicated data types", 2011, section 3.2.1).
Stamps are those of a hybrid logical clock (Kulkarni et al., "Logical physical clocks", 2014): the
machine's time, but never before a stamp it has seen.
"""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from store.model import NO_MARKS, Change, Marks
from store.text.clean import clean_text, is_tag

Cell: TypeAlias = list[bool | str | int]
"""A value and the stamp of the change that set it."""

Cells: TypeAlias = Mapping[str, Cell]
"""One paper's marks, never changed in place: see `KINDS`, and `#tag` for each tag.

A mark that was never set is absent; a removed tag is there and false. Marks with other names, which
a later version makes, are kept and passed to other machines; nothing here reads them.
"""

KINDS: Mapping[str, type] = {
    "read": bool, "starred": bool, "note": str, "hidden": bool, "score": int, "news": str,
}  # fmt: skip
"""The single marks of a paper and their types; a tag's is true or false."""
NOT_BY_HAND = ("hidden", "score", "news")
"""Marks with which a paper is still removed with its feed: they say that it is unwanted, or how
much it is wanted, or its news."""
_LATER_KIND = re.compile(r"[a-z][a-z0-9_-]{0,39}")
"""The name of a mark that a later version may make; what has another form than a cell, such a
version writes under another number of the layout (store.files.storage.SCHEMA)."""
_VALUES = (bool, str, int)
HIGHEST = 1_000_000
"""The largest distance of a score from 0."""

AHEAD = timedelta(days=1)
"""Stamps further ahead of the time here mean a wrong clock."""

_MACHINE = r"[0-9A-Za-z-]{1,40}"
_STAMP = re.compile(rf"(?!9999)\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{{3}}Z/{_MACHINE}")


class Stamps:
    """Make stamps that never repeat and are never earlier than the latest one seen."""

    def __init__(self, machine: str, latest: str = "") -> None:
        self.machine = machine
        self.latest = latest
        """The latest stamp made or seen."""

    def see(self, stamp: str) -> None:
        """Record a stamp made elsewhere, so that the next one here is later."""
        self.latest = max(self.latest, stamp)

    def next(self, now: datetime) -> str:
        """Return a stamp for `now`, or one millisecond after the latest if that is later."""
        stamp = f"{_milliseconds(now)}/{self.machine}"
        if stamp <= self.latest:
            after = moment_of(self.latest) + timedelta(milliseconds=1)
            stamp = f"{_milliseconds(after)}/{self.machine}"
        self.latest = stamp
        return stamp


def merge_cells(one: Cells, other: Cells) -> Cells:
    """Merge two sets of cells; for each field and tag the later change wins."""
    if not one or not other:
        return one or other
    merged = {**one, **other}
    for name in one.keys() & other.keys():
        merged[name] = _later(one[name], other[name])
    return merged


def later_in(cells: Cells, seen: Cells, of: Collection[str]) -> set[str]:
    """Return the names, of those given, of cells that have changed since they were seen."""
    return {
        name
        for name in of
        if name in cells and (name not in seen or str(seen[name][1]) < str(cells[name][1]))
    }


def marks_of(cells: Cells) -> Marks:
    """Return the marks that cells describe."""
    if not cells:
        return NO_MARKS
    read, starred, note = cells.get("read"), cells.get("starred"), cells.get("note")
    return Marks(
        read=bool(read and read[0]),
        starred=bool(starred and starred[0]),
        tags=tuple(sorted([n[1:] for n, cell in cells.items() if n[0] == "#" and cell[0]])),
        note=str(note[0]) if note else "",
        read_at=time_of(str(read[1])) if read and read[0] else "",
        starred_at=time_of(str(starred[1])) if starred and starred[0] else "",
        hidden=bool("hidden" in cells and cells["hidden"][0]),
        score=int(cells["score"][0]) if "score" in cells else 0,
        news=tuple(str(cells["news"][0]).splitlines()) if "news" in cells else (),
    )


def cells_of(change: Change, stamp: str) -> Cells:
    """Return the cells that a change sets."""
    values: dict[str, bool | str | int | None] = {
        "read": change.read,
        "starred": change.starred,
        "note": change.note,
        "hidden": change.hidden,
        "score": change.score,
        **{f"#{tag}": True for tag in change.add_tags},
        **{f"#{tag}": False for tag in change.remove_tags},
    }
    return {name: [value, stamp] for name, value in values.items() if value is not None}


def needed(marks: Marks, change: Change) -> Change:
    """Return the part of a change that would alter these marks."""
    return Change(
        read=None if change.read == marks.read else change.read,
        starred=None if change.starred == marks.starred else change.starred,
        note=None if change.note == marks.note else change.note,
        add_tags=tuple(tag for tag in change.add_tags if tag not in marks.tags),
        remove_tags=tuple(tag for tag in change.remove_tags if tag in marks.tags),
        hidden=None if change.hidden == marks.hidden else change.hidden,
        score=None if change.score == marks.score else change.score,
    )


def inverse(marks: Marks, change: Change) -> Change:
    """Return the change that undoes a change to these marks which alters all it names."""
    return Change(
        read=None if change.read is None else marks.read,
        starred=None if change.starred is None else marks.starred,
        note=None if change.note is None else marks.note,
        add_tags=change.remove_tags,
        remove_tags=change.add_tags,
        hidden=None if change.hidden is None else marks.hidden,
        score=None if change.score is None else marks.score,
    )


def without(change: Change, cells: Cells) -> Change:
    """Return a change without the parts that these cells already have."""
    return Change(
        read=None if "read" in cells else change.read,
        starred=None if "starred" in cells else change.starred,
        note=None if "note" in cells else change.note,
        add_tags=tuple(tag for tag in change.add_tags if f"#{tag}" not in cells),
        remove_tags=tuple(tag for tag in change.remove_tags if f"#{tag}" not in cells),
        hidden=None if "hidden" in cells else change.hidden,
        score=None if "score" in cells else change.score,
    )


def check_marks(marks: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the latest stamp in documents of marks; ValueError if one is none.

    Checks each distinct name and stamp once: a hundred thousand marks have few of them.
    """
    try:
        shapes = {
            (name, type(cell), len(cell), type(cell[0]), type(cell[1]))
            for cells in marks.values()
            for name, cell in cells.items()
        }
        stamps = {cell[1] for cells in marks.values() for cell in cells.values()}
    except (LookupError, TypeError) as error:
        raise ValueError("one has no value and stamp") from error
    for name, cell, length, value, stamp in shapes:
        is_tag_name = name[:1] == "#" and len(name) > 1
        if name not in KINDS and not is_tag_name and not _LATER_KIND.fullmatch(name):
            raise ValueError(f"there is no mark {name[:40]!r}")
        values = (bool,) if is_tag_name else (KINDS[name],) if name in KINDS else _VALUES
        if (cell, length, stamp) != (list, 2, str) or value not in values:
            raise ValueError(f"{name[:40]!r} has no value and stamp")
    for text in stamps:
        if not is_stamp(text):
            raise ValueError(f"{text[:40]!r} is not a stamp")
    return max(stamps, default="")


def check_harmless(marks: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the latest stamp in documents of marks from outside, which have to be clean.

    Raises ValueError if they are none, or are not clean.

    This program writes only clean tags and notes, so unclean ones are not from it.
    """
    latest = check_marks(marks)
    if latest >= "9":
        # Stamps made here are later than all seen, and there is no year 10000.
        raise ValueError("a stamp is of a year too far ahead")
    names = {name for cells in marks.values() for name in cells}
    for name in names:
        if name[0] == "#" and not is_tag(name[1:]):
            raise ValueError("a tag is not a tag")
    texts = [name for name in names if name[0] != "#" and KINDS.get(name, str) is str]
    for cells in marks.values():
        for name in texts:
            text = cells[name][0] if name in cells else ""
            if isinstance(text, str) and clean_text(text) != text:
                raise ValueError(f"its {name} contains control characters")
        if "score" in cells and abs(int(cells["score"][0])) > HIGHEST:
            raise ValueError("a score is too far from 0")
    return latest


def upgrade_marks(tables: dict[str, dict[str, Any]]) -> None:
    """Bring the tables of layout 1, where tags were a map of their own, to layout 2."""
    for cells in tables.get("marks", {}).values():
        if isinstance(cells.get("tags"), dict):
            cells.update({f"#{tag}": cell for tag, cell in cells.pop("tags").items()})


def latest_stamp(cells: Cells) -> str:
    """Return the latest stamp of any cell; empty if there is none."""
    return max([str(cell[1]) for cell in cells.values()], default="")


def horizon(now: datetime) -> str:
    """Return the limit above which stamps are too far ahead of a time."""
    return _milliseconds(now + AHEAD)


def redated(stamps: Collection[str], now: datetime) -> dict[str, str]:
    """Return new stamps for those too far ahead, in their order, later than all others."""
    limit = horizon(now)
    sound = max((stamp for stamp in stamps if stamp <= limit), default="")
    clock = Stamps("", max(sound, _milliseconds(now)))
    wrong = sorted(stamp for stamp in stamps if stamp > limit)
    return {stamp: clock.next(now) + machine_of(stamp) for stamp in wrong}


def is_stamp(text: str) -> bool:
    """Return whether a text is a stamp, with a time that exists."""
    if not _STAMP.fullmatch(text):
        return False
    try:
        moment_of(text)
    except ValueError:
        return False
    return True


def is_machine(name: object) -> bool:
    """Return whether a name can be in a stamp, and be the name of a file."""
    return isinstance(name, str) and re.fullmatch(_MACHINE, name) is not None


def machine_of(stamp: str) -> str:
    """Return the machine that made a stamp."""
    return stamp.partition("/")[2]


def time_of(stamp: str) -> str:
    """Return the time of a stamp as ISO 8601 in UTC."""
    return stamp.partition("/")[0]


def moment_of(stamp: str) -> datetime:
    """Return the time of a stamp; ValueError if there is no such time."""
    return datetime.fromisoformat(time_of(stamp))


def _later(one: Cell, other: Cell) -> Cell:
    """Return the later cell; of two with the same stamp always the same one, in any order."""
    return max(one, other, key=lambda cell: (str(cell[1]), repr(cell[0])))


def _milliseconds(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
