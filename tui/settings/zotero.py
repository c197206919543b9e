"""The table `zotero` of the settings."""

from dataclasses import dataclass

ADDRESS = "http://127.0.0.1:23119"


class ZoteroSettingsError(Exception):
    """An option has a value it can't have; the text says what it takes."""

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.option = option
        """Which one; empty for the table itself."""


@dataclass(frozen=True, slots=True)
class ZoteroSettings:
    """What can be set."""

    collection: str = ""
    """The name of the collection that papers go into."""
    tags: bool = True
    notes: bool = True
    address: str = ADDRESS


def read_zotero_settings(table: object) -> ZoteroSettings:
    """Return what the table says; ZoteroSettingsError."""
    from store.fetching.turns import is_loopback
    from store.text.web import is_web_address

    if not isinstance(table, dict):
        raise ZoteroSettingsError('zotero takes a table, such as [zotero] and collection = "Inbox"')
    for option, value in table.items():
        match option:
            case "collection":
                if not isinstance(value, str) or not value.isprintable():
                    takes = 'collection takes a name, such as collection = "Inbox"'
                    raise ZoteroSettingsError(f"zotero: {takes}", option)
            case "tags" | "notes":
                if not isinstance(value, bool):
                    raise ZoteroSettingsError(f"zotero: {option} takes true or false", option)
            case "address":
                if not isinstance(value, str) or not is_web_address(value):
                    takes = f'address takes a web address, such as address = "{ADDRESS}"'
                    raise ZoteroSettingsError(f"zotero: {takes}", option)
                if not is_loopback(value):
                    raise ZoteroSettingsError("zotero: address must be on this machine", option)
            case _:
                from store.text.choices import choices

                known = choices(option, ZoteroSettings.__slots__)
                raise ZoteroSettingsError(f"zotero has no option {option}; {known}", option)
    return ZoteroSettings(**table)
