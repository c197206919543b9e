"""Send papers to Zotero as the settings say, and report the result in words."""

from collections.abc import Callable, Sequence
from pathlib import Path

from store.export.citing import Entry
from store.text.clean import clean_line
from store.zotero.api_keys import Keys
from store.zotero.connection import Connection
from store.zotero.sending import Report, Sent, Wishes, send
from tui.settings.config import Config
from tui.settings.programs import ZoteroSettings
from tui.words import count_papers


def send_to_zotero(
    entries: Sequence[Entry],
    library: Path,
    config: Config,
    say: Callable[[str], None],
    collection: str | None = None,
    again: bool = False,
) -> Report:
    """Send papers to the running Zotero; ZoteroError or LibraryError if none can be sent."""
    settings = config.zotero or ZoteroSettings()
    name = settings.collection if collection is None else collection
    wishes = Wishes(name, settings.tags, settings.notes, again)
    with Connection(settings.address) as connection:
        return send(entries, wishes, connection, Keys(), Sent(library), say)


def done_words(report: Report) -> str:
    """Say what was done; empty if there was nothing to do."""
    done = []
    if report.added:
        where = ", into the collection selected there" if report.by_import else ""
        done.append(f"{count_papers(len(report.added))} added{where}")
    if report.there:
        done.append(f"{count_papers(len(report.there))} there already")
    return "; ".join(done)


def failed_words(report: Report) -> list[str]:
    """Return what was not sent and why, a line each."""
    lines = [f"{clean_line(paper.title, 60)}: {why}" for paper, why in report.failed]
    return lines + [
        f"{clean_line(paper.title, 60)}: its note was refused: {why}"
        for paper, why in report.notes_failed
    ]
