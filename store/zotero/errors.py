"""What can go wrong with Zotero."""

from store.errors import PapersError


class ZoteroError(PapersError):
    """Zotero is not there, refuses, or says what can't be understood."""


class ReadOnlyError(ZoteroError):
    """This Zotero takes nothing through its local API: it is older, or that is not allowed."""


class DeniedError(ZoteroError):
    """The user of Zotero did not allow it."""
