"""Papers are found by their kept texts: whether there is one, was begun, and what it says."""

from pathlib import Path

import pytest
from conftest import paper

from store.fulltext.blocks import Block, Kind, Words
from store.fulltext.document import make_document
from store.fulltext.queries import TextQueries
from store.fulltext.reading_places import Place, Places
from store.fulltext.texts import FullTexts

ONE, TWO, THREE = (paper(f"arxiv:2508.0000{number}", f"Paper {number}") for number in (1, 2, 3))
PAPERS = [ONE, TWO, THREE]


@pytest.fixture
def asked(tmp_path: Path) -> TextQueries:
    """A library that has the texts of two papers, one of which was begun."""
    texts, places = FullTexts(tmp_path / "texts"), Places(tmp_path / "texts")
    for each, said in ((ONE, "Rotary\u00a0Embedding of lamps."), (TWO, "Pebbles.")):
        texts.put(each, make_document([Block(Kind.PARAGRAPH, Words(said))], "hf"))
    places.remember(ONE, Place(0, 3), 40)
    places.remember(TWO, Place(0, 3), 100)
    places.save()
    return TextQueries(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("has", "text", {ONE.id, TWO.id}),
        ("is", "begun", {ONE.id}),
        ("text", "rotary  embedding", {ONE.id}),
        ("text", "PEBBLES", {TWO.id}),
        ("text", "snails", set()),
        ("text", " ", set()),
    ],
)
def test_papers_are_found(asked: TextQueries, name: str, value: str, found: set[str]) -> None:
    assert set(asked(name, value, PAPERS)) == found


def test_what_is_typed_on_narrows_what_was_found(asked: TextQueries) -> None:
    answers = [set(asked("text", "rotary"[:end], PAPERS)) for end in range(1, 7)]
    assert answers[0] >= answers[-1] == {ONE.id}


def test_text_that_came_since_is_found(asked: TextQueries, tmp_path: Path) -> None:
    asked("text", "snails", PAPERS)
    document = make_document([Block(Kind.PARAGRAPH, Words("Snails."))], "hf")
    FullTexts(tmp_path / "texts").put(THREE, document)
    assert set(asked("text", "snails", PAPERS)) == {THREE.id}


def test_library_without_texts_finds_nothing(tmp_path: Path) -> None:
    asked = TextQueries(tmp_path)
    fields = (("has", "text"), ("is", "begun"), ("text", "a"))
    assert [len(asked(*field, PAPERS)) for field in fields] == [0, 0, 0]


def test_damaged_text_says_nothing(asked: TextQueries, tmp_path: Path) -> None:
    for file in (tmp_path / "texts").glob("*.text"):
        file.write_bytes(b"papers-tui text 1 00000000\n{")
    assert set(asked("text", "pebbles", PAPERS)) == set()


def test_share_that_was_read_is_reported_of_what_is_begun_under_whatever_key(
    asked: TextQueries, tmp_path: Path
) -> None:
    renamed = paper("doi:10.1000/1", aliases=(ONE.id,))
    assert asked.shares({each.id: each for each in PAPERS}) == {ONE.id: 40}
    assert asked.shares({each.id: each for each in (renamed, TWO)}) == {renamed.id: 40}
    assert TextQueries(tmp_path / "nothing").shares({ONE.id: ONE}) == {}
