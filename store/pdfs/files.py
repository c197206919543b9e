"""Which paper has which PDF in a folder.

The folder is the user's: they may look into it, and put other files there. What is in the library
is a list of files by paper, those in the library by their relative path; a file that is gone is one
that a paper has not.
"""

from collections.abc import Mapping
from pathlib import Path

import orjson

from store.errors import LibraryError, PapersError
from store.files.disk import DISK, Disk
from store.files.folders import is_there
from store.files.locks import locked
from store.files.names import file_stem, numbered
from store.model import Paper

LIST = "pdf-files.json"
"""The file in the library that has the names."""
ENDING = ".pdf"


class PdfFiles:
    """The PDFs of a library's papers. A paper is found under any key it ever had.

    LibraryError and PapersError if a file can't be read or written.
    """

    def __init__(self, library: Path, folder: Path, disk: Disk = DISK) -> None:
        self.folder = folder
        """Where the PDFs are."""
        self._library = library
        self._disk = disk

    def get(self, paper: Paper) -> Path | None:
        """Return the file of a paper, None if there is none."""
        files = _read(self._library)
        for key in (paper.id, *paper.aliases):
            if key in files and is_there(files[key]):
                return files[key]
        return None

    def put(self, paper: Paper, data: bytes, wanted: str) -> Path:
        """Keep a PDF under a name like the one wanted; return the file.

        A file of that name that is there stays: the new one gets a number.
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
        """Return a path that no file has."""
        for name in numbered(file_stem(wanted, paper.id), ENDING):
            if not is_there(path := self.folder / name):
                return path
        raise AssertionError  # the numbers have no end


def ids_with_file(library: Path) -> frozenset[str]:
    """Return the keys of papers that have a PDF that is there; LibraryError."""
    return frozenset(key for key, path in _read(library).items() if is_there(path))


def _read(library: Path) -> dict[str, Path]:
    """Return the files by key; none where the list is damaged: a PDF can be fetched again."""
    try:
        data = orjson.loads((library / LIST).read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return {}
    except OSError as error:
        raise LibraryError(f"can't read {library / LIST}: {error.strerror}") from error
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
