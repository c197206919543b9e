"""Names of files that every system accepts and a person can read."""

import re
from collections.abc import Iterator
from itertools import count

from store.text.clean import clean_line

LONGEST = 180
"""Bytes of a name without its ending; systems accept 255 with all that follows it."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\ufffd]+')
_IN_LINKS = re.compile(r"[#^\[\]]+")
"""Characters that end or divide a wikilink, besides those that no name may have."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z", re.IGNORECASE)


def file_stem(text: str, otherwise: str, linked: bool = False) -> str:
    """Return a text as the name of a file, without an ending; `otherwise` if nothing is left.

    Characters that some system does not allow become dashes. The name never begins with a dot or
    dash, which would hide the file or make it an option. With `linked` it can be in a [[wikilink]].
    """
    for each in (text, otherwise):
        line = clean_line(each, 4 * LONGEST)
        line = _IN_LINKS.sub("-", line) if linked else line
        stem = _FORBIDDEN.sub("-", line).strip(" .-")
        stem = _shortened(stem)
        if stem:
            return f"{stem} -" if _RESERVED.match(stem) else stem
    return "paper"


def numbered(stem: str, ending: str) -> Iterator[str]:
    """Yield endless names: the plain one, then `stem (2).md` and so on."""
    yield stem + ending
    for number in count(2):
        yield f"{stem} ({number}){ending}"


def _shortened(stem: str) -> str:
    """Return as much of a name as fits, cut between words if possible."""
    data = stem.encode()
    if len(data) <= LONGEST:
        return stem
    cut = data[:LONGEST].decode(errors="ignore")
    return (cut.rpartition(" ")[0] or cut).rstrip(" .-")
