"""The keys that Zotero gave this program, in a file that only the user can read."""

import os
from pathlib import Path

import orjson

from store.errors import LibraryError
from store.files.disk import DISK, Disk
from store.files.folders import is_there, state_file


class Keys:
    """Keys by the id of the Zotero that gave them."""

    def __init__(self, file: Path | None = None, disk: Disk = DISK) -> None:
        """Without a `file` it is in the platform's folder for the state of programs."""
        self._file = file
        self._disk = disk
        self._here: dict[str, str] = {}
        """Keys for this run, remembered or not."""

    def get(self, server: str) -> str:
        """Return the key for a Zotero; empty if there is none."""
        return self._here.get(server) or self._read().get(server, "")

    def put(self, server: str, key: str, remember: bool) -> None:
        """Use a key from now on; store it if its user told Zotero to remember. LibraryError."""
        self._here[server] = key
        if remember:
            self._write({**self._read(), server: key})

    def forget(self, server: str) -> None:
        """Remove a key that is no longer valid."""
        self._here.pop(server, None)
        if server in (keys := self._read()):
            del keys[server]
            self._write(keys)

    @property
    def _path(self) -> Path:
        if self._file is None:
            self._file = state_file("zotero-keys.json")
        return self._file

    def _read(self) -> dict[str, str]:
        try:
            keys = orjson.loads(self._path.read_bytes())
        except (OSError, orjson.JSONDecodeError):  # then Zotero asks again
            return {}
        return {str(k): str(v) for k, v in keys.items()} if isinstance(keys, dict) else {}

    def _write(self, keys: dict[str, str]) -> None:
        try:
            self._disk.make_folder(self._path.parent, 0o700)
            if not is_there(self._path):
                os.close(self._disk.create(self._path, 0o600))
            self._disk.replace_any_file(self._path, orjson.dumps(keys))
        except OSError as error:
            raise LibraryError(f"can't write {self._path}: {error.strerror}") from error
