"""Actions of a screen that are methods of its parts."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from textual.screen import Screen


def does(path: str) -> Callable[..., object]:
    """Return an action that calls a method of a part of the screen, as "marking.star"."""
    method = attrgetter(path)

    def action(screen: Screen[Any], *parameters: object) -> object:
        return method(screen)(*parameters)

    return action
