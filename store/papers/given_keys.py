"""The file `keys.json`: citation keys that were given out, so that each stays its paper's for good.

| table | documents |
| --- | --- |
| keys | the id of the paper, by citation key, in the order they were given out |

A text that cites a paper keeps on citing it, whatever is imported later. A key is on disk before
anybody sees it; one that a paper was imported with is its own from then on.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from store.citation_keys import citation_keys, imported_keys
from store.errors import LibraryDamagedError, LibraryError
from store.files.disk import DISK, Disk
from store.files.tables import Database
from store.model import Paper

KEYS = "keys.json"
"""Name of the file in a library."""

NO_ALIASES: Mapping[str, Iterable[str]] = MappingProxyType({})


def give_keys(
    folder: Path,
    wanted: Iterable[Paper],
    library: Iterable[Paper],
    disk: Disk = DISK,
    keep: bool = True,
) -> dict[str, str]:
    """Return the citation keys of the papers wanted, by id, and keep them in the library's file.

    `library` is all papers, which no key may be mistaken for. Where the file can't be written, as
    on read-only media, the same keys are returned and none is kept. Raises LibraryDamagedError.
    """
    wanted = list(wanted)
    papers = {paper.id: paper for paper in (*library, *wanted)}
    database = Database(folder / KEYS, disk=disk)
    if not keep:
        return _given(database, wanted, papers)[0]
    try:
        with database.storage.transaction():
            keys, new = _given(database, wanted, papers)
            if new:
                database.keys("keys").replace({key: {"paper": name} for name, key in new.items()})
    except LibraryDamagedError:
        raise
    except LibraryError:
        keys, _ = _given(database, wanted, papers)
    return keys


def claim_keys(folder: Path, papers: Iterable[Paper], disk: Disk = DISK) -> None:
    """Give the keys that papers were imported with to them, where they are free."""
    imported = [paper for paper in papers if paper.publication.key]
    if imported:
        names = {key: paper.id for paper, key in imported_keys(imported)}
        aliases = {paper.id: paper.aliases for paper in imported}
        adopt_keys(folder, names, aliases, disk)


def read_keys(folder: Path) -> dict[str, str]:
    """Return the ids of papers by the citation keys that were given out; LibraryDamagedError."""
    return _read(Database(folder / KEYS))


def adopt_keys(
    folder: Path,
    others: Mapping[str, str],
    aliases: Mapping[str, Iterable[str]] = NO_ALIASES,
    disk: Disk = DISK,
) -> None:
    """Take in ids by citation keys, of papers that have none here under any of their names."""
    database = Database(folder / KEYS, disk=disk)
    with database.storage.transaction():
        here = _read(database)
        known, taken = set(here.values()), set(map(str.lower, here))
        new = {
            key: {"paper": name}
            for key, name in others.items()
            if key.lower() not in taken and known.isdisjoint((name, *aliases.get(name, ())))
        }
        if new:
            database.keys("keys").replace(new)


def _given(
    database: Database, wanted: Iterable[Paper], papers: Mapping[str, Paper]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the keys of the papers wanted, and those of them that are new, by id."""
    key_of: dict[str, str] = {}
    for key, name in _read(database).items():
        key_of.setdefault(name, key)
    given = dict(key_of)
    for paper in papers.values():
        known = (key_of[name] for name in (paper.id, *paper.aliases) if name in key_of)
        if key := next(known, ""):
            given[paper.id] = key
    keys = citation_keys(papers.values(), given)
    wanted_keys = {paper.id: keys[paper.id] for paper in wanted}
    return wanted_keys, {name: key for name, key in wanted_keys.items() if name not in given}


def _read(database: Database) -> dict[str, str]:
    tables = database.storage.read() or {}
    try:
        return {key: str(document["paper"]) for key, document in tables.get("keys", {}).items()}
    except (AttributeError, KeyError, TypeError) as error:
        raise database.storage.damage("a citation key in it names no paper") from error
