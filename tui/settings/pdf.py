"""The table `pdf` of the settings: where PDFs are kept, and under which names."""

from dataclasses import dataclass
from pathlib import Path

from tui.settings.folders import read_folder_settings

USUAL_NAME = "{published:%Y} {first_author} {title:.80}"
FOLDER = "pdfs"
"""The folder in the library that has them if none is named."""


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
    """Return what the table says; a relative folder begins at `start`. FolderSettingsError."""
    folder, name = read_folder_settings("pdf", start, table, "~/Papers", USUAL_NAME)
    return PdfSettings(folder, name.removesuffix(".pdf"))
