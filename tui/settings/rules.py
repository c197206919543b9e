"""The tables `[[rules]]` of the settings as they stand, each with its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tui.settings.table_lines import lines_of_tables


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One table, not yet understood."""

    options: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""
    """File and line."""

    def __str__(self) -> str:
        """The rule in one line, for the list of settings."""
        then = self.options.get("then", "")
        done = ", ".join(map(str, then)) if isinstance(then, list) else then
        return f"{self.options.get('query', '')} → {done}"


def with_places(entries: Sequence[RuleEntry], path: Path, text: str) -> tuple[RuleEntry, ...]:
    """Return the entries with file and line of each; the file alone where lines can't be told."""
    lines = lines_of_tables("rules", text)
    if len(lines) != len(entries):  # rules = [{...}], or such a line in a text
        return tuple(replace(entry, where=str(path)) for entry in entries)
    return tuple(
        replace(entry, where=f"{path}, line {line}")
        for entry, line in zip(entries, lines, strict=True)
    )
