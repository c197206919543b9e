"""Draw the pictures of the README: the reader on the papers of `papers-tui demo`, and at work.

`python -m docs.pictures FOLDER` writes screen.svg, and moving.svg, in which the screens of a short
session follow each other; both are drawn by the program itself.
"""

import argparse
import asyncio
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from store.library import Library
from tui.demo import fill
from tui.reader.app import PapersApp
from tui.settings.config import Config

TODAY = date(2026, 8, 19)
STILL, STILL_KEYS = (120, 36), ("j",)
MOVING = (80, 24)
SESSION: Sequence[tuple[float, tuple[str, ...]]] = (
    (1.6, ()),
    (1.0, ("n",)),
    (1.0, ("n",)),
    (1.2, ("s",)),
    (1.4, ("t", *"+rob")),
    (1.2, ("tab", "enter")),
    (1.4, ("slash", *"snial")),
    (1.2, ("enter",)),
    (1.4, ("escape", "b")),
    (1.2, ("b", "g", "z")),
    (1.4, ("n",)),
    (1.0, ("z", "u")),
)
"""How many seconds each screen stays, and the keys that lead to it."""
SETTLED = 0.4


async def drawn(size: tuple[int, int], steps: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the screen as SVG after the keys of each step."""
    pictures = []
    with TemporaryDirectory() as folder:
        fill(Library(Path(folder)), TODAY)
        config = Config(theme="papers-dark", ascii=False)
        app = PapersApp(Library(Path(folder)), today=lambda: TODAY, config=config)
        async with app.run_test(size=size, notifications=True) as pilot:
            for keys in steps:
                await pilot.press(*keys)
                await pilot.pause(SETTLED)
                picture = app.export_screenshot(title="papers-tui")
                # In the font of whoever looks: to fetch one would tell where it is seen.
                pictures.append(re.sub(r"@font-face\s*\{[^}]*\}", "", picture))
    return pictures


def moving(pictures: Sequence[str], seconds: Sequence[float]) -> str:
    """Return an SVG in which pictures of one size follow each other, each for some seconds."""
    box = re.search(r'viewBox="([^"]+)"', pictures[0])
    assert box
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box[1]}">',
        *_frames(pictures, seconds),
        "</svg>\n",
    ])  # fmt: skip


def _frames(pictures: Sequence[str], seconds: Sequence[float]) -> Iterator[str]:
    """Yield each picture with the times at which it is to be seen."""
    total, start = sum(seconds), 0.0
    for number, (picture, stays) in enumerate(zip(pictures, seconds, strict=True)):
        end = start + stays
        seen = [each for each in ((0.0, "hidden"), (start, "visible"), (end, "hidden"))
                if each[0] < total]  # fmt: skip
        times = [f"{at / total:.4f}" for at, _ in seen]
        values = [value for _, value in seen]
        # Under the others the first one stays, for readers of pictures that do not move.
        yield '<g visibility="hidden">' if number else "<g>"
        if number:
            yield (
                f'<animate attributeName="visibility" calcMode="discrete" dur="{total}s" '
                f'repeatCount="indefinite" keyTimes="{";".join(times)}" '
                f'values="{";".join(values)}"/>'
            )
        yield picture
        yield "</g>"
        start = end


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    still = asyncio.run(drawn(STILL, [STILL_KEYS]))[0]
    (folder / "screen.svg").write_text(still, encoding="utf-8")
    pictures = asyncio.run(drawn(MOVING, [keys for _, keys in SESSION]))
    text = moving(pictures, [stays for stays, _ in SESSION])
    (folder / "moving.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
