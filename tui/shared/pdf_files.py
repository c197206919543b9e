"""The PDFs of a library: where they are and how they are named, by the settings."""

from pathlib import Path
from threading import Event

from store.model import NO_MARKS
from store.pdfs.fetcher import PdfFetcher
from store.pdfs.pdf_files import PdfFiles
from tui.settings.config import Config, chosen_mirrors
from tui.settings.files import PdfSettings
from tui.template import template_of


def pdf_files(library: Path, config: Config) -> PdfFiles:
    """Return the PDFs of a library."""
    settings = config.pdf or PdfSettings()
    return PdfFiles(library, settings.folder_for(library))


def pdf_fetcher(library: Path, config: Config, cancel: Event) -> PdfFetcher:
    """Return what fetches PDFs; FeedNameError if a mirror in the settings is no address."""
    name = template_of((config.pdf or PdfSettings()).name)
    return PdfFetcher(
        pdf_files(library, config),
        chosen_mirrors(config),
        cancel,
        lambda paper: name.line(paper, NO_MARKS),
    )
