"""The file `rules.json`: the rules that were made by command or key.

| table | documents |
| --- | --- |
| rules | what a rule does (`then`), by its query, in the order they were made in |

It is apart from the marks: what rules did is in the marks, and goes to other machines with them.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from store.files.disk import DISK, Disk
from store.files.folders import may_be_there
from store.files.tables import Database

RULES = "rules.json"
"""Name of the file in a library."""


def has_rules(library: Path) -> bool:
    """Return whether a library may have rules."""
    return may_be_there(library / RULES)


class RulesFile:
    """The file of one library. Raises the errors of AtomicStorage."""

    def __init__(self, folder: Path, disk: Disk = DISK) -> None:
        self._database = Database(folder / RULES, disk=disk)

    def read(self) -> dict[str, tuple[str, ...]]:
        """Return what each rule does, by its query."""
        tables = self._database.storage.read() or {}
        rules = tables.get("rules", {})
        if not all(
            isinstance(each, Mapping) and _texts(each.get("then")) for each in rules.values()
        ):
            raise self._database.storage.damage("a rule in it can't be read")
        return {query: tuple(each["then"]) for query, each in rules.items()}

    def add(self, query: str, then: Sequence[str]) -> bool:
        """Keep a rule, in place of the one with its query; return whether it was not there."""
        with self._database.storage.transaction():
            known = self.read()
            if known.get(query) == tuple(then):
                return False
            self._database.keys("rules").replace({query: {"then": list(then)}})
            return True

    def remove(self, query: str) -> bool:
        """Forget the rule with a query; return whether there was one."""
        with self._database.storage.transaction():
            if query not in self.read():
                return False
            self._database.keys("rules").replace({}, [query])
            return True


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
