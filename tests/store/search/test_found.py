"""Ids that are put in order only as far as they are looked at."""

from collections.abc import Iterator

import pytest

from store.search.found import LazyIds

IDS = ["a", "b", "c", "d"]


def found(*rows: int) -> LazyIds:
    return LazyIds(rows, len(rows), IDS)


def test_number_is_known_before_the_order() -> None:
    assert len(LazyIds(iter(()), 3, IDS)) == 3


def test_ids_come_in_the_order_of_the_rows() -> None:
    assert list(found(2, 0, 3)) == ["c", "a", "d"]


def test_only_what_is_looked_at_is_put_in_order() -> None:
    def rows() -> Iterator[int]:
        yield 1
        raise AssertionError("looked further")

    assert LazyIds(rows(), 4, IDS)[:1] == ["b"]


def test_last_can_be_asked_for() -> None:
    assert found(2, 0, 3)[-1] == "d"


@pytest.mark.parametrize("part", [slice(1, 3), slice(None, None, -1), slice(5, 9), slice(-2, None)])
def test_part_is_as_of_a_list(part: slice) -> None:
    assert found(2, 0, 3)[part] == ["c", "a", "d"][part]


def test_place_is_found_beyond_what_was_looked_at() -> None:
    ids = found(2, 0, 3)
    assert ids[0] == "c"
    assert ids.index("d") == 2


def test_id_that_is_not_there_has_no_place() -> None:
    with pytest.raises(ValueError, match="not in list"):
        found(2, 0).index("d")


def test_same_ids_are_equal() -> None:
    assert found(2, 0) == ["c", "a"]
