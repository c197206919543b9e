"""Read a file of real daily papers: gzipped JSON Lines in Hugging Face's layout."""

from pathlib import Path

from store.feeds.json_papers import read_json_lines
from store.feeds.reading import unpack
from store.model import Paper


def read_days(path: Path) -> list[Paper]:
    """Return the papers of a file of days, in its order."""
    return read_json_lines(unpack(path.read_bytes())).papers
