"""A file that can't be read is left byte for byte, set aside once, and told of in one message."""

import re
from collections.abc import Iterator
from os import utime
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pytest

from store.errors import LibraryDamagedError, LibraryError
from store.files.storage import SCHEMA
from store.library import Library
from store.model import Change, Paper
from tui.cli.main import main

ONE, OTHER = "arxiv:2508.00001", "arxiv:2507.00002"
STAR = Change(starred=True)
STAMP = "2025-08-01T12:00:00.000Z/a"
NEWER = 99


def file(schema: object = SCHEMA, **tables: object) -> bytes:
    """Return the contents of a file of these tables."""
    return orjson.dumps({**tables, "meta": {"library": {"schema": schema}}})


def marked(cells: object) -> bytes:
    """Return a file of marks in which one paper has these."""
    return file(marks={ONE: cells})


GOOD = marked({"starred": [True, STAMP], "#tag": [True, STAMP], "note": ["ü", STAMP]})

DAMAGES = {
    "empty": b"",
    "zeros": bytes(len(GOOD)),
    "null": b"null",
    "list": b"[]",
    "text": b'"marks"',
    "number": b"1",
    "spaces": b"  \n",
    "no-meta": b"{}",
    "extra": GOOD + b"}",
    "twice": GOOD * 2,
    "zeros-behind": GOOD + bytes(512),
    "byte-order-mark": b"\xef\xbb\xbf" + GOOD,
    "utf-16": GOOD.decode().encode("utf-16"),
    "not-utf-8": GOOD.replace("ü".encode(), b"\xff\xfe"),
    "half-a-character": GOOD.replace("ü".encode(), b"\xc3"),
    "surrogate": GOOD.replace("ü".encode(), b"\\ud800"),
    "brackets": b"[" * 200_000,
    "braces": b'{"a":' * 200_000,
    "digits": GOOD.replace(b'"schema":2', b'"schema":' + b"9" * 5_000),
    "nan": GOOD.replace(b'"schema":2', b'"schema":NaN'),
    "infinity": GOOD.replace(b"true", b"Infinity"),
    "comment": b"// marks\n" + GOOD,
    "conflict": b"<<<<<<< ours\n" + GOOD + b"\n=======\n",
}
"""What a file of tables may have become."""

MARKS_DAMAGES = {
    "marks-list": file(marks=[]),
    "marks-null": file(marks=None),
    "marks-of-lists": file(marks={ONE: []}),
    "marks-of-null": file(marks={ONE: None}),
    "cell-bool": marked({"read": True}),
    "cell-short": marked({"read": [True]}),
    "cell-long": marked({"read": [True, STAMP, 1]}),
    "cell-map": marked({"read": {"0": True, "1": STAMP}}),
    "value-number": marked({"starred": [1, STAMP]}),
    "value-null": marked({"#tag": [None, STAMP]}),
    "note-bool": marked({"note": [True, STAMP]}),
    "note-list": marked({"note": [["a"], STAMP]}),
    "stamp-number": marked({"read": [True, 5]}),
    "stamp-word": marked({"read": [True, "yesterday"]}),
    "stamp-no-day": marked({"read": [True, "2025-02-30T12:00:00.000Z/a"]}),
    "unknown-mark": marked({"flagged": [["a"], STAMP]}),
    "nameless-mark": marked({"": [True, STAMP]}),
    "old-tags": marked({"tags": {"a": [True, STAMP]}}),
    "history-list": file(history=[]),
    "history-of-numbers": file(history={STAMP: 1}),
    "meta-list": b'{"meta":[]}',
    "library-list": b'{"meta":{"library":[]}}',
    "schema-missing": b'{"meta":{"library":{}}}',
    "schema-text": file("2"),
    "schema-float": file(2.0),
    "schema-bool": file(True),
    "schema-zero": file(0),
}
"""JSON that holds no marks."""

