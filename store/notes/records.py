"""What was agreed on last: which paper has which file, and the note that both sides had.

By that it can be told which side changed. If the list is lost or damaged, files are found by
their markers, and of two notes that differ the later one counts and the other is kept.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import orjson

from store.errors import LibraryError
from store.files.disk import DISK, Disk

RECORDS = "notes-files.json"
"""The file in the library."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of the file of a paper."""

    file: str
    """Its path, from the folder on."""
    note: str
    """The note that file and library had in common."""
    head: str = ""
    """Tells whether the properties are as they were written; empty if they are the user's."""
    gone: bool = False
    """Whether it was said that the file is gone."""


@dataclass(frozen=True, slots=True)
class Records:
    """The list of a library; it holds for one folder."""

    folder: str
    papers: Mapping[str, Record]


def read_records(library: Path) -> Records:
    """Return the list, an empty one where it is missing or damaged; LibraryError."""
    path = library / RECORDS
    try:
        data = orjson.loads(path.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return Records("", {})
    except OSError as error:
        raise LibraryError(f"can't read {path}: {error.strerror}") from error
    data = data if isinstance(data, dict) else {}
    folder, papers = data.get("folder"), data.get("papers")
    found = papers.items() if isinstance(papers, dict) else ()
    return Records(
        folder if isinstance(folder, str) else "",
        {key: Record(**each) for key, each in found if _is_record(each)},
    )


def write_records(library: Path, records: Records, disk: Disk = DISK) -> None:
    """Keep the list; for who holds its lock. LibraryError."""
    path = library / RECORDS
    papers = {key: asdict(each) for key, each in records.papers.items()}
    data = orjson.dumps({"folder": records.folder, "papers": papers}, option=orjson.OPT_INDENT_2)
    try:
        disk.replace_file(path, data)
    except OSError as error:
        raise LibraryError(f"can't write {path}: {error.strerror}") from error


def _is_record(value: Any) -> bool:
    """Return whether a value of the file is a record whose file is within the folder."""
    if not isinstance(value, dict) or value.keys() != {each.name for each in fields(Record)}:
        return False
    texts = all(isinstance(value[name], str) for name in ("file", "note", "head"))
    if not texts or not isinstance(value["gone"], bool) or "\0" in value["file"]:
        return False
    path = Path(value["file"])
    return bool(path.name) and not path.is_absolute() and ".." not in path.parts
