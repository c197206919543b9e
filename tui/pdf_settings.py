"""The table `pdf` of the settings: where PDFs are kept, and under which names."""

from dataclasses import dataclass
from pathlib import Path

from store.errors import QueryError

USUAL_NAME = "{published:%Y} {first_author} {title:.80}"
FOLDER = "pdfs"
"""The folder in the library that has them where none is named."""


class PdfSettingsError(Exception):
    """An option has a value it can't have; the text says what it takes."""

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.option = option
        """Which one; empty for the table itself."""


@dataclass(frozen=True, slots=True)
class PdfSettings:
    """What can be set."""

    folder: Path | None = None
    """None for the one in the library."""
    name: str = USUAL_NAME
    """A template as `list --format` has them."""

    def folder_for(self, library: Path) -> Path:
        """Return where the PDFs of a library are."""
        return self.folder or library / FOLDER


def read_pdf_settings(start: Path, table: object) -> PdfSettings:
    """Return what the table says; a relative folder begins at `start`. PdfSettingsError."""
    from tui.template import template_of

    if not isinstance(table, dict):
        raise PdfSettingsError('pdf takes a table, as [pdf] and folder = "~/Papers"')
    for option in table:
        if option not in PdfSettings.__slots__:
            known = ", ".join(PdfSettings.__slots__)
            raise PdfSettingsError(f"pdf has no option {option}; known: {known}", option)
    folder, name = table.get("folder"), table.get("name", USUAL_NAME)
    path = None
    if folder is not None:
        if not isinstance(folder, str) or not folder.strip() or "\0" in folder:
            raise PdfSettingsError('pdf: folder takes a folder, as folder = "~/Papers"', "folder")
        try:
            path = start / Path(folder).expanduser()
        except RuntimeError as error:
            raise PdfSettingsError(
                f"pdf: there is no home folder for {folder}", "folder"
            ) from error
    if not isinstance(name, str) or not name.strip():
        raise PdfSettingsError(f'pdf: name takes a template, as name = "{USUAL_NAME}"', "name")
    try:
        template_of(name, "pdf: name")
    except QueryError as error:
        raise PdfSettingsError(str(error), "name") from error
    return PdfSettings(path, name.removesuffix(".pdf"))
