"""Put papers into Zotero, each once: by its local API where it has one, else by an import."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from store.export.citing import Entry
from store.model import Paper
from store.zotero.api import AT_ONCE, LocalApi
from store.zotero.connection import Connection
from store.zotero.connector import import_ris
from store.zotero.errors import ReadOnlyError, ZoteroError
from store.zotero.items import item_of, names_of, note_of
from store.zotero.keys import Keys
from store.zotero.sent import Sent


@dataclass(frozen=True, slots=True)
class Wishes:
    """How papers are to be in Zotero."""

    collection: str = ""
    """The name of the collection; empty for none, or the one selected where that alone goes."""
    tags: bool = True
    notes: bool = True
    again: bool = False
    """Whether those that were sent before are sent once more."""


@dataclass(slots=True)
class Report:
    """What came of it."""

    added: list[Paper] = field(default_factory=list)
    there: list[Entry] = field(default_factory=list)
    """Those that Zotero had, or that it was given before."""
    failed: list[tuple[Paper, str]] = field(default_factory=list)
    notes_failed: list[tuple[Paper, str]] = field(default_factory=list)
    """Those that are there, but without their note."""
    by_import: str = ""
    """Why they were imported into the collection selected; empty if they were not."""


def send(
    entries: Sequence[Entry],
    wishes: Wishes,
    connection: Connection,
    keys: Keys,
    sent: Sent,
    say: Callable[[str], None],
) -> Report:
    """Put papers into Zotero; ZoteroError and LibraryError if none can be."""
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
            # What was added before is; the others are told of.
            report.failed += [(paper, str(error)) for paper, _ in new[start:]]
            break


def _is_there(paper: Paper, wishes: Wishes, api: LocalApi, sent: Sent) -> bool:
    """Return whether a paper need not be sent."""
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
        kept = replace(
            marks,
            tags=marks.tags if wishes.tags else (),
            note=marks.note if wishes.notes else "",
        )
        new.append((paper, kept))
    if not new:
        return
    import_ris(connection, new)
    report.added += [paper for paper, _ in new]
    sent.add(report.added)
