"""Sentences that the reader and the command line share."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from store.text.clean import shell_word

if TYPE_CHECKING:  # help is printed without a library
    from store.marks.memory import UndoResult

SAMPLE = "sample"
"""The feed that an empty library opens on."""


def count_papers(count: int) -> str:
    """Return a number of papers."""
    return f"{count:,} paper" if count == 1 else f"{count:,} papers"


def hidden_words(count: int) -> str:
    """Say how many papers were left out, and how to see them."""
    match = "paper matches" if count == 1 else "papers match"
    return f"{count:,} hidden {match} too; is:hidden in a query finds hidden papers"


def undo_words(result: "UndoResult") -> str:
    """Say what was undone or done again, and what was not."""
    label, count = result.action.label, len(result.papers)
    text = f"{label} ({count_papers(count)})" if count or not result.left_alone else label
    if result.left_alone:
        stay = "stays as it is" if result.left_alone == 1 else "stay as they are"
        text += f"; {count_papers(result.left_alone)} {stay}, changed later on another machine"
    return text


def in_home(text: str) -> str:
    """Return a text in which paths in the home folder begin with ~."""
    return text.replace(os.path.join(os.path.expanduser("~"), ""), "~/")


def for_library(text: str, library: Path | None) -> str:
    """Return a text in which the advice to run the doctor names the library that was chosen."""
    if library is None:
        return text
    return text.replace("papers-tui doctor", f"papers-tui --library {shell_word(library)} doctor")
