"""The table `notes` of the settings: where notes are files, and under which names."""

from dataclasses import dataclass
from pathlib import Path

from tui.settings.folders import FolderSettingsError, read_folder_settings

USUAL_NAME = "{title:.100}"


@dataclass(frozen=True, slots=True)
class NotesSettings:
    """What can be set."""

    folder: Path
    name: str = USUAL_NAME
    """A template as `list --format` has them."""


def read_notes_settings(start: Path, table: object) -> NotesSettings:
    """Return what the table says; a relative folder begins at `start`. FolderSettingsError."""
    folder, name = read_folder_settings("notes", start, table, "~/Notes", USUAL_NAME)
    if folder is None:
        raise FolderSettingsError('notes needs a folder, such as folder = "~/Notes"')
    return NotesSettings(folder, name.removesuffix(".md"))