MONTH_DAMAGES = {
    "papers-list": file(papers=[]),
    "paper-null": file(papers={ONE: None}),
    "no-title": file(papers={ONE: {"date": "2025-08-01"}}),
    "title-number": file(papers={ONE: {"title": 5}}),
    "title-null": file(papers={ONE: {"title": None}}),
    "title-list": file(papers={ONE: {"title": ["a"]}}),
    "abstract-number": file(papers={ONE: {"title": "a", "abstract": 5}}),
    "date-null": file(papers={ONE: {"title": "a", "date": None}}),
    "date-number": file(papers={ONE: {"title": "a", "date": 20250801}}),
    "authors-number": file(papers={ONE: {"title": "a", "authors": 5}}),
    "authors-null": file(papers={ONE: {"title": "a", "authors": None}}),
    "authors-of-numbers": file(papers={ONE: {"title": "a", "authors": [5]}}),
    "aliases-of-lists": file(papers={ONE: {"title": "a", "aliases": [[]]}}),
    "links-list": file(papers={ONE: {"title": "a", "links": []}}),
    "links-of-numbers": file(papers={ONE: {"title": "a", "links": {"pdf": 5}}}),
    "links-unknown": file(papers={ONE: {"title": "a", "links": {"ftp": "b"}}}),
    "upvotes-text": file(papers={ONE: {"title": "a", "upvotes": "many"}}),
    "version-list": file(papers={ONE: {"title": "a", "version": [1]}}),
}
"""JSON that holds no papers."""

