"""Where the services are: as the settings say, else as the environment does."""

import os

from store.fetching.sources import Mirrors, find_mirrors
from tui.settings.config import Config


def chosen_mirrors(config: Config) -> Mirrors:
    """Return where to fetch from; FeedNameError for what is not an address."""
    environment = {"hf": os.environ.get("HF_ENDPOINT"), "arxiv": os.environ.get("PAPERS_TUI_ARXIV")}
    named = {name: address for name, address in environment.items() if address}
    return find_mirrors({**named, **config.mirrors})
