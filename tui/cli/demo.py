"""The command `demo`: the reader on a made-up library that is removed at the end."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from store.library import Library
from tui.cli.opening import read
from tui.demo import fill
from tui.settings.config import read_config


def demo(settings: Path | None) -> int:
    """Open the reader on made-up papers of today; nothing is stored, fetched or exchanged."""
    mine = read_config(settings)
    config = replace(
        type(mine)(),
        theme=mine.theme,
        ascii=mine.ascii,
        mouse=mine.mouse,
        keys=mine.keys,
        open=mine.open,
    )
    with TemporaryDirectory(prefix="papers-tui-demo-") as folder:
        fill(Library(Path(folder)), date.today())
        return read(Library(Path(folder)), "", config, settings)
