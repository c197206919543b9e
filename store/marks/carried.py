"""Marks in files of papers: JSON Lines exported with marks move a library as one file."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from store.marks.cells import Cell, is_stamp
from store.text.clean import clean_tag, clean_text

MARKS = "marks"
"""The JSON member with each mark and its stamp, as in the library."""
_MACHINE = "file"
"""The machine for marks without a stamp."""


def cells_in(members: Mapping[str, object], moment: datetime) -> Mapping[str, Any]:
    """Return the marks in a paper's object; those with stamps are as they are in it.

    `moment` is when the file was written: tags and a note without a stamp count as set then.
    """
    stamped = members.get(MARKS)
    if isinstance(stamped, dict):
        return stamped
    cells: dict[str, Cell] = {}
    then = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z/{_MACHINE}"
    if members.get("hidden") is True:
        cells["hidden"] = [True, then]
    score = members.get("score")
    if type(score) is int and score:
        cells["score"] = [score, then]
    for name, since in (("read", "read_at"), ("starred", "starred_at")):
        if members.get(name) is True:
            stamp = f"{members.get(since)}/{_MACHINE}"
            cells[name] = [True, stamp if is_stamp(stamp) else then]
    if (note := members.get("note")) and isinstance(note, str):
        cells["note"] = [clean_text(note), then]
    tags = members.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, str) and (name := clean_tag(tag)):
            cells[f"#{name}"] = [True, then]
    return cells
