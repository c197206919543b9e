"""The saved screen is taken from where nobody else can have written it, and is text and colours."""

import os
import resource
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tui import screen_file
from tui.screen_file import MOST_FILES, SECRET, is_drawn, read, save, screens_folder, signature_of

NAME = "0123456789abcdef"
SCREEN = "\x1b[1;38;2;1;2;3mSorting Pebbles\x1b[0m\n★ naïve 数"
PLACES = ("/library", "/settings", "signature")
SAID = (*PLACES, SCREEN)


@pytest.fixture
def folder() -> Path:
    """The folder with one screen in it."""
    save(NAME, *SAID)
    return Path(screens_folder())


def test_screen_is_as_it_was_kept(folder: Path) -> None:
    assert tuple(read(NAME)) == SAID


def test_screens_are_for_their_user_alone(folder: Path) -> None:
    assert [path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())] == [
        0o700, 0o600, 0o600
    ]  # fmt: skip


def test_screens_are_in_the_folder_for_states(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert Path(screens_folder()).is_relative_to(tmp_path / "home")


def changed(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Pebbles", b"Marbles"))


def linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def of_another_secret(path: Path) -> None:
    (path.parent / SECRET).write_bytes(bytes(32))


HARM: dict[str, Callable[[Path], object]] = {
    "changed": changed,
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "empty": lambda path: path.write_bytes(b""),
    "large": lambda path: path.write_bytes(bytes(screen_file.MOST_BYTES + 1)),
    "of another way to start": lambda path: shutil.copy(path, path.with_name(NAME[::-1])),
    "linked": linked,
    "folder": as_folder,
    "pipe": as_pipe,
    "open to a group": lambda path: path.chmod(0o660),
    "open to all": lambda path: path.chmod(0o602),
    "in an open folder": lambda path: path.parent.chmod(0o777),
    "with an open secret": lambda path: (path.parent / SECRET).chmod(0o622),
    "of another secret": of_another_secret,
    "without a secret": lambda path: (path.parent / SECRET).unlink(),
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_screen_of_others_is_refused(folder: Path, harm: Callable[[Path], object]) -> None:
    harm(folder / NAME)
    name = NAME[::-1] if (folder / NAME[::-1]).exists() else NAME
    with pytest.raises((OSError, ValueError)):
        read(name)


def test_nothing_is_kept_in_a_folder_that_others_can_write_to(folder: Path) -> None:
    folder.chmod(0o777)
    with pytest.raises(ValueError, match="others can write"):
        save(NAME, *SAID)


def test_the_latest_ways_to_start_are_kept(folder: Path) -> None:
    for number in range(MOST_FILES + 3):
        save(f"way {number}", *SAID)
        os.utime(folder / f"way {number}", (number, number))
    save("last", *SAID)
    assert len(list(folder.iterdir())) == MOST_FILES + 1
    assert tuple(read("last")) == tuple(read(f"way {MOST_FILES + 2}")) == SAID


def test_full_disk_leaves_what_was_kept(folder: Path) -> None:
    before = sorted(folder.iterdir())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    at_limit = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50, limits[1]))
    try:
        with pytest.raises(OSError, match="large"):
            save(NAME, *PLACES, "another screen" * 10)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, at_limit)
    assert sorted(folder.iterdir()) == before
    assert tuple(read(NAME)) == SAID


@pytest.mark.parametrize(
    "text",
    [
        "\x1b]0;title\x07", "\x1b[2J", "\x1b[?1049l", "\x1b[1;1H", "\x1b", "a\rb", "\x9b2J", "\x07",
        "\x1b[1m\x1b]52;c;x\x07", "\x1b[38:2:1m", "\u202e", "\x1b[1;m\x1bc", "\x1b[31", "a\x00",
    ],
)  # fmt: skip
def test_screen_with_anything_but_text_and_colours_is_refused(text: str) -> None:
    assert not is_drawn(text)
    with pytest.raises(ValueError, match="text and colours"):
        save(NAME, *PLACES, text)


def test_text_and_colours_are_drawn() -> None:
    assert is_drawn(SCREEN)


def test_signature_is_of_papers_marks_and_settings(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    settings = tmp_path / "config.toml"
    files = [tmp_path / "papers" / "2025-08.json", tmp_path / "state.json", settings]
    seen = set()
    for path in files:
        seen.add(signature_of(str(tmp_path), str(settings)))
        path.write_text("{}")
    for path in files:
        seen.add(signature_of(str(tmp_path), str(settings)))
        path.write_text("{} ")
    assert len(seen) == 2 * len(files)
