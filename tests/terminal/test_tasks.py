"""The ten tasks of docs/tasks.md are done by the keys that are written there, and as many.

The installed reader gets the keys of a task in a terminal, all at once, faster than anybody types.
"""

import re
from base64 import b64decode
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import OpenLibrary, paper
from http_helpers import Server
from places import ROOT
from programs import program
from terminal import MODERN, OpenTerminal, Terminal

from store.library import Library
from store.model import Links, Paper
from store.views.file import ViewsFile

PAGE = ROOT / "docs" / "tasks.md"
ROWS = re.findall(r"^\| ([A-Z].*?) \| (.*?) \| (\d+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
TASKS = {task: keys for task, keys, _ in ROWS}

TODAY = [f"arxiv:2508.10{number:03}" for number in range(58)]
YESTERDAY = [f"arxiv:2508.00{number:03}" for number in range(5)]
EARLIER = "arxiv:2507.10000"
BROWSER = '#!/bin/sh\nprintf "%s\\n" "$1" >> "$0.asked"\n'
"""A browser that notes in a file beside it what it was asked for."""


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    """A browser that opens nothing."""
    script = tmp_path / "browser"
    script.write_text(BROWSER)
    script.chmod(0o700)
    return script


@pytest.fixture
def reader(
    open_library: OpenLibrary, open_terminal: OpenTerminal, browser: Path, settings: Path
) -> Terminal:
    """The reader, with 58 papers of today, five of yesterday and one a month old in its list."""
    today, day = date.today(), timedelta(days=1)
    papers = [
        *(listed(key, f"Pebbles by Lamp, Part {n}", today) for n, key in enumerate(TODAY[:-1], 1)),
        listed(TODAY[-1], "Losing the Fear of Lamps", today),
        *(listed(key, f"Lamps, Part {n}", today - day) for n, key in enumerate(YESTERDAY, 1)),
        listed(EARLIER, "Old Lamps", today - 31 * day),
    ]
    open_library().add(papers, "hf")
    terminal = open_terminal({**MODERN, "BROWSER": str(browser)}, "--config", str(settings))
    terminal.shows("64 unread")
    terminal.shows("─ 1 of 64 ─")
    terminal.shows("? Help")
    return terminal


@pytest.fixture
def settings(tmp_path: Path, server: Server) -> Path:
    """Settings by which a PDF comes from a server of this machine and goes to a viewer."""
    server.says("/pdf/2508.10000", b"%PDF-1.7\n%%EOF\n")
    program(tmp_path / "viewer", f'echo "$1" > {tmp_path}/opened')
    file = tmp_path / "settings.toml"
    text = f'[mirrors]\narxiv = "{server.url}"\n[open]\npdf = "{tmp_path}/viewer"\n'
    file.write_text(f'{text}[pdf]\nfolder = "{tmp_path}/pdfs"\n')
    return file


def listed(key: str, title: str, day: date) -> Paper:
    """Return a paper that was listed on a day and has a PDF."""
    pdf = key.replace("arxiv:", "https://arxiv.org/pdf/")
    return paper(key, title, date=day.isoformat(), links=Links(pdf=pdf))


def pressed(task: str) -> Iterator[str]:
    """Yield the keys of a task, one after the other, as a terminal sends them."""
    for key, times, text in re.findall(r'`(.+?)(?:×(\d+))?`|"(.*?)"', TASKS[task]):
        yield from text or [{"Enter": "\r", "Tab": "\t"}.get(key, key)] * int(times or 1)


def do(reader: Terminal, task: str) -> None:
    """Press the keys of a task."""
    reader.type("".join(pressed(task)))


def left(reader: Terminal, open_library: OpenLibrary) -> Library:
    """Leave the reader by a key that does so in the list alone; return the library on disk."""
    reader.type("q")
    assert reader.leaves() == 0
    return open_library()


def are_read(library: Library) -> list[str]:
    """Return the ids of the papers that are read, in order."""
    return sorted(key for key, marks in library.all_marks.items() if marks.read)


def test_table_has_these_ten_tasks() -> None:
    assert list(TASKS) == [
        "Triage 58 papers",
        "Star five papers",
        "Tag three papers",
        "Find a half-remembered paper",
        "Find yesterday's papers again",
        "Undo a bulk read",
        "Copy a BibTeX entry",
        "Open a PDF",
        "Catch up a week",
        "Save a view",
    ]


@pytest.mark.parametrize(("task", "count"), [(task, int(count)) for task, _, count in ROWS])
def test_keys_are_counted_right(task: str, count: int) -> None:
    assert len(list(pressed(task))) == count


def test_no_task_takes_more_keys_than_it_did_and_three_take_fewer() -> None:
    once = [58, 6, 8, 12, 1, 2, 2, 1, 17, 15]
    now = [int(count) for _, _, count in ROWS]
    assert all(count <= before for count, before in zip(now, once, strict=True))
    assert sum(now) <= sum(once) - 20


def top(reader: Terminal) -> None:
    """Go to the first of all papers."""
    reader.shows(" of 64 ─")
    reader.type("g")
    reader.shows("─ 1 of 64 ─")


def test_tasks_of_reading(reader: Terminal, open_library: OpenLibrary) -> None:
    do(reader, "Undo a bulk read")
    reader.shows("Undid: marked read (64 papers)")
    reader.shows("64 unread")
    top(reader)
    do(reader, "Triage 58 papers")
    reader.shows("papers-tui   6 unread")
    reader.until(lambda: are_read(open_library()) == TODAY, "those of today saved as read")
    top(reader)
    do(reader, "Catch up a week")
    reader.shows("papers-tui   1 unread")
    assert are_read(left(reader, open_library)) == [*YESTERDAY, *TODAY]


def test_tasks_of_finding_marking_and_taking_along(
    reader: Terminal, open_library: OpenLibrary, tmp_path: Path
) -> None:
    do(reader, "Copy a BibTeX entry")
    reader.shows("Sent to the terminal's clipboard")
    # OSC 52: the terminal puts the text, which is in base 64, on its clipboard.
    copied = re.findall(r"\x1b\]52;c;([^\x07]*)\x07", reader.written)
    assert len(copied) == 1
    entry = b64decode(copied[0]).decode()
    assert entry.startswith("@misc{")
    assert "title = {Pebbles by Lamp, Part 1}," in entry
    do(reader, "Open a PDF")
    reader.until((tmp_path / "opened").exists, "a viewer started")
    reader.until((tmp_path / "opened").read_text, "a file given to it")
    assert "Pebbles by Lamp, Part 1" in (tmp_path / "opened").read_text()
    top(reader)
    do(reader, "Find a half-remembered paper")
    reader.shows("▌●  Losing the Fear of Lamps")
    reader.shows("─ 1 of 1 ─")
    reader.type("\x1b")
    top(reader)
    do(reader, "Find yesterday's papers again")
    reader.shows("─ 59 of 64 ─")
    reader.shows("▌●  Lamps, Part 1")
    top(reader)
    do(reader, "Star five papers")
    reader.until(lambda: reader.text.count("■★ Pebbles") == 5, "five stars on the screen")
    reader.type("\x1b")
    reader.shows_not("■")
    top(reader)
    do(reader, "Tag three papers")
    reader.until(
        lambda: len(re.findall("■★ Pebbles.* #lab", reader.text)) == 3, "three tags on the screen"
    )
    reader.type("\x1b")
    reader.shows_not("■")
    top(reader)
    do(reader, "Save a view")
    reader.shows("lamps is saved")
    library = left(reader, open_library)
    marks = library.all_marks
    assert sorted(key for key in marks if marks[key].starred) == TODAY[:5]
    assert sorted(key for key in marks if marks[key].tags == ("lab",)) == TODAY[:3]
    views = ViewsFile(library.folder).read().views
    assert [(view.name, view.query) for view in views] == [("lamps", "lamps")]
