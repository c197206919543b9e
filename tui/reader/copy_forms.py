"""The forms in which papers are copied, by the letters that choose them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from store.export.citation import citation
from store.export.citing import Entry
from store.export.formats import export
from store.export.markdown import markdown_link
from store.model import Paper
from store.text.clean import clean_line, clean_text
from tui.cli.export import keys_of

FORMS = {
    "b": "BibTeX",
    "c": "citation",
    "t": "title",
    "m": "Markdown link",
    "a": "abstract",
}


def copied_text(
    form: str, entries: Sequence[Entry], library: Iterable[Paper], folder: Path | None = None
) -> str:
    """Return papers in a form, by its letter; KeyError if there is no such form.

    `library` is all papers that BibTeX keys have to tell apart, `folder` where the keys that are
    given out are kept.
    """
    papers = [paper for paper, _ in entries]
    match form:
        case "b":
            keys = keys_of(folder, entries, library) if folder else None
            return export("bibtex", entries, library=library, keys=keys).decode()
        case "c":
            return "\n".join(map(citation, papers))
        case "t":
            return "\n".join(clean_line(paper.title) for paper in papers)
        case "m":
            return "\n".join(map(markdown_link, papers))
        case "a":
            return "\n\n".join(filter(None, (clean_text(paper.abstract) for paper in papers)))
    raise KeyError(form)
