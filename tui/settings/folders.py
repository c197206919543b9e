"""What the tables `pdf` and `notes` of the settings share: a folder, and names for files in it."""

from pathlib import Path

from store.errors import QueryError


class FolderSettingsError(Exception):
    """An option has a value it can't have; the text says what it takes."""

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.option = option
        """Which one; empty for the table itself."""


def read_folder_settings(
    name: str, start: Path, table: object, example: str, usual: str
) -> tuple[Path | None, str]:
    """Return the folder and the template of names that the table `name` has.

    A relative folder begins at `start`; `example` is a folder, `usual` the template if none is
    set. FolderSettingsError.
    """
    from tui.template import template_of

    if not isinstance(table, dict):
        raise FolderSettingsError(
            f'{name} takes a table, such as [{name}] and folder = "{example}"'
        )
    for option in table:
        if option not in ("folder", "name"):
            raise FolderSettingsError(f"{name} has no option {option}; known: folder, name", option)
    folder, template = table.get("folder"), table.get("name", usual)
    path = None
    if folder is not None:
        if not isinstance(folder, str) or not folder.strip() or "\0" in folder:
            takes = f'folder takes a folder, such as folder = "{example}"'
            raise FolderSettingsError(f"{name}: {takes}", "folder")
        try:
            path = start / Path(folder).expanduser()
        except RuntimeError as error:
            said = f"{name}: there is no home folder for {folder}"
            raise FolderSettingsError(said, "folder") from error
    if not isinstance(template, str) or not template.strip():
        raise FolderSettingsError(
            f'{name}: name takes a template, such as name = "{usual}"', "name"
        )
    try:
        template_of(template, f"{name}: name")
    except QueryError as error:
        raise FolderSettingsError(str(error), "name") from error
    return path, template
