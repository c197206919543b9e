"""The file `keys.json`: citation keys that were given out, so that each stays its paper's for good.

| table | documents |
| --- | --- |
| keys | by citation key, in the order they were given out: `paper`, its id; `names`, its others |

A text that cites a paper keeps on citing it, whatever is imported later. A key is on disk before
anybody sees it; one that a paper was imported with is its own from then on. Another machine may
know the paper by another name, so the names it has here are kept with the key.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from store.citation_keys import citation_keys, imported_keys, is_citation_key
from store.errors import LibraryDamagedError, LibraryError
from store.files.disk import DISK, Disk
from store.files.storage import parse_tables, read_file
from store.files.tables import Database
from store.identity import title_key
from store.model import Paper

KEYS = "keys.json"
"""Name of the file in a library."""
LARGEST = 50_000_000
"""Bytes of a file of keys from elsewhere."""
MOST = 300_000
"""Keys that are kept; no more are taken in from elsewhere."""
_LONGEST_NAME = 300
_MOST_NAMES = 20

Keys: TypeAlias = Mapping[str, tuple[str, ...]]
"""The names of a paper, its id first, by citation key."""


def give_keys(
    folder: Path,
    wanted: Iterable[Paper],
    library: Iterable[Paper],
    disk: Disk = DISK,
    keep: bool = True,
) -> dict[str, str]:
    """Return the citation keys of the papers wanted, by id, and keep them in the library's file.

    `library` is all papers, which no key may be mistaken for. If the file can't be written, as
    on read-only media, the same keys are returned and none is kept. Raises LibraryDamagedError.
    """
    wanted = list(wanted)
    papers = {paper.id: paper for paper in (*library, *wanted)}
    keys: dict[str, str] = {}

    def new(here: Keys) -> Keys:
        given = _given(here, wanted, papers)
        keys.update({paper.id: given[paper.id] for paper in wanted})
        return {keys[paper.id]: _names(paper) for paper in wanted if keys[paper.id] not in here}

    if not keep:
        new(_read(Database(folder / KEYS)))
        return keys
    try:
        _add(folder, new, disk)
    except LibraryDamagedError:
        raise
    except LibraryError:
        new(_read(Database(folder / KEYS)))
    return keys


def claim_keys(folder: Path, papers: Iterable[Paper], disk: Disk = DISK) -> None:
    """Give the keys that papers were imported with to them, where they are free."""
    imported = [paper for paper in papers if paper.publication.key]
    if imported:
        adopt_keys(folder, {key: _names(paper) for paper, key in imported_keys(imported)}, disk)


def adopt_keys(folder: Path, others: Keys, disk: Disk = DISK) -> int:
    """Take in keys that are free here; return how many there was no room for.

    A key that a paper has here already stays its first one, the other is kept for it as well: no
    other paper gets it.
    """
    left = 0

    def new(here: Keys) -> Keys:
        nonlocal left
        taken = set(map(str.lower, here))
        free = {key: names for key, names in others.items() if key.lower() not in taken}
        room = max(MOST - len(here), 0)
        left = max(len(free) - room, 0)
        return dict(list(free.items())[:room])

    _add(folder, new, disk)
    return left


def read_keys(folder: Path) -> Keys:
    """Return the papers of this library by their keys; LibraryDamagedError."""
    return _read(Database(folder / KEYS))


def keys_from(path: Path) -> Keys:
    """Return those in a file from elsewhere that can be keys; none if there is no file.

    Raises LibraryError if it can't be read, LibraryDamagedError if it can't be understood.
    """
    table = parse_tables(path, read_file(path, LARGEST)).get("keys", {})
    found = {}
    for key, document in table.items():
        names = (document.get("paper"), *_listed(document.get("names")))[:_MOST_NAMES]
        if is_citation_key(key) and all(map(_is_name, names)):
            found[key] = tuple(map(str, names))
    return found


def documents_of(keys: Keys) -> dict[str, dict[str, Any]]:
    """Return keys in the form they have in files."""
    return {
        key: {"paper": first, **({"names": others} if others else {})}
        for key, (first, *others) in keys.items()
    }


def _add(folder: Path, new: Callable[[Keys], Keys], disk: Disk) -> None:
    """Write the keys that `new` returns for those there are."""
    database = Database(folder / KEYS, disk=disk)
    with database.storage.transaction():
        if added := new(_read(database)):
            database.keys("keys").replace(documents_of(added))


def _given(here: Keys, wanted: Iterable[Paper], papers: Mapping[str, Paper]) -> dict[str, str]:
    """Return the keys of the papers wanted, by id."""
    order = {key: place for place, key in enumerate(here)}
    key_of: dict[str, str] = {}
    for key, names in here.items():
        key_of.setdefault(names[0], key)
    given: dict[str, str] = {}
    for paper in papers.values():
        # The first that was given out, under whichever id it had then.
        known = (key_of[name] for name in paper.keys if name in key_of)
        if key := min(known, key=order.__getitem__, default=""):
            given[paper.id] = key
    given |= _by_other_names(here, given, [paper for paper in wanted if paper.id not in given])
    return citation_keys(papers.values(), given, here)


def _by_other_names(
    here: Keys, given: Mapping[str, str], papers: Iterable[Paper]
) -> dict[str, str]:
    """Return the keys of papers that another machine knows by another name, by id.

    A title and its first author tie where they are those of one paper and no ids disagree.
    """
    used = set(given.values())
    key_of: dict[str, str] = {}
    for key, names in here.items():
        if key not in used:
            for name in names:
                key_of.setdefault(name, key)
    if not key_of:
        return {}
    titled = {paper.id: title_key(paper.title, paper.authors) for paper in papers}
    times = Counter(titled.values())
    found: dict[str, str] = {}
    for paper in papers:
        known = [key_of[name] for name in paper.keys if name in key_of]
        title = titled[paper.id]
        if title in key_of and times[title] == 1 and _agree(paper, here[key_of[title]]):
            known.append(key_of[title])
        if known and known[0] not in used:
            found[paper.id] = known[0]
            used.add(known[0])
    return found


def _agree(paper: Paper, names: Iterable[str]) -> bool:
    """Return whether a paper's ids and names from elsewhere can be of one paper."""
    ours = {paper.id, *paper.aliases}
    for scheme in ("arxiv:", "doi:"):
        mine = {name for name in ours if name.startswith(scheme)}
        its = {name for name in names if name.startswith(scheme)}
        if mine and its and mine.isdisjoint(its):
            return False
    return True


def _names(paper: Paper) -> tuple[str, ...]:
    others = dict.fromkeys((*paper.aliases, title_key(paper.title, paper.authors)))
    return (paper.id, *(name for name in others if name != paper.id))


def _read(database: Database) -> Keys:
    tables = database.storage.read() or {}
    try:
        return {
            key: (str(document["paper"]), *map(str, document.get("names", ())))
            for key, document in tables.get("keys", {}).items()
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise database.storage.damage("a citation key in it names no paper") from error


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _is_name(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME
