"""Adding reads the months it concerns; what is known of the others may be old, damaged or gone."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import pytest
from conftest import paper
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import LibraryDamagedError
from store.library import Library
from store.model import Paper
from store.papers.months import MonthFiles
from store.papers.names_file import INDEX, read_names

JULY, AUGUST = "2025-07", "2025-08"
SNAILS = paper("arxiv:2507.00001", "Counting Snails", date="2025-07-01", authors=("Ada Byron",))


@pytest.fixture
def folder(library: Library) -> Path:
    """A library with a paper in July and one in August."""
    library.add([paper(), SNAILS], "hf")
    return library.folder


def month(folder: Path, name: str) -> Path:
    return folder / "papers" / f"{name}.json"


def spoil(path: Path) -> None:
    """Damage a file so that only who reads it finds out: in its last byte, at no other time."""
    before = os.stat(path)
    with path.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"!")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def on_disk(folder: Path) -> dict[str, list[Paper]]:
    """Return the papers of each month that has any."""
    library = Library(folder)
    found = {path.stem: library.read_month(path) for path in library.months()}
    return {name: papers for name, papers in found.items() if papers}


# What is read


def test_month_that_is_not_concerned_is_not_read(folder: Path) -> None:
    spoil(month(folder, JULY))
    added = Library(folder).add([paper("arxiv:2508.00002", "Weighing Clouds")], "hf")
    assert (added.imported, added.updated) == (1, 0)


@pytest.mark.parametrize(
    "given",
    [
        paper("arxiv:2507.00001", "Another Title"),
        paper("doi:10.1/snails", "Counting snails!", authors=("A. Byron",)),
        paper("doi:10.1/2", "Untitled", aliases=("arxiv:2507.00001",)),
    ],
    ids=["id", "title", "alias"],
)
def test_month_of_what_it_may_be_the_same_as_is_read(folder: Path, given: Paper) -> None:
    added = Library(folder).add([given], "hf")
    assert (added.imported, added.updated) == (0, 1)
    assert sum(map(len, on_disk(folder).values())) == 2


def test_what_is_tied_through_others_is_read(folder: Path) -> None:
    between = paper("doi:10.1/a", "Weighing Clouds", date="2025-06-01", aliases=("doi:10.1/b",))
    Library(folder).add([between], "hf")
    both = paper("doi:10.1/b", "Counting Snails", date="2025-05-01", authors=("Ada Byron",))
    Library(folder).add([both], "hf")
    one = [each.id for papers in on_disk(folder).values() for each in papers]
    shutil.copytree(folder, again := folder.with_name("again"))
    (again / INDEX).unlink()
    MonthFiles(again / "papers").tidy()
    assert sorted(one) == sorted(each.id for papers in on_disk(again).values() for each in papers)


def test_feeds_of_months_that_are_not_read_are_known(folder: Path) -> None:
    added = Library(folder).add([paper("arxiv:2508.00002", "Clouds")], "arxiv")
    assert added.feeds == {"hf", "arxiv"}


def test_dropping_reads_the_months_of_the_feed(folder: Path) -> None:
    Library(folder).add([paper("arxiv:2506.00001", "Clouds", date="2025-06-01")], "arxiv")
    spoil(month(folder, JULY))
    assert Library(folder).drop_feed("arxiv").gone == 1


# What is known may be wrong


def test_names_of_a_copy_hold(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    spoil(month(tmp_path / "copy", JULY))
    assert Library(tmp_path / "copy").add([paper(title="Pebbles, Sorted")], "hf").updated == 1


def test_month_that_was_edited_by_hand_is_read(folder: Path) -> None:
    path = month(folder, JULY)
    path.write_bytes(path.read_bytes().replace(b"2507.00001", b"2507.00009"))
    added = Library(folder).add([paper("arxiv:2507.00009", "Snails")], "hf")
    assert (added.imported, added.updated) == (0, 1)


def test_month_that_was_put_back_is_read(folder: Path) -> None:
    path = month(folder, JULY)
    shutil.copy2(path, folder / "before")
    Library(folder).add([paper("arxiv:2507.00002", "Clouds", date="2025-07-02")], "hf")
    os.replace(folder / "before", path)
    added = Library(folder).add([paper("arxiv:2507.00002", "Clouds", date="2025-07-02")], "hf")
    assert added.imported == 1


def test_damaged_month_is_refused_again_and_again(folder: Path) -> None:
    month(folder, JULY).write_bytes(b"{}")
    for _ in range(2):
        with pytest.raises(LibraryDamagedError):
            Library(folder).add([paper("arxiv:2508.00002", "Clouds")], "hf")


def test_paper_that_a_crash_left_in_two_months_is_joined(folder: Path) -> None:
    july = month(folder, JULY).read_bytes()
    Library(folder).add([paper("arxiv:2507.00001", "Counting Snails", date="2025-06-30")], "hf")
    month(folder, JULY).write_bytes(july)
    Library(folder).add([paper("arxiv:2508.00002", "Clouds")], "hf")
    assert sorted(on_disk(folder)) == ["2025-06", AUGUST]


def test_month_without_a_word_of_its_last_write_is_not_known(folder: Path) -> None:
    path = month(folder, JULY)
    path.write_bytes(b" " + path.read_bytes())
    Library(folder).add([paper("arxiv:2508.00002", "Clouds")], "hf")
    assert list(read_names(folder)) == [AUGUST]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[:-4],
    "no names": lambda data: data.partition(b"}\n")[0],
    "a bit": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "zeros": lambda data: bytes(len(data)),
    "of another version": lambda data: sealed(data.replace(b'"form":"1 ', b'"form":"9 ')),
    "no months": lambda data: sealed(b'00000000\n{"form":"1"}\n'),
    "no object": lambda data: sealed(b"00000000\n[1]\n"),
}


def sealed(data: bytes) -> bytes:
    """Return contents of the file with a check sum that is right."""
    rest = data.partition(b"\n")[2]
    return b"%08x\n%b" % (crc32(rest), rest)


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damaged_file_is_none(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    path = folder / INDEX
    path.write_bytes(damage(path.read_bytes()))
    assert read_names(folder) == {}
    added = Library(folder).add([paper("arxiv:2507.00001", "Snails")], "hf")
    assert (added.imported, added.updated) == (0, 1)


def test_file_is_made_again(folder: Path) -> None:
    before = read_names(folder)
    (folder / INDEX).unlink()
    Library(folder).add([SNAILS], "hf")
    assert read_names(folder) == before


def test_names_are_for_who_may_read_the_library(folder: Path) -> None:
    assert (folder / INDEX).stat().st_mode & 0o777 == month(folder, JULY).stat().st_mode & 0o777


# Whatever is known, the same comes of it

IDS = ("arxiv:1", "arxiv:2", "arxiv:3", "doi:10.1/1", "doi:10.1/2")
TITLES = ("Sorting Pebbles", "Counting Snails", "Weighing Clouds")
papers = st.builds(
    paper,
    id=st.sampled_from(IDS),
    title=st.sampled_from(TITLES),
    date=st.sampled_from(["2025-06-01", "2025-07-01", "2025-08-01"]),
    authors=st.sampled_from([(), ("Ada Byron",), ("Carl Gauss",)]),
    aliases=st.sampled_from([(), ("doi:10.1/1",), ("arxiv:2",)]),
)
steps = st.tuples(
    st.sampled_from(["a", "b", "drop"]),
    st.lists(papers, min_size=1, max_size=3),
    st.sampled_from(["kept", "gone", "old", "spoilt"]),
)


def take(folder: Path, feed: str, given: list[Paper]) -> None:
    if feed == "drop":
        Library(folder).drop_feed("a")
    else:
        Library(folder).add(given, feed, seen=datetime(2025, 8, 1, tzinfo=UTC))


@settings(deadline=None, max_examples=60)
@given(st.lists(steps, min_size=2, max_size=8))
def test_papers_do_not_depend_on_what_is_known(
    all_steps: list[tuple[str, list[Paper], str]],
) -> None:
    with TemporaryDirectory() as folder:
        known, unknown = Path(folder, "known"), Path(folder, "unknown")
        older = b""
        for feed, given_papers, fate in all_steps:
            take(known, feed, given_papers)
            take(unknown, feed, given_papers)
            (unknown / INDEX).unlink(missing_ok=True)
            index = known / INDEX
            newer = index.read_bytes() if index.exists() else b""
            if fate == "gone":
                index.unlink(missing_ok=True)
            elif fate == "old":
                index.write_bytes(older)
            elif fate == "spoilt":
                index.write_bytes(newer[:-1])
            older = newer
        assert on_disk(known) == on_disk(unknown)
