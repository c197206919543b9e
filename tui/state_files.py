"""Small files that store a user's choices for the next start.

They are in the platform's folder for the state of programs: the file of settings is the user's own,
and a library may be used on several machines.
"""

from contextlib import suppress

from store.files.disk import DISK
from store.files.folders import state_file


def save_state(name: str, text: str) -> None:
    """Write a file of state; if that fails, the choice holds only until the program ends."""
    with suppress(OSError):
        path = state_file(name)
        DISK.make_folder(path.parent)
        path.write_text(text, encoding="utf-8")
