"""The formats that papers are exported in, by name."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:  # the command line asks for the names alone, at each start
    from store.export.citing import Entry
    from store.model import Paper

EXPORTS = {
    "bibtex": ".bib",
    "ris": ".ris",
    "csv": ".csv",
    "markdown": ".md",
    "json": ".json",
    "jsonl": ".jsonl",
    "html": ".html",
}
"""What the names of each format's files end in."""

Group: TypeAlias = Literal["day", "tag"]


def export(
    form: str,
    entries: "Sequence[Entry]",
    *,
    library: "Iterable[Paper]" = (),
    group: Group = "day",
    with_marks: bool = False,
) -> bytes:
    """Return papers in the format of a name, in their order; KeyError if there is no such name.

    `library` is all papers that BibTeX keys have to tell apart (else the exported alone), `group`
    what Markdown's headings are, `with_marks` whether JSON Lines have marks.
    """
    # Each format is imported where it is needed: the reader starts without them.
    match form:
        case "bibtex":
            from store.citation_keys import citation_keys
            from store.export.bibtex import bibtex

            papers = {paper.id: paper for paper in (*library, *(paper for paper, _ in entries))}
            return "".join(bibtex(entries, citation_keys(papers.values()))).encode()
        case "ris":
            from store.export.ris import ris

            return "".join(ris(entries)).encode()
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

            return b"".join(json_lines(entries, with_marks))
        case "html":
            from store.export.html import html_page

            return html_page(entries).encode()
    raise KeyError(form)
