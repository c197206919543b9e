"""The forms in which papers are copied, by the letters that choose them."""

from collections.abc import Mapping, Sequence

from store.export.citing import Entry, citation
from store.export.formats import export
from store.export.markdown import markdown_link
from store.text.clean import clean_line, clean_text

FORMS = {
    "b": "BibTeX",
    "c": "citation",
    "t": "title",
    "m": "Markdown link",
    "a": "abstract",
}


WITH_KEYS = ("b",)
"""Those that have citation keys."""


def copied_text(form: str, entries: Sequence[Entry], keys: Mapping[str, str]) -> str:
    """Return papers in a form, by its letter; KeyError if there is no such form.

    `keys` are citation keys by the papers' ids.
    """
    papers = [paper for paper, _ in entries]
    match form:
        case "b":
            return export("bibtex", entries, keys=keys).decode()
        case "c":
            return "\n".join(map(citation, papers))
        case "t":
            return "\n".join(clean_line(paper.title) for paper in papers)
        case "m":
            return "\n".join(map(markdown_link, papers))
        case "a":
            return "\n\n".join(filter(None, (clean_text(paper.abstract) for paper in papers)))
    raise KeyError(form)
