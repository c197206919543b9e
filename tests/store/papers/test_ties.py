"""What goes by the same names is worked on together, each thing once."""

import pytest

from store.papers.ties import Ties


@pytest.fixture
def ties() -> Ties:
    """Four things: the first three hang together by two names, the last is alone."""
    ties = Ties()
    for number, names in enumerate((["a"], ["a", "b"], ["b"], ["c"])):
        ties.put(number, names)
    return ties


def test_tied_through_others_is_tied(ties: Ties) -> None:
    assert list(ties.tied([0])) == [[0, 1, 2]]


def test_each_comes_once(ties: Ties) -> None:
    assert list(ties.tied([2, 3, 0])) == [[0, 1, 2], [3]]


def test_what_is_alone_is_not_tied_to_others(ties: Ties) -> None:
    assert list(ties.several()) == [[0, 1, 2]]


def test_removed_ties_no_more(ties: Ties) -> None:
    ties.remove(1)
    assert list(ties.several()) == []
