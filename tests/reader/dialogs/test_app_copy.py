"""What is copied: the link, and what the copy menu offers, of one paper or of a selection."""

from pathlib import Path

import pytest
from conftest import ABSTRACT, OpenLibrary
from programs import program
from screen_helpers import Reader, reading, small_feed, until

from store.library import Library
from store.model import NO_MARKS, Paper
from tui.reader.drawing.copy_forms import FORMS, copied_text
from tui.reader.requests import TextCopied
from tui.reader.terminal.clipboard import clipboard_command, put_on_clipboard
from tui.reader.terminal.outside import COPIED_AT_MOST


@pytest.fixture
def library(filled: OpenLibrary) -> Library:
    """A library with the small feed."""
    return filled()


async def copied(reader: Reader) -> str:
    """Return what was copied, once something was."""
    await until(lambda: reader.app.clipboard, "something on the clipboard")
    return reader.app.clipboard


async def has_copied(reader: Reader, text: str) -> None:
    """Wait until this was copied."""
    await until(lambda: reader.app.clipboard == text, f"{text!r} on the clipboard")


async def test_y_copies_an_address_a_line(library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("y")
        assert await copied(reader) == "https://arxiv.org/abs/2508.00001"
        await reader.press("space", "space", "y")
        await until(
            lambda: (
                reader.app.clipboard
                == "https://arxiv.org/abs/2508.00001\nhttps://arxiv.org/abs/2508.00002"
            ),
            "both addresses",
        )
        await reader.press("Y")
        await reader.shows("Copy 2 papers as")
        await reader.press("b")
        await until(lambda: "@" in reader.app.clipboard, "BibTeX")
        text = reader.app.clipboard
    assert text.count("\n@") + text.startswith("@") == 2
    assert "Counting Snails in the Rain" in text


async def test_letter_of_the_menu_copies_and_says_what(library: Library) -> None:
    title, link = "Sorting Pebbles by Lamp Light", "https://arxiv.org/abs/2508.00001"
    async with reading(library) as reader:
        for letter, text in (
            ("t", title), ("c", f"{title}. arXiv:2508.00001, 2025."), ("m", f"[{title}]({link})"),
            ("a", ABSTRACT),
        ):  # fmt: skip
            await reader.press("Y", letter)
            await has_copied(reader, text)
            await reader.notifies(f"clipboard {text[:30]}")
        assert "at home" not in reader.notifications  # a long text is shown in part
        await reader.press("j", "Y", "a")
        await reader.notifies("The paper has nothing of that kind to copy.")


async def test_keys_of_bibtex_are_those_of_the_whole_library(open_library: OpenLibrary) -> None:
    twins = [Paper(f"arxiv:2508.0000{n}", "Snails", date="2025-08-01") for n in (1, 2)]
    open_library().add(twins, "hf")
    async with reading(open_library()) as reader:
        await reader.press("j", "Y", "b")
        assert "{anon2025snailsa," in await copied(reader)


async def test_menu_can_be_left_or_walked_through_or_clicked(library: Library) -> None:
    async with reading(library) as reader:
        for key in ("escape", "q"):
            await reader.press("Y", key)
            await until(lambda: reader.app.screen is reader.screen, "the menu closed")
            assert (reader.app.clipboard, reader.app.is_running) == ("", True)
        await reader.press("Y", "j", "j", "j", "k", "enter")
        assert await copied(reader) == "Sorting Pebbles by Lamp Light"
        await reader.press("y")
        await until(lambda: "https" in reader.app.clipboard, "the address")
        await reader.press("Y")
        await reader.shows("citation")
        await reader.pilot.click("OptionList", offset=(5, 3))
        await has_copied(reader, "Sorting Pebbles by Lamp Light")


async def test_what_is_too_long_for_a_terminal_is_not_sent(library: Library) -> None:
    async with reading(library) as reader:
        reader.app.post_message(TextCopied("x" * (COPIED_AT_MOST + 1)))
        await reader.notifies("This is too long for a terminal's clipboard; export it to a file.")
        assert reader.app.clipboard == ""


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_text_of_the_paper(form: str) -> None:
    paper = small_feed()[0]
    assert "lamp" in copied_text(form, [(paper, NO_MARKS)], {paper.id: "lamp"}).casefold()


# The system's own clipboard

X11 = {"DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("environment", "system", "command"),
    [
        (X11, "linux", "xclip"),
        ({"WAYLAND_DISPLAY": "wayland-0"} | X11, "linux", "wl-copy"),
        ({}, "darwin", "pbcopy"),
    ],
)
def test_clipboard_of_the_system(
    tmp_path: Path, environment: dict[str, str], system: str, command: str
) -> None:
    for name in ("xclip", "wl-copy", "pbcopy"):
        program(tmp_path / name, "cat >/dev/null")
    found = clipboard_command(environment | {"PATH": str(tmp_path)}, system)
    assert found[0] == command


@pytest.mark.parametrize(
    "environment", [{}, X11 | {"SSH_CONNECTION": "a"}, X11 | {"SSH_TTY": "/dev/pts/1"}]
)
def test_no_clipboard_without_a_display_of_ones_own(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    program(tmp_path / "xclip", "cat >/dev/null")
    assert not clipboard_command(environment | {"PATH": str(tmp_path)}, "linux")


def test_no_clipboard_without_a_program(tmp_path: Path) -> None:
    assert not clipboard_command(X11 | {"PATH": str(tmp_path)}, "linux")


def test_text_goes_to_the_program_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "xclip", f"/bin/cat > {tmp_path}/taken")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert put_on_clipboard("Ümläute\n", X11 | {"PATH": str(tmp_path)})
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "Ümläute\n"


def test_program_that_fails_has_taken_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "xclip", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not put_on_clipboard("text", X11 | {"PATH": str(tmp_path)})
