"""The command `run`: run one of the user's own commands on the papers of a query."""

import argparse
import sys

from store.errors import LibraryTooNewError, PapersError
from store.export.citing import Entry
from store.library import Library
from store.query.syntax import Query
from store.rules.running import as_spelled
from store.text.clean import clean_line, shell_word
from tui.cli.call import check_condition
from tui.cli.finds import found
from tui.programs.process import Ended, ProgramError, run_apart, start_error
from tui.programs.runs import Run, change_by, command_named, plan
from tui.settings.commands import OwnCommand
from tui.settings.config import Config
from tui.words import count_papers

CHANGING = ("note", "tags")


def run(library: Library, query: Query, options: argparse.Namespace, config: Config) -> int:
    """Run a command on papers, or list the commands; a run that fails does not stop the others."""
    if options.name is None:
        return _list(config)
    command = command_named(config.commands, options.name)
    check_condition(query, options.query, f"run {shell_word(command.name)}")
    if command.output in CHANGING and library.newer:
        raise LibraryTooNewError(library.newer)
    entries, status = found(library, query, None)
    if not entries:
        print("papers-tui: no paper found, nothing run", file=sys.stderr)
        return status
    planned = plan(command, entries, library, config)
    for paper, reason in planned.left_out:
        _warn(f"{paper.id}: {reason}")
    if options.dry_run:
        for each in planned.runs:
            print(" ".join(map(shell_word, each.argv)))
        return status
    failed = bool(planned.left_out)
    for each in planned.runs:
        failed |= not _run(library, command, each)
    return max(status, int(failed))


def _list(config: Config) -> int:
    if not config.commands:
        print(
            "no commands of your own; define them in [[commands]] in the settings", file=sys.stderr
        )
    for each in config.commands:
        key = f" ({each.key})" if each.key else ""
        print(clean_line(f"{each.name}{key}: {str(each).partition(': ')[2]}", 500))
    return 0


def _run(library: Library, command: OwnCommand, each: Run) -> bool:
    """Run a program and handle its output; return whether it succeeded."""
    try:
        if command.output == "terminal":
            ended = _in_terminal(each, command)
        else:
            shown = command.output in ("popup", "message")
            ended = run_apart(
                each.argv, each.data, timeout=command.timeout,
                show=_print if shown else None, keep=command.output != "none",
            )  # fmt: skip
        if ended.ok and command.output in CHANGING:
            _change(library, command, each.entries, ended.printed)
    except PapersError as error:
        _warn(f"{command.name}: {error}")
        return False
    if not ended.ok:
        _warn(f"{command.name} {ended.words}")
    return ended.ok


def _in_terminal(each: Run, command: OwnCommand) -> Ended:
    from tui.programs.children import run_in_terminal

    try:
        return Ended(run_in_terminal(each.argv, each.data, command.timeout), "", "")
    except TimeoutError:
        return Ended(1, "", "", f"took over {command.timeout:g} s, and was stopped")
    except OSError as error:
        raise start_error(each.argv[0], error) from error
    except ValueError as error:
        raise ProgramError(str(error)) from error


def _change(
    library: Library, command: OwnCommand, entries: tuple[Entry, ...], printed: str
) -> None:
    """Put the output into the note or the tags of the papers, as one action for undo."""
    changes = {
        paper.id: change
        for paper, _ in entries
        if (change := change_by(command, library.marks(paper.id).note, printed))
    }
    if not changes:
        _warn(f"{command.name} printed nothing")
        return
    done = {"note": "noted", "tags": "tagged"}[command.output]
    library.mark_each(as_spelled(changes, library.tags()), lambda steps: f"{command.name}: {done}")
    library.commit()
    print(f"{done} {count_papers(len(changes))}")


def _print(text: str) -> None:
    print(text, end="", flush=True)


def _warn(text: str) -> None:
    print(f"papers-tui: {clean_line(text, 500)}", file=sys.stderr)
