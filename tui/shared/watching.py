"""A round of the watch, with this machine's settings."""

from store.errors import PapersError
from store.fetching.client import Client, Page, utc_now
from store.library import Library
from store.watch.round import Round
from tui.settings.config import Config, chosen_mirrors
from tui.settings.services import key_for_citations
from tui.settings.tables import WrongValueError


class WatchError(PapersError):
    """The settings of the watch can't be used."""

    status = 2


def watch_round(library: Library, client: Client, config: Config) -> Round:
    """Return a round over the starred papers; WatchError if the key can't be one."""
    try:
        key = key_for_citations(config.watch)
    except WrongValueError as error:
        raise WatchError(str(error)) from error

    def post(address: str, body: bytes) -> Page:
        return client.post(address, body, {"x-api-key": key})

    mirrors = chosen_mirrors(config)
    return Round(library, client.get, mirrors, utc_now, post if key else None)
