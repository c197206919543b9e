"""Read the value of each option of the settings."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import FeedNameError
from tui.settings.tables import RuleEntry, WrongValueError

if TYPE_CHECKING:  # each is imported only if its option is set
    from store.digest.settings import DigestSettings
    from tui.settings.commands import Hooks, OwnCommand
    from tui.settings.files import NotesSettings, PdfSettings
    from tui.settings.programs import OpenSettings, ZoteroSettings
    from tui.settings.services import WatchSettings

IMAGES = ("auto", "kitty", "sixel", "blocks", "off")
ESCAPES = ("clear", "keep", "quit")
"""Esc clears the filter; keeps it; clears it, or quits if there is none."""


def _views(folder: Path, views: object) -> dict[str, str]:
    """Return the queries of the table `views`, each checked."""
    if not isinstance(views, dict) or not all(isinstance(text, str) for text in views.values()):
        raise WrongValueError(
            'views takes queries by name, such as [views] and inbox = "is:unread"'
        )
    if views:
        from store.query.syntax import parse  # here because most have no views
        from store.views.known import known_views, queries_by_name

        known = queries_by_name(known_views(views, ()))
        for name, text in views.items():
            if problems := parse(text, views=known).problems:
                raise WrongValueError(f"the view {name}: {problems[0].message}", name)
    return views


def _feeds(folder: Path, names: object) -> tuple[str, ...]:
    """Return the names of feeds, each checked."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise WrongValueError('feeds takes names in a list, such as feeds = ["hf", "arxiv:cs.CL"]')
    if names:
        from store.fetching.sources import Mirrors, find_source  # here because most have none

        try:
            return tuple(find_source(name, Mirrors()).name for name in names)
        except FeedNameError as error:
            raise WrongValueError(f"feeds: {error}") from error
    return ()


def _mirrors(folder: Path, mirrors: object) -> dict[str, str]:
    """Return the addresses of the table `mirrors`."""
    from store.fetching.sources import MIRRORED, find_mirrors  # here because most have none

    if not isinstance(mirrors, dict) or not all(
        name in MIRRORED and isinstance(address, str) for name, address in mirrors.items()
    ):
        known = ", ".join(MIRRORED)
        raise WrongValueError(
            f'mirrors takes addresses of {known}, such as [mirrors] and hf = "https://…"'
        )
    try:
        find_mirrors(mirrors)
    except FeedNameError as error:
        raise WrongValueError(str(error)) from error
    return mirrors


def _theme(folder: Path, theme: object) -> str:
    """Return the name of a theme, checked."""
    from tui.settings.theme_names import AUTO, THEMES

    if not isinstance(theme, str) or theme not in ("", AUTO, *THEMES):
        from store.text.messages import choices

        known = choices(str(theme), (*THEMES, AUTO))
        raise WrongValueError(f"there is no theme {theme!r}; {known}")
    return theme


def _keys(folder: Path, table: object) -> dict[str, str]:
    """Return the keys of actions by id, and perhaps a preset."""
    from tui.settings.key_presets import read_keys

    try:
        return read_keys(table)
    except ValueError as error:
        raise WrongValueError(f"keys: {error.args[0]}", *error.args[1:]) from error


def _digest(folder: Path, table: object) -> "DigestSettings":
    """Return the table `digest`."""
    from store.digest.settings import DigestSettingsError, read_settings  # here as most have none

    try:
        return read_settings(table)
    except DigestSettingsError as error:
        raise WrongValueError(str(error), *filter(None, [error.option])) from error


def _open(folder: Path, table: object) -> "OpenSettings":
    from tui.settings.programs import read_open

    return read_open(table)


def _fetch(folder: Path, table: object) -> float:
    from tui.settings.services import read_every

    return read_every(table)


def _watch(folder: Path, table: object) -> "WatchSettings":
    from tui.settings.services import read_watch_settings

    return read_watch_settings(table)


def _pdf(folder: Path, table: object) -> "PdfSettings":
    from tui.settings.files import read_pdf_settings

    return read_pdf_settings(folder, table)


def _notes(folder: Path, table: object) -> "NotesSettings":
    from tui.settings.files import read_notes_settings

    return read_notes_settings(folder, table)


def _zotero(folder: Path, table: object) -> "ZoteroSettings":
    from tui.settings.programs import read_zotero_settings

    return read_zotero_settings(table)


def _rules(folder: Path, rules: object) -> tuple[RuleEntry, ...]:
    """Return the tables `rules` as they stand: wrong ones are reported where rules are run."""
    if not isinstance(rules, list) or not all(isinstance(each, dict) for each in rules):
        raise WrongValueError('rules takes tables, such as [[rules]] and query = "title:survey"')
    return tuple(RuleEntry(each) for each in rules)


def _commands(folder: Path, table: object) -> "tuple[OwnCommand, ...]":
    from tui.settings.commands import read_commands

    return read_commands(table)


def _hooks(folder: Path, table: object) -> "Hooks":
    from tui.settings.commands import read_hooks

    return read_hooks(table)


def _flag(name: str) -> Callable[[Path, object], bool]:
    """Return a function that reads an option that is on or off."""

    def read(folder: Path, value: object) -> bool:
        if not isinstance(value, bool):
            raise WrongValueError(f"{name} takes true or false, such as {name} = true")
        return value

    return read


def _foryou_since(folder: Path, value: object) -> str:
    """Return a day in ISO format; TOML also has days without quotes."""
    day = value if type(value) is date else None
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value) if len(value) == len("2025-08-01") else None
        except ValueError:
            day = None
    if day is None:
        raise WrongValueError('foryou_since takes a day, such as foryou_since = "2025-08-01"')
    return day.isoformat()


def _start(folder: Path, value: object) -> str:
    """Return a query, checked unless it names views, which may be saved elsewhere."""
    if not isinstance(value, str):
        raise WrongValueError('start takes a query in quotes, such as start = "is:unread"')
    if value and "view:" not in value:
        from store.query.syntax import parse  # here because most start with all papers

        if problems := parse(value).problems:
            raise WrongValueError(f"start: {problems[0].message}")
    return value


def _escape_last(folder: Path, value: object) -> str:
    if value not in ESCAPES:
        raise WrongValueError('escape_last takes "clear", "keep" or "quit"')
    return str(value)


def _images(folder: Path, value: object) -> str:
    if value not in IMAGES:
        known = ", ".join(f'"{each}"' for each in IMAGES)
        raise WrongValueError(f'images takes one of {known}, such as images = "blocks"')
    return str(value)


def _dwell(folder: Path, value: object) -> float:
    """Return a number of seconds, up to an hour."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3_600:
        raise WrongValueError(
            "read_on_dwell takes seconds from 0 to 3600, such as read_on_dwell = 2.5"
        )
    return float(value)


def _replacements(folder: Path, value: object) -> str:
    """Return a choice of store.replacements, which is not imported for three names."""
    if value not in ("hide", "show", "unread"):
        raise WrongValueError(
            'replacements takes "hide", "show" or "unread", such as replacements = "hide"'
        )
    return str(value)


def _sync(folder: Path, value: object) -> Path:
    """Return the folder for marks; a relative one starts at `folder`."""
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise WrongValueError('sync takes a folder in quotes, such as sync = "~/Sync/papers"')
    try:
        return folder / Path(value).expanduser()
    except RuntimeError as error:
        raise WrongValueError(f"sync: there is no home folder for {value}") from error


READERS: dict[str, Callable[[Path, object], Any]] = {
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
    "images": _images,
    "replacements": _replacements,
}
"""The function that reads each option; relative paths start at its folder."""
