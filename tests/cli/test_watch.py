"""The watch by command, in the digest, and at the end of a fetch."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary, paper
from http_helpers import Reply, Server, hf_day
from watched import SNAIL, atom, entry, hf_paper

from store.model import Change

KEY = f"arxiv:{SNAIL}"


@pytest.fixture
def services(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_library: OpenLibrary
) -> Server:
    """arXiv and Hugging Face, with a new version of the one starred paper, and settings."""
    settings = tmp_path / "settings.toml"
    settings.write_text(
        f'feeds = ["{server.says("/feed.json", hf_day("2508.00009 Naming Robins"))}"]\n'
        f'[mirrors]\nhf = "{server.url}"\narxiv = "{server.url}"\n[watch]\n'
    )
    monkeypatch.setenv("PAPERS_TUI_CONFIG", str(settings))
    library = open_library()
    library.add([paper(KEY, "Snails", version=1), paper("arxiv:2508.00002", "Slugs")], "hf")
    library.mark([KEY], Change(starred=True, read=True))
    library.commit()
    server.says("/api/query", atom(entry(version=2)))
    server.says(f"/api/papers/{SNAIL}", hf_paper(githubRepo="https://github.com/a/b"))
    return server


def test_fetch_tells_what_became_of_starred_papers(run: Run, services: Server) -> None:
    done = run("fetch")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[1:] == [
        "Snails: new version 2", "Snails: code: https://github.com/a/b",
    ]  # fmt: skip
    assert len(run("fetch").out.splitlines()) == 1


def test_fetch_asks_nobody_unless_it_is_set(run: Run, services: Server, tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(settings.read_text().replace("[watch]\n", ""))
    run("fetch")
    assert services.paths == ["/feed.json"]
    settings.write_text(settings.read_text() + "[watch]\nstarred = false\n")
    run("fetch")
    assert services.paths == ["/feed.json"] * 2


def test_papers_of_which_there_is_news_are_found(run: Run, services: Server) -> None:
    assert run("list", "is:updated").out == ""
    run("watch")
    assert run("list", "is:updated is:read", "--format", "{title}").out == "Snails\n"
    assert "new version 2" in run("show", SNAIL).out
    [found] = orjson.loads(run("list", "is:updated", "--json").out)
    assert [line.partition(" ")[2] for line in found["news"]] == [
        "new version 2", "code: https://github.com/a/b",
    ]  # fmt: skip
    assert run("list", "has:code", "--format", "{news:.20}").out


def test_command_says_where_nothing_is_new_or_due(run: Run, services: Server) -> None:
    run("watch")
    assert run("watch").out == "checked 0 papers: none is due: each is checked once a day\n"


def test_command_says_that_no_paper_is_starred(run: Run, services: Server) -> None:
    run("mark", "is:starred", "--unstar")
    assert run("watch").out == "checked 0 papers: no paper is starred\n"


def test_service_that_fails_is_one_line(run: Run, services: Server) -> None:
    services.says("/api/query", Reply(status=403))
    services.says(f"/api/papers/{SNAIL}", b"<html>")
    done = run("watch")
    assert done.status
    assert [line.split(":")[:3] for line in done.err.splitlines()] == [
        ["papers-tui", " watch", " arxiv"], ["papers-tui", " watch", " hf"],
    ]  # fmt: skip


def test_digest_tells_each_event_once(run: Run, services: Server, tmp_path: Path) -> None:
    run("digest", "--mark", "-o", tmp_path / "first.eml")
    run("watch")
    done = run("digest", "--mark")
    assert "Subject: papers-tui: news of 1 starred" in done.out
    assert "News of starred papers" in done.out
    assert "new version 2" in done.out
    assert run("digest", "--mark").err == "papers-tui: nothing new, no digest\n"


def test_digest_counts_news_beside_new_papers(run: Run, services: Server) -> None:
    run("watch")
    assert run("digest", "--mark", "--since", "2025-07-01", "--dry-run").out == (
        "would send 2 new papers, 1 day, news of 1 starred\n"
    )


@pytest.mark.parametrize("text", ["watch = 7", "[watch]\nstarred = 1", "[watch]\nwho = true",
                                  '[watch]\nsemantic_scholar_key = "a b"'])  # fmt: skip
def test_wrong_settings_are_told(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "c.toml").write_text(text)
    done = run("list", "--config", tmp_path / "c.toml")
    assert (done.status, done.err.count("\n")) == (2, 1)


def test_key_of_the_environment_goes_before_that_of_the_settings(
    run: Run, services: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = "/graph/v1/paper/batch"
    services.says(counts, orjson.dumps([{"citationCount": 7}]))
    settings = tmp_path / "settings.toml"
    mirror = f'[mirrors]\nsemantic_scholar = "{services.url}"'
    text = settings.read_text().replace("[mirrors]", mirror)
    settings.write_text(text + 'semantic_scholar_key = "of-the-file"\n')
    assert "of-the-file" not in run("config").out + run("config", "--json").out
    assert "semantic_scholar_key  (a key)" in run("config").out
    monkeypatch.setenv("SEMANTIC_SCHOLAR_API_KEY", "of-here")
    run("watch")
    keys = [each.headers.get("x-api-key") for each in services.requests]
    assert [key for key in keys if key] == ["of-here"]
    monkeypatch.setenv("SEMANTIC_SCHOLAR_API_KEY", "a b")
    done = run("watch")
    assert (done.status, done.err.count("\n")) == (2, 1)


def test_library_of_a_later_version_is_not_watched(
    run: Run, services: Server, tmp_path: Path, later_version: Callable[[], None]
) -> None:
    later_version()
    assert run("watch").status == 4
    assert services.requests == []


@pytest.fixture
def later_version(tmp_path: Path) -> Callable[[], None]:
    """Make the library one of a later version."""

    def make() -> None:
        path = tmp_path / "library" / "state.json"
        tables = orjson.loads(path.read_bytes())
        tables["meta"]["library"]["schema"] = 99
        path.write_bytes(orjson.dumps(tables))

    return make
