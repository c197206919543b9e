"""Where one was in a text before each jump, to come back."""

from store.fulltext.places import Place

MOST = 100
"""Jumps to go back from."""


class Jumps:
    """The places that were left by jumps, the last of them first to come back to."""

    def __init__(self) -> None:
        self._left: list[Place] = []

    def leave(self, place: Place) -> None:
        """Record the place that is left."""
        if not self._left or self._left[-1] != place:
            self._left = [*self._left[1 - MOST :], place]

    def back(self) -> Place | None:
        """Return the place that was left last, and forget it; None if there is none."""
        return self._left.pop() if self._left else None

    def clear(self) -> None:
        """Forget all places: the text is another."""
        self._left.clear()
