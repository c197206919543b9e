"""Write papers as JSON: objects whose keys scripts rely on, and lines to import elsewhere."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

from store.export.citing import Entry
from store.model import Marks, Paper
from store.text.clean import CONTROLS, INVISIBLE

Stamped: TypeAlias = Callable[[str], Mapping[str, Sequence[Any]]]
"""Returns the marks of a paper, by its id, each with the stamp of its last change."""
Json: TypeAlias = "str | int | bool | list[Json] | tuple[Json, ...] | dict[str, Json] | None"


def json_array(entries: Iterable[Entry]) -> bytes:
    """Return an array of papers with their marks, indented for reading."""
    return b"".join(json_array_pieces(entries))


def json_array_pieces(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield the array in pieces, so that the first paper does not wait for the last."""
    start = b"["
    for entry in entries:
        # Strings in JSON contain no line breaks.
        yield start + (b"\n" + json_object(*entry).rstrip()).replace(b"\n", b"\n  ")
        start = b","
    yield b"[]\n" if start == b"[" else b"\n]\n"


def json_object(paper: Paper, marks: Marks) -> bytes:
    """Return a paper with its marks, indented for reading."""
    return json_text(paper_json(paper, marks), indented=True)


def json_lines(
    entries: Iterable[Entry], with_marks: bool, stamped: Stamped | None = None
) -> Iterator[bytes]:
    """Yield a line for each paper, with all that an import elsewhere needs.

    It has the keys of `paper_json` and the version of the text, without which an older text would
    win. Marks are optional; `stamped` returns them with the stamps that show which is the later.
    """
    for paper, marks in entries:
        data = _described(paper)
        if with_marks:
            data |= asdict(marks)
            if stamped and (cells := stamped(paper.id)):
                data["marks"] = {name: list(cell) for name, cell in cells.items()}
        yield json_text(data, indented=False)


def paper_json(paper: Paper, marks: Marks) -> dict[str, Json]:
    """Return a paper and its marks under the keys that scripts rely on."""
    data = _described(paper)
    del data["version"]
    return data | asdict(marks)


def _described(paper: Paper) -> dict[str, Json]:
    """Return the facts about a paper from feeds; earlier votes stay in the library.

    Members that few papers have, such as `announced` and `publication`, are left out if empty.
    """
    data: dict[str, Json] = asdict(paper)
    del data["earlier_votes"], data["publication"]
    if not paper.announced:
        del data["announced"]
    if paper.publication:
        data["publication"] = paper.publication.said()
    if not paper.authors_incomplete:
        del data["authors_incomplete"]
    return data


_UNSAFE = re.compile(f"[{CONTROLS}{INVISIBLE}]")


def json_text(value: object, indented: bool) -> bytes:
    """Return a value as JSON with a line break at its end.

    Characters that a terminal acts on, or that nobody sees, are written as \\u escapes: readers get
    the same value.
    """
    import orjson  # here because most commands print text

    indent = orjson.OPT_INDENT_2 if indented else 0
    data = orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE | indent)
    if data.isascii() and b"\x7f" not in data:
        return data
    return _UNSAFE.sub(_escape, data.decode()).encode()


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
