"""A command that was called: its options, the library and the settings."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from store.errors import QueryError
from store.library import Library
from store.query.syntax import Query, parse
from store.text.clean import clean_line
from tui.settings.config import Config

EVERYTHING = "*"
"""The query for all papers, where an empty one may be an empty variable of the shell."""


@dataclass(frozen=True, slots=True)
class Call:
    """All that a command needs."""

    options: argparse.Namespace
    library: Library
    config: Config

    def query(self) -> Query:
        """Return the query of the options; QueryError if it is wrong."""
        words = self.options.query
        text = words if isinstance(words, str) else " ".join(words)
        return replace(parsed(text, self.config.views), liked_since=self.config.foryou_since)


def parsed(text: str, views: Mapping[str, str]) -> Query:
    """Return the parsed query; QueryError if it is wrong."""
    query = parse(text, views=views)
    if query.problems:
        problem = query.problems[0]
        caret = " " * problem.start + "^"
        raise QueryError(f"{problem.message}\n  {clean_line(text)}\n  {caret}", problem.start)
    return query


def check_condition(query: Query, words: Sequence[str], command: str) -> None:
    """Raise QueryError if a query has no condition, and does not ask for all papers."""
    if query.tree is None and " ".join(words).strip() != EVERYTHING:
        raise QueryError(f"name the papers; for all: papers-tui {command} '{EVERYTHING}'", 0)
