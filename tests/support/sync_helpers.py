"""Machines that exchange marks through a folder."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import orjson
from conftest import refresh

from store.files.storage import SCHEMA
from store.library import Library

Machine: TypeAlias = Callable[[str], Library]
"""Opens the library of a machine, by its name."""


def names(folder: Path) -> list[str]:
    """Return the names of what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def name_of(library: Library) -> str:
    """Return the name that a library's machine has in its stamps."""
    state = orjson.loads((library.folder / "state.json").read_bytes())
    name: str = state["meta"]["library"]["machine"]
    return name


def exchanged(library: Library) -> Library:
    """Exchange marks with the folder, without trouble; return the library."""
    assert library.others.exchange() == ()
    refresh(library)
    return library


def put(path: Path, data: bytes) -> bytes:
    """Write a file; return what is in it."""
    path.write_bytes(data)
    return data


def marks_file(marks: dict[str, object], schema: int = SCHEMA) -> bytes:
    """Return a file of marks as another machine would write it."""
    about = {"schema": schema, "machine": "feed"}
    return orjson.dumps({"meta": {"library": about}, "marks": marks})


def starred_at(day: str) -> dict[str, object]:
    """Return the marks of a paper that was starred at a time."""
    return {"starred": [True, f"{day}T12:00:00.000Z/feed"]}


def config(tmp_path: Path, folder: Path) -> Path:
    """Return settings with a sync folder."""
    path = tmp_path / "config.toml"
    path.write_text(f'sync = "{folder}"\n')
    return path
