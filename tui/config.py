"""The settings of this machine, in a TOML file."""

import os
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
    digest: "DigestSettings | None" = None
    """Who gets the digest, and how."""
    read_on_next: bool = True
    """Whether `n` and `p` mark the paper read that they leave."""
    advance_after_mark: bool = False
    """Whether `s`, `r` and `t` in the list go on to the next paper."""
    read_on_dwell: float = 0.0
    """Seconds the cursor rests on a paper until it is marked read; 0 where it never is."""


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
        digest=_digest(path, settings),
        read_on_next=_flag(path, settings, "read_on_next", True),
        advance_after_mark=_flag(path, settings, "advance_after_mark", False),
        read_on_dwell=_seconds(path, settings, "read_on_dwell"),
    )


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


def _digest(path: Path, settings: dict[str, Any]) -> "DigestSettings | None":
    """Return the table `digest`, if there is one."""
    if "digest" not in settings:
        return None
    from store.digest_settings import DigestSettingsError, read_settings  # here as most have none

    try:
        return read_settings(settings["digest"])
    except DigestSettingsError as error:
        raise ConfigError(f"{path}: {error}") from error


def _flag(path: Path, settings: dict[str, Any], name: str, usual: bool) -> bool:
    """Return an option that is on or off."""
    value = settings.get(name, usual)
    if not isinstance(value, bool):
        raise ConfigError(
            f"{path}: {name} takes true or false, as {name} = {str(not usual).lower()}"
        )
    return value


def _seconds(path: Path, settings: dict[str, Any], name: str) -> float:
    """Return an option that is a number of seconds, up to an hour; 0 switches it off."""
    value = settings.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3_600:
        raise ConfigError(f"{path}: {name} takes seconds from 0 to 3600, as {name} = 2.5")
    return float(value)


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
