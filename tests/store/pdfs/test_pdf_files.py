"""PDFs are fetched once, whole or not at all, and found again."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest
from conftest import paper
from http_helpers import PATIENT, Answering, Reply, Server, cut_off, reset, silence
from hypothesis import given
from hypothesis import strategies as st
from screen_helpers import TODAY

from store.errors import FetchCancelledError, FetchError, PapersError
from store.fetching.sources import Mirrors, find_mirrors
from store.files.names import LONGEST, file_stem
from store.model import Links, Paper
from store.pdfs.fetcher import NoPdfError, PdfFetcher
from store.pdfs.pdf_files import LIST, PdfFiles, ids_with_file
from store.query.syntax import parse
from store.search.index import Index
from store.text.clean import clean_line

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
LAMPS = paper("arxiv:2508.00001", "Lamps")


@pytest.fixture
def files(tmp_path: Path) -> PdfFiles:
    """The PDFs of a library, in a folder that is not there yet."""
    (tmp_path / "library").mkdir()
    return PdfFiles(tmp_path / "library", tmp_path / "PDFs" / "here")


@pytest.fixture
def mirrors(server: Server) -> Mirrors:
    """The server in place of arXiv."""
    return find_mirrors({"arxiv": server.url})


@pytest.fixture
def fetcher(files: PdfFiles, mirrors: Mirrors) -> Iterator[PdfFetcher]:
    """What fetches from the server."""
    with PdfFetcher(files, mirrors, Event(), lambda each: each.title, PATIENT) as made:
        yield made


def test_pdf_is_fetched_once(fetcher: PdfFetcher, files: PdfFiles, server: Server) -> None:
    server.says("/pdf/2508.00001", PDF)
    path = fetcher.file_of(LAMPS)
    assert fetcher.file_of(LAMPS) == path == files.folder / "Lamps.pdf"
    assert path.read_bytes() == PDF
    assert server.paths == ["/pdf/2508.00001"]


def test_paper_elsewhere_is_fetched_from_its_link(fetcher: PdfFetcher, server: Server) -> None:
    address = server.says("/b.pdf", PDF)
    path = fetcher.file_of(Paper("doi:10.1/b", "B", links=Links(pdf=address)))
    assert path.name == "B.pdf"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Reply(b"<!DOCTYPE html><p>reCAPTCHA"), "sent a web page instead of the PDF"),
        (Reply(b"\x00\x01"), "sent something that is not a PDF"),
        (Reply(b""), "sent something that is not a PDF"),
        (Reply(PDF[:-6]), "sent a PDF without its end"),
        (Reply(b"no", 404), "answered 404"),
        (Reply(b"no", 403), "answered 403"),
        (cut_off(Reply(PDF)), "was cut off"),
        (reset, "broke"),
    ],
)
def test_what_is_no_pdf_leaves_nothing(
    files: PdfFiles, mirrors: Mirrors, server: Server, answer: Answering, words: str
) -> None:
    server.says("/pdf/2508.00001", answer)
    no_wait = _NoWait()
    with (
        PdfFetcher(files, mirrors, no_wait, lambda each: each.title, PATIENT) as fetcher,
        pytest.raises(FetchError, match=words),
    ):
        fetcher.file_of(LAMPS)
    assert not files.folder.exists()


class _NoWait(Event):
    """Waiting between two tries takes no time."""

    def wait(self, timeout: float | None = None) -> bool:
        return self.is_set()


def test_paper_without_an_address_is_reported(fetcher: PdfFetcher) -> None:
    with pytest.raises(NoPdfError, match="no feed has the address"):
        fetcher.file_of(Paper("sha:1", "A"))


def test_fetching_can_be_stopped(files: PdfFiles, mirrors: Mirrors, server: Server) -> None:
    cancel = Event()

    def stop_it(handler: BaseHTTPRequestHandler) -> None:
        cancel.set()
        silence(handler)

    server.says("/pdf/2508.00001", stop_it)
    with (
        PdfFetcher(files, mirrors, cancel, lambda each: each.title, PATIENT) as fetcher,
        pytest.raises(FetchCancelledError),
    ):
        fetcher.file_of(LAMPS)


def test_file_of_somebody_else_stays(files: PdfFiles) -> None:
    files.folder.mkdir(parents=True)
    (files.folder / "Lamps.pdf").write_text("mine")
    assert files.put(LAMPS, PDF, "Lamps").name == "Lamps (2).pdf"
    assert (files.folder / "Lamps.pdf").read_text() == "mine"


def test_file_is_found_under_an_earlier_key(files: PdfFiles) -> None:
    path = files.put(paper("sha:1", "Lamps"), PDF, "Lamps")
    assert files.get(paper("arxiv:2508.00001", "Lamps", aliases=("sha:1",))) == path


def test_file_that_is_gone_is_none(files: PdfFiles, tmp_path: Path) -> None:
    files.put(LAMPS, PDF, "Lamps").unlink()
    assert files.get(LAMPS) is None
    assert ids_with_file(tmp_path / "library") == frozenset()


@pytest.mark.parametrize("damage", [b"", b"[1]", b"\xff", b'{"arxiv:2508.00001": 3}'])
def test_damaged_list_costs_a_fetch(files: PdfFiles, tmp_path: Path, damage: bytes) -> None:
    files.put(LAMPS, PDF, "Lamps")
    (tmp_path / "library" / LIST).write_bytes(damage)
    assert files.get(LAMPS) is None
    assert files.put(LAMPS, PDF, "Lamps").name == "Lamps (2).pdf"


def test_folder_that_is_a_file_is_reported(files: PdfFiles) -> None:
    files.folder.parent.mkdir()
    files.folder.write_text("")
    with pytest.raises(PapersError, match="can't make the folder"):
        files.put(LAMPS, PDF, "Lamps")


def test_query_finds_papers_with_a_file(files: PdfFiles, tmp_path: Path) -> None:
    files.put(LAMPS, PDF, "Lamps")
    index = Index(lambda: ids_with_file(tmp_path / "library"))
    index.add([LAMPS, paper("arxiv:2508.00002", "Owls")])
    assert list(index.search(parse("has:pdf-file"), {}, TODAY).ids) == [LAMPS.id]
    assert list(index.search(parse("-has:pdf-file"), {}, TODAY).ids) == ["arxiv:2508.00002"]


@given(st.text(), st.text())
def test_any_text_is_a_name_that_every_system_takes(text: str, otherwise: str) -> None:
    stem = file_stem(text, otherwise)
    assert 0 < len(stem.encode()) <= LONGEST + 3
    assert not set(stem) & set('/\\:*?"<>|\0\n')
    assert stem[0] not in ".-"
    assert stem == clean_line(stem)


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("2025 Ada Byron Lamps: A Survey", "2025 Ada Byron Lamps- A Survey"),
        ("../../etc/passwd", "etc-passwd"),
        ("-rf", "rf"),
        ("con", "con -"),
        ("  ", "arxiv-1"),
    ],
)
def test_names(text: str, stem: str) -> None:
    assert file_stem(text, "arxiv:1") == stem
