"""Whatever is typed, and whatever another program does to the papers meanwhile: the reader goes on,
no mark is lost, and undoing everything undoes everything.

The suite runs two short sessions. PAPERS_TUI_RANDOM_SESSIONS says how many long ones are run in
their place; each is named by its seed:

    PAPERS_TUI_RANDOM_SESSIONS=500 python -m pytest tests/reader/test_app_random_keys.py
"""

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import pytest
from conftest import OpenLibrary
from http_helpers import Server, hf_day
from screen_helpers import Reader, reading, small_feed, until
from textual import events
from textual.keys import _character_to_key

from store.library import Library
from store.model import Marks, Paper
from store.papers.documents import Later, StoredRecords
from store.papers.month_file import write_month
from tui.reader.app import PapersApp
from tui.settings.config import Config

LONG = "PAPERS_TUI_RANDOM_SESSIONS" in os.environ
SESSIONS = int(os.environ.get("PAPERS_TUI_RANDOM_SESSIONS", "2"))
GESTURES = 500 if LONG else 80
"""In a session, about; most are one key."""
AT_ONCE = 8
"""So many, about, are typed ahead of the reader."""
SIZES = [(80, 24), (50, 15), (160, 48), (20, 5)]

OFTEN = [
    *("j", "k", "n", "p", "s", "r", "t", "space", "v", "A", "u", "ctrl+r", "enter", "escape"),
    *("z", "S", "Y", "slash", "h", "l", "G", "g"),
]
SELDOM = [
    *'JKRyoPef?[]mbN0123456789xadumctb#:-("%ü夜',
    *("down", "up", "left", "right", "home", "end", "pagedown", "pageup", "tab", "shift+tab"),
    *("ctrl+f", "ctrl+f", "backspace", "delete", "ctrl+d", "ctrl+u", "ctrl+w", "ctrl+c", "f1"),
]
FOUND_ELSEWHERE = ["2508.00002 Counting Snails in the Rain", "2508.00077 Elsewhere"]
TYPED = [
    "/snails", "/is:unread ", "/#wet", "/(", "/sort:-title", "t+wet -dry", "t夜 ü", "tdry", "td",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(SESSIONS))
async def test_session_of_random_keys(
    filled: OpenLibrary,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    server: Server,
    seed: int,
) -> None:
    random = Random(seed)
    monkeypatch.chdir(tmp_path)  # what is exported goes here
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    server.says("/api/papers/search", hf_day(*FOUND_ELSEWHERE))
    # Laying out messages would take most of the time.
    said: list[str] = []
    monkeypatch.setattr(PapersApp, "notify", lambda self, text, **options: said.append(text))
    library = filled()
    elsewhere = Elsewhere(library)
    config = Config(
        advance_after_mark=random.random() < 0.5, read_on_dwell=random.choice([0, 0.01])
    )
    async with reading(library, random.choice(SIZES), config=config) as reader:
        for _ in range(GESTURES // AT_ONCE):
            hasty = random.randint(1, 2 * AT_ONCE - 1)
            await send(reader, *(key for _ in range(hasty) for key in gesture(random)))
            assert reader.app.is_running
            assert set(reader.ids) <= reader.screen.session.papers.keys()
            if random.random() < 0.2:
                elsewhere.acts(random)
        await reader.saved()  # a paper found elsewhere that a mark keeps is not written after this
        elsewhere.write(elsewhere.papers)
        everything = {each.id for each in elsewhere.papers}
        await until(lambda: library.papers.keys() == everything, "all papers back")
        await reader.saved()
        assert marked(read_all(filled())) == marked(library)
        await undo_everything(reader, said)
        assert not marked(library)
        await reader.saved()
    assert not marked(read_all(filled()))


def gesture(random: Random) -> list[str]:
    """Return the keys of something that a person might do."""
    kind = random.random()
    if kind < 0.7:
        return [random.choice(OFTEN)]
    if kind < 0.9:
        return [random.choice(SELDOM)]
    if kind < 0.98:
        typed = random.choice(TYPED)
        return [*typed[: random.randint(1, len(typed))], random.choice(["enter", "escape", "tab"])]
    return ["ctrl+p", *random.choice(["star", "#wet", "crows", ""]), "escape", "escape"]


class Elsewhere:
    """Another program, through which papers go, come back, and get better keys for good."""

    def __init__(self, library: Library) -> None:
        self._folder = library.folder / "papers"
        self.papers = small_feed()
        """All there are."""

    def acts(self, random: Random) -> None:
        """Give some papers other keys, and leave out others."""
        self.papers = [
            replace(each, id=f"doi:10.1000/{each.id[-5:]}", aliases=(each.id,))
            if not each.aliases and random.random() < 0.05
            else each
            for each in self.papers
        ]
        self.write([each for each in self.papers if random.random() < 0.7])

    def write(self, papers: list[Paper]) -> None:
        """Let the library have these papers."""
        for month in ("2025-08", "2025-07"):
            held: list[tuple[Paper, StoredRecords, Later]] = [
                (p, [], {}) for p in papers if p.date.startswith(month)
            ]
            write_month(self._folder / f"{month}.json", held)


async def send(reader: Reader, *keys: str) -> None:
    """Press keys, and wait until the reader has taken them all."""
    app = reader.app
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        app.post_message(events.Key(name, key if len(key) == 1 else None))
    await reader.pilot.pause(0)
    for left in range(len(app.key_order.held) - 1, -1, -1):
        await until(partial(taken, reader, left), f"all but {left} of {keys} taken")


def taken(reader: Reader, left: int) -> bool:
    """Return whether so many keys are left, or fewer."""
    return len(reader.app.key_order.held) <= left


async def undo_everything(reader: Reader, said: list[str]) -> None:
    """Go back to the list and undo every action."""
    screen = reader.screen
    said.clear()
    while "Nothing to undo." not in said:
        at_the_list = reader.app.screen is screen and screen.focused is screen.panes.list
        await send(reader, "u" if at_the_list else "escape")


def read_all(library: Library) -> Library:
    """Return a library with all its papers read, and so all their keys known."""
    library.read_all()
    return library


def marked(library: Library) -> dict[str, Marks]:
    """Return the marks of the papers that have any, without their times."""
    marks = {
        paper_id: Marks(each.read, each.starred, each.tags, each.note)
        for paper_id, each in library.all_marks.items()
    }
    return {paper_id: each for paper_id, each in marks.items() if each != Marks()}
