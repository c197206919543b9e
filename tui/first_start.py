"""Whether it was offered to choose what to follow, which is done once, as panes are kept."""

from contextlib import suppress
from pathlib import Path

from store.errors import LibraryError
from store.files.disk import DISK
from store.files.folders import is_there


def was_offered() -> bool:
    """Return whether this user was offered it; where nobody can tell, it is not offered again."""
    try:
        return is_there(_file())
    except LibraryError:
        return True


def note_offered() -> None:
    """Remember that it was offered; if that can't be written, it is once more next time."""
    with suppress(OSError):
        DISK.make_folder(_file().parent)
        _file().write_text("", encoding="utf-8")


def _file() -> Path:
    from platformdirs import user_state_path

    return user_state_path("papers-tui", appauthor=False) / "feeds-offered"
