"""The entry loads nothing that takes time before the kept screen is shown."""

import subprocess
import sys

from places import ROOT

OURS = {"tui", "tui.kept_screen", "tui.screen_file", "tui.start"}
LOADED = (
    "import sys; before = {*sys.modules}; import tui.start; print(*sys.modules.keys() - before)"
)


def test_entry_loads_what_shows_the_kept_screen_and_little_else() -> None:
    command = [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, ''); {LOADED}"]
    loaded = set(
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    )
    assert {name for name in loaded if name.startswith(("tui", "store"))} == OURS
    slow = {"argparse", "typing", "re", "json", "hashlib", "contextlib", "dataclasses", "pathlib"}
    assert loaded.isdisjoint({*slow, "signal", "textual", "rich", "tinydb", "orjson"})
