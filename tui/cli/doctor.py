"""The command `doctor`: check library, settings and terminal, say how to fix what is wrong."""

import argparse
import locale
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from store.errors import LibraryDamagedError, LibraryError, PapersError, backup_path
from store.files.folders import is_folder, is_there
from store.files.storage import read_file
from store.health.apart import Checks, Finding
from store.health.checks import examine, kept_files, left_over_temporaries
from store.health.restore import check, restore
from store.marks.file import STATE, MarksFile
from store.papers.months import MonthFiles
from store.rules.file import has_rules
from store.text.clean import clean_line
from tui.cli.console import print_json
from tui.settings.config import ConfigError, config_path, read_config
from tui.words import for_library

SIGNS = {"ok": "✓", "note": "·", "problem": "✗"}
LEAST_COLUMNS, LEAST_ROWS = 40, 10
"""A smaller terminal shows too little to be useful."""


def doctor(folder: Path, options: argparse.Namespace) -> int:
    """Repair what the options name, then print the findings; return the gravest exit status.

    A check that fails or hangs is a finding, and does not affect the others.
    """
    findings: list[Finding] = []
    for found in _findings(folder, options):
        each = replace(found, remedy=for_library(found.remedy, options.library))
        findings.append(each)
        if not options.json:
            print(clean_line(f"{SIGNS[each.level]} {each.check}: {each.text}", 4_000))
            if each.remedy:
                print(f"    {clean_line(each.remedy, 4_000)}")
    if options.json:
        print_json([asdict(each) for each in findings])
    statuses = {each.status for each in findings if each.level == "problem"}
    # Damage first, then a later version, then the rest.
    return next((status for status in (3, 4) if status in statuses), max(statuses, default=0))


def _findings(folder: Path, options: argparse.Namespace) -> Iterator[Finding]:
    checks = Checks()
    syncs: list[Path] = []
    settings = list(checks.make("settings", lambda: _settings(options.config, syncs)))
    sync = next(iter(syncs), None)
    if options.restore:
        yield from checks.make("restore", lambda: _restore(folder), waits=False)
    if options.tidy:
        yield from checks.make("tidy", lambda: _tidy(folder, sync), waits=False)
    yield from settings
    yield from checks.make("rules", lambda: _rules(folder, options.config))
    yield from examine(folder, sync, datetime.now(UTC))
    size = shutil.get_terminal_size()
    encoding = locale.getencoding()
    yield from checks.make(
        "terminal", lambda: terminal(os.environ, size.columns, size.lines, encoding), waits=False
    )


def _settings(config: Path | None, syncs: list[Path]) -> Iterator[Finding]:
    """Check the settings; put the sync folder that they name into `syncs`."""
    path = config or config_path()
    try:
        settings = read_config(config)
        if settings.sync:
            syncs.append(settings.sync)
        if settings.keys or settings.commands:
            from tui.reader.keyboard.keymap import check_keys

            check_keys(settings, config)
    except ConfigError as error:
        yield Finding("settings", "problem", str(error), f"edit {path}", error.status)
    else:
        text = f"{path}" if is_there(path) else f"no file at {path}; defaults apply"
        yield Finding("settings", "ok", text)


def _rules(folder: Path, config: Path | None) -> Iterator[Finding]:
    """Check the rules; settings that can't be read are a finding of their own."""
    try:
        settings = read_config(config)
    except ConfigError:
        return
    if not settings.rules and not has_rules(folder):
        return
    from tui.cli.opening import with_saved_views
    from tui.shared.known_rules import known_rules

    known = known_rules(folder, with_saved_views(settings, folder))
    for problem in known.problems:
        remedy = "correct it there; without that the rule is not run"
        yield Finding("rules", "problem", problem, remedy, 2)
    if not known.problems:
        yield Finding("rules", "ok", f"{len(known.rules):,} to run on new papers")


def terminal(
    environment: Mapping[str, str], columns: int, rows: int, encoding: str
) -> Iterator[Finding]:
    """Yield findings about a terminal by its environment and size."""
    name = environment.get("TERM", "")
    if name in ("", "dumb"):
        text = f"TERM is {name or 'not set'}: the reader can't draw here"
        remedy = "papers-tui triage works here; else export TERM=xterm-256color"
        yield Finding("terminal", "problem", text, remedy, 1)
    elif environment.get("NO_COLOR"):
        yield Finding("terminal", "ok", f"{name}, no colours because NO_COLOR is set")
    else:
        many = environment.get("COLORTERM") in ("truecolor", "24bit")
        count = "16 million" if many else "256" if "256" in name else "16"
        yield Finding("terminal", "ok", f"{name}, {count} colours, {columns} by {rows}")
    if columns < LEAST_COLUMNS or rows < LEAST_ROWS:
        text = f"{columns} by {rows} shows little"
        yield Finding("terminal", "note", text, "enlarge the window")
    if encoding.casefold().replace("-", "") != "utf8":
        text = f"the encoding is {encoding}: the reader draws in ASCII, letters without accents"
        yield Finding("terminal", "note", text, "export LC_ALL=C.UTF-8")
    if "TMUX" in environment:
        text = "tmux passes on copied text only if set up to"
        yield Finding("clipboard", "note", text, "tmux set -g set-clipboard on")
    else:
        yield Finding("clipboard", "note", "copied text is sent to the terminal (OSC 52)")


def _restore(folder: Path) -> tuple[()]:
    """Restore the earlier copy of each damaged or missing file; yields no findings."""
    for path in (*kept_files(folder), *MonthFiles(folder / "papers").months()):
        try:
            check(path, read_file(path), is_state=path.name == STATE)
        except LibraryDamagedError:
            pass
        except LibraryError:
            if is_there(path) or not is_there(backup_path(path)):
                continue
        else:
            continue
        restored = restore(path)
        copy = f"; the damaged file is {restored.damaged}" if restored.damaged else ""
        _say(f"restored {path} as it was on {restored.day}{copy}")
    return ()


def _tidy(folder: Path, sync: Path | None) -> tuple[()]:
    """Remove left-over temporary files, merge duplicate papers, redate marks.

    It yields no findings.
    """
    for path in left_over_temporaries(folder, sync):
        try:
            path.unlink()
        except OSError as error:
            raise PapersError(f"can't remove {path}: {error.strerror}") from error
        _say(f"removed {path}")
    if is_folder(folder / "papers") and (count := MonthFiles(folder / "papers").tidy()):
        _say(f"duplicate papers merged: {count:,}")
    if is_there(folder / STATE) and (count := MarksFile(folder).redate(datetime.now(UTC))):
        _say(f"times too far ahead, changed to today: {count:,}")
    return ()


def _say(text: str) -> None:
    print(clean_line(text, 4_000), file=sys.stderr)
