"""JSON on standard output, as all commands print it."""

import sys


def print_json(value: object) -> None:
    """Print a value, indented for reading."""
    import orjson  # here because most commands print text

    form = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    sys.stdout.buffer.write(orjson.dumps(value, option=form))
