"""The tables `pdf` and `notes` of the settings: a folder, and names for the files in it."""

from dataclasses import dataclass
from pathlib import Path

from store.errors import QueryError
from tui.settings.tables import WrongValueError

PDF_NAME = "{published:%Y} {first_author} {title:.80}"
NOTE_NAME = "{title:.100}"
PDF_FOLDER = "pdfs"
"""The folder in the library for PDFs, if the settings name no other."""


@dataclass(frozen=True, slots=True)
class PdfSettings:
    """What can be set."""

    folder: Path | None = None
    """None for the folder in the library."""
    name: str = PDF_NAME
    """A template, as for `list --format`."""

    def folder_for(self, library: Path) -> Path:
        """Return where the PDFs of a library are."""
        return self.folder or library / PDF_FOLDER


def read_pdf_settings(start: Path, table: object) -> PdfSettings:
    """Return the settings of the table; a relative folder begins at `start`. WrongValueError."""
    folder, name = _read_folder("pdf", start, table, "~/Papers", PDF_NAME)
    return PdfSettings(folder, name.removesuffix(".pdf"))


@dataclass(frozen=True, slots=True)
class NotesSettings:
    """What can be set."""

    folder: Path
    name: str = NOTE_NAME
    """A template, as for `list --format`."""


def read_notes_settings(start: Path, table: object) -> NotesSettings:
    """Return the settings of the table; a relative folder begins at `start`. WrongValueError."""
    folder, name = _read_folder("notes", start, table, "~/Notes", NOTE_NAME)
    if folder is None:
        raise WrongValueError('notes needs a folder, such as folder = "~/Notes"')
    return NotesSettings(folder, name.removesuffix(".md"))


def _read_folder(
    name: str, start: Path, table: object, example: str, usual: str
) -> tuple[Path | None, str]:
    """Return the folder of the table `name` and the template for names of files.

    A relative folder begins at `start`; `example` is a folder, `usual` the template if none is
    set. WrongValueError.
    """
    from tui.template import template_of

    if not isinstance(table, dict):
        raise WrongValueError(f'{name} takes a table, such as [{name}] and folder = "{example}"')
    for option in table:
        if option not in ("folder", "name"):
            raise WrongValueError(f"{name} has no option {option}; known: folder, name", option)
    folder, template = table.get("folder"), table.get("name", usual)
    path = None
    if folder is not None:
        if not isinstance(folder, str) or not folder.strip() or "\0" in folder:
            takes = f'folder takes a folder, such as folder = "{example}"'
            raise WrongValueError(f"{name}: {takes}", "folder")
        try:
            path = start / Path(folder).expanduser()
        except RuntimeError as error:
            reason = f"{name}: there is no home folder for {folder}"
            raise WrongValueError(reason, "folder") from error
    if not isinstance(template, str) or not template.strip():
        raise WrongValueError(f'{name}: name takes a template, such as name = "{usual}"', "name")
    try:
        template_of(template, f"{name}: name")
    except QueryError as error:
        raise WrongValueError(str(error), "name") from error
    return path, template
