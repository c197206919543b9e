"""Texts and places are kept under names that are safe, and given back harmless."""

import re
from pathlib import Path

import pytest
from conftest import paper
from disks import FullDisk
from hypothesis import given
from hypothesis import strategies as st

from store.errors import LibraryError
from store.fulltext.blocks import Block, Kind, Look, Span, Words
from store.fulltext.document import Document, make_document
from store.fulltext.reading_places import Place, Places
from store.fulltext.texts import FullTexts, file_name, is_stored
from store.model import Paper

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
OLD = paper("arxiv:quant-ph/0201082")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of texts, not there yet."""
    return tmp_path / "library" / "texts"


def text(words: str = "Pebbles.") -> Document:
    """Return a text of one paragraph."""
    return make_document([Block(Kind.PARAGRAPH, Words(words))], "hf")


def words_of(document: Document | None) -> list[str]:
    """Return what a text says, block by block."""
    return [] if document is None else [block.plain for block in document.blocks]


def keep(places: Places, read: Paper, place: Place, share: int = 50) -> None:
    """Keep where a paper is read."""
    places.remember(read, place, share)
    places.save()


# Texts


def test_nothing_is_kept_at_first(folder: Path) -> None:
    assert FullTexts(folder).get(paper()) is None


def test_looking_makes_no_folder(folder: Path) -> None:
    FullTexts(folder).get(paper())
    Places(folder).get(paper())
    assert not folder.exists()


def test_text_survives_reopening(folder: Path) -> None:
    table = Block(
        Kind.TABLE,
        level=1,
        rows=((Words("a"), Words("b", (Span(0, 1, Look.LINK, "#S1"),))),),
        aligned="lr",
        anchors=("S1.T1",),
    )
    figure = Block(Kind.FIGURE, Words("Figure 1"), pictures=("https://a.example/x.png",))
    document = make_document([table, figure], "arxiv", "https://a.example/", ["no figures"])
    FullTexts(folder).put(OLD, document)
    again = FullTexts(folder).get(OLD)
    assert again is not None
    assert list(again.blocks) == [table, figure]
    assert again.origin == "from arXiv's HTML; no figures"


def test_markdown_that_an_earlier_version_kept_is_read(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / file_name("arxiv:2508.00001", ".md")).write_text("# Lamps\n\nPebbles.")
    assert words_of(FullTexts(folder).get(paper())) == ["Lamps", "Pebbles."]


def test_text_in_the_form_of_another_version_is_not_there(folder: Path) -> None:
    FullTexts(folder).put(paper(), text())
    (file,) = folder.iterdir()
    file.write_bytes(b"papers-tui text 999 00000000\n{}")
    assert FullTexts(folder).get(paper()) is None


def test_text_is_found_under_a_key_of_before(folder: Path) -> None:
    FullTexts(folder).put(paper("doi:10.1000/x"), text())
    assert words_of(FullTexts(folder).get(paper(aliases=("doi:10.1000/x",)))) == ["Pebbles."]


def test_paper_whose_text_is_kept_is_known_by_the_names_of_files(folder: Path) -> None:
    texts = FullTexts(folder)
    texts.put(OLD, text())
    assert is_stored(OLD, texts.names())
    assert not is_stored(paper(), texts.names())


def test_text_that_others_wrote_is_harmless(folder: Path) -> None:
    FullTexts(folder).put(paper(), text("a\x1b[2Jb"))
    assert not any(CONTROL.search(each) for each in words_of(FullTexts(folder).get(paper())))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\xfd", b"papers-tui text 1 00000000\n{}", b"x" * 99]
)
def test_damaged_text_is_named(folder: Path, data: bytes) -> None:
    FullTexts(folder).put(paper(), text())
    (file,) = folder.iterdir()
    file.write_bytes(data)
    with pytest.raises(LibraryError, match=f"{file.name} is damaged"):
        FullTexts(folder).get(paper())


def test_text_that_was_cut_is_damaged(folder: Path) -> None:
    FullTexts(folder).put(paper(), text())
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-5])
    with pytest.raises(LibraryError, match="damaged"):
        FullTexts(folder).get(paper())


def test_text_that_can_not_be_read_is_named(folder: Path) -> None:
    (folder / file_name("arxiv:2508.00001")).mkdir(parents=True)
    with pytest.raises(LibraryError, match="can't read"):
        FullTexts(folder).get(paper())


def test_full_disk_is_reported_and_leaves_the_old_text(folder: Path) -> None:
    FullTexts(folder).put(paper(), text("old"))
    with pytest.raises(LibraryError, match="No space left"):
        FullTexts(folder, FullDisk()).put(paper(), text("new"))
    assert words_of(FullTexts(folder).get(paper())) == ["old"]


def test_folder_that_can_not_be_made_is_reported(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file")
    with pytest.raises(LibraryError, match="can't make the folder"):
        FullTexts(folder).put(paper(), text())


@given(st.text())
def test_name_of_a_file_is_no_path(key: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*\.text", file_name(key).lstrip("-"))
    assert len(file_name(key)) < 100


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_keys_never_share_a_file(one: str, other: str) -> None:
    assert one == other or file_name(one) != file_name(other)


# Places


def test_place_survives_reopening(folder: Path) -> None:
    keep(Places(folder), OLD, Place(3, 40))
    assert Places(folder).get(OLD) == Place(3, 40)


def test_how_much_was_read_is_kept_with_the_place(folder: Path) -> None:
    keep(Places(folder), OLD, Place(3, 40), 60)
    assert Places(folder).shares() == {OLD.id: 60}


def test_place_is_found_under_a_key_of_before(folder: Path) -> None:
    keep(Places(folder), paper("doi:10.1000/x"), Place(3, 40))
    assert Places(folder).get(paper(aliases=("doi:10.1000/x",))) == Place(3, 40)


def test_places_of_other_papers_stay(folder: Path) -> None:
    one, other = Places(folder), Places(folder)
    keep(one, paper(), Place(1, 0))
    keep(other, OLD, Place(2, 0))
    assert (one.get(paper()), one.get(OLD)) == (Place(1, 0), Place(2, 0))


@pytest.mark.parametrize("damage", [b"", b"[", b"[]", b"\xff", b'{"arxiv:2508.00001": [-1, "a"]}'])
def test_damaged_places_are_begun_again(folder: Path, damage: bytes) -> None:
    places = Places(folder)
    folder.mkdir(parents=True)
    (folder / "places.json").write_bytes(damage)
    assert places.get(paper()) == Place()
    keep(places, paper(), Place(1, 2))
    assert places.get(paper()) == Place(1, 2)


def test_place_that_waits_is_known_at_once(folder: Path) -> None:
    places = Places(folder)
    places.remember(paper(), Place(1, 2), 10)
    assert places.get(paper()) == Place(1, 2)
