"""JSON on standard output, as all commands print it."""

import sys

from store.export.json import json_text


def print_json(value: object) -> None:
    """Print a value, indented for reading."""
    sys.stdout.buffer.write(json_text(value, indented=True))
