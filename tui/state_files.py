"""Small files with what a user chose or saw, kept for the next start.

They are in the platform's folder for the state of programs: the settings are the user's own file,
and a library may be open on other machines too.
"""

from contextlib import suppress
from pathlib import Path

from store.files.disk import DISK


def state_file(name: str) -> Path:
    """Return the path of one of these files."""
    from platformdirs import user_state_path

    return user_state_path("papers-tui", appauthor=False) / name


def keep_state(name: str, text: str) -> None:
    """Write one of them; if that fails, what it says holds until the end of the program."""
    with suppress(OSError):
        path = state_file(name)
        DISK.make_folder(path.parent)
        path.write_text(text, encoding="utf-8")
