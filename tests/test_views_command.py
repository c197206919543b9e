"""The command `views`: saved queries and how many papers each finds."""

from pathlib import Path

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary

VIEWS = """\
[views]
pebbles = "title:pebbles"
all = "sort:title"
inner = "view:pebbles is:starred"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """A file of settings with views."""
    path = tmp_path / "views.toml"
    path.write_text(VIEWS)
    return path


def test_each_view_is_counted(run: Run, filled: OpenLibrary, settings: Path) -> None:
    run("mark", "title:snails", "--read")
    assert run("views", "--config", settings).out.splitlines() == [
        "pebbles       1 unread of      1  title:pebbles",
        "all           4 unread of      5  sort:title",
        "inner         0 unread of      0  view:pebbles is:starred",
    ]


def test_json_has_name_query_and_counts(run: Run, filled: OpenLibrary, settings: Path) -> None:
    first = orjson.loads(run("views", "--json", "--config", settings).out)[0]
    assert first == {"name": "pebbles", "query": "title:pebbles", "papers": 1, "unread": 1}


def test_no_views_says_how_to_save_one(run: Run, filled: OpenLibrary) -> None:
    done = run("views")
    assert (done.status, done.out) == (0, "")
    assert "papers-tui config init" in done.err


def test_json_of_no_views_is_an_empty_array(run: Run, filled: OpenLibrary) -> None:
    assert orjson.loads(run("views", "--json").out) == []
