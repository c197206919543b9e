"""The settings of this machine, in a TOML file; the environment goes before it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import FeedNameError, LibraryError, PapersError
from store.files.folders import is_there

if TYPE_CHECKING:  # what the reader does not need would slow its start
    from store.digest.settings import DigestSettings
    from tui.command_settings import Hooks, OwnCommand
    from tui.notes_settings import NotesSettings
    from tui.open_settings import OpenSettings
    from tui.pdf_settings import PdfSettings
    from tui.rule_settings import RuleEntry
    from tui.zotero_settings import ZoteroSettings


class ConfigError(PapersError):
    """The settings can't be used as they are."""

    status = 2


class _WrongValueError(Exception):
    """An option has a value it can't have; the text says what it takes."""

    def __init__(self, message: str, *keys: str) -> None:
        super().__init__(message)
        self.keys = keys
        """The keys below the option's own that lead to what is wrong."""


ESCAPES = ("clear", "keep", "quit")
"""Esc clears the filter; keeps it; clears it, and leaves where there is none."""


@dataclass(frozen=True, slots=True)
class Config:
    """What can be set; the defaults hold where there is no file."""

    sync: Path | None = None
    """The folder through which machines exchange marks."""
    views: Mapping[str, str] = field(default_factory=dict)
    """Queries by the names that `view:` calls them."""
    feeds: tuple[str, ...] = ()
    """Feeds that are fetched, beside those subscribed to by command."""
    mirrors: Mapping[str, str] = field(default_factory=dict)
    """Addresses to fetch from instead of Hugging Face (`hf`), arXiv and bioRxiv."""
    theme: str = ""
    """The name of a theme; `auto` for light or dark as the terminal is. Empty for the one chosen
    last in the palette, where there is one, else as `auto`."""
    ascii: bool | None = None
    """Whether to draw in ASCII; None for what the terminal's encoding asks for."""
    two_line_titles: bool | None = None
    """Whether titles take two lines where they need them; None for wide terminals only."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by the id of their action, and the name of a `preset`."""
    digest: "DigestSettings | None" = None
    """Who gets the digest, and how."""
    open: "OpenSettings | None" = None
    """Which programs open what the reader does not show."""
    pdf: "PdfSettings | None" = None
    """Where PDFs are kept, and under which names."""
    notes: "NotesSettings | None" = None
    """Where notes are files, and under which names; None where they are not."""
    zotero: "ZoteroSettings | None" = None
    """How papers are to be in Zotero."""
    rules: "tuple[RuleEntry, ...]" = ()
    """The rules of the file, as they stand there; tui.known_rules understands them."""
    foryou_since: str = ""
    """The day (YYYY-MM-DD) from which marks count for `sort:foryou`; empty for all."""
    start: str = ""
    """The query that the reader opens with where none is given; empty for all papers."""
    escape_last: str = ESCAPES[0]
    """What Esc does where nothing is open: one of `ESCAPES`."""
    fetch: float = 0.0
    """Seconds between two fetches while the reader is open; 0 where only a key fetches."""
    commands: "tuple[OwnCommand, ...]" = ()
    """Programs of the user's own that a key or `papers-tui run` starts."""
    hooks: "Hooks | None" = None
    """Programs that run when papers arrive, get a star or a note."""
    watch: bool = False
    """Whether a fetch asks, once a day, what became of starred papers."""
    mouse: bool = True
    """Whether the terminal is asked for what the mouse does."""
    read_on_next: bool = True
    """Whether `n` and `p` mark the paper read that they leave."""
    advance_after_mark: bool = False
    """Whether `s`, `r` and `t` in the list go on to the next paper."""
    read_on_dwell: float = 0.0
    """Seconds the cursor rests on a paper until it is marked read; 0 where it never is."""
    keep_screen: bool = True
    """Whether the reader keeps its last screen, to show it at once at the next start."""
    replacements: str = "show"
    """What becomes of new versions of papers that are out: hide, show or unread."""


