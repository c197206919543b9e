"""Names of files that every system takes and a person can read."""

import re

from store.text.clean import clean_line

LONGEST = 180
"""Bytes of a name without its ending; systems take 255 with what is put behind it."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\ufffd]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z", re.IGNORECASE)


def file_stem(text: str, otherwise: str) -> str:
    """Return a text as the name of a file, without an ending; `otherwise` where nothing is left.

    What is not allowed on some system becomes a dash; it begins with no dot and no dash, which
    hide a file or make an option of it.
    """
    for each in (text, otherwise):
        stem = _FORBIDDEN.sub("-", clean_line(each, 4 * LONGEST)).strip(" .-")
        stem = _shortened(stem)
        if stem:
            return f"{stem} -" if _RESERVED.match(stem) else stem
    return "paper"


def _shortened(stem: str) -> str:
    """Return as much of a name as fits, cut between words where it can be."""
    data = stem.encode()
    if len(data) <= LONGEST:
        return stem
    cut = data[:LONGEST].decode(errors="ignore")
    return (cut.rpartition(" ")[0] or cut).rstrip(" .-")
