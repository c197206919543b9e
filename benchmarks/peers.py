"""The programs that ours is compared with, which of them are here, and how to get the others."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.searchers import has_fts5


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that need not be installed."""

    name: str
    command: str
    install: str

    @property
    def here(self) -> bool:
        """Whether it can be run."""
        if self.name == FTS5.name:
            return has_fts5()
        return shutil.which(self.command) is not None


FZF = Peer("fzf", "fzf", "apt-get install fzf")
RIPGREP = Peer("ripgrep", "rg", "apt-get install ripgrep")
FTS5 = Peer("FTS5", "", "apt-get install sqlite3, and a Python that was built with its library")
NEWSBOAT = Peer("newsboat", "newsboat", "apt-get install newsboat")
COBIB = Peer(
    "cobib",
    "cobib",
    "python3 -m venv cobib && cobib/bin/pip install cobib; then PATH=cobib/bin:$PATH",
)
PEERS = (FZF, RIPGREP, FTS5, NEWSBOAT, COBIB)


def announce_missing(peers: Iterable[Peer]) -> None:
    """Print which of the peers are skipped, and how to install them."""
    for peer in peers:
        if not peer.here:
            print(f"skipped: {peer.name} is not installed ({peer.install})")
