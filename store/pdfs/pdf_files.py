"""The PDFs of papers in a folder.

The folder is the user's, who may have other files there. The library has a list of the files by
paper; paths inside the library are relative. A file that is gone counts as never fetched.
"""

from collections.abc import Mapping
from pathlib import Path

import orjson

from store.errors import PapersError
from store.files.disk import DISK, Disk
from store.files.folders import is_there
from store.files.locks import locked
from store.files.names import file_stem, numbered
from store.files.ordinary import read_json
from store.model import Paper

LIST = "pdf-files.json"
"""Name of the file in a library with the list."""
ENDING = ".pdf"


class PdfFiles:
    """The PDFs of a library's papers. A paper is found under any key it ever had.

    LibraryError and PapersError if a file can't be read or written.
    """

    def __init__(self, library: Path, folder: Path, disk: Disk = DISK) -> None:
        self.folder = folder
        """The folder with the PDFs."""
        self._library = library
        self._disk = disk

    def get(self, paper: Paper) -> Path | None:
        """Return the file of a paper, None if there is none."""
        files = _read(self._library)
        for key in paper.keys:
            if key in files and is_there(files[key]):
                return files[key]
        return None

    def put(self, paper: Paper, data: bytes, wanted: str) -> Path:
        """Store a PDF under a name like `wanted`; return the file.

        No file is replaced: if the name is taken, the new one gets a number.
        """
        try:
            self._disk.make_folder(self.folder)
        except OSError as error:
            raise PapersError(f"can't make the folder {self.folder}: {error.strerror}") from error
        with locked(self._library / LIST):
            files = _read(self._library)
            path = self._free(wanted, paper)
            try:
                self._disk.replace_any_file(path, data)
                files[paper.id] = path
                self._disk.replace_file(self._library / LIST, _written(files, self._library))
            except OSError as error:
                raise PapersError(f"can't write {path}: {error.strerror}") from error
        return path

    def _free(self, wanted: str, paper: Paper) -> Path:
        """Return a free path."""
        for name in numbered(file_stem(wanted, paper.id), ENDING):
            if not is_there(path := self.folder / name):
                return path
        raise AssertionError  # the numbers have no end


def ids_with_file(library: Path) -> frozenset[str]:
    """Return the keys of papers whose PDF exists; LibraryError."""
    return frozenset(key for key, path in _read(library).items() if is_there(path))


def _read(library: Path) -> dict[str, Path]:
    """Return the files by key; none if the list is damaged: PDFs can be fetched again."""
    data = read_json(library / LIST)
    names = data.items() if isinstance(data, dict) else ()
    return {
        key: library / name
        for key, name in names
        if isinstance(name, str) and name.endswith(ENDING) and "\0" not in name
    }


def _written(files: Mapping[str, Path], library: Path) -> bytes:
    names = {
        key: str(path.relative_to(library) if path.is_relative_to(library) else path)
        for key, path in files.items()
    }
    return orjson.dumps(names, option=orjson.OPT_INDENT_2)
