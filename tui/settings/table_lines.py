"""Where the tables of an array are in a file of settings."""

import re


def lines_of_tables(name: str, text: str) -> list[int]:
    """Return the numbers of the lines that begin a table `[[name]]`, in their order.

    There may be others than TOML has: such a line can be in a text of several lines.
    """
    header = re.compile(rf"\s*\[\[\s*(?:{name}|\"{name}\"|'{name}')\s*\]\]")
    return [number for number, line in enumerate(text.split("\n"), 1) if header.match(line)]


def line_in_table(name: str, number: int, text: str, option: str = "") -> int | None:
    """Return the line of an option in the table of a number, from 1; its first where it has none.

    None if the tables are in another way, as in one line.
    """
    lines = lines_of_tables(name, text)
    if number > len(lines):
        return None
    start = lines[number - 1]
    if option:
        wanted = re.compile(rf"\s*[\"']?{re.escape(option)}[\"']?\s*=")
        for place, line in enumerate(text.split("\n")[start:], start + 1):
            if line.lstrip().startswith("["):
                break
            if wanted.match(line):
                return place
    return start