VARIABLES = {"sync": "PAPERS_TUI_SYNC"}
"""Variables of the environment that go before the file, by option; empty ones set nothing."""


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A file of settings as it stands: its text, and what TOML makes of it."""

    path: Path
    text: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)

    def line_of(self, *keys: str) -> int | None:
        """Return the number of the line on which the keys that lead to a value are given.

        It is the last that has the name, and before which the file is whole TOML without it.
        """
        import tomllib

        lines = self.text.split("\n")
        for number in range(len(lines), 0, -1):
            if keys[-1] not in lines[number - 1]:
                continue
            try:
                value: Any = tomllib.loads("\n".join(lines[: number - 1]))
            except tomllib.TOMLDecodeError:
                continue
            for key in keys:
                value = value.get(key) if isinstance(value, dict) else None
            if value is None:
                return number
        return None

    def error_at(self, message: str, *keys: str) -> ConfigError:
        """Return the error, where the second of the keys may be the number of a table."""
        if len(keys) < 2 or not keys[1].isdecimal():
            return self.error(message, *keys)
        from tui.table_lines import line_in_table

        return self._error(message, line_in_table(keys[0], int(keys[1]), self.text, *keys[2:]))

    def error(self, message: str, *keys: str) -> ConfigError:
        """Return the error that names file, line and what is wrong there."""
        return self._error(message, self.line_of(*keys))

    def _error(self, message: str, line: int | None) -> ConfigError:
        return ConfigError(f"{self.path}{f', line {line}' if line else ''}: {message}")


def library_folder() -> Path:
    """Return where the library is unless it is named: PAPERS_TUI_LIBRARY, or the platform's."""
    named = os.environ.get("PAPERS_TUI_LIBRARY")
    if named:
        return Path(os.path.expanduser(named))  # pathlib raises where there is no such home
    from platformdirs import user_data_path

    return user_data_path("papers-tui", appauthor=False)


def config_path() -> Path:
    """Return where the settings are: PAPERS_TUI_CONFIG, or in the platform's folder for them."""
    named = os.environ.get("PAPERS_TUI_CONFIG")
    if named:
        return Path(os.path.expanduser(named))  # pathlib raises where there is no such home
    from platformdirs import user_config_path

    return user_config_path("papers-tui", appauthor=False) / "config.toml"


def read_config(path: Path | None = None) -> Config:
    """Return the settings in a file, by default the one at `config_path`, and the environment.

    A file that was asked for has to be there. Raises ConfigError for that, for what is not TOML,
    and for options that are unknown or have a wrong value.
    """
    file = read_file(path)
    for name in file.options:
        if name not in _READERS:
            known = ", ".join(_READERS)
            raise file.error(f"there is no option {name}; known: {known}", name)
    values: dict[str, Any] = {}
    for name, read in _READERS.items():
        variable = VARIABLES.get(name, "")
        try:
            if value := os.environ.get(variable):
                values[name] = read(Path(), value)
            elif name in file.options:
                values[name] = read(file.path.parent, file.options[name])
        except _WrongValueError as error:
            if value:
                raise ConfigError(f"{variable}: {error}") from error
            raise file.error_at(str(error), name, *error.keys) from error
    if "rules" in values:
        from tui.rule_settings import with_places

        values["rules"] = with_places(values["rules"], file.path, file.text)
    if "commands" in values:
        from tui.command_settings import with_places as placed

        values["commands"] = placed(values["commands"], file.path, file.text)
    return Config(**values)


