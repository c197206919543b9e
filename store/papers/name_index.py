"""Which months have papers of which names, so that adding a few papers reads a few months.

The file is derived from the months and may be deleted at any time. What it says of a month counts
while that month's file is the one it was made from (store.files.storage.Signature). It keeps a
checksum of each name (CRC-32): that two names have the same one costs reading a month, no more.

    the checksum of all that follows, in hexadecimal
    a line of JSON: the form of the file, and by month its signature, feeds and number of names
    the checksums of the names of all these months, four bytes each
"""

import os
import sys
from array import array
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import orjson

from store.errors import LibraryError
from store.files.disk import mode_inside
from store.files.storage import SCHEMA, Signature, read_file, signature_of

FILE = "names.index"
_FORM = f"2 {SCHEMA} {sys.byteorder} {array('I').itemsize}"
"""Versions of this file and of the months' files, and how a machine writes numbers."""


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
            if month and signature and _is_of(month, signature):
                self._months[path.stem] = month
            else:
                self.unknown.append(path)
        self._is_written = self._months.keys() == kept.keys()

    def months_with(self, names: Iterable[str]) -> set[str]:
        """Return the months that may have papers of some of these names."""
        sums = set(map(_checksum, names))
        if not sums:
            return set()
        # As fast as looking up a few in order, and no slower where there are thousands.
        return {
            name for name, month in self._months.items() if not sums.isdisjoint(month.checksums)
        }

    def feeds(self, but: Collection[str]) -> set[str]:
        """Return the feeds of the papers in all months but some."""
        months = (month for name, month in self._months.items() if name not in but)
        return {feed for month in months for feed in month.feeds}

    def put(
        self, path: Path, signature: Signature | None, names: Iterable[str], feeds: Iterable[str]
    ) -> None:
        """Record a month as it is on disk."""
        if signature is None:
            self._months.pop(path.stem, None)
        else:
            sums = array("I", set(map(_checksum, names)))
            self._months[path.stem] = _Month(signature, frozenset(feeds), sums)
        self._is_written = False

    def write(self) -> None:
        """Keep it for the next time; if that fails, more is read then."""
        if self._is_written:
            return
        body = b"".join(month.checksums.tobytes() for month in self._months.values())
        about = {
            "form": _FORM,
            "months": {
                name: [month.signature, sorted(month.feeds), len(month.checksums)]
                for name, month in self._months.items()
            },
        }
        rest = orjson.dumps(about) + b"\n" + body
        temporary = self._path.with_name(f"{FILE}.new")
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            descriptor = os.open(temporary, flags, mode_inside(self._path.parent))
            with open(descriptor, "wb") as file:
                file.write(b"%08x\n%b" % (crc32(rest), rest))
            temporary.replace(self._path)


def _read(path: Path) -> Mapping[str, _Month]:
    """Return what is known of months; nothing where the file is missing or damaged."""
    try:
        check, _, rest = read_file(path).partition(b"\n")
        head, _, body = rest.partition(b"\n")
        if int(check, 16) != crc32(rest):
            return {}
        about = orjson.loads(head)
        if about["form"] != _FORM:
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


def _is_of(month: _Month, signature: Signature) -> bool:
    """Return whether what is known of a month is of its file as it is.

    The file's number may be another one: a copy of a library has others. Each write puts a new word
    into a file, and whoever edits one by hand gives it another time. Without a word the same
    signature may be that of another write.
    """
    known = month.signature
    return bool(signature[-1]) and (signature[0], *signature[2:]) == (known[0], *known[2:])


def _checksum(name: str) -> int:
    return crc32(name.casefold().encode(errors="replace"))
