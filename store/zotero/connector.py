"""What Zotero's browser connector uses: a file is imported into the collection that is selected.

For a Zotero older than 10, or one whose local API is off. Source: Zotero's server_connector.js.
"""

import secrets

from store.export.citing import Entry
from store.export.ris import ris
from store.zotero.connection import Connection
from store.zotero.errors import ZoteroError

_TRIES = 3


def import_ris(connection: Connection, entries: list[Entry]) -> None:
    """Have papers imported, their tags and notes with them; ZoteroError."""
    body = "".join(ris(entries)).encode()
    for _ in range(_TRIES):
        answer = connection.post(
            f"/connector/import?session={secrets.token_hex(8)}",
            body,
            {"content-type": "application/x-research-info-systems"},
        )
        if answer.status == 201:
            return
        if answer.status != 409:  # that session is another program's
            break
    if answer.status == 409:
        raise ZoteroError("Zotero is busy with another import; try again")
    if answer.status == 404:
        raise ZoteroError("what answers there is not Zotero")
    words = f": {answer.words}" if answer.words else ""
    raise ZoteroError(f"Zotero answered {answer.status} to an import{words}")
