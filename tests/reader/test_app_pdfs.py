"""P opens the PDF as a file, fetched once; D fetches those of a selection."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import OpenLibrary
from http_helpers import Reply, Server
from programs import program
from screen_helpers import IN_COLOUR, PEBBLES, SNAILS, reading, until

from store.pdfs.pdf_files import ids_with_file
from tui.settings.config import Config
from tui.settings.files import PdfSettings
from tui.settings.programs import read_open

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def viewer(tmp_path: Path) -> Path:
    """What a viewer was asked to open, a line each."""
    program(tmp_path / "viewer", f'echo "$@" >> {tmp_path}/opened')
    return tmp_path / "opened"


def settings(server: Server, tmp_path: Path) -> Config:
    """Return settings with a server for arXiv, a folder and a viewer."""
    programs = read_open({"pdf": [str(tmp_path / "viewer"), "--page=1", "{file}"]})
    folder = PdfSettings(tmp_path / "PDFs")
    return replace(IN_COLOUR, mirrors={"arxiv": server.url}, open=programs, pdf=folder)


async def test_pdf_is_fetched_once_and_opens_offline_after(
    filled: OpenLibrary, server: Server, tmp_path: Path, viewer: Path
) -> None:
    server.says("/pdf/2508.00001", PDF)
    async with reading(filled(), config=settings(server, tmp_path)) as reader:
        await reader.press("P")
        await until(viewer.exists, "the viewer was started")
        server.says("/pdf/2508.00001", Reply(b"", 500))
        await reader.press("P")
        await until(lambda: len(viewer.read_text().splitlines()) == 2, "and once more")
    file = next((tmp_path / "PDFs").iterdir())
    assert viewer.read_text().splitlines() == [f"--page=1 {file}"] * 2
    assert file.name.endswith("Sorting Pebbles by Lamp Light.pdf")
    assert server.paths == ["/pdf/2508.00001"]


async def test_selection_is_fetched_and_found(
    filled: OpenLibrary, server: Server, tmp_path: Path
) -> None:
    for name in ("2508.00001", "2508.00002"):
        server.says(f"/pdf/{name}", PDF)
    async with reading(filled(), config=settings(server, tmp_path)) as reader:
        await reader.press("space", "space", "D")
        await reader.notifies("2 PDFs are in")
        assert ids_with_file(reader.library.folder) == {PEBBLES, SNAILS}
        await reader.press("slash")
        await reader.type("has:pdf-file")
        assert reader.ids == [PEBBLES, SNAILS]


async def test_web_page_in_place_of_a_pdf_is_reported(
    filled: OpenLibrary, server: Server, tmp_path: Path
) -> None:
    server.says("/pdf/2508.00001", b"<html>who are you?</html>")
    async with reading(filled(), config=settings(server, tmp_path)) as reader:
        await reader.press("P")
        await reader.notifies("sent a web page instead of the PDF")
    assert not (tmp_path / "PDFs").exists()
