"""Write papers as JSON: the objects whose keys scripts rely on, and lines to import elsewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TypeAlias

from store.export.citing import Entry
from store.model import Marks, Paper

Json: TypeAlias = "str | int | bool | list[Json] | tuple[Json, ...] | dict[str, Json] | None"


def json_array(entries: Iterable[Entry]) -> bytes:
    """Return one array of the papers with their marks, indented for reading."""
    import orjson

    objects = [paper_json(*entry) for entry in entries]
    return orjson.dumps(objects, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def json_lines(entries: Iterable[Entry], with_marks: bool) -> Iterator[bytes]:
    """Yield a line a paper, with all that importing it elsewhere needs.

    The version of the text is there besides the keys of `paper_json`: without it an older text
    would win. Marks are left out unless asked for.
    """
    import orjson

    for paper, marks in entries:
        yield orjson.dumps(
            _described(paper) | (asdict(marks) if with_marks else {}),
            option=orjson.OPT_APPEND_NEWLINE,
        )


def paper_json(paper: Paper, marks: Marks) -> dict[str, Json]:
    """Return a paper and its marks under the keys that scripts rely on."""
    data = _described(paper)
    del data["version"]
    return data | asdict(marks)


def _described(paper: Paper) -> dict[str, Json]:
    """Return what feeds say of a paper now; how votes were earlier stays in the library."""
    data: dict[str, Json] = asdict(paper)
    del data["earlier_votes"]
    return data
