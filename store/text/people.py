"""Read people's names: however a feed lists authors, each name becomes "Given Family"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.text.clean import NAME_LIMIT, are_clean, clean_line
from store.text.name_parts import EAST_ASIAN, is_suffix, name_in_order

AUTHORS_LIMIT = 50_000
"""Names of one paper; the longest known list has some 15,000."""

_COMPANIES = frozenset(["inc", "ltd", "llc", "gmbh", "corp", "plc"])
_INSTITUTION = re.compile(r"(?:^|\s)(?:of|and|for|und|für|&)\s")
_EXTENDED = re.compile(r"(family|given|prefix|suffix)\s*=\s*(.*)", re.IGNORECASE)
_SEMICOLON = re.compile(r"[;；、\n]")
_COMMAS = re.compile("[,，]")
_AND = re.compile(r"(?:,\s*|\s)and\s", re.IGNORECASE)
_AMPERSAND = re.compile(r"(?:[,，]\s*|\s)&\s")
_UNUSUAL = re.compile(
    r"[;；、，&…等\n]|\b(?:and|of|for|und|für|al|alii|others)\b|,[^,]*,[^,]*,", re.IGNORECASE
)
"""What marks a value in RIS that is more than one family name with its given name."""
_SIGNS = re.compile("[,，&=]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_AFTER_INITIALS = re.compile(r"(?:[^\W\d_]\.[ ~-]?){1,4}(?=\w\w)")
"""The beginning of "A. B. Family"."""
_OTHERS_ENDS = ("others", "authors", "more", "al", "alii", "等", "…")
_OTHERS_LAST = frozenset("slSLiIeE等…. })")
_OTHERS_NAME = "et al."
_OTHERS_LENGTH = 40
_OTHERS = re.compile(
    r"""(?:^|(?:^|[\s,~]+) (?:and|\\?&) [\s~]+) [{\s]* others [\s.}]*$
    | (?:^|[\s,~(]+) (?:(?:and|&|\+)[\s~]*)? \d{1,5} [\s~]+
      (?:others|more|(?:other|more)[\s~]authors) [\s.)]*$
    | (?:^|[\s,~{]+) (?:(?:and|\\?&)[\s~]+)? et(?:\.|[\s~])[\s~]* al (?:\.|ii)? [\s.}]*$
    | (?:^|[\s,]+) [等…] \s*$""",
    re.IGNORECASE | re.VERBOSE,
)

_MAYBE_OTHERS = ("others|", "al|", "alii|", "more|", "authors|", ".|", ")|", "}|")
"""Names that stand for more authors contain one of these, with | after each name."""


class _Separator:
    """A separator of names in TeX: its pattern, and the same pattern or a brace."""

    def __init__(self, pattern: str) -> None:
        self.plain = re.compile(pattern, re.IGNORECASE)
        self.or_brace = re.compile(rf"\\[\\{{}}]|[{{}}]|(?P<apart>{pattern})", re.IGNORECASE)


_TEX_AND = _Separator(r"(?:^|[\s~\\])and(?=[\s~\\]|$)|[;；、]")
_TEX_AMPERSAND = _Separator(r",?\s\\?&\s")
_TEX_COMMA = _Separator(",")


@dataclass(frozen=True, slots=True)
class People:
    """The authors of a paper, as far as a feed names them."""

    names: tuple[str, ...] = ()
    incomplete: bool = False
    """Whether there are more: the list ends in "et al." or "and others", or is too long."""


def people(given: Iterable[str]) -> People:
    """Return names as harmless lines in their order; two people may have the same name.

    If a list repeats itself as a whole, it counts once.
    """
    given = list(given)
    if len(given) <= AUTHORS_LIMIT and are_clean(given, NAME_LIMIT) and not _may_name_others(given):
        return People(_once(given))
    names: list[str] = []
    incomplete = False
    for name in given:
        if len(names) == AUTHORS_LIMIT:
            incomplete = True
            break
        name, others = _and_others(clean_line(name, NAME_LIMIT))
        incomplete = incomplete or others
        if name:
            names.append(name)
    return People(_once(names), incomplete)


def _may_name_others(names: Sequence[str]) -> bool:
    text = "|".join((*names, "")).lower()
    return any(map(text.__contains__, _MAYBE_OTHERS))


def _once(names: Sequence[str]) -> tuple[str, ...]:
    half = len(names) // 2
    return tuple(names[:half] if half > 1 and names[:half] == names[half:] else names)


def bibtex_names(field: str) -> Iterator[str]:
    """Yield the names of a BibTeX author or editor field, as TeX.

    Names are "Given von Family", "von Family, Given" or "von Family, Jr, Given" (Patashnik,
    BibTeXing), or biblatex's "family=…, given=…". Text in braces is not split. Semicolons
    between names and commas before "and" are common mistakes.
    """
    for person in _outside_braces(" ".join(field.split()), _TEX_AND):
        person = person.strip("~ ").removeprefix("\\\\ ")
        if not _SIGNS.search(person):
            yield person
            continue
        if "，" in person:
            yield from _listed(person, False)
            continue
        for name in _apart(person, _outside_braces(person, _TEX_AMPERSAND)):
            yield from _bibtex_people(name)


def ris_names(value: str) -> Iterator[str]:
    """Yield the names in a value of RIS, each "Family, Given" or "Family, Given, Suffix" there.

    The name of an institution may have more commas and stays as it is.
    """
    if not _UNUSUAL.search(value):
        yield from _inverted(_parts(value))
        return
    for piece in _SEMICOLON.split(value):
        piece, others = _and_others(piece)
        if others:
            yield _OTHERS_NAME
        if "，" in piece:
            yield from _listed(piece, False)
            continue
        several = _AND.split(piece)
        if len(several) == 1 or not all(name.count(",") == 1 for name in several):
            several = [piece]
        for name in several:
            parts = _parts(name)
            if _INSTITUTION.search(name) or (len(parts) > 3 and not _are_pairs(parts)):
                yield name.strip(" ,")
            else:
                yield from _inverted(parts)


def listed_names(texts: Sequence[str]) -> Iterator[str]:
    """Yield the names in texts, of which each has one name or lists several in any way.

    A single comma between two names of several words is ambiguous; the other texts show whether
    it separates family and given name.
    """
    split = [_and_others(piece) for text in texts for piece in _SEMICOLON.split(text)]
    pieces = [piece for piece, _ in split]
    if any(others for _, others in split):
        yield _OTHERS_NAME
    are_inverted = [_is_inverted(parts) for p in pieces if len(parts := _parts(p)) == 2]
    for piece in pieces:
        yield from _listed(piece, any(are_inverted))


def _and_others(text: str) -> tuple[str, bool]:
    """Return a text without "et al." or "and others" at its end, and whether it had one."""
    if text[-1:] not in _OTHERS_LAST:  # as nearly always
        return text, False
    if not text[-20:].rstrip(" .})").lower().endswith(_OTHERS_ENDS):
        return text, False
    if others := _OTHERS.search(text, max(len(text) - _OTHERS_LENGTH, 0)):
        name = text[: others.start()]
        return name.lstrip("{") if name.count("{") > name.count("}") else name, True
    return text, False


def _bibtex_people(person: str) -> Iterator[str]:
    person, others = _and_others(person)
    if others:
        yield _OTHERS_NAME
    is_listed = person.rstrip().endswith(",")
    parts = [part for each in _outside_braces(person, _TEX_COMMA) if (part := each.strip())]
    extended = {}
    for part in parts:
        if match := _EXTENDED.fullmatch(part):
            extended[match[1].lower()] = match[2].strip('" ')
    if "family" in extended:
        order = ("given", "prefix", "family", "suffix")
        yield " ".join(filter(None, (extended.get(name, "") for name in order)))
    elif (
        len(parts) > 1
        and all(" " in part for part in parts)
        and (len(parts) > 2 or all(map(_AFTER_INITIALS.match, parts)))
    ):
        yield from parts
    elif len(parts) == 3 and not any(map(is_suffix, parts)):
        yield name_in_order(parts[2], parts[0], parts[1])
    elif is_listed and not _is_inverted(parts) and not _are_pairs(parts):
        yield from parts
    else:
        yield from _inverted(parts)


def _listed(text: str, inverted: bool) -> Iterator[str]:
    several = [name for part in _AND.split(text) for name in _apart(part, _AMPERSAND.split(part))]
    groups = [_with_suffixes(_parts(name)) for name in several]
    inverted = inverted or (len(groups) > 1 and _is_inverted(groups[-1]))
    for parts in groups:
        is_one = len(parts) == 2
        if _are_asian(parts):
            is_one &= min(map(len, parts)) == 1 or ("，" not in text and len(parts[0]) < 3)
        elif is_one:
            one_word = " " not in parts[0] and len(groups) == 1
            is_one = inverted or one_word or _is_inverted(parts)
        yield from _inverted(parts) if is_one or _are_pairs(parts) else parts


def _apart(text: str, names: list[str]) -> list[str]:
    """Return the names around "&", or the whole text: "Johnson & Johnson" is one name."""
    return names if all(re.search("[ ,]", name.strip()) for name in names) else [text]


def _parts(name: str) -> list[str]:
    return [part for each in _COMMAS.split(name) if (part := each.strip())]


def _with_suffixes(parts: list[str]) -> list[str]:
    """Return the parts with each suffix added to the name before it."""
    joined: list[str] = []
    for part in parts:
        if joined and (is_suffix(part) or _is_company(part)):
            joined[-1] += f" {part}"
        else:
            joined.append(part)
    return joined


def _inverted(parts: list[str]) -> Iterator[str]:
    """Yield the people in parts in which family names come first."""
    suffix = ""
    if len(parts) < 4:
        suffix = next(filter(is_suffix, parts[1:]), "")
        parts = [part for part in parts if part != suffix]
    if len(parts) > 1 and _is_company(parts[-1]):
        yield ", ".join(parts)
    elif len(parts) == 3:
        yield name_in_order(parts[1], parts[0], parts[2])
    elif _are_pairs(parts):
        for family, given in zip(parts[::2], parts[1::2], strict=True):
            yield name_in_order(given, family, "")
    elif parts:
        yield name_in_order(" ".join(parts[1:]), parts[0], suffix)


def _are_pairs(parts: Sequence[str]) -> bool:
    """Return whether parts are family and given names in turn, of two people or more."""
    if len(parts) < 4 or len(parts) % 2:
        return False
    families, given = parts[::2], parts[1::2]
    short = all(" " not in name or _INITIALS.fullmatch(name) for name in given)
    return short or all(" " not in name or name[0].islower() for name in families)


def _is_inverted(parts: Sequence[str]) -> bool:
    """Return whether two parts are surely the family and the given name of one person."""
    if len(parts) != 2:
        return False
    family, given = parts
    if " " not in given or _INITIALS.fullmatch(given) or is_suffix(given):
        return True
    return family[0].islower()


def _are_asian(parts: Sequence[str]) -> bool:
    return len(parts) > 1 and all(map(EAST_ASIAN.fullmatch, parts))


def _is_company(part: str) -> bool:
    return part.strip("{}. ").lower() in _COMPANIES


def _outside_braces(text: str, separator: _Separator) -> list[str]:
    """Split a text at a separator, except inside braces."""
    if "{" not in text:
        return separator.plain.split(text)
    pieces: list[str] = []
    depth = start = 0
    for match in separator.or_brace.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(depth - 1, 0)
        elif match["apart"] and depth == 0:
            pieces.append(text[start : match.start()])
            start = match.end()
    return [*pieces, text[start:]]
