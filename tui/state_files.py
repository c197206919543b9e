"""Small files with what a user chose or saw, kept for the next start.

They are in the platform's folder for the state of programs: the settings are the user's own file,
and a library may be open on other machines too.
"""

from contextlib import suppress

from store.files.disk import DISK
from store.files.folders import state_file


def keep_state(name: str, text: str) -> None:
    """Write one of them; if that fails, what it says holds until the end of the program."""
    with suppress(OSError):
        path = state_file(name)
        DISK.make_folder(path.parent)
        path.write_text(text, encoding="utf-8")
