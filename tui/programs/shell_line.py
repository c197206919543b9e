"""Placeholders in a line for a shell, and those that are inside quotes by mistake."""

import re

PLACEHOLDER = re.compile(r"\{\{|\}\}|(?P<place>\{(?P<name>\w+)(?::[^{}]*)?\})")
"""A doubled brace, which means a single one, or a placeholder."""


def quoted_placeholder(line: str) -> str:
    """Return the name of the first placeholder inside quotes, or nothing."""
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
