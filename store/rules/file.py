"""The file `rules.json`: the rules that the user made with a command or a key.

| table | documents |
| --- | --- |
| rules | the actions of a rule (`then`), by its query, in the order of making |

It is separate from the marks, which have what rules did and go to other machines.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from store.files.disk import DISK, Disk
from store.files.folders import may_be_there
from store.files.tables import Database, are_texts

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
        """Return the actions of each rule, by its query."""
        tables = self._database.storage.read() or {}
        rules = tables.get("rules", {})
        if not all(
            isinstance(each, Mapping) and are_texts(each.get("then")) for each in rules.values()
        ):
            raise self._database.storage.damage("a rule in it can't be read")
        return {query: tuple(each["then"]) for query, each in rules.items()}

    def add(self, query: str, then: Sequence[str]) -> bool:
        """Store a rule, replacing one with the same query; return whether it is new."""
        with self._database.storage.transaction():
            known = self.read()
            if known.get(query) == tuple(then):
                return False
            self._database.keys("rules").replace({query: {"then": list(then)}})
            return True

    def remove(self, query: str) -> bool:
        """Remove the rule with a query; return whether there was one."""
        with self._database.storage.transaction():
            if query not in self.read():
                return False
            self._database.keys("rules").replace({}, [query])
            return True
