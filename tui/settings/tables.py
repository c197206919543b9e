"""Tables in the file of settings: errors in them, and the lines on which they begin."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class WrongValueError(Exception):
    """An option has a wrong value; the text says what it takes."""

    def __init__(self, message: str, *keys: str) -> None:
        super().__init__(message)
        self.keys = keys
        """The keys that lead from the option to what is wrong; empty for the option itself."""


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A table `[[rules]]` as it is in the file; tui.shared.known_rules reads it."""

    options: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""
    """File and line."""

    def __str__(self) -> str:
        """The rule in one line, for the list of settings."""
        then = self.options.get("then", "")
        done = ", ".join(map(str, then)) if isinstance(then, list) else then
        return f"{self.options.get('query', '')} → {done}"


def check_options(table: Iterable[str], known: Iterable[str], name: str) -> None:
    """Raise WrongValueError if a table has an option that is unknown."""
    known = list(known)
    for option in table:
        if option not in known:
            from store.text.messages import choices

            raise WrongValueError(
                f"{name} has no option {option}; {choices(option, known)}", option
            )


def places_of(name: str, count: int, path: Path, text: str) -> list[str]:
    """Return file and line of each of `count` tables; the file alone if the lines are unclear."""
    lines = lines_of_tables(name, text)
    if len(lines) != count:  # as in rules = [{...}], or with such a line in a text
        return [str(path)] * count
    return [f"{path}, line {line}" for line in lines]


def lines_of_tables(name: str, text: str) -> list[int]:
    """Return the numbers of the lines that begin a table `[[name]]`, in order.

    Some may be none to TOML: a text of several lines can contain such a line.
    """
    header = re.compile(rf"\s*\[\[\s*(?:{name}|\"{name}\"|'{name}')\s*\]\]")
    return [number for number, line in enumerate(text.split("\n"), 1) if header.match(line)]


def line_in_table(name: str, number: int, text: str, option: str = "") -> int | None:
    """Return the line of an option in a table, or the table's first; `number` counts from 1.

    None if the tables are written in another way, such as in one line.
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
