"""What is loaded before the saved screen is shown, and before the first paint of the real one.

Of ours the latter are listed in first_paint.txt. After a wanted change write the list again, and
read the difference: PAPERS_TUI_WRITE_GOLDEN=1 python -m pytest -k first_paint
"""

import os
import subprocess
import sys
from pathlib import Path

from conftest import OpenLibrary
from golden_screens import ANEW
from places import ROOT
from terminal import MODERN, OpenTerminal

LISTED = Path(__file__).with_name("first_paint.txt")

OURS = {"tui", "tui.saved_screen", "tui.screen_file", "tui.start"}
LOADED = (
    "import sys; before = {*sys.modules}; import tui.start; print(*sys.modules.keys() - before)"
)


def test_entry_loads_what_shows_the_saved_screen_and_little_else() -> None:
    command = [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, ''); {LOADED}"]
    loaded = set(
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    )
    assert {name for name in loaded if name.startswith(("tui", "store"))} == OURS
    slow = {"argparse", "typing", "re", "json", "hashlib", "contextlib", "dataclasses", "pathlib"}
    assert loaded.isdisjoint({*slow, "signal", "textual", "rich", "tinydb", "orjson"})


PAINTED = """
import sys
from textual.screen import Screen

paint = Screen._compositor_refresh

def note(screen):
    paint(screen)
    if type(screen).__name__ == "MainScreen" and screen.is_mounted:
        Screen._compositor_refresh = paint
        ours = sorted(name for name in sys.modules if name.split(".")[0] in ("store", "tui"))
        open({file!r}, "w").write("\\n".join(ours) + "\\n")

Screen._compositor_refresh = note
sys.argv = ["papers-tui"]
from tui.start import main
sys.exit(main())
"""


def test_first_paint_needs_the_modules_that_are_listed_and_no_more(
    open_terminal: OpenTerminal, filled: OpenLibrary, tmp_path: Path
) -> None:
    filled()
    file, script = tmp_path / "modules", tmp_path / "paints.py"
    script.write_text(PAINTED.format(file=str(file)))
    terminal = open_terminal(MODERN, str(script), program=sys.executable)
    terminal.shows("Sorting Pebbles")
    terminal.type("q")
    assert terminal.leaves() == 0
    if os.environ.get(ANEW):
        LISTED.write_text(file.read_text())
    more = {*file.read_text().split()} - {*LISTED.read_text().split()}
    assert not more, "import these after the first paint, or list them: a start waits for each"
