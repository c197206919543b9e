"""The command `views`: all views and how many papers each finds."""

from pathlib import Path

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary

from store.views.file import ViewsFile
from store.views.known import View

VIEWS = """\
[views]
pebbles = "title:pebbles"
all = "sort:title"
Today = "date:2025-08-01"
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
        "all           4 unread of      5  sort:title",
        "Inbox         4 unread of      4  is:unread",
        "Starred       0 unread of      0  is:starred",
        "Today         2 unread of      3  date:2025-08-01",
        "pebbles       1 unread of      1  title:pebbles",
        "inner         0 unread of      0  view:pebbles is:starred",
        "For you       0 unread of      0  is:unread date:30d sort:foryou",
    ]


def test_json_has_name_query_and_counts(run: Run, filled: OpenLibrary, settings: Path) -> None:
    first = orjson.loads(run("views", "--json", "--config", settings).out)[4]
    assert first == {"name": "pebbles", "query": "title:pebbles", "papers": 1, "unread": 1}


def test_views_saved_in_the_reader_are_listed(run: Run, filled: OpenLibrary) -> None:
    ViewsFile(filled().folder).change(lambda saved: (View("rain", "snails"),))
    rows = orjson.loads(run("views", "--json").out)
    assert rows[-1] == {"name": "rain", "query": "snails", "papers": 1, "unread": 1}


def test_views_that_come_along_are_listed(run: Run, filled: OpenLibrary) -> None:
    rows = orjson.loads(run("views", "--json").out)
    assert [row["name"] for row in rows] == ["All", "Inbox", "Starred", "Today", "For you"]
