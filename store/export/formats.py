"""Export papers in a format, by its name."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:  # the command line needs only the names, at each start
    from store.export.citing import Entry
    from store.export.json import Stamped
    from store.model import Paper

EXPORTS = {
    "bibtex": ".bib",
    "ris": ".ris",
    "csl-json": ".csljson",
    "csv": ".csv",
    "markdown": ".md",
    "json": ".json",
    "jsonl": ".jsonl",
    "html": ".html",
    "atom": ".atom",
}
"""The file name endings of the formats."""
ENDINGS = ", ".join(EXPORTS.values())

WITH_KEYS = ("bibtex", "csl-json")
"""Formats whose entries have citation keys."""

Group: TypeAlias = Literal["day", "tag"]


def export(
    form: str,
    entries: "Sequence[Entry]",
    *,
    library: "Iterable[Paper]" = (),
    keys: "Mapping[str, str] | None" = None,
    group: Group = "day",
    with_marks: bool = False,
    stamped: "Stamped | None" = None,
    query: str = "",
) -> bytes:
    """Return papers in a format, in their order; KeyError for an unknown name.

    `keys` are citation keys by id; without them keys are made that are unique in `library` and the
    exported papers. `group` is for the headings of Markdown. `with_marks` is whether JSON Lines
    have marks, for which `stamped` returns the stamps. `query` found the papers; it names an Atom
    feed.
    """
    # Each format is imported on use: the reader starts without them.
    if form in WITH_KEYS and keys is None:
        from store.citation_keys import citation_keys

        papers = {paper.id: paper for paper in (*library, *(paper for paper, _ in entries))}
        keys = citation_keys(papers.values())
    match form:
        case "bibtex":
            from store.export.bibtex import bibtex

            return "".join(bibtex(entries, keys or {})).encode()
        case "ris":
            from store.export.ris import ris

            return "".join(ris(entries)).encode()
        case "csl-json":
            from store.export.csl_json import csl_json

            return csl_json(entries, keys or {})
        case "csv":
            from store.export.csv import csv_table

            return "".join(csv_table(entries)).encode()
        case "markdown":
            from store.export.markdown import markdown_by_day, markdown_by_tag

            by = markdown_by_tag if group == "tag" else markdown_by_day
            return "".join(by(entries)).encode()
        case "json":
            from store.export.json import json_array

            return json_array(entries)
        case "jsonl":
            from store.export.json import json_lines

            return b"".join(json_lines(entries, with_marks, stamped))
        case "html":
            from store.export.html import html_page

            return html_page(entries).encode()
        case "atom":
            from store.export.atom import atom

            return "".join(atom(entries, query)).encode()
    raise KeyError(form)


def form_of_file(name: str) -> str | None:
    """Return the format for the ending of a file name; None if there is none."""
    suffix = Path(name).suffix.lower()
    return next((form for form, usual in EXPORTS.items() if suffix == usual), None)
