"""The settings of this machine: a TOML file, which variables of the environment override."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import LibraryError, PapersError
from store.files.folders import is_there

if TYPE_CHECKING:  # importing what the reader does not need would slow its start
    from store.digest.settings import DigestSettings
    from store.fetching.sources import Mirrors
    from tui.settings.commands import Hooks, OwnCommand
    from tui.settings.files import NotesSettings, PdfSettings
    from tui.settings.programs import OpenSettings, ZoteroSettings
    from tui.settings.services import WatchSettings
    from tui.settings.tables import RuleEntry


class ConfigError(PapersError):
    """The settings are wrong."""

    status = 2


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; the defaults apply if there is no file."""

    sync: Path | None = None
    """The folder through which machines exchange marks."""
    views: Mapping[str, str] = field(default_factory=dict)
    """Queries by their names in `view:`."""
    feeds: tuple[str, ...] = ()
    """Feeds that are fetched in addition to subscriptions made by command."""
    mirrors: Mapping[str, str] = field(default_factory=dict)
    """Addresses to fetch from instead of Hugging Face (`hf`), arXiv and bioRxiv."""
    theme: str = ""
    """The name of a theme; `auto` is light or dark like the terminal. Empty: the one chosen last in
    the palette, else `auto`."""
    ascii: bool | None = None
    """Whether to draw in ASCII; None if the terminal's encoding decides."""
    two_line_titles: bool | None = None
    """Whether long titles take two lines; None if the width of the terminal decides."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by the id of their action, and perhaps a `preset`."""
    digest: "DigestSettings | None" = None
    """Who gets the digest, and how."""
    open: "OpenSettings | None" = None
    """The programs that open addresses, PDFs and notes."""
    pdf: "PdfSettings | None" = None
    """The folder of PDFs, and the names of the files."""
    notes: "NotesSettings | None" = None
    """The folder of notes, and the names of the files; None if notes are no files."""
    zotero: "ZoteroSettings | None" = None
    """How papers are sent to Zotero."""
    rules: "tuple[RuleEntry, ...]" = ()
    """The rules as they are in the file; tui.shared.known_rules reads them."""
    foryou_since: str = ""
    """The day (YYYY-MM-DD) from which marks count for `sort:foryou`; empty for all."""
    start: str = ""
    """The query that the reader opens with if none is given; empty for all papers."""
    escape_last: str = "clear"
    """What Esc does if nothing is open: `clear` the filter, `keep` it, `quit`."""
    fetch: float = 0.0
    """Seconds between two fetches while the reader is open; 0 to fetch only by key."""
    commands: "tuple[OwnCommand, ...]" = ()
    """The user's own programs, which a key or `papers-tui run` starts."""
    hooks: "Hooks | None" = None
    """Programs that run when papers arrive, get a star or a note."""
    watch: "WatchSettings | None" = None
    """Whether a fetch looks for news of starred papers once a day; None if it does not."""
    mouse: bool = True
    """Whether the reader uses the mouse."""
    read_on_next: bool = True
    """Whether `n` and `p` mark the paper they leave as read."""
    advance_after_mark: bool = False
    """Whether `s`, `r` and `t` in the list move on to the next paper."""
    read_on_dwell: float = 0.0
    """Seconds until the paper under the cursor is marked read; 0 for never."""
    keep_screen: bool = True
    """Whether the reader saves its last screen, to show it at once at the next start."""
    images: str = "auto"
    """How pictures are shown in texts: auto, kitty, sixel, blocks or off."""
    replacements: str = "show"
    """What happens to new versions of published papers: hide, show or unread."""


VARIABLES = {"sync": "PAPERS_TUI_SYNC"}
"""Variables that override an option of the file; empty ones set nothing."""


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A file of settings: its text, and its options as TOML reads them."""

    path: Path
    text: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)

    def line_of(self, *keys: str) -> int | None:
        """Return the number of the line that sets the value to which the keys lead.

        It is the last line with the name before which the file is valid TOML without the value.
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
        """Return an error at a value; the second key may be the number of a table."""
        if len(keys) < 2 or not keys[1].isdecimal():
            return self.error(message, *keys)
        from tui.settings.tables import line_in_table

        return self._error(message, line_in_table(keys[0], int(keys[1]), self.text, *keys[2:]))

    def error(self, message: str, *keys: str) -> ConfigError:
        """Return an error that names the file, the line and what is wrong there."""
        return self._error(message, self.line_of(*keys))

    def _error(self, message: str, line: int | None) -> ConfigError:
        return ConfigError(f"{self.path}{f', line {line}' if line else ''}: {message}")


def library_folder() -> Path:
    """Return the default folder of the library: PAPERS_TUI_LIBRARY, or the platform's."""
    named = os.environ.get("PAPERS_TUI_LIBRARY")
    if named:
        return Path(os.path.expanduser(named))  # pathlib raises if there is no such home
    from platformdirs import user_data_path

    return user_data_path("papers-tui", appauthor=False)


def config_path() -> Path:
    """Return the default file of settings: PAPERS_TUI_CONFIG, or the platform's."""
    named = os.environ.get("PAPERS_TUI_CONFIG")
    if named:
        return Path(os.path.expanduser(named))  # pathlib raises if there is no such home
    from platformdirs import user_config_path

    return user_config_path("papers-tui", appauthor=False) / "config.toml"


def read_config(path: Path | None = None) -> Config:
    """Return the settings of a file, by default the one at `config_path`, and of the environment.

    Raises ConfigError if a file that was named is missing, if it is not TOML, and for options that
    are unknown or have a wrong value.
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
    """Return the file of settings; raises ConfigError for a file that can't be read."""
    named = path or os.environ.get("PAPERS_TUI_CONFIG")
    path = path or config_path()
    try:
        if not named and not is_there(path):
            return ConfigFile(path)
    except LibraryError as error:
        raise ConfigError(str(error)) from error
    import tomllib  # here because many have no file, and it is slow to load

    try:
        text = path.read_text(encoding="utf-8")
        return ConfigFile(path, text, tomllib.loads(text))
    except OSError as error:
        raise ConfigError(f"can't read {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error


def chosen_mirrors(config: Config) -> "Mirrors":
    """Return the addresses to fetch from, set here or in the environment; FeedNameError."""
    from store.fetching.sources import find_mirrors  # here because few need it

    environment = {"hf": os.environ.get("HF_ENDPOINT"), "arxiv": os.environ.get("PAPERS_TUI_ARXIV")}
    named = {name: address for name, address in environment.items() if address}
    return find_mirrors({**named, **config.mirrors})
