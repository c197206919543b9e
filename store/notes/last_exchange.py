"""The state after the last exchange: the file of each paper, and the note that both sides had.

It shows which side has changed since. If it is lost or damaged, files are found by their markers;
of two different notes the later one counts, and the other is saved in a file of its own.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import orjson

from store.errors import LibraryError
from store.files.disk import DISK, Disk
from store.files.ordinary import read_json

RECORDS = "notes-files.json"
"""The file in the library."""


@dataclass(frozen=True, slots=True)
class Record:
    """The file of a paper after the last exchange."""

    file: str
    """Its path relative to the folder."""
    note: str
    """The note that both file and library had."""
    head: str = ""
    """The hash of the properties as written; empty if the user changed them."""
    gone: bool = False
    """Whether the user was told that the file is gone."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a library, for one folder of notes."""

    folder: str
    papers: Mapping[str, Record]


def read_records(library: Path) -> Records:
    """Return the records, none if the file is missing or damaged. Raises LibraryError."""
    data = read_json(library / RECORDS)
    data = data if isinstance(data, dict) else {}
    folder, papers = data.get("folder"), data.get("papers")
    found = papers.items() if isinstance(papers, dict) else ()
    return Records(
        folder if isinstance(folder, str) else "",
        {key: Record(**each) for key, each in found if _is_record(each)},
    )


def write_records(library: Path, records: Records, disk: Disk = DISK) -> None:
    """Write the records; the caller holds the lock. Raises LibraryError."""
    path = library / RECORDS
    papers = {key: asdict(each) for key, each in records.papers.items()}
    data = orjson.dumps({"folder": records.folder, "papers": papers}, option=orjson.OPT_INDENT_2)
    try:
        disk.replace_file(path, data)
    except OSError as error:
        raise LibraryError(f"can't write {path}: {error.strerror}") from error


def _is_record(value: Any) -> bool:
    """Return whether a value is a record of a file inside the folder."""
    if not isinstance(value, dict) or value.keys() != {each.name for each in fields(Record)}:
        return False
    texts = all(isinstance(value[name], str) for name in ("file", "note", "head"))
    if not texts or not isinstance(value["gone"], bool) or "\0" in value["file"]:
        return False
    path = Path(value["file"])
    return bool(path.name) and not path.is_absolute() and ".." not in path.parts
