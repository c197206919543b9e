"""The file of subscriptions: what is added stays, damage and later versions are told."""

from datetime import date
from pathlib import Path

import orjson
import pytest
from conftest import OpenLibrary
from hypothesis import given
from hypothesis import strategies as st

from store.errors import LibraryDamagedError, LibraryTooNewError
from store.fetching.client import Validators
from store.fetching.subscriptions import MOST_VALIDATORS, FeedState, Subscriptions

STATE = FeedState(
    date(2025, 8, 1), "2025-08-01T12:00:00+00:00", "no connection", "hf", {"a": Validators("1", "")}
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a library."""
    return tmp_path


def damaged(folder: Path, state: object) -> Subscriptions:
    """Return a file in which this is the state of a feed."""
    tables = {"meta": {"library": {"schema": 2}}, "fetched": {"hf": state}}
    (folder / "feeds.json").write_bytes(orjson.dumps(tables))
    return Subscriptions(folder)


def test_there_are_none_at_first(folder: Path) -> None:
    assert Subscriptions(folder).names() == []


def test_looking_writes_nothing(folder: Path) -> None:
    subscriptions = Subscriptions(folder)
    subscriptions.names()
    subscriptions.states()
    assert list(folder.iterdir()) == []


def test_subscription_stays(folder: Path) -> None:
    Subscriptions(folder).add(["hf", "arxiv:cs.CL"])
    assert Subscriptions(folder).names() == ["hf", "arxiv:cs.CL"]


def test_new_ones_are_reported(folder: Path) -> None:
    subscriptions = Subscriptions(folder)
    subscriptions.add(["hf"])
    assert subscriptions.add(["hf", "a", "a"]) == ["a"]


def test_subscription_is_removed(folder: Path) -> None:
    subscriptions = Subscriptions(folder)
    subscriptions.add(["hf", "a"])
    assert subscriptions.remove("hf")
    assert subscriptions.names() == ["a"]


def test_removing_forgets_what_was_fetched(folder: Path) -> None:
    subscriptions = Subscriptions(folder)
    subscriptions.add(["hf"])
    subscriptions.save("hf", STATE)
    subscriptions.remove("hf")
    assert subscriptions.states() == {}


def test_removing_what_is_not_there_is_reported(folder: Path) -> None:
    assert not Subscriptions(folder).remove("hf")


def test_state_stays(folder: Path) -> None:
    Subscriptions(folder).save("hf", STATE)
    assert Subscriptions(folder).states() == {"hf": STATE}


def test_states_of_two_programs_both_stay(folder: Path) -> None:
    one, other = Subscriptions(folder), Subscriptions(folder)
    one.save("a", STATE)
    other.save("b", STATE)
    assert one.states().keys() == {"a", "b"}


def test_oldest_versions_of_pages_are_forgotten(folder: Path) -> None:
    versions = {str(number): Validators("1") for number in range(MOST_VALIDATORS + 5)}
    Subscriptions(folder).save("hf", FeedState(validators=versions))
    assert next(iter(Subscriptions(folder).states()["hf"].validators)) == "5"


@given(st.builds(FeedState, st.none() | st.dates(), error=st.text(st.characters(codec="utf-8"))))
def test_any_state_comes_back(tmp_path_factory: pytest.TempPathFactory, state: FeedState) -> None:
    folder = tmp_path_factory.mktemp("library")
    Subscriptions(folder).save("hf", state)
    assert Subscriptions(folder).states() == {"hf": state}


@pytest.mark.parametrize(
    "state",
    [
        {"complete": "2025-02-31"},
        {"complete": 7},
        {"fetched": "soon"},
        {"fetched": None},
        {"error": []},
        {"validators": []},
        {"validators": {"a": "b"}},
        {"validators": {"a": ["b"]}},
        {"validators": {"a": ["b", 1]}},
    ],
    ids=str,
)
def test_damaged_state_is_reported(folder: Path, state: object) -> None:
    with pytest.raises(LibraryDamagedError, match=r"feeds\.json is damaged"):
        damaged(folder, state).states()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"fetched": {"hf": 1}}'])
def test_damaged_file_is_told_and_kept(folder: Path, data: bytes) -> None:
    (folder / "feeds.json").write_bytes(data)
    with pytest.raises(LibraryDamagedError):
        Subscriptions(folder).add(["hf"])
    assert (folder / "feeds.json").read_bytes() == data


def test_file_of_a_later_version_is_read(folder: Path) -> None:
    Subscriptions(later(folder)).names()
    assert Subscriptions(folder).names() == ["hf"]


def test_file_of_a_later_version_is_not_changed(folder: Path) -> None:
    with pytest.raises(LibraryTooNewError):
        Subscriptions(later(folder)).add(["a"])


def test_removed_feed_is_put_back_at_its_place_with_its_state(folder: Path) -> None:
    subscriptions = Subscriptions(folder)
    subscriptions.add(["a", "hf", "b"])
    subscriptions.save("hf", STATE)
    assert subscriptions.remove("hf")
    assert subscriptions.put_back("hf", 1, STATE)
    assert Subscriptions(folder).names() == ["a", "hf", "b"]
    assert Subscriptions(folder).states() == {"hf": STATE}
    assert not subscriptions.put_back("hf", 0, None), "it is there"
    assert Subscriptions(folder).names() == ["a", "hf", "b"]


def test_marks_are_in_another_file(open_library: OpenLibrary) -> None:
    library = open_library()
    Subscriptions(library.folder).add(["hf"])
    assert not library.marks_changed_elsewhere()


def later(folder: Path) -> Path:
    """Return a folder in which the file is of a later version."""
    tables = {"meta": {"library": {"schema": 99}}, "subscriptions": {"hf": {}}}
    (folder / "feeds.json").write_bytes(orjson.dumps(tables))
    return folder
