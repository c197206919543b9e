"""Write the names of bibliographies as "Given Family"."""

import re

from store.text.clean import AUTHORS_LIMIT

_EXTENDED = re.compile(r"(family|given|prefix|suffix)\s*=\s*(.*)", re.IGNORECASE)


def bibtex_names(field: str) -> list[str]:
    """Return the names of a BibTeX author or editor field; "and others" is left out.

    Names are "Given von Family", "von Family, Given" or "von Family, Jr, Given" (Patashnik,
    BibTeXing), or biblatex's "family=…, given=…". What stands in braces is not taken apart.
    """
    folded = " ".join(field[: 4 * AUTHORS_LIMIT].split())
    people = _outside_braces(folded, " and ")
    return [_given_first(person) for person in people if person.strip().lower() != "others"]


def ris_name(name: str) -> str:
    """Return a RIS name, "Family, Given" or "Family, Given, Suffix", in the order it is said in.

    An institution's name may hold more commas and stays as it is.
    """
    parts = [part.strip() for part in name.split(",")]
    if not 2 <= len(parts) <= 3:
        return name
    return " ".join(filter(None, (parts[1], parts[0], *parts[2:])))


def _given_first(person: str) -> str:
    parts = [part.strip() for part in _outside_braces(person, ",")]
    extended = {}
    for part in parts:
        if match := _EXTENDED.fullmatch(part):
            extended[match[1].lower()] = match[2].strip('" ')
    if "family" in extended:
        order = ("given", "prefix", "family", "suffix")
        return " ".join(filter(None, (extended.get(name, "") for name in order)))
    family, suffix, given = parts[0], " ".join(parts[1:-1]), parts[-1] if len(parts) > 1 else ""
    return " ".join(filter(None, (given, family, suffix)))


def _outside_braces(text: str, separator: str) -> list[str]:
    """Split a text at a separator (of any case) where it stands in no braces."""
    pieces = []
    depth = start = 0
    for match in re.finditer(rf"[{{}}]|{separator}", text, re.IGNORECASE):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(depth - 1, 0)
        elif depth == 0:
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]
