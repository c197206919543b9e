"""What the user's own commands get from papers: standard input, texts and files."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from store.export.citing import Entry
from store.library import Library
from store.model import Marks, Paper
from store.pdfs.pdf_files import PdfFiles
from tui.programs.arguments import WHERE_FROM, NothingToGiveError
from tui.template import Value

Of: TypeAlias = Callable[[Paper], str]


def values_of(library: Library, files: PdfFiles) -> Mapping[str, Value]:
    """Return functions for the placeholders that `list --format` lacks."""

    def text(paper: Paper, marks: Marks) -> str:
        return text_of(library, paper)

    def file(paper: Paper, marks: Marks) -> str:
        path = files.get(paper)
        return str(path) if path else ""

    return {"text": text, "file": file}


def text_of(library: Library, paper: Paper) -> str:
    """Return the stored full text of a paper; empty if there is none."""
    from store.fulltext.texts import FOLDER, FullTexts
    from store.fulltext.writing import as_plain

    document = FullTexts(library.folder / FOLDER).get(paper)
    return as_plain(document) if document else ""


def input_of(kind: str, entries: Sequence[Entry], library: Library) -> bytes:
    """Return papers as standard input of a kind; NothingToGiveError if a paper lacks it.

    `json` is one line per paper, with the keys of `list --json`.
    """
    match kind:
        case "none":
            return b""
        case "json":
            return json_lines_of(entries)
        case "text":
            texts = []
            for paper, _ in entries:
                if not (text := text_of(library, paper)):
                    raise NothingToGiveError(f"it has no text{WHERE_FROM['text']}")
                texts.append(text)
            return "\n".join(texts).encode()
    from store.export.formats import WITH_KEYS, export

    keys = library.citation_keys([paper for paper, _ in entries]) if kind in WITH_KEYS else None
    return export(kind, entries, keys=keys)


def json_lines_of(entries: Sequence[Entry]) -> bytes:
    """Return one line of JSON per paper, with its marks."""
    from store.export.json import json_text, paper_json

    return b"".join(json_text(paper_json(*entry), indented=False) for entry in entries)
