"""Arguments of the commands for other programs, the settings and the shell."""

import argparse
from typing import TYPE_CHECKING

from tui.cli.parser import Declare

if TYPE_CHECKING:
    from tui.cli.call import Call

SHELLS = ("bash", "zsh", "fish")


def declare_notes(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `notes`."""
    command.set_defaults(run=_run_notes)
    command.add_argument(
        "--dry-run", action="store_true", help="print what would be done, do nothing"
    )
    command.add_argument(
        "--again", action="store_true", help="write files again that were deleted in the folder"
    )


def _run_notes(call: "Call") -> int:
    from tui.cli.other_programs import notes

    return notes(call.library, call.options, call.config)


def declare_zotero(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `zotero`."""
    command.set_defaults(run=_run_zotero)
    command.add_argument("query", nargs="*", metavar="QUERY", help="required; '*' for all papers")
    command.add_argument(
        "--collection", metavar="COLLECTION", help="instead of the one set; created if missing"
    )
    command.add_argument("--again", action="store_true", help="also papers already sent")
    command.add_argument("--dry-run", action="store_true", help="print how many, send none")


def _run_zotero(call: "Call") -> int:
    from tui.cli.other_programs import zotero

    return zotero(call.library, call.query(), call.options, call.config)


def declare_mcp(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `mcp`."""
    command.set_defaults(run=_run_mcp)
    command.add_argument(
        "--write", action="store_true", help="let it also star, tag and write notes"
    )


def _run_mcp(call: "Call") -> int:
    from tui.cli.other_programs import mcp

    return mcp(call.library, call.config.views, call.options.write, call.config)


def declare_run(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `run`."""
    command.set_defaults(run=_run_run)
    command.add_argument(
        "name", nargs="?", metavar="COMMAND", help="its name in [[commands]] of the settings"
    )
    command.add_argument("query", nargs="*", metavar="QUERY", help="required; '*' for all papers")
    command.add_argument(
        "--dry-run", action="store_true", help="print what would run, for the shell; run nothing"
    )


def _run_run(call: "Call") -> int:
    from tui.cli.run import run

    return run(call.library, call.query(), call.options, call.config)


def declare_doctor(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `doctor`."""
    command.set_defaults(run_alone=_run_doctor)
    command.add_argument("--json", action="store_true", help="one JSON array")
    command.add_argument(
        "--restore", action="store_true", help="replace damaged files with earlier copies"
    )
    command.add_argument(
        "--tidy", action="store_true", help="remove leftover files and duplicate papers"
    )


def _run_doctor(options: argparse.Namespace) -> int:
    from tui.cli.doctor import doctor

    return doctor(options.folder, options)


def declare_config(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `config`."""
    command.set_defaults(run_alone=_run_config)
    command.add_argument(
        "action", nargs="?", choices=("show", "path", "init"), default="show", metavar="ACTION",
        help="show (the default); path: where the file is; init: write one to edit",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="show as one JSON array")


def _run_config(options: argparse.Namespace) -> int:
    from tui.cli.settings import config

    return config(
        options.action, options.folder, bool(options.library), options.config, options.json
    )


def declare_completion(command: argparse.ArgumentParser) -> None:
    """Declare the arguments of `completion`."""
    command.set_defaults(run_alone=_run_completion)
    command.add_argument(
        "shell", choices=SHELLS, metavar="SHELL", help=f"{', '.join(SHELLS[:-1])} or {SHELLS[-1]}"
    )


def _run_completion(options: argparse.Namespace) -> int:
    from tui.cli.completion import script

    print(script(options.shell))
    return 0


ARGUMENTS: dict[str, Declare] = {
    "notes": declare_notes,
    "zotero": declare_zotero,
    "mcp": declare_mcp,
    "run": declare_run,
    "doctor": declare_doctor,
    "config": declare_config,
    "completion": declare_completion,
}