state_damage = pytest.mark.parametrize(
    "data", [pytest.param(data, id=id) for id, data in (DAMAGES | MARKS_DAMAGES).items()]
)
month_damage = pytest.mark.parametrize(
    "data", [pytest.param(data, id=id) for id, data in (DAMAGES | MONTH_DAMAGES).items()]
)
a_few = pytest.mark.parametrize(
    "data", [b"", GOOD[:50], b"[" * 200_000, marked({"read": 1})], ids=["0", "50", "deep", "shape"]
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with two months, a star and a backup of the marks."""
    folder = tmp_path_factory.mktemp("sound")
    library = Library(folder)
    papers = [
        Paper(ONE, "Sorting Pebbles", date="2025-08-01"),
        Paper(OTHER, "Counting Snails", date="2025-07-01"),
    ]
    library.add(papers, "hf")
    library.mark([ONE], STAR)
    library.commit()
    for path in folder.rglob("*.json"):
        path.with_name(f"{path.name}.bak").write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """A copy of it, which the commands use."""
    return Path(copytree(sound, tmp_path / "library"))


def damaged_state(folder: Path, data: bytes) -> Path:
    path = folder / "state.json"
    path.write_bytes(data)
    return path


def damaged_month(folder: Path, data: bytes) -> Path:
    """Damage the later of the two months."""
    path = folder / "papers" / "2025-08.json"
    path.write_bytes(data)
    return path


def open_damaged(folder: Path) -> LibraryDamagedError:
    with pytest.raises(LibraryDamagedError) as caught:
        Library(folder).read_all()
    return caught.value


def is_damaged(folder: Path, data: bytes) -> bool:
    damaged_state(folder, data)
    try:
        Library(folder)
    except LibraryDamagedError:
        return True
    return False


def is_damaged_month(folder: Path, data: bytes) -> bool:
    month = Library(folder).load_month(damaged_month(folder, data))
    return isinstance(month.error, LibraryDamagedError)


def copies(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if ".damaged-" in path.name]


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a library itself."""
    return {str(path): path.read_bytes() for path in folder.rglob("*.json")}


def feed(folder: Path) -> Path:
    """Return a feed of one paper."""
    path = folder.parent / "feed.txt"
    path.write_text("Daily Papers\n\nA Map of Puddles\n\n" + "We map every puddle. " * 20)
    return path


def changing(command: str, folder: Path) -> list[str]:
    """Return the arguments of a command that changes the library."""
    return {
        "mark": ["mark", "*", "--read"],
        "undo": ["undo"],
        "import": ["import", str(feed(folder))],
    }[command]


# Marks


@state_damage
def test_damaged_marks_are_refused_left_as_they_are_and_set_aside(
    folder: Path, data: bytes
) -> None:
    path = damaged_state(folder, data)
    assert open_damaged(folder).status == 3
    assert path.read_bytes() == data
    assert [copy.read_bytes() for copy in copies(folder)] == [data]


def test_marks_cut_short_anywhere_are_damaged(folder: Path) -> None:
    assert [n for n in range(0, len(GOOD), 3) if not is_damaged(folder, GOOD[:n])] == []
    assert is_damaged(folder, GOOD[:-1])


def test_marks_with_zeros_from_anywhere_are_damaged(folder: Path) -> None:
    whole = len(GOOD)
    data = [GOOD[:n] + bytes(whole - n) for n in (*range(0, whole, 5), whole - 1)]
    assert [cut for cut in data if not is_damaged(folder, cut)] == []


def test_copy_of_damaged_marks_is_dated(folder: Path) -> None:
    damaged_state(folder, b"")
    open_damaged(folder)
    assert re.fullmatch(r"state\.json\.damaged-\d{8}-\d{6}", copies(folder)[0].name)


def test_same_damage_is_set_aside_once(folder: Path) -> None:
    damaged_state(folder, b"")
    open_damaged(folder)
    open_damaged(folder)
    assert len(copies(folder)) == 1


def test_other_damage_is_set_aside_too(folder: Path) -> None:
    damaged_state(folder, b"")
    open_damaged(folder)
    damaged_state(folder, b"{")
    open_damaged(folder)
    assert sorted(path.read_bytes() for path in copies(folder)) == [b"", b"{"]


def test_damage_leaves_the_backup(folder: Path) -> None:
    before = (folder / "state.json.bak").read_bytes()
    damaged_state(folder, b"{")
    open_damaged(folder)
    assert (folder / "state.json.bak").read_bytes() == before


@state_damage
def test_damage_while_the_library_is_open_is_not_overwritten(folder: Path, data: bytes) -> None:
    library = Library(folder)
    path = damaged_state(folder, data)
    library.mark([OTHER], STAR)
    with pytest.raises(LibraryDamagedError):
        library.commit()
    assert path.read_bytes() == data


def test_mark_waits_while_the_file_is_damaged(folder: Path) -> None:
    library = Library(folder)
    damaged_state(folder, b"{")
    library.mark([OTHER], STAR)
    with pytest.raises(LibraryDamagedError):
        library.commit()
    assert library.unsaved == 1


def test_import_leaves_damaged_marks(folder: Path) -> None:
    before = contents(folder) | {str(damaged_state(folder, b"{")): b"{"}
    assert main(["import", str(feed(folder))]) == 3
    assert contents(folder) == before


@a_few
@pytest.mark.parametrize(
    "command", [["list"], ["list", "--json"], ["mark", "*", "--read"], ["undo"]], ids=" ".join
)
def test_command_says_where_damaged_marks_are(
    folder: Path, command: list[str], data: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    path = damaged_state(folder, data)
    assert main(command) == 3
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    places = (str(path), copies(folder)[0].name, "state.json.bak ")
    assert [place for place in places if place not in err] == []


def test_damage_without_a_backup_says_so(folder: Path) -> None:
    (folder / "state.json.bak").unlink()
    damaged_state(folder, b"{")
    assert "no earlier copy" in str(open_damaged(folder))


# Papers


@month_damage
def test_damaged_month_is_refused_and_set_aside(folder: Path, data: bytes) -> None:
    damaged_month(folder, data)
    assert open_damaged(folder).status == 3
    assert [path.read_bytes() for path in copies(folder)] == [data]


@month_damage
def test_damaged_month_keeps_others_from_being_changed_not_from_being_listed(
    folder: Path, data: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    path = damaged_month(folder, data)
    before = contents(folder)
    assert main(["list"]) == 3
    out, err = capfd.readouterr()
    assert (out.count("\n"), "Counting Snails" in out, err.count(str(path))) == (1, True, 1)
    assert main(["mark", "*", "--read"]) == 3
    assert main(["import", str(feed(folder))]) == 3
    assert contents(folder) == before


def test_month_cut_short_anywhere_is_damaged(folder: Path) -> None:
    good = (folder / "papers" / "2025-08.json").read_bytes()
    assert [n for n in range(0, len(good), 5) if not is_damaged_month(folder, good[:n])] == []
    assert is_damaged_month(folder, good[:-1])


def test_mark_after_merging_the_last_stamp_there_is_can_be_read(folder: Path) -> None:
    other = folder.parent / "other.json"
    other.write_bytes(marked({"note": ["n", "9998-12-31T23:59:59.999Z/b"]}))
    library = Library(folder)
    library.others.merge(other)
    library.mark([ONE], Change(read=True))
    library.commit()
    assert Library(folder).marks(ONE).read


# Times that no calendar has


def with_time(path: Path, seconds: int) -> None:
    """Give one file per time of last change; skip where the file system can't keep it."""
    utime(path, (seconds, seconds))
    if path.stat().st_mtime != seconds:
        pytest.skip("the file system has no such times")


no_calendar = pytest.mark.parametrize("seconds", [2**40, -(2**40)], ids=["future", "past"])


@pytest.fixture
def in_memory(folder: Path) -> Iterator[Path]:
    """The library on a file system that can keep any time."""
    kept = Path("/dev/shm")
    if not kept.is_dir():
        pytest.skip("there is no file system in memory here")
    with TemporaryDirectory(dir=kept) as place:
        yield Path(copytree(folder, Path(place) / "library"))


@no_calendar
def test_file_of_no_time_can_be_written(in_memory: Path, seconds: int) -> None:
    with_time(in_memory / "state.json", seconds)
    assert main(["--library", str(in_memory), "mark", "*", "--read"]) == 0


@no_calendar
def test_damaged_file_of_no_time_is_set_aside(in_memory: Path, seconds: int) -> None:
    with_time(damaged_state(in_memory, b"{"), seconds)
    open_damaged(in_memory)
    assert [path.read_bytes() for path in copies(in_memory)] == [b"{"]


@no_calendar
def test_backup_of_no_time_is_offered(in_memory: Path, seconds: int) -> None:
    damaged_state(in_memory, b"{")
    with_time(in_memory / "state.json.bak", seconds)
    assert "state.json.bak" in str(open_damaged(in_memory))


# Other layouts


def old_state() -> bytes:
    """Return marks in layout 1, where tags were a map of their own."""
    cells = {"starred": [True, STAMP], "tags": {"a": [True, STAMP], "b": [False, STAMP]}}
    return file(1, marks={ONE: cells})


def test_older_marks_are_read(folder: Path) -> None:
    damaged_state(folder, old_state())
    marks = Library(folder).marks(ONE)
    assert (marks.starred, marks.tags) == (True, ("a",))


def test_reading_older_marks_writes_nothing(folder: Path) -> None:
    path = damaged_state(folder, old_state())
    assert main(["list"]) == 0
    assert path.read_bytes() == old_state()


def test_next_mark_rewrites_older_marks(folder: Path) -> None:
    path = damaged_state(folder, old_state())
    main(["mark", "snails", "--star"])
    state = orjson.loads(path.read_bytes())
    assert state["meta"]["library"]["schema"] == SCHEMA
    assert state["marks"][ONE] == {
        "starred": [True, STAMP], "#a": [True, STAMP], "#b": [False, STAMP],
    }  # fmt: skip


def test_older_marks_are_kept_as_the_backup(folder: Path) -> None:
    damaged_state(folder, old_state())
    (folder / "state.json.bak").unlink()
    main(["mark", "snails", "--star"])
    assert (folder / "state.json.bak").read_bytes() == old_state()


def newer_state(folder: Path) -> None:
    cells = {"starred": [True, STAMP]}
    damaged_state(folder, file(NEWER, marks={ONE: cells}, wonders={}))


def newer_month(folder: Path) -> None:
    papers = {ONE: {"title": "Sorting Pebbles", "date": "2025-08-01"}}
    damaged_month(folder, file(NEWER, papers=papers, wonders={}))


newer = pytest.mark.parametrize("make", [newer_state, newer_month], ids=["marks", "month"])
newer_refuses = pytest.mark.parametrize(
    ("make", "command"),
    [
        (newer_state, "mark"),
        (newer_state, "undo"),
        (newer_state, "import"),
        (newer_month, "mark"),
        (newer_month, "import"),
    ],
    ids=["marks-mark", "marks-undo", "marks-import", "month-mark", "month-import"],
)


@newer
def test_newer_library_is_listed(
    folder: Path, make: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    make(folder)
    assert main(["list"]) == 4
    out, err = capfd.readouterr()
    assert (out.count("\n"), err.count("\n")) == (2, 1)


@newer_refuses
def test_newer_library_is_not_changed_and_that_is_reported_once(
    folder: Path, make: Any, command: str, capfd: pytest.CaptureFixture[str]
) -> None:
    make(folder)
    before = contents(folder)
    assert main(changing(command, folder)) == 4
    assert contents(folder) == before
    out, err = capfd.readouterr()
    assert (out, err.count("later version"), err.count("\n")) == ("", 1, 1)


# History


def action(**fields: object) -> dict[str, object]:
    """Return a whole action as it is in the file, but for these fields."""
    return {"label": "starred", "undone": "", "steps": [step()]} | fields


def step(**fields: object) -> dict[str, object]:
    whole = {"papers": [ONE], "change": {"starred": True}, "inverse": {"starred": False}}
    return whole | fields


HISTORIES = {
    "empty": {},
    "steps-null": action(steps=None),
    "steps-number": action(steps=5),
    "steps-map": action(steps={"a": 1}),
    "step-number": action(steps=[1]),
    "step-empty": action(steps=[{}]),
    "papers-number": action(steps=[step(papers=5)]),
    "change-missing": action(steps=[{"papers": [ONE]}]),
    "change-list": action(steps=[step(inverse=[1])]),
    "change-text": action(steps=[step(inverse="ab")]),
    "change-unknown": action(steps=[step(inverse={"flavour": True})]),
    "star-text": action(steps=[step(inverse={"starred": "no"})]),
    "read-number": action(steps=[step(inverse={"read": 1})]),
    "note-number": action(steps=[step(inverse={"note": 5})]),
    "tags-text": action(steps=[step(inverse={"add_tags": "ab"})]),
    "tags-of-lists": action(steps=[step(inverse={"add_tags": [["a"]]})]),
    "label-missing": {"undone": "", "steps": [step()]},
}
"""The last action, damaged in shape."""

history_damage = pytest.mark.parametrize("document", HISTORIES.values(), ids=HISTORIES.keys())


def with_history(folder: Path, document: object) -> Library:
    marks = {ONE: {"starred": [True, STAMP]}}
    damaged_state(folder, file(marks=marks, history={f"{STAMP}/1": document}))
    return Library(folder)


@history_damage
def test_damaged_history_is_no_obstacle_to_marks_and_undoing_them(
    folder: Path, document: object
) -> None:
    library = with_history(folder, document)
    library.mark([OTHER], STAR)
    library.commit()
    assert Library(folder).marks(OTHER).starred
    library.undo()
    library.commit()
    assert not Library(folder).marks(OTHER).starred


@history_damage
def test_damaged_history_makes_undo_say_so_and_leaves_the_marks(
    folder: Path, document: object
) -> None:
    library = with_history(folder, document)
    with pytest.raises(LibraryError, match="can't be understood"):
        library.undo()
    before = contents(folder)
    assert main(["undo"]) == 1
    assert contents(folder) == before


@history_damage
def test_damaged_history_makes_redo_say_so(folder: Path, document: dict[str, object]) -> None:
    library = with_history(folder, {**document, "undone": STAMP})
    with pytest.raises(LibraryError, match="can't be understood"):
        library.redo()
