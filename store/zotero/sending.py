"""Send papers to Zotero, each once: by its local API, or if it has none by an import.

The import goes to the collection that is selected in Zotero, as from its browser connector. Source:
Zotero's server_connector.js.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import orjson

from store.errors import LibraryError
from store.export.citing import Entry
from store.export.ris import ris
from store.files.disk import DISK, Disk
from store.files.locks import locked
from store.files.ordinary import read_json
from store.model import Paper
from store.zotero.api import AT_ONCE, LocalApi
from store.zotero.api_keys import Keys
from store.zotero.connection import Connection, ReadOnlyError, ZoteroError
from store.zotero.items import item_of, names_of, note_of

FILE = "zotero.json"
"""Name of the file in a library: the keys of papers that were sent."""
_TRIES = 3
"""How often an import is tried: another program may use the same session."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The user's choices for papers in Zotero."""

    collection: str = ""
    """The name of the collection; empty for none, or in an import for the selected one."""
    tags: bool = True
    notes: bool = True
    again: bool = False
    """Whether to send papers again that were sent before."""


@dataclass(slots=True)
class Report:
    """The result of sending papers."""

    added: list[Paper] = field(default_factory=list)
    there: list[Entry] = field(default_factory=list)
    """Papers that Zotero had, or that were sent before."""
    failed: list[tuple[Paper, str]] = field(default_factory=list)
    notes_failed: list[tuple[Paper, str]] = field(default_factory=list)
    """Papers that were added without their note."""
    by_import: str = ""
    """Why the papers were imported into the selected collection; empty if they were not."""


class Sent:
    """The keys of papers that were sent, in a file of the library. Raises LibraryError.

    With it each paper is sent once even if Zotero can't be asked.
    """

    def __init__(self, library: Path, disk: Disk = DISK) -> None:
        self._file = library / FILE
        self._disk = disk

    def has(self, paper: Paper) -> bool:
        """Return whether a paper was sent, under any key it ever had."""
        return not self._read().isdisjoint(paper.keys)

    def add(self, papers: Iterable[Paper]) -> None:
        """Record papers that were sent."""
        with locked(self._file):
            keys = sorted(self._read() | {paper.id for paper in papers})
            try:
                self._disk.replace_file(self._file, orjson.dumps(keys))
            except OSError as error:
                raise LibraryError(f"can't write {self._file}: {error.strerror}") from error

    def _read(self) -> frozenset[str]:
        keys = read_json(self._file)
        return (
            frozenset(k for k in keys if isinstance(k, str))
            if isinstance(keys, list)
            else frozenset()
        )


def send(
    entries: Sequence[Entry],
    wishes: Wishes,
    connection: Connection,
    keys: Keys,
    sent: Sent,
    say: Callable[[str], None],
) -> Report:
    """Send papers to Zotero; ZoteroError or LibraryError if none can be sent."""
    report = Report()
    api = LocalApi(connection, keys, say)
    try:
        api.begin()
        _by_api(entries, wishes, api, sent, report)
    except ReadOnlyError as error:
        report.by_import = str(error)
        _by_import(entries, wishes, connection, sent, report)
    return report


def _by_api(
    entries: Sequence[Entry], wishes: Wishes, api: LocalApi, sent: Sent, report: Report
) -> None:
    new: list[Entry] = []
    for entry in entries:
        (report.there if _is_there(entry[0], wishes, api, sent) else new).append(entry)
    collections = [api.collection(wishes.collection)] if new and wishes.collection else []
    for start in range(0, len(new), AT_ONCE):
        part = new[start : start + AT_ONCE]
        try:
            _add(part, collections, wishes, api, sent, report)
        except ZoteroError as error:
            if not report.added:
                raise
            # Papers added before stay; the others are reported.
            report.failed += [(paper, str(error)) for paper, _ in new[start:]]
            break


def _is_there(paper: Paper, wishes: Wishes, api: LocalApi, sent: Sent) -> bool:
    """Return whether Zotero has a paper, so that it need not be sent."""
    if wishes.again:
        return False
    return bool(api.having(paper)) if names_of(paper) else sent.has(paper)


def _add(
    part: Sequence[Entry],
    collections: Sequence[str],
    wishes: Wishes,
    api: LocalApi,
    sent: Sent,
    report: Report,
) -> None:
    written = api.add([item_of(entry, collections, wishes.tags) for entry in part])
    added = [part[place][0] for place in sorted(written.keys)]
    report.added += added
    report.failed += [(part[place][0], why) for place, why in sorted(written.failed.items())]
    sent.add(added)
    noted = [(part[place], key) for place, key in sorted(written.keys.items())]
    noted = [(entry, key) for entry, key in noted if wishes.notes and entry[1].note.strip()]
    if noted:
        notes = api.add([note_of(marks, key) for (_, marks), key in noted])
        report.notes_failed += [(noted[place][0][0], why) for place, why in notes.failed.items()]


def _by_import(
    entries: Sequence[Entry],
    wishes: Wishes,
    connection: Connection,
    sent: Sent,
    report: Report,
) -> None:
    new = []
    for paper, marks in entries:
        if not wishes.again and sent.has(paper):
            report.there.append((paper, marks))
            continue
        chosen = replace(
            marks,
            tags=marks.tags if wishes.tags else (),
            note=marks.note if wishes.notes else "",
        )
        new.append((paper, chosen))
    if not new:
        return
    import_ris(connection, new)
    report.added += [paper for paper, _ in new]
    sent.add(report.added)


def import_ris(connection: Connection, entries: list[Entry]) -> None:
    """Have Zotero import papers with their tags and notes; ZoteroError."""
    body = "".join(ris(entries)).encode()
    for _ in range(_TRIES):
        answer = connection.post(
            f"/connector/import?session={secrets.token_hex(8)}",
            body,
            {"content-type": "application/x-research-info-systems"},
        )
        if answer.status == 201:
            return
        if answer.status != 409:  # another program uses the session
            break
    if answer.status == 409:
        raise ZoteroError("Zotero is busy with another import; try again")
    if answer.status == 404:
        raise ZoteroError("what answers there is not Zotero")
    words = f": {answer.words}" if answer.words else ""
    raise ZoteroError(f"Zotero answered {answer.status} to an import{words}")
