"""The user's own commands on papers: what runs, and what its output changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.errors import PapersError
from store.export.citing import Entry
from store.library import Library
from store.marks.tag_names import named_tag
from store.model import Change, Paper
from store.text.clean import ABSTRACT_LIMIT, clean_line
from store.text.messages import choices
from tui.programs.arguments import Arguments, NothingToGiveError
from tui.programs.papers import input_of, values_of
from tui.settings.commands import OwnCommand
from tui.settings.config import Config
from tui.shared.pdf_files import pdf_files

TAGS_AT_MOST = 50
"""More words than this are no tags but other output."""


@dataclass(frozen=True, slots=True)
class Run:
    """One start of a program."""

    argv: list[str]
    data: bytes
    entries: tuple[Entry, ...]
    """The papers it runs for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be run."""

    runs: tuple[Run, ...]
    left_out: tuple[tuple[Paper, str], ...] = ()
    """Papers that lack a value which the command needs, and which value."""

    @property
    def lacking(self) -> str:
        """One line about the papers that were left out and why; empty if there are none."""
        if not self.left_out:
            return ""
        paper, reason = self.left_out[0]
        more = f" (and {len(self.left_out) - 1:,} more)" if len(self.left_out) > 1 else ""
        return f"{clean_line(paper.title, 60)}: {reason}{more}"


def plan(command: OwnCommand, entries: Sequence[Entry], library: Library, config: Config) -> Plan:
    """Return what runs: once for each paper if its values are arguments, else once for all.

    Raises PapersError if the library can't be read.
    """
    arguments = Arguments(command, values_of(library, pdf_files(library.folder, config)))
    if not arguments.of_each:
        return _for_all(command, arguments, entries, library)
    runs, left_out = [], []
    for entry in entries:
        try:
            argv = arguments.fill(*entry)
            runs.append(Run(argv, input_of(command.stdin, [entry], library), (entry,)))
        except NothingToGiveError as error:
            left_out.append((entry[0], str(error)))
    return Plan(tuple(runs), tuple(left_out))


def _for_all(
    command: OwnCommand, arguments: Arguments, entries: Sequence[Entry], library: Library
) -> Plan:
    given, left_out = [], []
    if command.stdin == "text":
        for entry in entries:
            try:
                input_of("text", [entry], library)
                given.append(entry)
            except NothingToGiveError as error:
                left_out.append((entry[0], str(error)))
    else:
        given = list(entries)
    if not given and entries:
        return Plan((), tuple(left_out))
    data = input_of(command.stdin, given, library) if given else b""
    return Plan((Run(arguments.plain(), data, tuple(given)),), tuple(left_out))


def change_by(command: OwnCommand, note: str, printed: str) -> Change | None:
    """Return the change of a paper's marks that the output asks for; None if it asks for none.

    A note is added below the existing one. PapersError if the output is no note or no tags.
    """
    text = printed.strip()
    if not text or command.output not in ("note", "tags"):
        return None
    if command.output == "note":
        whole = f"{note.rstrip()}\n\n{text}" if note.strip() else text
        if len(whole) > ABSTRACT_LIMIT:
            raise PapersError(
                f"a note can have {ABSTRACT_LIMIT:,} characters; this one would have {len(whole):,}"
            )
        return Change(note=whole)
    return _tags(text.replace("\n", ",").split(","))


def _tags(words: Iterable[str]) -> Change:
    """Return the change for tags: `a` and `+a` add, `-a` removes."""
    added: list[str] = []
    removed: list[str] = []
    for word in filter(None, map(str.strip, words)):
        (removed if word.startswith("-") else added).append(named_tag(word))
    if len(added) + len(removed) > TAGS_AT_MOST:
        raise PapersError(f"that is more than {TAGS_AT_MOST} tags separated by commas")
    return Change(add_tags=tuple(added), remove_tags=tuple(removed))


def command_named(commands: Sequence[OwnCommand], name: str) -> OwnCommand:
    """Return the command with a name; the PapersError for an unknown one lists the known."""
    for each in commands:
        if each.name == name:
            return each
    known = choices(name, [each.name for each in commands])
    raise UnknownCommandError(
        f"there is no command {clean_line(name, 60)}; {known}"
        if commands
        else "there are no commands of your own; define them in [[commands]] in the settings"
    )


class UnknownCommandError(PapersError):
    """No command has the name."""

    status = 2
