"""Names of files that every system takes and a person can read."""

import re
from collections.abc import Iterator
from itertools import count

from store.text.clean import clean_line

LONGEST = 180
"""Bytes of a name without its ending; systems take 255 with what is put behind it."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\ufffd]+')
_IN_LINKS = re.compile(r"[#^\[\]]+")
"""What ends or divides a wikilink, beside what no name may have."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z", re.IGNORECASE)


def file_stem(text: str, otherwise: str, linked: bool = False) -> str:
    """Return a text as the name of a file, without an ending; `otherwise` if nothing is left.

    What is not allowed on some system becomes a dash; it begins with no dot and no dash, which
    hide a file or make an option of it. One that is linked can be in a [[wikilink]].
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
    """Yield names without end: the plain one, then such as `stem (2).md`."""
    yield stem + ending
    for number in count(2):
        yield f"{stem} ({number}){ending}"


def _shortened(stem: str) -> str:
    """Return as much of a name as fits, cut between words where it can be."""
    data = stem.encode()
    if len(data) <= LONGEST:
        return stem
    cut = data[:LONGEST].decode(errors="ignore")
    return (cut.rpartition(" ")[0] or cut).rstrip(" .-")
