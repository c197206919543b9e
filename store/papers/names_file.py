"""The file `papers.index`: by which names the papers of each month go, so that not all are read.

Whoever adds a few papers or looks for one reads the months that it may concern. What is in the
file is derived from the months' files and checked against their signatures: it may be old, damaged
or gone at any time, and then more is read.

A line with the check sum of all that follows; a line of JSON with the signature, the feeds and the
numbers of names of each month; the check sums of the names (CRC-32, four bytes each), month by
month. Names that have one check sum cost the reading of a month more, nothing else.
"""

import sys
from array import array
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from zlib import crc32

import orjson

from store.errors import LibraryError
from store.files.disk import Disk
from store.files.storage import SCHEMA, Signature, read_file
from store.model import Paper

INDEX = "papers.index"
"""Name of the file in a library."""

Sums: TypeAlias = "array[int]"

_FORM = f"1 {SCHEMA} {sys.byteorder} {array('I').itemsize}"
"""The form of the file; machines of another form make their own."""


@dataclass(frozen=True, slots=True)
class MonthNames:
    """What is known of the papers in one month's file."""

    signature: Signature
    """That of the file which was read."""
    feeds: tuple[str, ...]
    """Names of the feeds that listed them."""
    keys: Sums
    """Of the papers' keys."""
    aliases: Sums
    """Of their other keys."""
    others: Sums
    """Of all else that may tie a paper to another: titles, and what feeds call it."""

    @classmethod
    def of(
        cls, signature: Signature, papers: Collection[Paper], names: Collection[str]
    ) -> "MonthNames":
        """Return what is to be known of papers; `names` are all by which these go."""
        keys = [paper.id for paper in papers]
        aliases = [name for paper in papers for name in paper.aliases]
        others = set(names).difference(keys, aliases)
        feeds = set().union(*{paper.feeds for paper in papers})
        return cls(signature, tuple(sorted(feeds)), *map(sums_of, (keys, aliases, others)))

    def is_of(self, signature: Signature | None) -> bool:
        """Tell whether this is about a month's file as it is.

        The file's number may be another: a copy of a library has others. Whoever writes a file
        gives it a new word, and whoever edits one by hand a new time.
        """
        known = self.signature
        return signature is not None and (signature[0], *signature[2:]) == (known[0], *known[2:])

    def has_key(self, sums: set[int]) -> bool:
        """Tell whether a paper may have one of these keys, by their check sums."""
        return not (sums.isdisjoint(self.keys) and sums.isdisjoint(self.aliases))

    def has_name(self, sums: set[int]) -> bool:
        """Tell whether a paper may go by one of these names, by their check sums."""
        return self.has_key(sums) or not sums.isdisjoint(self.others)


def sums_of(names: Iterable[str]) -> Sums:
    """Return the check sums of names, in any case of letters."""
    return array("I", [crc32(name.casefold().encode("utf-8", "replace")) for name in names])


def read_names(library: Path) -> dict[str, MonthNames]:
    """Return what is known of months, by the names of their files; nothing where there is none."""
    try:
        return _parsed(read_file(library / INDEX))
    except (LibraryError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # it is gone, damaged, or of another version


def write_names(library: Path, months: Mapping[str, MonthNames], disk: Disk) -> None:
    """Replace the file, for who holds the lock of the months' folder.

    Where that is not possible the one that is there stays, and is the older.
    """
    # Of files without a word of their own an earlier state may have the same signature.
    known = {name: month for name, month in months.items() if month.signature[-1]}
    about = {
        name: [month.signature, month.feeds, *map(len, _parts(month))]
        for name, month in known.items()
    }
    head = orjson.dumps({"form": _FORM, "months": about})
    sums = (part.tobytes() for month in known.values() for part in _parts(month))
    data = b"\n".join((head, b"".join(sums)))
    with suppress(OSError):
        disk.replace_derived(library / INDEX, b"%08x\n%b" % (crc32(data), data))


def _parts(month: MonthNames) -> tuple[Sums, Sums, Sums]:
    return month.keys, month.aliases, month.others


def _parsed(data: bytes) -> dict[str, MonthNames]:
    """Return what the file says; ValueError and the like where it is not as it was written."""
    check, _, rest = data.partition(b"\n")
    if int(check, 16) != crc32(rest):
        raise ValueError("it is damaged")
    head, _, body = rest.partition(b"\n")
    said = orjson.loads(head)
    if said["form"] != _FORM:
        raise ValueError("it is of another form")
    view, months = memoryview(body), {}
    for name, (signature, feeds, *numbers) in said["months"].items():
        parts = []
        for number in numbers:
            part = array("I")
            part.frombytes(view[: number * part.itemsize])
            parts.append(part)
            view = view[number * part.itemsize :]
        time, inode, size, word = signature
        months[name] = MonthNames((time, inode, size, word), tuple(feeds), *parts)
    return months
