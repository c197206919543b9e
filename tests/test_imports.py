"""What imports what."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import store

ROOT = Path(store.__path__[0])
MODULES = sorted(
    ".".join(file.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")
    for file in ROOT.rglob("*.py")
)
LOADED = "print(*sorted({name.partition('.')[0] for name in sys.modules}))"


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The packages that are loaded after an import of every module of the store."""
    code = f"import sys, {', '.join(MODULES)}\n{LOADED}"
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=ROOT.parent, check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_every_module_of_the_store_is_looked_at() -> None:
    assert {"store", "store.library", "store.feeds.page_text"} <= set(MODULES)


@pytest.mark.parametrize("package", ["store", "tui"])
def test_questions_about_files_are_asked_where_no_answer_is_an_error(package: str) -> None:
    asked = re.compile(r"\.(exists|is_dir|is_file|r?glob|iterdir|stat)\(\)|\.r?glob\(")
    asking = {
        str(file.relative_to(ROOT.parent))
        for file in (ROOT.parent / package).rglob("*.py")
        if asked.search(file.read_text(encoding="utf-8"))
    }
    # One asks after a file's time in the words of an error, one within a `try` of its own.
    assert asking <= {"store/errors.py", "store/files/disk.py", "tui/cli/imports.py"}


@pytest.mark.parametrize("package", ["textual", "rich", "tui"])
def test_store_imports_nothing_of_the_screen(loaded: set[str], package: str) -> None:
    assert package not in loaded
