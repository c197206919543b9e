"""What a terminal says of itself, left out of what is typed, also where it comes in pieces."""

import re
from collections.abc import Callable

ANSWER = re.compile(
    r"\x1b\]\d+;[^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|\x1b[P_^][^\x1b]*\x1b\\"
    r"|\x1b\[[=>?][\d;:]*[ -#%-/]*[@-~]"
)
"""What Textual takes for keys; but for the modes it asked for."""
_BEGUN = re.compile(r"\x1b(?:\]\d+;[^\x07\x1b]{0,200}\x1b?|\[\?[\d;]{0,80})\Z")
"""The beginning of an answer that nobody types."""
_MAYBE_BEGUN = re.compile(r"\x1b(?:\[|\]\d{0,3})?\Z")
"""What is typed as well: Esc, and keys behind it."""
PAUSE = 1.0
"""Seconds after which the rest of an answer does not come any more."""
SHORT_PAUSE = 0.1
"""The same where a key may have been meant."""


class LateAnswers:
    """Leaves answers out; holds the beginning of one back until its end has come."""

    def __init__(self, is_due: Callable[[], bool]) -> None:
        """`is_due` tells whether a question of ours is still without an answer."""
        self._is_due = is_due
        self._begun = ""

    def without(self, data: str) -> str:
        """Return what a text holds beside answers."""
        data = ANSWER.sub("", self._begun + data)
        begun = _BEGUN.search(data) or (self._is_due() and _MAYBE_BEGUN.search(data))
        self._begun = begun[0] if begun else ""
        return data[: len(data) - len(self._begun)]

    def given_up(self, waited: float) -> str:
        """Return what was held back and is to be taken as typed, after a pause of some seconds.

        What nobody types is forgotten.
        """
        begun = self._begun
        is_key = bool(_MAYBE_BEGUN.match(begun))
        if not begun or waited < (SHORT_PAUSE if is_key else PAUSE):
            return ""
        self._begun = ""
        return begun if is_key else ""
