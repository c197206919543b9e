"""Notes in the reader: written, kept however that ends, shown and found."""

import errno
import shlex
import sys
from pathlib import Path

import pytest
from conftest import OpenLibrary
from disks import FullDisk
from faulty_disks import FailingDisk
from screen_helpers import PEBBLES, SNAILS, Reader, reading, until
from terminal import MODERN, OpenTerminal, Terminal
from textual.widgets import TextArea

from store.errors import LibraryError
from store.library import Library
from store.model import Change


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed; one paper has a note."""
    library = filled()
    library.mark([SNAILS], Change(note="Bring an umbrella."))
    return library


async def has_note(library: Library, paper: str, note: str) -> None:
    """Wait until a paper has this note."""
    await until(lambda: library.marks(paper).note == note, f"the note {note!r}")


async def test_note_is_saved_and_gone_on_with_at_its_end(library: Library) -> None:
    library.commit()
    async with reading(library) as reader:
        await reader.press("j")
        await write(reader, "")
        assert library.unsaved == 0  # it was only looked at
        await write(reader, " Two.", "ctrl+s")
        await has_note(library, SNAILS, "Bring an umbrella. Two.")
        await reader.press("u")
        await has_note(library, SNAILS, "Bring an umbrella.")
        await reader.press("N")
        (await open_area(reader)).load_text(" \n")
        await reader.press("escape")
        await has_note(library, SNAILS, "")


async def test_note_typed_ahead_is_whole(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("N", "a", "enter", "b", "escape", "j", "s")
        await until(lambda: library.marks(SNAILS).starred, "the keys after the note")
        assert library.marks(PEBBLES).note == "a\nb"


async def test_note_is_kept_when_the_program_is_left(
    library: Library, open_library: OpenLibrary
) -> None:
    async with reading(library) as reader:
        await reader.press("N")
        await open_area(reader)
        await reader.type("half a tho")
        reader.app._leave()
        await until(lambda: not reader.app.is_running, "the reader has ended")
    reader.app.finish_saving()
    assert open_library().marks(PEBBLES).note == "half a tho"


async def test_note_that_could_not_be_saved_is_there_again(
    filled: OpenLibrary, tmp_path: Path
) -> None:
    filled()
    library = Library(tmp_path / "library", disk=FailingDisk("write", error=errno.ENOSPC))
    async with reading(library) as reader:
        await write(reader, "Ask Ada.")
        await reader.notifies("Not saved")
        assert library.marks(PEBBLES).note == ""
        await write(reader, "")
        assert library.marks(PEBBLES).note == "Ask Ada."


async def test_note_is_kept_where_the_library_can_not_be_changed_any_more(
    library: Library,
) -> None:
    async with reading(library) as reader:
        await reader.press("N")
        area = await open_area(reader)
        area.load_text("Ask Ada.")
        library.newer = "a later version wrote this"
        await reader.press("escape")
        await reader.notifies("Note not saved a later version wrote this")
        assert reader.app.last_words() == [
            "unsaved note of Sorting Pebbles by Lamp Light:\nAsk Ada."
        ]
        await reader.press("N")
        assert (await open_area(reader)).text == "Ask Ada."


async def test_note_being_written_is_reported_at_the_end_where_it_can_not_be_saved(
    filled: OpenLibrary, tmp_path: Path
) -> None:
    filled()
    library = Library(tmp_path / "library", disk=FullDisk())
    async with reading(library) as reader:
        await reader.press("N")
        (await open_area(reader)).load_text("Ask Ada.")
        reader.app._leave()
    with pytest.raises(LibraryError, match="No space left"):
        reader.app.finish_saving()
    assert "Ask Ada." in reader.app.last_words()[-1]


async def test_note_that_is_too_long_is_not_cut(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("N")
        area = await open_area(reader)
        area.load_text("long " * 10_001)
        await reader.press("escape")
        await reader.notifies("A note can have 50,000 characters; this one has 50,004.")
        assert reader.app.screen is not reader.screen


async def test_note_is_not_begun_where_it_can_not_be_saved(library: Library) -> None:
    library.newer = "A later version wrote this library."
    async with reading(library) as reader:
        await reader.press("N")
        await reader.notifies("A later version wrote this library.")
        assert reader.app.screen is reader.screen


async def test_paper_with_a_note_has_a_sign_and_is_found(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("j")
        await reader.shows("✎ Bring an umbrella.")
        row = next(line for line in reader.text.splitlines() if "▌●  Counting" in line)
        assert "✎" in row
        for query in ("umbrel", "note:umbrella", "has:note"):
            reader.screen.finding.go_to("")
            await until(lambda: len(reader.ids) == 5, "all papers")
            reader.screen.finding.go_to(query)
            await until(lambda: reader.ids == [SNAILS], f"the paper found by {query}")


async def test_note_is_no_markup(library: Library) -> None:
    library.mark([PEBBLES], Change(note="[@click=app.quit]x[/] [b]y"))
    async with reading(library) as reader:
        await reader.shows("✎ [@click=app.quit]x[/] [b]y")
        await reader.press("N")
        await reader.shows("│ [@click=app.quit]x[/] [b]y ")
        await reader.press("ctrl+e")
        await reader.notifies("An editor can't run in this terminal")  # the screen is none
        assert (await open_area(reader)).text == "[@click=app.quit]x[/] [b]y"


# In a real terminal


@pytest.fixture
def terminal(library: Library, tmp_path: Path, open_terminal: OpenTerminal) -> Terminal:
    """The reader in a terminal, with an editor that shows the note and asks what to do."""
    library.commit()
    program = tmp_path / "editor.py"
    program.write_text(
        "import pathlib, sys\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "answer = input(f'EDITING {file.read_text().strip()!r}: ')\n"
        "file.write_text(answer)\n"
        "sys.exit(answer == 'never mind')\n"
    )
    return open_terminal({**MODERN, "VISUAL": shlex.join([sys.executable, str(program)])})


def test_note_is_written_in_an_editor_and_stays_where_that_gives_up(terminal: Terminal) -> None:
    terminal.shows("? Help")
    terminal.type("N")
    terminal.shows("Note:")
    terminal.type("here")
    terminal.shows("here")
    terminal.type("\x05")
    terminal.shows("EDITING 'here'")
    terminal.type("never mind\r")
    terminal.shows("status 1; ")
    terminal.type("\x05")
    terminal.shows("EDITING 'here'")
    terminal.type("from the editor\r")
    terminal.shows("✎ from the editor")
    terminal.type("q")
    assert terminal.leaves() == 0


# What the tests above are built of


async def open_area(reader: Reader) -> TextArea:
    """Wait until a note can be written; return where."""
    await until(lambda: isinstance(reader.app.focused, TextArea), "a note to write")
    assert isinstance(reader.app.focused, TextArea)
    return reader.app.focused


async def closed(reader: Reader) -> None:
    """Wait until the note has gone."""
    await until(lambda: reader.app.screen is reader.screen, "the note closed")
    await reader.pilot.pause()


async def write(reader: Reader, text: str, end: str = "escape") -> None:
    """Add to the note of the paper under the cursor."""
    await reader.press("N")
    await open_area(reader)
    await reader.type(text)
    await reader.press(end)
    await closed(reader)
