"""The tables `open` and `zotero` of the settings: other programs."""

import shlex
from dataclasses import dataclass

from tui.settings.tables import WrongValueError, check_options

PLACE = "{url}"
"""The placeholder of the address in a command; without one, the address comes last."""
FILE = "{file}"
"""The placeholder of the file in a command; without one, the file comes last."""


EXAMPLES = {"browser": "firefox --new-tab", "pdf": "zathura", "editor": "nvim"}
ZOTERO_ADDRESS = "http://127.0.0.1:23119"


@dataclass(frozen=True, slots=True)
class OpenSettings:
    """The table `open`; by default the environment decides."""

    browser: tuple[str, ...] = ()
    """The command that opens an address."""
    terminal: bool | None = None
    """Whether the browser needs the terminal for itself; None if its name decides."""
    pdf: tuple[str, ...] = ()
    """The command that opens a PDF."""
    pdf_terminal: bool | None = None
    """Whether that command needs the terminal; None if its name decides."""
    editor: tuple[str, ...] = ()
    """The command that edits a note; it gets the terminal."""


def read_open(table: object) -> OpenSettings:
    """Return the settings of the table `open`; WrongValueError."""
    if not isinstance(table, dict):
        raise WrongValueError('open takes a table, such as [open] and browser = "firefox"')
    check_options(table, OpenSettings.__slots__, "open")
    for option in ("terminal", "pdf_terminal"):
        if not isinstance(table.get(option), bool | None):
            raise WrongValueError(f"open: {option} takes true or false", option)
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
            raise WrongValueError(f"open: {option}: {error}", option) from error
    if not isinstance(value, list) or not all(isinstance(w, str) and "\0" not in w for w in value):
        takes = f'as {option} = "{EXAMPLES[option]}" or {option} = ["program", "{place}"]'
        raise WrongValueError(f"open: {option} takes a command, {takes}", option)
    if value and (not value[0].strip() or place in value[0]):
        raise WrongValueError(f"open: {option} begins with the name of a program", option)
    return tuple(value)


@dataclass(frozen=True, slots=True)
class ZoteroSettings:
    """The table `zotero`."""

    collection: str = ""
    """The name of the collection that papers go into."""
    tags: bool = True
    notes: bool = True
    address: str = ZOTERO_ADDRESS


def read_zotero_settings(table: object) -> ZoteroSettings:
    """Return the settings of the table `zotero`; WrongValueError."""
    from store.fetching.turns import is_loopback
    from store.text.web import is_web_address

    if not isinstance(table, dict):
        raise WrongValueError('zotero takes a table, such as [zotero] and collection = "Inbox"')
    check_options(table, ZoteroSettings.__slots__, "zotero")
    for option, value in table.items():
        match option:
            case "collection":
                if not isinstance(value, str) or not value.isprintable():
                    takes = 'collection takes a name, such as collection = "Inbox"'
                    raise WrongValueError(f"zotero: {takes}", option)
            case "tags" | "notes":
                if not isinstance(value, bool):
                    raise WrongValueError(f"zotero: {option} takes true or false", option)
            case "address":
                if not isinstance(value, str) or not is_web_address(value):
                    takes = f'address takes a web address, such as address = "{ZOTERO_ADDRESS}"'
                    raise WrongValueError(f"zotero: {takes}", option)
                if not is_loopback(value):
                    raise WrongValueError("zotero: address must be on this machine", option)
    return ZoteroSettings(**table)