def read_file(path: Path | None = None) -> ConfigFile:
    """Return what stands in the file of settings; ConfigError as `read_config`."""
    named = path or os.environ.get("PAPERS_TUI_CONFIG")
    path = path or config_path()
    try:
        if not named and not is_there(path):
            return ConfigFile(path)
    except LibraryError as error:
        raise ConfigError(str(error)) from error
    import tomllib  # here because most have no file, and it takes as long as a folder of papers

    try:
        text = path.read_text(encoding="utf-8")
        return ConfigFile(path, text, tomllib.loads(text))
    except OSError as error:
        raise ConfigError(f"can't read {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error


def _views(folder: Path, views: object) -> dict[str, str]:
    """Return the queries of the table `views`, each of which can be understood."""
    if not isinstance(views, dict) or not all(isinstance(text, str) for text in views.values()):
        raise _WrongValueError('views takes queries by name, as [views] and inbox = "is:unread"')
    if views:
        from store.query.syntax import parse  # here because most have no views
        from store.views.known import known_views, queries_by_name

        known = queries_by_name(known_views(views, ()))
        for name, text in views.items():
            if problems := parse(text, views=known).problems:
                raise _WrongValueError(f"the view {name}: {problems[0].message}", name)
    return views


def _feeds(folder: Path, names: object) -> tuple[str, ...]:
    """Return the names of feeds, each of which can be fetched."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _WrongValueError('feeds takes names in a list, as feeds = ["hf", "arxiv:cs.CL"]')
    if names:
        from store.fetching.sources import Mirrors, find_source  # here because most have none

        try:
            return tuple(find_source(name, Mirrors()).name for name in names)
        except FeedNameError as error:
            raise _WrongValueError(f"feeds: {error}") from error
    return ()


def _mirrors(folder: Path, mirrors: object) -> dict[str, str]:
    """Return the addresses of the table `mirrors`."""
    if not isinstance(mirrors, dict) or not all(
        name in ("hf", "arxiv", "biorxiv", "doi") and isinstance(address, str)
        for name, address in mirrors.items()
    ):
        raise _WrongValueError(
            'mirrors takes addresses of hf, arxiv, biorxiv and doi, as [mirrors] and hf = "https://…"'
        )
    if mirrors:
        from store.fetching.sources import find_mirrors  # here because most have none

        try:
            find_mirrors(mirrors)
        except FeedNameError as error:
            raise _WrongValueError(str(error)) from error
    return mirrors


def _theme(folder: Path, theme: object) -> str:
    """Return the name of a theme that there is."""
    from tui.theme_names import AUTO, THEMES

    if not isinstance(theme, str) or theme not in ("", AUTO, *THEMES):
        known = ", ".join((*THEMES, AUTO))
        raise _WrongValueError(f"there is no theme {theme!r}; known: {known}")
    return theme


def _keys(folder: Path, table: object) -> dict[str, str]:
    """Return the keys of actions by id, those of a preset among them."""
    from tui.key_presets import read_keys

    try:
        return read_keys(table)
    except ValueError as error:
        raise _WrongValueError(f"keys: {error.args[0]}", *error.args[1:]) from error


def _digest(folder: Path, table: object) -> "DigestSettings":
    """Return the table `digest`."""
    from store.digest.settings import DigestSettingsError, read_settings  # here as most have none

    try:
        return read_settings(table)
    except DigestSettingsError as error:
        raise _WrongValueError(str(error), *filter(None, [error.option])) from error


def _open(folder: Path, table: object) -> "OpenSettings":
    """Return the table `open`."""
    from tui.open_settings import OpenSettingsError, read_open  # here as most have none

    try:
        return read_open(table)
    except OpenSettingsError as error:
        raise _WrongValueError(str(error), *filter(None, [error.option])) from error


def _fetch(folder: Path, table: object) -> float:
    """Return how often is fetched while the reader is open, in seconds; 0 for never."""
    from tui.fetch_settings import FetchSettingsError, read_every  # here as most have none

    try:
        return read_every(table)
    except FetchSettingsError as error:
        raise _WrongValueError(str(error), *filter(None, [error.option])) from error


def _watch(folder: Path, table: object) -> bool:
    """Return whether starred papers are watched; the table alone says so."""
    if not isinstance(table, dict) or not isinstance(table.get("starred", True), bool):
        raise _WrongValueError("watch takes a table, as [watch] and starred = true")
    if unknown := [name for name in table if name != "starred"]:
        raise _WrongValueError(f"watch has no {unknown[0]}, only starred", unknown[0])
    return bool(table.get("starred", True))


def _pdf(folder: Path, table: object) -> "PdfSettings":
    """Return the table `pdf`."""
    from tui.folder_settings import FolderSettingsError  # here as most have none, as the next
    from tui.pdf_settings import read_pdf_settings

    try:
        return read_pdf_settings(folder, table)
    except FolderSettingsError as error:
        raise _WrongValueError(str(error), *filter(None, [error.option])) from error


def _notes(folder: Path, table: object) -> "NotesSettings":
    """Return the table `notes`."""
    from tui.folder_settings import FolderSettingsError  # here as most have none, as the next
    from tui.notes_settings import read_notes_settings

    try:
        return read_notes_settings(folder, table)
    except FolderSettingsError as error:
        raise _WrongValueError(str(error), *filter(None, [error.option])) from error


def _zotero(folder: Path, table: object) -> "ZoteroSettings":
    """Return the table `zotero`."""
    from tui.zotero_settings import ZoteroSettingsError, read_zotero_settings  # most have none

    try:
        return read_zotero_settings(table)
    except ZoteroSettingsError as error:
        raise _WrongValueError(str(error), *filter(None, [error.option])) from error


def _rules(folder: Path, rules: object) -> "tuple[RuleEntry, ...]":
    """Return the tables `rules` as they stand; one that is wrong is told of where they are run."""
    from tui.rule_settings import RuleEntry  # here because most have none

    if not isinstance(rules, list) or not all(isinstance(each, dict) for each in rules):
        raise _WrongValueError('rules takes tables, as [[rules]] and query = "title:survey"')
    return tuple(RuleEntry(each) for each in rules)


def _commands(folder: Path, tables: object) -> "tuple[OwnCommand, ...]":
    """Return the tables `commands`."""
    from tui.command_settings import CommandSettingsError, read_commands  # as most have none

    try:
        return read_commands(tables)
    except CommandSettingsError as error:
        raise _WrongValueError(str(error), *error.keys) from error


def _hooks(folder: Path, table: object) -> "Hooks":
    """Return the table `hooks`."""
    from tui.command_settings import CommandSettingsError, read_hooks  # here as most have none

    try:
        return read_hooks(table)
    except CommandSettingsError as error:
        raise _WrongValueError(str(error), *error.keys) from error


def _flag(name: str) -> Callable[[Path, object], bool]:
    """Return what reads an option that is on or off."""

    def read(folder: Path, value: object) -> bool:
        if not isinstance(value, bool):
            raise _WrongValueError(f"{name} takes true or false, as {name} = true")
        return value

    return read


def _foryou_since(folder: Path, value: object) -> str:
    """Return a day in ISO's form; TOML also has days without quotes."""
    day = value if type(value) is date else None
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value) if len(value) == len("2025-08-01") else None
        except ValueError:
            day = None
    if day is None:
        raise _WrongValueError('foryou_since takes a day, as foryou_since = "2025-08-01"')
    return day.isoformat()


