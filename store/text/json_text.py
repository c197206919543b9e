"""Values as JSON that is harmless wherever it is printed."""

import re

from store.text.clean import CONTROLS, INVISIBLE

_UNSAFE = re.compile(f"[{CONTROLS}{INVISIBLE}]")


def json_text(value: object, indented: bool) -> bytes:
    """Return a value as JSON with a line break at its end.

    What a terminal would act on, and what can't be seen, is written as \\u escapes: the value is
    the same for who reads it.
    """
    import orjson  # here because most commands print text

    indent = orjson.OPT_INDENT_2 if indented else 0
    data = orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE | indent)
    if data.isascii() and b"\x7f" not in data:
        return data
    return _UNSAFE.sub(_escape, data.decode()).encode()


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
