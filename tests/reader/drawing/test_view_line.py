"""What saving or renaming a view would do, in words, and what is reported afterwards."""

import pytest

from store.views.known import View, known_views
from tui.reader.drawing.view_line import Saving, came_back, went

RAIN = View("rain", "snails OR puddle", "4")
BIRDS = View("birds", "crows")
SETTINGS = {"fixed": "puddle"}


@pytest.mark.parametrize(
    ("name", "digit", "said"),
    [
        ("birds", "4", "replaces birds (crows)\ntakes 4 from rain"),
        ("new", "", "saves new\nno number key"),
        ("new", "7", "saves new\n7 goes there"),
        ("RAIN", "", "replaces rain (snails OR puddle)\n4 goes there"),
        ("new", "1", "saves new\ntakes 1 from Inbox"),
        ("inbox", "", "replaces Inbox (is:unread)\n1 goes there"),
    ],
)
def test_effect_of_saving_is_reported(name: str, digit: str, said: str) -> None:
    effect = Saving("bread", {}, (RAIN, BIRDS)).effect(name, digit)
    assert (effect.words, effect.possible) == (said, True)


@pytest.mark.parametrize(
    ("name", "digit", "said"),
    [
        ("crows", "", "renames birds to crows\nno number key"),
        ("rain", "", "replaces rain (snails OR puddle)\n4 goes there"),
        ("birds", "4", "saves birds\ntakes 4 from rain"),
        ("rain", "7", "replaces rain (snails OR puddle)\n7 goes there"),
    ],
)
def test_effect_of_renaming_is_reported(name: str, digit: str, said: str) -> None:
    assert Saving("crows", {}, (RAIN, BIRDS), "birds").effect(name, digit).words == said


def test_renaming_says_which_digit_a_view_that_comes_along_has_again() -> None:
    renaming = Saving("rain", {}, (View("wet", "rain", "1"),), "wet")
    assert renaming.effect("wet", "").words == "saves wet\nno number key, 1 goes to Inbox again"


@pytest.mark.parametrize(
    ("query", "name", "digit", "said"),
    [
        ("title:bread", "", "", "A view needs a name."),
        ("bread", "Fixed", "", "fixed is a view of the settings"),
        ("bread", "dry", "4", "4 goes to fixed in the settings"),
        ("bread )", "dry", "", "The filter is wrong: this parenthesis closes nothing"),
        ("view:rain puddle", "rain", "", "a view can't contain itself"),
    ],
)
def test_what_can_not_be_saved_is_reported(query: str, name: str, digit: str, said: str) -> None:
    effect = Saving(query, SETTINGS, (View("rain", "snails"),)).effect(name, digit)
    assert not effect.possible
    assert said in effect.words


def test_what_an_undo_brings_back_and_takes_away_is_reported() -> None:
    before = known_views({}, (RAIN, BIRDS))
    after = known_views({}, (View("birds", "bread"), View("new", "bread", "4")))
    assert came_back(after, before) == [
        "rain (snails OR puddle) is back",
        "birds (crows) is back",
    ]
    assert went(after, before) == ["new is gone"]


@pytest.mark.parametrize(("digit", "holder"), [("1", "Inbox"), ("4", "rain")])
def test_digit_that_is_free_again_is_reported(digit: str, holder: str) -> None:
    before = known_views({}, (RAIN, BIRDS, View("new", "bread")))
    without = View("rain", RAIN.query) if holder == "rain" else RAIN
    taken = known_views({}, (without, BIRDS, View("new", "bread", digit)))
    assert came_back(taken, before) == [f"{digit} goes to {holder} again"]
