"""The settings of this machine, in a TOML file; the environment goes before it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import LibraryError, PapersError
from store.files.folders import is_there

if TYPE_CHECKING:  # what the reader does not need would slow its start
    from store.digest.settings import DigestSettings
    from store.fetching.sources import Mirrors
    from tui.settings.commands import Hooks, OwnCommand
    from tui.settings.files import NotesSettings, PdfSettings
    from tui.settings.programs import OpenSettings, ZoteroSettings
    from tui.settings.services import WatchSettings
    from tui.settings.tables import RuleEntry


class ConfigError(PapersError):
    """The settings can't be used as they are."""

    status = 2


@dataclass(frozen=True, slots=True)
class Config:
    """What can be set; defaults apply if there is no file."""

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
    last in the palette, if there is one, else as `auto`."""
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
    """Where notes are files, and under which names; None if they are not."""
    zotero: "ZoteroSettings | None" = None
    """How papers are to be in Zotero."""
    rules: "tuple[RuleEntry, ...]" = ()
    """The rules of the file, as they are there; tui.shared.known_rules understands them."""
    foryou_since: str = ""
    """The day (YYYY-MM-DD) from which marks count for `sort:foryou`; empty for all."""
    start: str = ""
    """The query that the reader opens with if none is given; empty for all papers."""
    escape_last: str = "clear"
    """What Esc does if nothing is open: `clear` the filter, `keep` it, `quit`."""
    fetch: float = 0.0
    """Seconds between two fetches while the reader is open; 0 if only a key fetches."""
    commands: "tuple[OwnCommand, ...]" = ()
    """Programs of the user's own that a key or `papers-tui run` starts."""
    hooks: "Hooks | None" = None
    """Programs that run when papers arrive, get a star or a note."""
    watch: "WatchSettings | None" = None
    """Whether a fetch asks, once a day, what became of starred papers; None if it does not."""
    mouse: bool = True
    """Whether the terminal is asked for what the mouse does."""
    read_on_next: bool = True
    """Whether `n` and `p` mark the paper read that they leave."""
    advance_after_mark: bool = False
    """Whether `s`, `r` and `t` in the list go on to the next paper."""
    read_on_dwell: float = 0.0
    """Seconds the cursor rests on a paper until it is marked read; 0 if it never is."""
    keep_screen: bool = True
    """Whether the reader keeps its last screen, to show it at once at the next start."""
    images: str = "auto"
    """How pictures are shown in texts: auto, kitty, sixel, blocks or off."""
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
        from tui.settings.tables import line_in_table

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
        return Path(os.path.expanduser(named))  # pathlib raises if there is no such home
    from platformdirs import user_data_path

    return user_data_path("papers-tui", appauthor=False)


def config_path() -> Path:
    """Return where the settings are: PAPERS_TUI_CONFIG, or in the platform's folder for them."""
    named = os.environ.get("PAPERS_TUI_CONFIG")
    if named:
        return Path(os.path.expanduser(named))  # pathlib raises if there is no such home
    from platformdirs import user_config_path

    return user_config_path("papers-tui", appauthor=False) / "config.toml"


def read_config(path: Path | None = None) -> Config:
    """Return the settings in a file, by default the one at `config_path`, and the environment.

    A file that was asked for has to be there. Raises ConfigError for that, for what is not TOML,
    and for options that are unknown or have a wrong value.
    """
    file = read_file(path)
    if not file.options and not any(map(os.environ.get, VARIABLES.values())):
        return Config()
    from tui.settings.option_readers import READERS
    from tui.settings.tables import WrongValueError, places_of

    for name in file.options:
        if name not in READERS:
            from store.text.messages import choices

            raise file.error(f"there is no option {name}; {choices(name, READERS)}", name)
    values: dict[str, Any] = {}
    for name, read in READERS.items():
        variable = VARIABLES.get(name, "")
        try:
            if value := os.environ.get(variable):
                values[name] = read(Path(), value)
            elif name in file.options:
                values[name] = read(file.path.parent, file.options[name])
        except WrongValueError as error:
            if value:
                raise ConfigError(f"{variable}: {error}") from error
            raise file.error_at(str(error), name, *error.keys) from error
    for name in values.keys() & {"rules", "commands"}:
        places = places_of(name, len(values[name]), file.path, file.text)
        values[name] = tuple(
            replace(entry, where=place) for entry, place in zip(values[name], places, strict=True)
        )
    return Config(**values)


def read_file(path: Path | None = None) -> ConfigFile:
    """Return what is in the file of settings; ConfigError as `read_config`."""
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


def chosen_mirrors(config: Config) -> "Mirrors":
    """Return where to fetch from; FeedNameError for what is not an address."""
    from store.fetching.sources import find_mirrors  # here because few need it

    environment = {"hf": os.environ.get("HF_ENDPOINT"), "arxiv": os.environ.get("PAPERS_TUI_ARXIV")}
    named = {name: address for name, address in environment.items() if address}
    return find_mirrors({**named, **config.mirrors})
