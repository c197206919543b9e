"""Full texts are kept under names that are safe, and given back harmless."""

import re
from pathlib import Path

import pytest
from conftest import paper
from disks import FullDisk
from hypothesis import given
from hypothesis import strategies as st

from store.errors import LibraryError
from store.full_texts import (
    TEXT_LIMIT,
    FullTexts,
    NoFullTextError,
    Place,
    file_name,
    full_text_address,
    read_full_text,
)
from store.model import Paper

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
OLD = paper("arxiv:quant-ph/0201082")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of texts, not there yet."""
    return tmp_path / "library" / "texts"


def places_file(folder: Path) -> Path:
    """Return where the places are."""
    return folder / "places.json"


def keep(texts: FullTexts, read: Paper, place: Place) -> None:
    """Keep where a paper is read."""
    texts.remember(read, place)
    texts.save_places()


# Texts


def test_nothing_is_kept_at_first(folder: Path) -> None:
    assert FullTexts(folder).get(paper()) is None


def test_looking_makes_no_folder(folder: Path) -> None:
    FullTexts(folder).get(paper())
    FullTexts(folder).place(paper())
    assert not folder.exists()


def test_text_survives_reopening(folder: Path) -> None:
    FullTexts(folder).put(OLD, "Pebbles.")
    assert FullTexts(folder).get(OLD) == "Pebbles."


def test_text_is_found_under_a_key_of_before(folder: Path) -> None:
    FullTexts(folder).put(paper("doi:10.1000/x"), "Pebbles.")
    assert FullTexts(folder).get(paper(aliases=("doi:10.1000/x",))) == "Pebbles."


def test_text_is_cleaned_before_it_is_kept(folder: Path) -> None:
    FullTexts(folder).put(paper(), "a\x1b[2Jb")
    (file,) = folder.iterdir()
    assert b"\x1b" not in file.read_bytes()


def test_text_that_others_wrote_is_cleaned(folder: Path) -> None:
    FullTexts(folder).put(paper(), "a")
    (file,) = folder.iterdir()
    file.write_bytes(b"a\x1b[2Jb")
    assert not CONTROL.search(FullTexts(folder).get(paper()) or "")


@pytest.mark.parametrize(("data", "said"), [(b"\xff\xfe\xfd", "not UTF-8"), (b"", "empty")])
def test_damaged_text_is_named(folder: Path, data: bytes, said: str) -> None:
    FullTexts(folder).put(paper(), "a")
    (file,) = folder.iterdir()
    file.write_bytes(data)
    with pytest.raises(LibraryError, match=f"{file.name} is damaged: it is {said}"):
        FullTexts(folder).get(paper())


def test_text_that_can_not_be_read_is_named(folder: Path) -> None:
    (folder / file_name("arxiv:2508.00001")).mkdir(parents=True)
    with pytest.raises(LibraryError, match="can't read"):
        FullTexts(folder).get(paper())


def test_full_disk_is_said_and_leaves_the_old_text(folder: Path) -> None:
    FullTexts(folder).put(paper(), "old")
    with pytest.raises(LibraryError, match="No space left"):
        FullTexts(folder, FullDisk()).put(paper(), "new")
    assert FullTexts(folder).get(paper()) == "old"


def test_folder_that_can_not_be_made_is_said(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file")
    with pytest.raises(LibraryError, match="can't make the folder"):
        FullTexts(folder).put(paper(), "text")


@given(st.text())
def test_name_of_a_file_is_no_path(key: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*\.md", file_name(key).lstrip("-"))
    assert len(file_name(key)) < 100


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_keys_never_share_a_file(one: str, other: str) -> None:
    assert one == other or file_name(one) != file_name(other)


# Places


def test_place_survives_reopening(folder: Path) -> None:
    keep(FullTexts(folder), OLD, Place(3, 40))
    assert FullTexts(folder).place(OLD) == Place(3, 40)


def test_place_is_found_under_a_key_of_before(folder: Path) -> None:
    keep(FullTexts(folder), paper("doi:10.1000/x"), Place(3, 40))
    assert FullTexts(folder).place(paper(aliases=("doi:10.1000/x",))) == Place(3, 40)


def test_places_of_other_papers_stay(folder: Path) -> None:
    one, other = FullTexts(folder), FullTexts(folder)
    keep(one, paper(), Place(1, 0))
    keep(other, OLD, Place(2, 0))
    assert (one.place(paper()), one.place(OLD)) == (Place(1, 0), Place(2, 0))


@pytest.mark.parametrize("damage", [b"", b"[", b"[]", b"\xff", b'{"arxiv:2508.00001": [-1, "a"]}'])
def test_damaged_places_are_begun_anew(folder: Path, damage: bytes) -> None:
    texts = FullTexts(folder)
    folder.mkdir(parents=True)
    places_file(folder).write_bytes(damage)
    assert texts.place(paper()) == Place()
    keep(texts, paper(), Place(1, 2))
    assert texts.place(paper()) == Place(1, 2)


def test_place_that_waits_is_known_at_once(folder: Path) -> None:
    texts = FullTexts(folder)
    texts.remember(paper(), Place(1, 2))
    assert texts.place(paper()) == Place(1, 2)


# What comes from a source


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("arxiv:2508.00001", "https://mirror.example/papers/2508.00001.md"),
        ("arxiv:quant-ph/0201082", "https://mirror.example/papers/quant-ph/0201082.md"),
        ("doi:10.1000/x", None),
        ("sha:0123456789abcdef", None),
    ],
)
def test_address_of_a_text(key: str, address: str | None) -> None:
    assert full_text_address(paper(key), "https://mirror.example/") == address


def test_address_by_an_alias() -> None:
    aliased = paper("doi:10.1000/x", aliases=("arxiv:2508.00001",))
    assert full_text_address(aliased) == "https://huggingface.co/papers/2508.00001.md"


def test_lines_before_a_text_are_dropped() -> None:
    head = (
        b"Title: A\n\nURL Source: https://a.example\n\nPublished Time: now\n\nMarkdown Content:\n"
    )
    assert read_full_text(head + b"# A") == "# A"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"\0\1\2",
        b"<!DOCTYPE html>",
        b"\n<html lang=en>",
        b"Title: A\n\nMarkdown Content:\n",
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NoFullTextError):
        read_full_text(data)


def test_long_text_is_cut() -> None:
    assert len(read_full_text(b"a" * (TEXT_LIMIT + 9))) == TEXT_LIMIT


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_any_bytes_are_a_harmless_text_or_refused(data: bytes) -> None:
    try:
        text = read_full_text(data)
    except NoFullTextError:
        return
    assert text.strip()
    assert not CONTROL.search(text)
