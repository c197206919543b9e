"""The file `kept.json`: exports that are written again whenever their papers change.

| table | documents |
| --- | --- |
| exports | query, format and grouping (of Markdown), by the path of the written file |
"""

from dataclasses import dataclass
from pathlib import Path

from store.files.disk import DISK, Disk
from store.files.folders import may_be_there
from store.files.tables import Database

KEPT = "kept.json"
"""Name of the file in a library."""


def keeps_any(library: Path) -> bool:
    """Return whether a library may have exports that are kept."""
    return may_be_there(library / KEPT)


@dataclass(frozen=True, slots=True)
class KeptExport:
    """An export that is kept up to date with the results of a query."""

    path: Path
    query: str
    form: str
    """The format's name (see store.export.formats)."""
    group: str = "day"
    """The headings of Markdown: `day` or `tag`."""


class KeptExports:
    """The file of one library. Raises the errors of AtomicStorage."""

    def __init__(self, folder: Path, disk: Disk = DISK) -> None:
        self._database = Database(folder / KEPT, disk=disk)

    def read(self) -> list[KeptExport]:
        """Return the exports in the order of adding."""
        tables = self._database.storage.read() or {}
        kept = []
        for path, saved in tables.get("exports", {}).items():
            known = saved if isinstance(saved, dict) else {}
            texts = [known.get(name) for name in ("query", "form", "group")]
            if not all(isinstance(text, str) for text in texts):
                raise self._database.storage.damage("an export in it can't be read")
            kept.append(KeptExport(Path(path), *map(str, texts)))
        return kept

    def keep(self, export: KeptExport) -> None:
        """Add an export, replacing one to the same file."""
        document = {"query": export.query, "form": export.form, "group": export.group}
        self._database.keys("exports").replace({str(export.path): document})

    def forget(self, path: Path) -> bool:
        """Remove the export to a file; return whether there was one."""
        with self._database.storage.transaction():
            if all(each.path != path for each in self.read()):
                return False
            self._database.keys("exports").replace({}, [str(path)])
            return True
