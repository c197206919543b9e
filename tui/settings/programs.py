"""The table `open` of the settings: the programs that open what the reader does not show."""

import shlex
from dataclasses import dataclass

PLACE = "{url}"
"""What stands for the address in a command; behind it if there is none."""
FILE = "{file}"
"""What stands for the file in the commands that open one; behind it if there is none."""


EXAMPLES = {"browser": "firefox --new-tab", "pdf": "zathura", "editor": "nvim"}


class OpenSettingsError(Exception):
    """An option of the table has a value it can't have; the text says what it takes."""

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.option = option
        """Which one; empty for the table itself."""


@dataclass(frozen=True, slots=True)
class OpenSettings:
    """What can be set; the defaults leave it to the environment."""

    browser: tuple[str, ...] = ()
    """The command that opens an address."""
    terminal: bool | None = None
    """Whether the browser needs the terminal for itself; None if its name tells."""
    pdf: tuple[str, ...] = ()
    """The command that opens a PDF."""
    pdf_terminal: bool | None = None
    """The same of it."""
    editor: tuple[str, ...] = ()
    """The command that edits a note, which gets the terminal."""


def read_open(table: object) -> OpenSettings:
    """Return what the table says; OpenSettingsError if that can't be."""
    if not isinstance(table, dict):
        raise OpenSettingsError('open takes a table, such as [open] and browser = "firefox"')
    for option in table:
        if option not in OpenSettings.__slots__:
            from store.text.choices import choices

            known = choices(option, OpenSettings.__slots__)
            raise OpenSettingsError(f"open has no option {option}; {known}", option)
    for option in ("terminal", "pdf_terminal"):
        if not isinstance(table.get(option), bool | None):
            raise OpenSettingsError(f"open: {option} takes true or false", option)
    return OpenSettings(
        _command(table, "browser", PLACE),
        table.get("terminal"),
        _command(table, "pdf", FILE),
        table.get("pdf_terminal"),
        _command(table, "editor", FILE),
    )


def _command(table: dict[str, object], option: str, place: str) -> tuple[str, ...]:
    """Return a command: a list of a program and its arguments, or a line as in a shell."""
    value = table.get(option, [])
    if isinstance(value, str):
        try:
            value = shlex.split(value)
        except ValueError as error:
            raise OpenSettingsError(f"open: {option}: {error}", option) from error
    if not isinstance(value, list) or not all(isinstance(w, str) and "\0" not in w for w in value):
        takes = f'as {option} = "{EXAMPLES[option]}" or {option} = ["program", "{place}"]'
        raise OpenSettingsError(f"open: {option} takes a command, {takes}", option)
    if value and (not value[0].strip() or place in value[0]):
        raise OpenSettingsError(f"open: {option} begins with the name of a program", option)
    return tuple(value)
