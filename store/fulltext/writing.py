"""A paper's text as Markdown, or as plain text for a terminal."""

from collections.abc import Callable, Iterator

from store.fulltext.blocks import Block, Kind, Look, Words
from store.fulltext.document import Document
from store.fulltext.wording import FIRM

_MARKS = {
    Look.BOLD: "**", Look.ITALIC: "*", Look.STRUCK: "~~", Look.CODE: "`", Look.TEX: "$",
}  # fmt: skip


def as_markdown(document: Document) -> str:
    """Return a text as Markdown, with its source in a comment above it."""
    text = _joined(document, _markdown_of, {"•": "-", "│": ">"})
    return f"<!-- {document.origin} -->\n\n{text}"


def as_plain(document: Document) -> str:
    """Return a text without marks, each paragraph on a line."""
    return _joined(document, _plain_of, {})


def _joined(
    document: Document, written: Callable[[Block], Iterator[str]], leads: dict[str, str]
) -> str:
    """Return the blocks with empty lines between; `leads` replaces signs before them."""
    table = str.maketrans(leads)
    pieces: list[str] = []
    before: Block | None = None
    for block in document.blocks:
        lines = list(written(block))
        if before is not None and not _is_tight(before, block):
            pieces.append("")
        pieces.append(block.first.translate(table) + lines[0])
        pieces += [block.rest.translate(table) + line for line in lines[1:]]
        before = block
    return "\n".join(line.rstrip() for line in pieces) + "\n"


def _is_tight(before: Block, block: Block) -> bool:
    in_list = bool(before.rest) and block.first != block.rest
    return before.kind is block.kind is Kind.PARAGRAPH and in_list


def _markdown_of(block: Block) -> Iterator[str]:
    text = _marked(block.words)
    match block.kind:
        case Kind.HEADING:
            yield f"{'#' * block.level} {block.label} {text}".replace("  ", " ")
        case Kind.CODE:
            yield "```"
            yield from block.words.text.split("\n")
            yield "```"
        case Kind.TABLE:
            yield from _table(block)
        case Kind.EQUATION:
            number = f" {block.label}" if block.label else ""
            yield f"    {block.words.text.replace(FIRM, ' ')}{number}".replace("\n", "\n    ")
        case Kind.FIGURE:
            pictures = "".join(f"![{block.label}]({address}) " for address in block.pictures)
            yield f"{pictures}{text}".strip()
        case Kind.RULE:
            yield "---"
        case _:
            yield from text.split("\n")


def _plain_of(block: Block) -> Iterator[str]:
    match block.kind:
        case Kind.HEADING:
            yield f"{block.label} {block.words.text}".strip()
        case Kind.EQUATION:
            yield f"    {block.words.text}  {block.label}".replace(FIRM, " ").rstrip()
        case _:
            yield from block.plain.replace(FIRM, " ").split("\n")


def _table(block: Block) -> Iterator[str]:
    for number, row in enumerate(block.rows):
        cells = (_marked(cell).replace("|", "\\|").replace("\n", " ") for cell in row)
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            rules = {"r": "--:", "c": ":-:"}
            yield f"|{'|'.join(rules.get(each, '---') for each in block.aligned)}|"


def _marked(words: Words) -> str:
    """Return text with the marks of its looks; of overlapping ones only the first and longest."""
    out: list[str] = []
    at = 0
    for start, end, look, target in sorted(words.spans, key=lambda each: (each[0], -each[1])):
        if start < at:
            continue
        out.append(words.text[at:start])
        inside = words.text[start:end]
        if look == Look.LINK:
            shown = target and not target.startswith("#") and target != inside
            out.append(f"[{inside}]({target})" if shown else inside)
        else:
            mark = _MARKS.get(Look(look), "")
            out.append(f"{mark}{inside}{mark}")
        at = end
    out.append(words.text[at:])
    return "".join(out).replace(FIRM, " ")
