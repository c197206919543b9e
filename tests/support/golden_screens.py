"""Screens as text that can be read in a diff: tests/golden/*.txt, one for each state and size.

After a wanted change write them again and read the difference before committing it:

    PAPERS_TUI_WRITE_GOLDEN=1 python -m pytest -k golden
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from places import ROOT
from screen_helpers import Reader, until

FOLDER = ROOT / "tests" / "golden"
ANEW = "PAPERS_TUI_WRITE_GOLDEN"
SIZES = [(160, 48), (120, 36), (100, 30), (80, 24), (45, 60), (50, 15)]
SETTLED_SECONDS = 0.5
"""How long a screen may still change before it is written."""
_MOMENT = re.compile(r"\d{8}-\d{6}")


async def looks_golden(
    reader: Reader, state: str, sizes: Sequence[tuple[int, int]] = SIZES
) -> None:
    """Wait until the screen is at each size as in the file of that state, or write the files."""
    for size in sizes:
        await reader.pilot.resize_terminal(*size)
        await _looks_golden(reader, FOLDER / f"{state}-{size[0]}x{size[1]}.txt")


async def _looks_golden(reader: Reader, file: Path) -> None:
    if os.environ.get(ANEW):
        await reader.pilot.pause(SETTLED_SECONDS)
        FOLDER.mkdir(exist_ok=True)
        file.write_text(drawn(reader), encoding="utf-8")
    expected = file.read_text(encoding="utf-8")
    try:
        await until(lambda: drawn(reader) == expected, f"the screen {file.name}")
    except AssertionError:
        assert drawn(reader) == expected


def drawn(reader: Reader) -> str:
    """Return the screen, with the same time of day at each run."""
    return _MOMENT.sub("20250801-120000", reader.text) + "\n"
