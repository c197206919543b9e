"""Adding papers reads the months it has to do with; the outcome is as if it read them all."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from conftest import paper
from costly import COSTLY
from hypothesis import given
from hypothesis import strategies as st

from store.identity import title_key
from store.library import Library
from store.model import Paper
from store.papers.month_file import read_month_with_records, write_month
from store.papers.name_index import FILE, NameIndex

OLD = paper("arxiv:2501.00001", "Old Stones", date="2025-01-05")
OTHER = paper("arxiv:2502.00002", "Other Stones", date="2025-02-05")
NEW = paper("arxiv:2503.00003", "New Stones", date="2025-03-05")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the months that are read for a change, from now on."""
    months: list[str] = []

    def noting(path: Path) -> Any:
        months.append(path.stem)
        return read_month_with_records(path)

    monkeypatch.setattr("store.papers.editing.read_month_with_records", noting)
    return months


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library of two months that are known."""
    library = Library(tmp_path / "library")
    library.add([OLD, OTHER], "hf")
    return library


def titles(library: Library) -> list[str]:
    """Return the titles of what is on disk."""
    return sorted(each.title for each in Library(library.folder).all_papers())


def test_new_month_reads_no_other(library: Library, read: list[str]) -> None:
    library.add([NEW], "hf")
    assert read == ["2025-03"]
    assert titles(library) == ["New Stones", "Old Stones", "Other Stones"]


def test_month_of_the_same_paper_is_read(library: Library, read: list[str]) -> None:
    added = library.add([paper(OLD.id, "Old Stones, Revised", date="2025-04-01")], "arxiv")
    assert (added.imported, added.updated) == (0, 1)
    assert "2025-02" not in read
    assert len(titles(library)) == 2


def test_month_of_the_same_title_is_read(library: Library) -> None:
    added = library.add([paper("doi:10.1/x", "Other Stones", date="2025-04-01")], "bibtex")
    assert added.imported == 0
    assert titles(library) == ["Old Stones", "Other Stones"]


def test_month_that_is_tied_through_another_is_read(library: Library) -> None:
    between = paper("arxiv:2502.00002", "Old Stones", date="2025-02-05", aliases=("doi:10.1/y",))
    library.add([between], "arxiv")
    added = library.add([paper("doi:10.1/y", "Anything", date="2025-05-01")], "bibtex")
    assert added.imported == 0


def test_feeds_of_months_that_were_not_read_are_known(library: Library) -> None:
    assert library.add([NEW], "arxiv").feeds == {"hf", "arxiv"}


def rest(path: Path) -> bytes:
    """Return what the file has behind its checksum."""
    return path.read_bytes().partition(b"\n")[2]


def sealed(rest: bytes) -> bytes:
    """Return contents of the file, with the checksum that they should have."""
    return b"%08x\n%b" % (crc32(rest), rest)


@pytest.mark.parametrize(
    "harm",
    [
        Path.unlink,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-3]),
        lambda path: path.write_bytes(b"{}\n" + b"\0" * 9),
        lambda path: path.write_bytes(sealed(b'{"months": {"2025-01": 1}}\n')),
        lambda path: path.write_bytes(sealed(b"[1]\n")),
        lambda path: path.write_bytes(path.read_bytes().replace(b"],2]", b"],1]")),
        lambda path: path.write_bytes(path.read_bytes()[:-1] + b"!"),
        lambda path: path.write_bytes(sealed(rest(path).replace(b'"form":"2 ', b'"form":"9 '))),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["removed", "empty", "cut", "other", "wrong", "list", "count", "bit", "newer", "folder"],
)
def test_index_may_be_lost_or_damaged(
    library: Library, harm: Callable[[Path], object], read: list[str]
) -> None:
    harm(library.folder / "papers" / FILE)
    added = library.add([paper(OLD.id, "Old Stones", date="2025-04-01"), NEW], "hf")
    assert added.imported == 1
    assert sorted(read) == ["2025-01", "2025-02", "2025-03"]


def test_index_of_a_copy_holds(library: Library, tmp_path: Path, read: list[str]) -> None:
    shutil.copytree(library.folder, tmp_path / "copy")
    Library(tmp_path / "copy").add([NEW], "hf")
    assert read == ["2025-03"]


def test_month_that_was_put_back_is_read(library: Library) -> None:
    month = library.folder / "papers" / "2025-02.json"
    shutil.copy2(month, library.folder / "before")
    late = paper("arxiv:2502.00003", "Late Stones", date="2025-02-06")
    library.add([late], "hf")
    os.replace(library.folder / "before", month)
    assert library.add([late], "hf").imported == 1


def test_title_that_fits_several_stays_alone_whatever_is_read(library: Library) -> None:
    twins = [
        paper("arxiv:2503.00003", "Twin Stones", date="2025-03-05", authors=("A. Byron",)),
        paper("arxiv:2504.00004", "Twin Stones", date="2025-04-05", authors=("C. Gauss",)),
    ]
    twice = paper("arxiv:2503.00009", "Rivers", date="2025-03-05")
    library.add([*twins, twice], "hf")
    month = library.folder / "papers" / "2025-01.json"
    alone = paper("sha:0123456789abcdef", "Twin Stones", date="2025-01-05")
    write_month(month, [(alone, [], {}), (replace(twice, date="2025-01-05"), [], {})])
    library.add([paper("arxiv:2502.00005", "Clouds", date="2025-02-05")], "hf")
    assert titles(library).count("Twin Stones") == 3


def test_month_that_another_program_wrote_is_read(library: Library, read: list[str]) -> None:
    month = library.folder / "papers" / "2025-02.json"
    month.write_bytes(month.read_bytes().replace(b"2502.00002", b"2502.00009"))
    assert library.add([paper("arxiv:2502.00009", "X", date="2025-03-05")], "hf").imported == 0
    assert read[0] == "2025-02"


def test_month_without_a_word_of_its_write_is_always_read(
    library: Library, read: list[str]
) -> None:
    month = library.folder / "papers" / "2025-02.json"
    month.write_bytes(b'{"papers":{},"meta":{"library":{"schema":2}}}')
    library.add([NEW], "hf")
    library.add([paper("arxiv:2503.00004", "Z", date="2025-03-05")], "hf")
    assert read.count("2025-02") == 2


def test_paper_left_in_two_months_is_made_one(library: Library) -> None:
    papers = library.folder / "papers"
    left = (papers / "2025-01.json").read_bytes()
    library.add([paper(OLD.id, "Old Stones", date="2024-12-01")], "hf")
    (papers / "2025-01.json").write_bytes(left)
    library.add([NEW], "hf")
    assert titles(library) == ["New Stones", "Old Stones", "Other Stones"]


def test_paper_in_the_file_of_another_month_goes_where_it_belongs(library: Library) -> None:
    papers = library.folder / "papers"
    os.rename(papers / "2025-01.json", papers / "2025-06.json")
    library.add([NEW], "hf")
    library.read_all()
    assert titles(library) == ["New Stones", "Old Stones", "Other Stones"]
    assert (papers / "2025-01.json").exists()


def test_copy_of_a_month_that_a_synchronised_folder_made_adds_no_paper(library: Library) -> None:
    papers = library.folder / "papers"
    copy = papers / "2025-01 (conflicted copy).json"
    copy.write_bytes((papers / "2025-01.json").read_bytes())
    library.add([NEW], "hf")
    library.add([paper("arxiv:2503.00004", "Z", date="2025-03-05")], "hf")
    assert b"Old Stones" in copy.read_bytes()


def test_names_of_any_letters_are_found(tmp_path: Path) -> None:
    month = tmp_path / "2025-01.json"
    month.write_bytes(b'{"!change":{"last":{"word":"0123456789abcdef"}}}')
    index = NameIndex(tmp_path, [month])
    index.put(month, (1, 2, 3, "word"), ["ü", "\ud800", ""], ["hf"])
    assert index.months_with(["\ud800"]) == {"2025-01"}
    assert index.months_with(["u"]) == set()


def described(number: int, name: str, month: int, doi: bool) -> Paper:
    """Return one of four papers by one of its names, perhaps with its DOI, listed in a month."""
    names = {"arxiv": f"arxiv:2501.0000{number}", "doi": f"doi:10.1/{number}"}
    title = f"Title {number}"
    aliases = (names["doi"],) if doi and name != "doi" else ()
    key = names.get(name, title_key(title))
    return paper(key, title, date=f"2025-{month:02}-01", aliases=aliases)


PAPERS = st.builds(
    described,
    st.integers(1, 4),
    st.sampled_from(["arxiv", "doi", "title"]),
    st.integers(1, 5),
    st.booleans(),
)


@given(batches=st.lists(st.lists(PAPERS, max_size=3), max_size=5))
@COSTLY
def test_outcome_is_as_if_all_months_were_read(
    batches: list[list[Paper]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    libraries = [Library(tmp_path_factory.mktemp("library") / "new") for _ in range(2)]
    index = libraries[1].folder / "papers" / FILE
    for number, batch in enumerate(batches):
        outcomes = [library.add(batch, f"feed{number}") for library in libraries]
        index.unlink(missing_ok=True)
        assert outcomes[0] == outcomes[1]
    one, other = (sorted(each.all_papers(), key=lambda p: p.id) for each in libraries)
    assert one == other
