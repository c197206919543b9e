"""The arguments of the user's own commands, filled with the values of a paper.

Each value stays one argument whatever a title contains: no shell reads it. If a command is a line
for a shell, the shell gets the values as $1, $2 …, and expands each to one word.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from store.errors import PapersError
from store.model import Marks, Paper
from tui.programs.shell_line import PLACEHOLDER
from tui.settings.commands import OwnCommand
from tui.template import Value, names_in, template_of

HAS_TO_BE = ("url", "pdf", "code", "project", "text", "file")
"""Placeholders that may not be empty."""
SHELL = "/bin/sh"


class NothingToGiveError(PapersError):
    """A paper lacks a value that a command needs."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a command, made from its `run`."""

    command: OwnCommand
    more: Mapping[str, Value]
    """Functions that return the full text and the file of a paper."""

    @property
    def of_each(self) -> bool:
        """Whether it runs once for each paper, because its arguments have placeholders."""
        return any(map(names_in, self.command.run))

    def fill(self, paper: Paper, marks: Marks) -> list[str]:
        """Return the program and its arguments; NothingToGiveError if the paper lacks one."""
        if self.command.shell:
            return self._for_shell(paper, marks)
        program, *rest = self.command.run
        filled = [program]
        for word in rest:
            value = self._filled(word, paper, marks)
            # Text from a feed is never an option.
            if value.startswith("-") and word.startswith("{") and "--" not in filled:
                value = f" {value}"
            filled.append(value)
        return filled

    def plain(self) -> list[str]:
        """Return the program and its arguments if they have no placeholders."""
        if self.command.shell:
            return [SHELL, "-c", _braces(self.command.run[0]), self.command.name]
        return [
            template_of(word, literal=True).whole(_NOBODY, _NO_MARKS) for word in self.command.run
        ]

    def _filled(self, word: str, paper: Paper, marks: Marks) -> str:
        for name in names_in(word) & set(HAS_TO_BE):
            value = self.more[name] if name in self.more else template_of(f"{{{name}}}").line
            if not value(paper, marks):
                raise NothingToGiveError(f"it has no {name}{WHERE_FROM.get(name, '')}")
        return template_of(word, more=self.more, literal=True).whole(paper, marks)

    def _for_shell(self, paper: Paper, marks: Marks) -> list[str]:
        line, values = self.command.run[0], list[str]()

        def place(match: re.Match[str]) -> str:
            if not match["place"]:
                return match[0][0]
            value = self._filled(match["place"], paper, marks)
            before = line[: match.start()]
            begins_word = not before or before[-1].isspace()
            is_option = value.startswith("-") and begins_word and "--" not in before.split()
            values.append(f" {value}" if is_option else value)
            return f'"${{{len(values)}}}"'

        filled = PLACEHOLDER.sub(place, line)
        return [SHELL, "-c", filled, self.command.name, *values]


WHERE_FROM = {
    "text": " here; papers-tui text --fetch or the key f fetches it",
    "file": " here; papers-tui pdf or the key P fetches it",
}
"""How to get a value that a paper lacks."""
_NOBODY, _NO_MARKS = Paper("", ""), Marks()


def _braces(line: str) -> str:
    return line.replace("{{", "{").replace("}}", "}")
