"""The command `config`: the settings in effect, their sources, and a first file of settings."""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from importlib.resources import files
from pathlib import Path

from store.errors import PapersError, QueryError
from store.files.disk import DISK, Disk
from store.files.folders import is_there
from store.text.clean import clean_line, clean_text
from tui.cli.console import print_json
from tui.settings.config import VARIABLES, ConfigFile, config_path, read_config, read_file

FOLDERS = {"library": "PAPERS_TUI_LIBRARY", "config": "PAPERS_TUI_CONFIG"}
"""Variables for paths that can't be set in the file."""

FIRST_FILE = files("tui.settings").joinpath("first_file.toml").read_text("utf-8")
"""What `config init` writes: every option with its meaning."""


SECRETS = {("watch", "semantic_scholar_key")}
"""Secrets that are not shown, by table and option."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting in effect."""

    name: str
    value: str
    source: str
    """Where it comes from: option, environment, file or default."""
    place: str = ""
    """The option, variable or line."""


def config(action: str, library: Path, library_named: bool, file: Path | None, json: bool) -> int:
    """Print the settings or the path of their file, or write such a file."""
    if json and action != "show":
        raise QueryError(f"--json is for show, not for {action}", 0)
    if action == "path":
        print(clean_text(str(file or config_path())))
        return 0
    if action == "init":
        return init(file or config_path())
    rows = list(settings(library, library_named, file))
    if json:
        print_json([asdict(row) for row in rows])
    else:
        width = max(len(row.name) for row in rows)
        for row in rows:
            place = f" {row.place}" if row.place else ""
            print(f"{row.name:<{width}}  {row.value or '(none)'}  [{row.source}{place}]")
    known = {*FOLDERS.values(), *VARIABLES.values()}
    for name in sorted(os.environ):
        if name.startswith("PAPERS_TUI_") and name not in known:
            warning = f"{clean_line(name)} sets nothing; known: {', '.join(sorted(known))}"
            print(f"papers-tui: {warning}", file=sys.stderr)
    return 0


def init(path: Path, disk: Disk = DISK) -> int:
    """Write a settings file that sets nothing; PapersError if there is one already."""
    if is_there(path) or path.is_symlink():
        raise PapersError(f"{path} exists already; not changed")
    try:
        disk.make_folder(path.parent)
        disk.replace_any_file(path, FIRST_FILE.encode())
    except OSError as error:
        raise PapersError(f"can't write {path}: {error.strerror}") from error
    print(f"wrote {clean_line(str(path), 4_000)}")
    return 0


def settings(library: Path, library_named: bool, file: Path | None) -> Iterator[Setting]:
    """Yield all settings in effect; ConfigError if the file is wrong."""
    where = {"library": (library, library_named), "config": (file or config_path(), bool(file))}
    for name, (path, named) in where.items():
        variable = FOLDERS[name]
        if named:
            yield Setting(name, _words(path), "option", f"--{name}")
        elif os.environ.get(variable):
            yield Setting(name, _words(path), "environment", variable)
        else:
            yield Setting(name, _words(path), "default")
    held = read_config(file)
    written = read_file(file)
    for option in fields(held):
        name = option.name
        table = written.options.get(name)
        if os.environ.get(VARIABLES.get(name, "")):
            yield Setting(name, _words(getattr(held, name)), "environment", VARIABLES[name])
        elif isinstance(table, dict) and table:
            for key, value in table.items():
                shown = "(a key)" if value and (name, key) in SECRETS else value
                yield _from_file(written, shown, name, key)
        else:
            yield _from_file(written, getattr(held, name), name)


def _from_file(file: ConfigFile, value: object, *keys: str) -> Setting:
    """Return a setting with the line that sets it, or as a default if the file does not set it."""
    name = clean_line(".".join(keys))
    given: object = file.options
    for key in keys:
        given = given.get(key) if isinstance(given, Mapping) else None
    if given is None:
        return Setting(name, _words(value), "default")
    line = file.line_of(*keys)
    return Setting(name, _words(value), "file", f"line {line}" if line else "")


def _words(value: object) -> str:
    """Return a value as text; empty if there is none."""
    if isinstance(value, bool):
        return str(value).lower()
    text = (
        ", ".join(map(str, value))
        if isinstance(value, tuple | list)
        else str(value)
        if value
        else ""
    )
    return clean_line(text, 4_000)
