"""The last thing between a line and the terminal: no control character passes."""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\U000e0000-\U000e007f]"
)


class ControlFilter(LineFilter):
    """Replace characters that a terminal would act on, wherever they come from.

    Feed text is cleaned when it is imported; this catches what came another way.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the line with U+FFFD in place of unsafe characters."""
        text = "".join([segment.text for segment in segments if not segment.control])
        if text.isprintable() or not _UNSAFE.search(text):
            return segments
        return [
            segment if segment.control
            else Segment(_UNSAFE.sub("\ufffd", segment.text), segment.style)
            for segment in segments
        ]  # fmt: skip
