"""Citation keys go from machine to machine: the folder `citation-keys` inside the sync folder.

Each machine writes one file of its own there, with the tables of `keys.json`, and takes in the keys
of all others that are free here. If two machines gave one key to two papers before they met,
each keeps its own: both may be in somebody's text.
"""

from pathlib import Path

import orjson

from store.errors import LibraryDamagedError, LibraryError
from store.files.disk import DISK, Disk
from store.files.folders import files_in, is_folder
from store.files.storage import SCHEMA, Signature, signature_of
from store.papers.given_keys import KEYS, MOST, adopt_keys, documents_of, keys_from, read_keys

FOLDER = "citation-keys"
"""Its name in the sync folder."""


class SharedKeys:
    """The keys of one library in the sync folder, if there is one.

    For one thread at a time. May hang where the folder does.
    """

    def __init__(self, sync: Path | None, library: Path, disk: Disk = DISK) -> None:
        self._sync = sync
        self._library = library
        self._disk = disk
        self._seen: dict[Path, Signature | None] = {}

    def exchange(self, machine: str) -> tuple[str, ...]:
        """Take in the keys of other machines, let them have those here; return problems."""
        if self._sync is None or not is_folder(self._sync):
            return ()
        own = self._sync / FOLDER / f"{machine}.json"
        problems = [*self._take_in(own), *self._let_others_have(own)]
        return tuple(problems)

    def forget(self, machine: str) -> None:
        """Take in a machine's keys, then remove its file; LibraryError if it can't be."""
        if self._sync is None:
            return
        path = self._sync / FOLDER / f"{machine}.json"
        try:
            if signature_of(path) is not None:
                adopt_keys(self._library, keys_from(path), self._disk)
            path.unlink(missing_ok=True)
        except OSError as error:
            raise LibraryError(f"can't remove {path}: {error.strerror}") from error

    def _take_in(self, own: Path) -> list[str]:
        problems = []
        for path in files_in(own.parent, "*.json"):
            signature = signature_of(path)
            if path == own or path.name[0] in ".~" or self._seen.get(path) == signature:
                continue
            self._seen[path] = signature
            try:
                left = adopt_keys(self._library, keys_from(path), self._disk)
            except LibraryDamagedError as error:
                problems.append(f"{path} was skipped: {error.reason}")
            except LibraryError as error:
                problems.append(str(error))
            else:
                if left:
                    problems.append(f"{path}: {left:,} keys were skipped; {MOST:,} are kept")
        return problems

    def _let_others_have(self, own: Path) -> list[str]:
        kept = self._library / KEYS
        version = signature_of(kept)
        if version is None or (
            self._seen.get(kept) == version and self._seen.get(own) == signature_of(own)
        ):
            return []
        tables = {
            "meta": {"library": {"schema": SCHEMA}},
            "keys": documents_of(read_keys(self._library)),
        }
        data = orjson.dumps(tables)
        try:
            self._disk.make_folder(own.parent)
            if signature_of(own) is None or own.read_bytes() != data:
                self._disk.replace_file(own, data)
        except OSError as error:
            return [f"can't write {own}: {error.strerror}"]
        self._seen |= {kept: version, own: signature_of(own)}
        return []
