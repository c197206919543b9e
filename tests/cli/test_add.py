"""The command `add`: a paper by its id, DOI or address, from arXiv, Hugging Face or a registry."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from cli_helpers import Outcome, Run
from conftest import OpenLibrary, paper
from http_helpers import SNAILS, Reply, Server, arxiv_answer

from store.library import Library

pytestmark = pytest.mark.slow

Add = Callable[..., Outcome]
CROSSREF = {"DOI": "10.1000/kettle", "type": "article-journal", "title": "The Kettle Problem",
            "author": [{"given": "Eve", "family": "Falk"}],
            "issued": {"date-parts": [[2019, 3]]}}  # fmt: skip


@pytest.fixture
def add(run: Run, server: Server, tmp_path: Path) -> Add:
    """Run the command with all services at the server."""
    settings = tmp_path / "add.toml"
    names = ("hf", "arxiv", "doi")
    settings.write_text("[mirrors]\n" + "".join(f'{each} = "{server.url}"\n' for each in names))
    return lambda *names: run("add", *names, "--config", settings)


def ids(library: Library) -> list[str]:
    """Return the ids of all papers on disk."""
    library.read_all()
    return list(library.papers)


@pytest.mark.parametrize(
    "name", ["2508.00001", "arXiv:2508.00001v2", "https://arxiv.org/pdf/2508.00001"]
)
def test_paper_of_arxiv_is_added(
    add: Add, server: Server, open_library: OpenLibrary, name: str
) -> None:
    server.says("/api/query", arxiv_answer(SNAILS))
    done = add(name)
    assert (done.status, done.out, done.err) == (0, "added arxiv:2508.00001 Snails\n", "")
    assert ids(open_library()) == ["arxiv:2508.00001"]


def test_hugging_face_is_asked_first_for_its_own_page(add: Add, server: Server) -> None:
    page = {"id": "2508.00001", "title": "Snails", "summary": "About snails.", "upvotes": 3}
    server.says("/api/papers/2508.00001", orjson.dumps(page))
    assert add("https://huggingface.co/papers/2508.00001").status == 0
    assert server.paths == ["/api/papers/2508.00001"]


def test_hugging_face_is_asked_where_arxiv_has_none(add: Add, server: Server) -> None:
    server.says("/api/query", arxiv_answer())
    page = {"id": "2508.00001", "title": "Snails", "summary": "About snails."}
    server.says("/api/papers/2508.00001", orjson.dumps(page))
    assert add("2508.00001").out == "added arxiv:2508.00001 Snails\n"


def test_registry_is_asked_for_csl_json(
    add: Add, server: Server, open_library: OpenLibrary
) -> None:
    server.says("/10.1000/kettle", orjson.dumps(CROSSREF))
    assert (
        add("https://doi.org/10.1000/kettle").out == "added doi:10.1000/kettle The Kettle Problem\n"
    )
    assert server.requests[0].headers["accept"] == "application/vnd.citationstyles.csl+json"
    assert ids(open_library()) == ["doi:10.1000/kettle"]


def test_paper_that_is_there_is_not_asked_for(
    add: Add, server: Server, open_library: OpenLibrary
) -> None:
    open_library().add([paper("arxiv:2508.00001", "Snails")], "hf")
    done = add("2508.00001", "2508.00001")
    assert (done.status, done.out) == (0, "already in the library: arxiv:2508.00001 Snails\n")
    assert server.paths == []


@pytest.mark.parametrize("name", ["snails", "", "https://example.org/", "--", "\x1b]2;x\x07"])
def test_name_that_is_none_is_refused_before_anything_is_asked(
    add: Add, server: Server, name: str
) -> None:
    done = add("2508.00001", name) if name != "--" else add("--")
    assert (done.status, done.out, server.paths) == (2, "", [])
    assert "\x1b" not in done.err


def test_other_papers_are_added_where_one_is_not_known(
    add: Add, server: Server, open_library: OpenLibrary
) -> None:
    server.says("/api/query", arxiv_answer(SNAILS))
    server.says("/10.1000/none", Reply(b"", 404))
    done = add("doi:10.1000/none", "2508.00001")
    assert (done.status, done.out) == (1, "added arxiv:2508.00001 Snails\n")
    assert done.err.startswith("papers-tui: doi:10.1000/none: ")
    assert ids(open_library()) == ["arxiv:2508.00001"]


def test_another_paper_than_the_one_asked_for_is_not_added(
    add: Add, server: Server, open_library: OpenLibrary
) -> None:
    server.says("/api/query", arxiv_answer("2508.00009 Robins"))
    assert add("2508.00001").status == 1
    assert ids(open_library()) == []


def test_sample_goes_with_the_first_paper_that_is_added(
    add: Add, server: Server, open_library: OpenLibrary
) -> None:
    open_library().add([paper("arxiv:2508.00003", "On Sand")], "sample")
    server.says("/api/query", arxiv_answer(SNAILS))
    add("2508.00001")
    assert ids(open_library()) == ["arxiv:2508.00001"]
