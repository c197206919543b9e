"""A text is looked for at its sources in order, politely, and what is no text is passed over."""

from collections.abc import Callable

import pytest
from conftest import paper
from http_helpers import FakeTime, Reply, Server, client, cut_off
from hypothesis import given
from hypothesis import strategies as st

from store.errors import FetchError
from store.fetching.sources import Mirrors
from store.fulltext.document import Document, NoFullTextError
from store.fulltext.text_sources import candidates, find_text, read_source

PAGE = (
    b'<html><article class="ltx_document"><p class="ltx_p">Pebbles at arXiv.</p></article></html>'
)
FAILED = b"<title>Untitled Document</title><article class='ltx_document'><p>long</p></article>"
Find = Callable[..., Document]


@pytest.fixture
def find(server: Server) -> Find:
    """Look for the text of a paper at the server."""

    def find_at_server(version: int = 0, told: list[str] | None = None) -> Document:
        mirrors = Mirrors(hf=server.url, arxiv=server.url, ar5iv=f"{server.url}/ar5iv")
        with client(FakeTime()) as http:
            get = lambda address: http.get(address).body  # noqa: E731
            say = (told if told is not None else []).append
            return find_text(paper(version=version), mirrors, get, say)

    return find_at_server


def test_page_in_a_file_begins_after_its_comments() -> None:
    assert read_source("file", b"<!-->" + PAGE, "").blocks[0].plain == "Pebbles at arXiv."


def test_comments_before_a_text_are_passed_over_once() -> None:
    text = b"<!-- a -->" * 40 + b"\n\n# Pebbles\n\nPebbles in a file, and more of them.\n"
    assert "Pebbles" in read_source("file", text, "").blocks[-1].plain


def test_sources_are_asked_in_order(
    server: Server, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.fulltext.pdf.missing_extra", lambda: "")
    with pytest.raises(NoFullTextError):
        find(version=2)
    assert server.paths == [
        "/papers/2508.00001.md", "/html/2508.00001", "/html/2508.00001v2",
        "/ar5iv/html/2508.00001", "/pdf/2508.00001",
    ]  # fmt: skip


def test_markdown_is_taken_first(server: Server, find: Find) -> None:
    server.says("/papers/2508.00001.md", b"Pebbles in Markdown.")
    server.says("/html/2508.00001", PAGE)
    assert find().origin == "from Hugging Face's Markdown"
    assert server.paths == ["/papers/2508.00001.md"]


@pytest.mark.parametrize(
    "reply",
    [Reply(b"", 404), Reply(b""), Reply(b"<!DOCTYPE html><p>Not found"), Reply(b"\0\1\2" * 99),
     Reply(b"", 500), cut_off(Reply(b"Pebbles."))],
    ids=["404", "empty", "page", "binary", "500", "cut"],
)  # fmt: skip
def test_what_is_no_text_is_passed_over(server: Server, find: Find, reply: Reply) -> None:
    server.says("/papers/2508.00001.md", reply)
    server.says("/html/2508.00001", PAGE)
    assert find().origin == "from arXiv's HTML"


def test_page_that_failed_to_convert_is_passed_over(server: Server, find: Find) -> None:
    server.says("/html/2508.00001", FAILED)
    server.says("/ar5iv/html/2508.00001", PAGE)
    assert find().origin == "from ar5iv's HTML"


def test_reasons_of_all_sources_are_reported(server: Server, find: Find) -> None:
    server.says("/html/2508.00001", FAILED)
    with pytest.raises(NoFullTextError, match="Markdown: not there; arXiv's HTML: its conversion"):
        find()


def test_source_that_can_not_be_asked_is_reported(server: Server, find: Find) -> None:
    server.says("/html/2508.00001", Reply(b"", 500))
    with pytest.raises(FetchError, match="answered 500"):
        find()


def test_what_is_asked_is_reported(server: Server, find: Find) -> None:
    server.says("/html/2508.00001", PAGE)
    told: list[str] = []
    find(told=told)
    assert told == ["Hugging Face's Markdown", "arXiv's HTML"]


def test_mirror_of_arxiv_stands_for_ar5iv_too() -> None:
    mirrors = Mirrors(arxiv="https://a.example", ar5iv="")
    assert [each.source for each in candidates(paper(), mirrors)] == ["hf", "arxiv", "pdf"]


def test_paper_that_is_not_on_arxiv_has_no_text() -> None:
    with pytest.raises(NoFullTextError, match="only papers on arXiv"):
        find_text(paper("doi:10.1000/x"), Mirrors(), lambda address: b"", lambda where: None)


def test_address_is_that_of_an_alias_on_arxiv() -> None:
    aliased = paper("doi:10.1000/x", aliases=("arxiv:quant-ph/0201082",))
    first, second, *_ = candidates(aliased, Mirrors())
    assert first.address == "https://huggingface.co/papers/quant-ph/0201082.md"
    assert second.address == "https://arxiv.org/html/quant-ph/0201082"


@given(
    st.sampled_from(["hf", "arxiv", "ar5iv", "file"]),
    st.one_of(st.binary(max_size=300), st.binary(max_size=99).map(lambda each: PAGE[:60] + each)),
)
def test_any_bytes_are_a_text_or_refused(source: str, data: bytes) -> None:
    try:
        document = read_source(source, data, "https://a.example/html/1")
    except NoFullTextError:
        return
    assert document.length
