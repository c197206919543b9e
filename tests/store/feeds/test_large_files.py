"""A file is read in parts that fit into memory, or refused before anything is made of it."""

import gzip
from io import BufferedReader, BytesIO

import pytest

from store.errors import NotAFeedError, PapersError
from store.feeds.large_files import Part, parts

LINES = b"".join(b'{"title": "Snail %d"}\n' % number for number in range(6))
LINE = 21


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of little more than two lines; limits of eight lines and twenty."""
    monkeypatch.setattr("store.feeds.large_files.PART", 2 * LINE + 3)
    monkeypatch.setattr("store.feeds.large_files.SIZE_LIMIT", 8 * LINE)
    monkeypatch.setattr("store.feeds.large_files.LINES_LIMIT", 20 * LINE)


def parts_of(data: bytes, form: str | None = None) -> list[Part]:
    return list(parts(BufferedReader(BytesIO(data)), form))


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_lines_come_some_at_a_time(pack: type[bytes]) -> None:
    half = len(LINES) // 2
    assert parts_of(pack(LINES)) == [
        Part(LINES[:half], "jsonl", 0),
        Part(LINES[half:], "jsonl", 3),
    ]


def test_format_of_lines_that_is_named_stays() -> None:
    assert {part.form for part in parts_of(LINES, "csl-json")} == {"csl-json"}


def test_empty_lines_are_no_part() -> None:
    assert b"".join(part.data for part in parts_of(LINES + b"\n" * 90)).count(b"Snail") == 6
    assert not any(part.data.isspace() for part in parts_of(LINES + b"\n" * 90))


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"[" + LINES.replace(b"}\n{", b"},\n{") + b"]", None),
        (b'{"messages": [1],\n "collection": [2]}\n' * 2, None),
        (LINES.decode().encode("utf-16"), None),
        (LINES, "bibtex"),
        (b"TY  - JOUR\nTI  - Snails\nER  - \n\n" * 3, None),
    ],
    ids=["array", "biorxiv", "utf-16", "named", "ris"],
)
def test_other_file_comes_as_a_whole(
    data: bytes, form: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.feeds.large_files.SIZE_LIMIT", 1_000)
    assert parts_of(data, form) == [Part(data, form)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_larger_file_is_refused(pack: type[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.feeds.large_files.SIZE_LIMIT", 1 << 20)
    assert len(parts_of(pack(b" " * (1 << 20)))) == 1
    with pytest.raises(PapersError, match=r"^it is larger than 1 MB: split it$"):
        parts_of(pack(b" " * (1 << 20) + b" "))


def test_lines_without_end_are_refused() -> None:
    assert len(parts_of(LINES * 3)) > 1
    with pytest.raises(PapersError, match="split it"):
        parts_of(LINES * 4)


@pytest.mark.parametrize(
    ("damage", "words"), [(slice(0, -9), "cut off"), (slice(0, 9), "cut off")], ids=["end", "begin"]
)
def test_file_that_is_packed_and_cut_off_is_reported(damage: slice, words: str) -> None:
    with pytest.raises(NotAFeedError, match=words):
        parts_of(gzip.compress(LINES)[damage])


def test_broken_packing_is_reported() -> None:
    packed = bytearray(gzip.compress(LINES))
    packed[-6] ^= 1  # of the checksum
    with pytest.raises(NotAFeedError, match="damaged"):
        parts_of(bytes(packed))
