"""The process that benchmarks.kills kills: python -m benchmarks.kill_writer LIBRARY NUMBER SEED.

It changes the library without end and prints, one JSON line each, what it is about to do and,
once the library has said that it is saved, that this was acknowledged:

    {"cells": {"arxiv:2508.10001": {"starred": true, "#a": false}}}    marks that will change
    {"papers": {"arxiv:2508.10101": "2025-07-01"}}                     papers and their days
    {"done": true}                                                     the last line is on disk

Writers with different numbers touch different papers, but for one which all share, where each has
tags of its own. What a change does is reckoned here and not taken from the library's answers.
"""

import json
import os
import sys
from pathlib import Path
from random import Random
from typing import TypeAlias

from store.errors import LibraryBusyError
from store.library import Library
from store.model import Change, Marks, Paper

Value: TypeAlias = bool | str
Cells: TypeAlias = dict[str, Value]
"""Values of marks by the names they have in the file: read, starred, note, #tag."""

SHARED = "arxiv:2508.99999"
"""The paper that all writers tag."""
DAYS = ("2025-06-15", "2025-07-15", "2025-08-15")


def own_papers(number: int) -> list[str]:
    """Return the ids of the papers that a writer marks."""
    return [f"arxiv:2508.{number}{index:04}" for index in range(30)]


def cells_of(marks: Marks) -> Cells:
    """Return marks by name, without those that are not set."""
    cells: Cells = {"read": marks.read, "starred": marks.starred, "note": marks.note}
    cells |= {f"#{tag}": True for tag in marks.tags}
    return {name: value for name, value in cells.items() if value}


def a_paper(paper_id: str, day: str) -> Paper:
    """Return a paper that is like no other."""
    return Paper(id=paper_id, title=f"On {paper_id}", abstract=f"{paper_id} " * 20, date=day)


class Writer:
    """Does one thing after another, and says so."""

    def __init__(self, folder: Path, number: int, seed: int) -> None:
        self._random = Random(seed)
        self._number = number
        self._library = Library(folder)
        self._library.read_all()
        self._own = own_papers(number)
        self._known = {key: cells_of(self._library.marks(key)) for key in [SHARED, *self._own]}
        self._done: list[dict[str, Cells]] = []
        """What undoing each action would bring back, the last action last."""
        self._days = {
            key: paper.date for key, paper in self._library.papers.items() if self._mine(key)
        }

    def run(self) -> None:
        """Work until killed."""
        steps = (self._mark, self._mark_many, self._undo, self._import, self._reload)
        while True:
            self._random.choices(steps, (60, 10, 15, 5, 10))[0]()

    def _mark(self) -> None:
        key = self._random.choice([SHARED, *self._own])
        cells: Cells = {}
        name = f"#w{self._number}-{self._random.randrange(4)}"
        if key != SHARED:
            name = self._random.choice(["read", "starred", "note", name])
        before = self._known[key].get(name, False)
        cells[name] = f"note {self._random.random()}" if name == "note" else not before
        self._change([key], cells)

    def _mark_many(self) -> None:
        value = self._random.random() < 0.5
        self._change(self._random.sample(self._own, 12), {"read": value, "#many": not value})

    def _undo(self) -> None:
        if self._done:
            cells = self._done.pop()
            say({"cells": cells})
            self._library.undo()
            self._commit(cells)

    def _import(self) -> None:
        known = self._random.sample(sorted(self._days), min(2, len(self._days)))
        new = [f"arxiv:2508.{self._number}9{self._random.randrange(10**8):08}" for _ in range(2)]
        days = {key: self._random.choice(DAYS) for key in [*known, *new]}
        # A paper keeps the first day it was listed, so this moves some to an earlier month.
        after = {key: min(day, self._days.get(key, day)) for key, day in days.items()}
        say({"papers": after})
        self._library.add([a_paper(key, day) for key, day in days.items()], "kills")
        say({"done": True})
        self._days |= after

    def _reload(self) -> None:
        self._library.apply_marks(self._library.load_marks())
        # The last action may now be another writer's.
        self._done.clear()

    def _change(self, keys: list[str], cells: Cells) -> None:
        empty = {name: "" if name == "note" else False for name in cells}
        self._done.append(
            {key: {n: self._known[key].get(n, empty[n]) for n in cells} for key in keys}
        )
        if all(before == cells for before in self._done[-1].values()):
            self._done.pop()  # the library makes no action of what changes nothing
            return
        wanted = dict.fromkeys(keys, cells)
        say({"cells": wanted})
        self._library.mark(keys, to_change(cells))
        self._commit(wanted)

    def _commit(self, wanted: dict[str, Cells]) -> None:
        while self._library.unsaved:
            try:
                self._library.commit()
            except LibraryBusyError:
                continue  # the other writer was quicker all the time; the mark waits
        say({"done": True})
        for key, cells in wanted.items():
            self._known[key] |= cells

    def _mine(self, key: str) -> bool:
        return key.startswith(f"arxiv:2508.{self._number}")


def to_change(cells: Cells) -> Change:
    """Return the change that sets marks by name."""
    read, starred, note = cells.get("read"), cells.get("starred"), cells.get("note")
    return Change(
        read=None if read is None else bool(read),
        starred=None if starred is None else bool(starred),
        note=None if note is None else str(note),
        add_tags=tuple(name[1:] for name, value in cells.items() if name[0] == "#" and value),
        remove_tags=tuple(n[1:] for n, value in cells.items() if n[0] == "#" and not value),
    )


def say(event: dict[str, object]) -> None:
    """Print a line at once, so that it is out of this process when the next thing happens."""
    os.write(1, json.dumps(event).encode() + b"\n")


if __name__ == "__main__":
    Writer(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])).run()
