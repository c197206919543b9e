"""Write papers as BibTeX, in UTF-8, for BibTeX since 0.99d with inputenc, biber and biblatex.

Sources: Oren Patashnik, BibTeXing (1988), for entries, names and braces; the biblatex manual for
eprint fields, `annotation`, and which fields are verbatim.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from store.citation_keys import year_of
from store.export.citing import Entry, authors_of, container_of, entry_type, month_and_day
from store.export.links import bare, links_of
from store.identity import arxiv_id, doi
from store.model import Paper
from store.text.clean import clean_line, clean_text
from store.text.dates import MONTHS
from store.text.name_parts import parted

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: "\\" + character for character in "&%$#_"},
    }
)
_PAIRED = _ESCAPES | str.maketrans({"{": r"\{", "}": r"\}"})
_UNPAIRED = _ESCAPES | str.maketrans({"{": r"$\lbrace$", "}": r"$\rbrace$"})
"""BibTeX counts a brace even after a backslash, so an unpaired one needs another form."""

_CONTAINERS = {
    "article": "journal",
    **dict.fromkeys(("conference", "inbook", "incollection", "inproceedings"), "booktitle"),
}
_THESES = ("mastersthesis", "phdthesis")
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")


def bibtex(entries: Iterable[Entry], keys: Mapping[str, str]) -> Iterator[str]:
    """Yield an entry for each paper, by its citation key; tags are keywords, notes annotations."""
    for paper, marks in entries:
        fields = {
            "title": _title(paper.title),
            **_people(paper),
            **_published(paper),
            **_publication(paper),
            **_identifiers(paper),
            "url": bare(links_of(paper).page, "\\{}"),
            "keywords": ", ".join(map(_line, marks.tags)),
            "abstract": _escaped(clean_text(paper.abstract).strip()),
            "annotation": _escaped(clean_text(marks.note).strip()),
        }
        lines = [f"  {name} = {_given(name, text)},\n" for name, text in fields.items() if text]
        yield f"@{entry_type(paper)}{{{keys[paper.id]},\n{''.join(lines)}}}\n\n"


def _given(name: str, text: str) -> str:
    """Return the value of a field for BibTeX: months as macros, which styles translate."""
    return text if name == "month" else f"{{{text}}}"


def _published(paper: Paper) -> dict[str, str]:
    month, _ = month_and_day(paper)
    fields = {"year": year_of(paper), "month": MONTHS[month - 1] if month else ""}
    field = _CONTAINERS.get(entry_type(paper), "")
    return fields | ({field: _line(container_of(paper))} if field else {})


def _people(paper: Paper) -> dict[str, str]:
    """Return authors and editors."""
    editors, authors = paper.publication.editors, authors_of(paper)
    others = ["others"] if authors and paper.authors_incomplete else []
    return {
        "author": " and ".join([*map(_author, authors), *others]),
        "editor": " and ".join(map(_author, editors)),
    }


def _publication(paper: Paper) -> dict[str, str]:
    said = paper.publication
    institution = "school" if entry_type(paper) in _THESES else "institution"
    return {
        name: _line(text)
        for name, text in (
            *(
                ("volume", said.volume),
                ("number", said.number),
                ("pages", said.pages.replace("–", "--")),
            ),
            *(("publisher", said.publisher), (institution, said.institution)),
            *(("address", said.place), ("series", said.series), ("edition", said.edition)),
            *(("isbn", said.isbn), ("issn", said.issn)),
        )
    }


def _identifiers(paper: Paper) -> dict[str, str]:
    fields = {"doi": bare(doi(paper), "\\{}")}
    if eprint := arxiv_id(paper):
        category = paper.categories[0] if paper.categories else ""
        fields |= {"eprint": eprint, "archivePrefix": "arXiv"}
        fields["primaryClass"] = category if _CATEGORY.fullmatch(category) else ""
    return fields


def _title(title: str) -> str:
    """Return a title with braces around words whose capitals a style must keep."""
    title = clean_line(title)
    escaped, end = [], 0
    table = _braces(title)
    for match in _WORD.finditer(title):
        word = match[0]
        escaped.append(title[end : match.start()].translate(table))
        escaped.append(f"{{{word}}}" if _has_own_capitals(word) else word)
        end = match.end()
    return "".join(escaped) + title[end:].translate(table)


def _has_own_capitals(word: str) -> bool:
    """Return whether a word is like LoRA, 3D or X, not one that only begins a sentence."""
    word = "".join(filter(str.isalnum, word))
    return (len(word) == 1 and word.isupper() and word != "A") or any(map(str.isupper, word[1:]))


def _author(name: str) -> str:
    """Return a name as "Family, Suffix, Given", or in braces if it has no parts."""
    parts = parted(clean_line(name))
    if not parts.given and re.search("[ ,]", parts.family):
        return f"{{{_escaped(parts.family)}}}"
    written = (parts.family, parts.suffix, parts.given)
    return ", ".join(_escaped(part) for part in written if part)


def _line(text: str) -> str:
    return _escaped(clean_line(text))


def _escaped(text: str) -> str:
    return text.translate(_braces(text))


def _braces(text: str) -> dict[int, str]:
    """Return how to write the braces of a text: by backslash if all are paired."""
    depth = 0
    for brace in re.findall("[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    return _PAIRED if depth == 0 else _UNPAIRED
