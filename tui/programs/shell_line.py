"""Placeholders in the line of a shell, and which of them stand where a shell would not see them."""

import re

PLACEHOLDER = re.compile(r"\{\{|\}\}|(?P<place>\{(?P<name>\w+)(?::[^{}]*)?\})")
"""A pair of braces that stands for one, or a place for a value."""


def quoted_placeholder(line: str) -> str:
    """Return the name of the first placeholder that is within quotes of a shell, or nothing."""
    places = {match.start(): match for match in PLACEHOLDER.finditer(line) if match["place"]}
    quote, escaped = "", False
    for position, sign in enumerate(line):
        if (quote or escaped) and position in places:
            return places[position]["name"]
        if escaped:
            escaped = False
        elif sign == "\\" and quote != "'":
            escaped = True
        elif sign in ("'", '"') and quote in ("", sign):
            quote = "" if quote else sign
    return ""
