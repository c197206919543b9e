"""Which months have papers of which names, so that adding a few papers reads a few months.

The file is derived from the months and may be deleted at any time. What it says of a month counts
while that month's file is the one it was made from (store.files.storage.Signature). It keeps a
checksum of each name (CRC-32): that two names have the same one costs reading a month, no more.

    a line of JSON: the checksum of the rest, and by month its signature, feeds and number of names
    the checksums of the names of all these months, four bytes each, sorted within a month
"""

import os
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import orjson

from store.errors import LibraryError
from store.files.disk import mode_inside
from store.files.storage import Signature, read_file, signature_of

FILE = "names.index"


@dataclass(frozen=True, slots=True)
class _Month:
    """What is known of one month."""

    signature: Signature
    feeds: frozenset[str]
    checksums: "array[int]"


class NameIndex:
    """The index of one folder of months; only who holds the folder's lock may write it."""

    def __init__(self, folder: Path, months: Iterable[Path]) -> None:
        self._path = folder / FILE
        kept = _read(self._path)
        self._months: dict[str, _Month] = {}
        self.unknown: list[Path] = []
        """Months that are not as they were, or were never here."""
        for path in months:
            month = kept.get(path.stem)
            signature = signature_of(path)
            # Without a word in the file the same signature may be that of another write.
            if month and signature == month.signature and signature[-1]:
                self._months[path.stem] = month
            else:
                self.unknown.append(path)
        self._is_written = self._months.keys() == kept.keys()

    def months_with(self, names: Iterable[str]) -> set[str]:
        """Return the months that may have papers of some of these names."""
        sums = set(map(_checksum, names))
        return {
            name
            for name, month in self._months.items()
            if any(_has(month.checksums, each) for each in sums)
        }

    def feeds(self, but: Collection[str]) -> set[str]:
        """Return the feeds of the papers in all months but some."""
        months = (month for name, month in self._months.items() if name not in but)
        return {feed for month in months for feed in month.feeds}

    def put(
        self, path: Path, signature: Signature | None, names: Iterable[str], feeds: Iterable[str]
    ) -> None:
        """Take note of a month as it is on disk."""
        if signature is None:
            self._months.pop(path.stem, None)
        else:
            sums = array("I", sorted(set(map(_checksum, names))))
            self._months[path.stem] = _Month(signature, frozenset(feeds), sums)
        self._is_written = False

    def write(self) -> None:
        """Keep it for the next time; where that fails, more is read then."""
        if self._is_written:
            return
        body = b"".join(month.checksums.tobytes() for month in self._months.values())
        head = {
            "checksum": crc32(body),
            "months": {
                name: [month.signature, sorted(month.feeds), len(month.checksums)]
                for name, month in self._months.items()
            },
        }
        temporary = self._path.with_name(f"{FILE}.new")
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            descriptor = os.open(temporary, flags, mode_inside(self._path.parent))
            with open(descriptor, "wb") as file:
                file.write(orjson.dumps(head) + b"\n" + body)
            temporary.replace(self._path)


def _read(path: Path) -> Mapping[str, _Month]:
    """Return what is known of months; nothing where the file is missing or damaged."""
    try:
        head, _, body = read_file(path).partition(b"\n")
        about = orjson.loads(head)
        if crc32(body) != about["checksum"]:
            return {}
        sums = array("I", body)
        months, begin = {}, 0
        for name, ((changed, number, size, word), feeds, count) in about["months"].items():
            part = sums[begin : begin + count]
            months[name] = _Month((changed, number, size, word), frozenset(feeds), part)
            begin += count
    except (LibraryError, AttributeError, KeyError, TypeError, ValueError):
        return {}
    return months


def _checksum(name: str) -> int:
    return crc32(name.casefold().encode(errors="replace"))


def _has(checksums: "array[int]", wanted: int) -> bool:
    place = bisect_left(checksums, wanted)
    return place < len(checksums) and checksums[place] == wanted
