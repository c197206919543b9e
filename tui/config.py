"""The settings of this machine, in a TOML file."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import FeedNameError, PapersError

if TYPE_CHECKING:  # what the reader does not need would slow its start
    from store.digest_settings import DigestSettings


class ConfigError(PapersError):
    """The settings can't be used as they are."""

    status = 2


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
    """Addresses to fetch from instead of Hugging Face (`hf`) and arXiv (`arxiv`)."""
    theme: str = ""
    """The name of a theme; empty for what was chosen last, or fits the terminal."""
    ascii: bool | None = None
    """Whether to draw in ASCII; None for what the terminal's encoding asks for."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by the id of their action, and the name of a `preset`."""
    digest: "DigestSettings | None" = None
    """Who gets the digest, and how."""


def config_path() -> Path:
    """Return where the settings are: PAPERS_TUI_CONFIG, or in the platform's folder for them."""
    named = os.environ.get("PAPERS_TUI_CONFIG")
    if named:
        return Path(os.path.expanduser(named))  # pathlib raises where there is no such home
    from platformdirs import user_config_path

    return user_config_path("papers-tui", appauthor=False) / "config.toml"


def read_config(path: Path | None = None) -> Config:
    """Return the settings in a file, by default the one at `config_path`.

    A file that was asked for has to be there. Raises ConfigError for that, for what is not TOML,
    and for options that are unknown or have a wrong value.
    """
    named = path or os.environ.get("PAPERS_TUI_CONFIG")
    path = path or config_path()
    if not named and not path.exists():
        return Config()
    import tomllib  # here because most have no file, and it takes as long as a folder of papers

    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"can't read {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error
    known = [option.name for option in fields(Config)]
    for name in settings:
        if name not in known:
            raise ConfigError(f"{path}: there is no option {name}; known: {', '.join(known)}")
    return Config(
        sync=_folder(path, settings, "sync"),
        views=_views(path, settings),
        feeds=_feeds(path, settings),
        mirrors=_mirrors(path, settings),
        theme=_theme(path, settings),
        ascii=_ascii(path, settings),
        keys=_keys(path, settings),
        digest=_digest(path, settings),
    )


def check_keys(config: Config, file: Path | None = None) -> None:
    """Raise ConfigError where the keys in a file of settings can't be used.

    Apart from reading them: it takes Textual and all screens to know what there is.
    """
    if not config.keys:
        return
    from tui.keymap import WrongKeysError, checked_keys

    try:
        checked_keys(config.keys)
    except WrongKeysError as error:
        path = file or config_path()
        raise ConfigError(f"{path}{_line_of_key(path, error.name)}: keys: {error}") from error


def _line_of_key(path: Path, name: str) -> str:
    """Return ", line 3" for an entry in the table of keys; nothing where it can't be told."""
    forms = (name, name.rpartition(".")[2], "keys")
    lines = list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    begin = next((n for n, line in lines if re.match(r"\s*\[?\s*keys\b", line)), 1)
    for form in forms:
        entry = re.compile(rf"""\s*(?:keys\.)?["']?{re.escape(form)}["']?\s*=""")
        for number, line in lines[begin - 1 :]:
            if entry.match(line):
                return f", line {number}"
    return ""


def _views(path: Path, settings: dict[str, Any]) -> dict[str, str]:
    """Return the queries of the table `views`, each of which can be understood."""
    views = settings.get("views", {})
    if not isinstance(views, dict) or not all(isinstance(text, str) for text in views.values()):
        raise ConfigError(
            f'{path}: views takes queries by name, as [views] and inbox = "is:unread"'
        )
    if views:
        from store.query import parse  # here because most have no views

        for name, text in views.items():
            if problems := parse(text, views=views).problems:
                raise ConfigError(f"{path}: the view {name}: {problems[0].message}")
    return views


def _feeds(path: Path, settings: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of feeds, each of which can be fetched."""
    names = settings.get("feeds", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ConfigError(f'{path}: feeds takes names in a list, as feeds = ["hf", "arxiv:cs.CL"]')
    if names:
        from store.fetching.sources import Mirrors, find_source  # here because most have none

        try:
            return tuple(find_source(name, Mirrors()).name for name in names)
        except FeedNameError as error:
            raise ConfigError(f"{path}: feeds: {error}") from error
    return ()


def _mirrors(path: Path, settings: dict[str, Any]) -> dict[str, str]:
    """Return the addresses of the table `mirrors`."""
    mirrors = settings.get("mirrors", {})
    if not isinstance(mirrors, dict) or not all(
        name in ("hf", "arxiv") and isinstance(address, str) for name, address in mirrors.items()
    ):
        raise ConfigError(
            f'{path}: mirrors takes addresses of hf and arxiv, as [mirrors] and hf = "https://…"'
        )
    if mirrors:
        from store.fetching.sources import find_mirrors  # here because most have none

        try:
            find_mirrors(mirrors)
        except FeedNameError as error:
            raise ConfigError(f"{path}: {error}") from error
    return mirrors


def _theme(path: Path, settings: dict[str, Any]) -> str:
    """Return the name of a theme that there is."""
    from tui.theme_names import THEMES

    theme: str = settings.get("theme", "")
    if theme not in ("", *THEMES):
        raise ConfigError(f"{path}: there is no theme {theme!r}; known: {', '.join(THEMES)}")
    return theme


def _ascii(path: Path, settings: dict[str, Any]) -> bool | None:
    value = settings.get("ascii")
    if value is not None and not isinstance(value, bool):
        raise ConfigError(f"{path}: ascii takes true or false")
    return value


def _keys(path: Path, settings: dict[str, Any]) -> dict[str, str]:
    from tui.key_presets import read_keys

    try:
        return read_keys(settings.get("keys", {}))
    except ValueError as error:
        raise ConfigError(f"{path}: keys: {error.args[0]}") from error


def _digest(path: Path, settings: dict[str, Any]) -> "DigestSettings | None":
    """Return the table `digest`, if there is one."""
    if "digest" not in settings:
        return None
    from store.digest_settings import DigestSettingsError, read_settings  # here as most have none

    try:
        return read_settings(settings["digest"])
    except DigestSettingsError as error:
        raise ConfigError(f"{path}: {error}") from error


def _folder(path: Path, settings: dict[str, Any], name: str) -> Path | None:
    """Return an option that is a folder; a relative one starts at the file's own folder."""
    value = settings.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ConfigError(f'{path}: {name} takes a folder in quotes, as {name} = "~/Sync/papers"')
    try:
        return path.parent / Path(value).expanduser()
    except RuntimeError as error:
        raise ConfigError(f"{path}: {name}: there is no home folder for {value}") from error
