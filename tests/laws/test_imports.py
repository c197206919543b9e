"""Who may know whom: rooms import what is listed here, modules never in a circle."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import store

ROOT = Path(store.__path__[0]).parent
MODULES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
    for top in ("store", "tui")
    for file in sorted((ROOT / top).rglob("*.py"))
}

BASIC = {"store.errors", "store.identity", "store.latex", "store.model", "store.text"}
BASIC |= {"store.citation_keys", "store.markup"}
"""What knows no file and no library."""
MAY_IMPORT: dict[str, set[str]] = {
    "store.errors": set(),
    "store.text": {"store.errors"},
    "store.model": {"store.text"},
    "store.identity": {"store.text", "store.errors", "store.model"},
    "store.latex": {"store.text"},
    "store.markup": {"store.latex", "store.text"},
    "store.citation_keys": {"store.identity", "store.model", "store.text"},
    "store.files": BASIC,
    "store.papers": BASIC | {"store.files"},
    "store.marks": BASIC | {"store.files"},
    "store.views": BASIC | {"store.files", "store.query"},
    "store.fulltext": BASIC | {"store.files", "store.fetching"},
    "store.other_machines": BASIC | {"store.files", "store.papers", "store.marks"},
    "store.library": BASIC | {"store.files", "store.papers", "store.marks", "store.other_machines"},
    "store.replacements": BASIC | {"store.library", "store.papers"},
    "store.writer": BASIC | {"store.files", "store.library", "store.marks", "store.views"},
    "store.health": BASIC | {"store.files", "store.papers", "store.marks", "store.views"},
    "store.query": BASIC,
    "store.ranking": {"store.model", "store.text"},
    "store.search": BASIC | {"store.query", "store.ranking"},
    "store.feeds": BASIC,
    "store.fetching": BASIC | {"store.feeds", "store.files", "store.papers"},
    "store.export": BASIC,
    "store.kept_exports": BASIC | {"store.files"},
    "store.rules": BASIC
    | {"store.files", "store.papers", "store.marks", "store.query", "store.search"},
    "store.watch": BASIC
    | {"store.files", "store.papers", "store.marks", "store.feeds", "store.fetching"},
    "store.zotero": BASIC | {"store.export", "store.files"},
    "store.notes": BASIC | {"store.export", "store.files"},
    "store.pdfs": BASIC | {"store.fetching", "store.files", "store.fulltext"},
    "store.digest": BASIC | {"store.export", "store.files"},
}
"""By room of the store, the rooms it may import."""

SUBJECTS = {name for name in MODULES if name.startswith("tui.reader.subjects.")}
"""The parts of the reader, which are put together by its screen alone."""
SAME_SUBJECT = {
    ("filter_line", "finding"),
    ("finding", "ranked"),
    ("finding", "sorting"),
    ("views", "saved_views"),
}
"""Two files of one subject each."""


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the statements in a piece of code, wherever in it; expressions import nothing."""
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        for each in getattr(tree, part, ()):
            yield each
            yield from statements(each)


def imports(name: str) -> Iterator[str]:
    """Yield the modules of ours that a module imports, wherever in it."""
    for node in statements(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield from {whole if whole in MODULES else node.module} & MODULES.keys()
        elif isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & MODULES.keys()


@cache
def all_imports() -> dict[str, set[str]]:
    """Return what each module imports."""
    return {name: set(imports(name)) - {name} for name in MODULES}


def room(name: str) -> str:
    """Return the room of the store that a module is in."""
    return ".".join(name.split(".")[:2])


def importing(inside: Iterable[str], of: Iterable[str]) -> list[str]:
    """Return who inside imports one of these, as "a -> b"."""
    wanted = set(of)
    return sorted(f"{name} -> {each}" for name in inside for each in all_imports()[name] & wanted)


def test_every_module_is_looked_at() -> None:
    assert {"store.library", "store.feeds.page_text", "tui.reader.session"} <= MODULES.keys()


def test_modules_import_each_other_in_no_circle() -> None:
    try:
        TopologicalSorter(all_imports()).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize("name", sorted({room(name) for name in MODULES if "store." in name}))
def test_room_of_the_store_imports_only_what_it_may(name: str) -> None:
    here = [each for each in MODULES if room(each) == name]
    others = {each for each in MODULES if room(each) not in {name, "store", *MAY_IMPORT[name]}}
    assert importing(here, others) == []


def test_reader_never_imports_the_command_line() -> None:
    reader = [name for name in MODULES if name.startswith("tui.reader")]
    assert importing(reader, [name for name in MODULES if name.startswith("tui.cli")]) == []


def test_parts_of_the_reader_know_each_other_through_its_screen_alone() -> None:
    found = importing(SUBJECTS, SUBJECTS)
    room = "tui.reader.subjects"
    assert found == sorted(f"{room}.{one} -> {room}.{other}" for one, other in SAME_SUBJECT)


@pytest.mark.parametrize("room_name", ["widgets", "dialogs"])
def test_widgets_and_dialogs_know_no_session(room_name: str) -> None:
    here = [name for name in MODULES if name.startswith(f"tui.reader.{room_name}.")]
    forbidden = {*SUBJECTS, "tui.reader.session", "tui.reader.panes", "store.library"}
    assert here
    assert importing(here, forbidden) == []


def loaded_by(modules: Iterable[str]) -> set[str]:
    """Return the packages that are loaded after an import of modules, in a process of its own."""
    names = "{name.partition('.')[0] for name in sys.modules}"
    code = f"import sys, {', '.join(modules)}\nprint(*sorted({names}))"
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_store_imports_nothing_of_the_screen() -> None:
    loaded = loaded_by(name for name in MODULES if name.startswith("store"))
    assert loaded.isdisjoint({"textual", "rich", "tui"})


def test_session_and_settings_import_no_textual() -> None:
    assert "textual" not in loaded_by(
        ["tui.reader.session", "tui.settings.config", "tui.cli.opening"]
    )


def test_questions_about_files_are_asked_where_no_answer_is_an_error() -> None:
    asked = re.compile(r"\.(exists|is_dir|is_file|r?glob|iterdir|stat)\(\)|\.r?glob\(")
    asking = {name for name, file in MODULES.items() if asked.search(file.read_text("utf-8"))}
    # One asks about a file's time in the words of an error, one within a `try` of its own.
    assert asking <= {"store.errors", "store.files.disk", "tui.cli.adding"}


def test_reader_starts_without_what_comes_by_itself_later() -> None:
    listed = Path(__file__).with_name("first_paint.txt").read_text(encoding="utf-8").split()
    rooms = ("rules", "watch", "kept_exports", "fetching", "export", "notes")
    subjects = ("kept_exports", "ruling", "fetching", "note_files")
    later = (
        *(f"store.{name}" for name in rooms),
        *(f"tui.shared.{name}" for name in ("kept_exports", "known_rules")),
        *(f"tui.reader.subjects.{name}" for name in subjects),
    )
    assert {"tui.reader.main", *later} <= MODULES.keys()
    assert [name for name in listed if name.startswith(later)] == []