def _start(folder: Path, value: object) -> str:
    """Return a query that can be understood; views may be named that are saved elsewhere."""
    if not isinstance(value, str):
        raise _WrongValueError('start takes a query in quotes, as start = "is:unread"')
    if value and "view:" not in value:
        from store.query.syntax import parse  # here because most start with all papers

        if problems := parse(value).problems:
            raise _WrongValueError(f"start: {problems[0].message}")
    return value


def _escape_last(folder: Path, value: object) -> str:
    if value not in ESCAPES:
        raise _WrongValueError('escape_last takes "clear", "keep" or "quit"')
    return str(value)


def _dwell(folder: Path, value: object) -> float:
    """Return a number of seconds, up to an hour."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3_600:
        raise _WrongValueError("read_on_dwell takes seconds from 0 to 3600, as read_on_dwell = 2.5")
    return float(value)


def _replacements(folder: Path, value: object) -> str:
    """Return a rule of store.replacements, which is not imported for its names alone."""
    if value not in ("hide", "show", "unread"):
        raise _WrongValueError(
            'replacements takes "hide", "show" or "unread", as replacements = "hide"'
        )
    return str(value)


def _sync(folder: Path, value: object) -> Path:
    """Return the folder for marks; a relative one starts at `folder`."""
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise _WrongValueError('sync takes a folder in quotes, as sync = "~/Sync/papers"')
    try:
        return folder / Path(value).expanduser()
    except RuntimeError as error:
        raise _WrongValueError(f"sync: there is no home folder for {value}") from error


_READERS: dict[str, Callable[[Path, object], Any]] = {
    "sync": _sync,
    "views": _views,
    "feeds": _feeds,
    "mirrors": _mirrors,
    "theme": _theme,
    "ascii": _flag("ascii"),
    "two_line_titles": _flag("two_line_titles"),
    "keys": _keys,
    "digest": _digest,
    "open": _open,
    "pdf": _pdf,
    "notes": _notes,
    "zotero": _zotero,
    "rules": _rules,
    "foryou_since": _foryou_since,
    "start": _start,
    "escape_last": _escape_last,
    "fetch": _fetch,
    "commands": _commands,
    "hooks": _hooks,
    "watch": _watch,
    "mouse": _flag("mouse"),
    "read_on_next": _flag("read_on_next"),
    "advance_after_mark": _flag("advance_after_mark"),
    "keep_screen": _flag("keep_screen"),
    "read_on_dwell": _dwell,
    "replacements": _replacements,
}
"""How the value of each option is read; relative paths start at the folder given."""
