"""Link references by number ("[12]", "Fig. 3", "Sec. 4.1") to what has the number.

Markdown and the text of a PDF have no anchors and links for these. The anchors are like those of
LaTeXML: S4.SS1, F3, T2, E5, A1, bib.bib12.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from store.fulltext.blocks import Block, Kind, Look, Span, Words

_SECTION = re.compile(
    r"(?:(?:Section|Appendix)\s+)?((?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,3})\.?[ :]+\S"
)
_BIBLIOGRAPHY = re.compile(r"(?:\d+\.? +)?(?:references|bibliography)", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?P<label>(?P<kind>fig(?:ure|\.)?|tab(?:le|\.)?|algorithm) ?(?P<number>[A-Z]?\d{1,3}))[.:|] ",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"(\[\w[^\]\n]{0,40}\]|\(\d{1,3}\)|\d{1,3}\.)\s+")
_BARE_NUMBER = re.compile(r"\d{1,3}")
_CITED = re.compile(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]")
_CALL = re.compile(
    r"\b(?P<kind>Fig(?:ure|\.)?s?|Tab(?:le|\.)?s?|Sec(?:tion|\.)?s?|Eq(?:uation|\.)?s?|Appendix|App\."
    r"|Algorithm|Alg\.)[ \u00a0~]?\(?(?P<number>[A-Z]?\d{0,3}(?:\.\d{1,2}){0,3})\b|"
    r"§ ?(?P<section>\d{1,2}(?:\.\d{1,2}){0,3})"
)
_PREFIXES = {"f": "F", "t": "T", "e": "E"}


def with_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with anchors for numbered parts, and links for references to them."""
    named = list(_named(blocks))
    anchors = {anchor for block in named for anchor in block.anchors}
    return [_linked(block, anchors) for block in named]


def _named(blocks: Sequence[Block]) -> Iterator[Block]:
    entries = 0
    in_bibliography = 0
    """The level of the bibliography's heading inside it; else 0."""
    waiting: Block | None = None
    """A picture whose caption may follow."""
    for block in blocks:
        text = block.words.text
        if block.kind is Kind.HEADING:
            if in_bibliography and block.level <= in_bibliography:
                in_bibliography = 0
            if _BIBLIOGRAPHY.fullmatch(text.strip()):
                in_bibliography = block.level
                block = replace(block, anchors=(*block.anchors, "bib"))
            elif anchor := section_anchor(f"{block.label} {text}".strip()):
                block = replace(block, anchors=(*block.anchors, anchor))
        elif in_bibliography and block.kind is Kind.PARAGRAPH:
            entries += 1
            block = _entry(block, entries)
        elif block.kind in (Kind.PARAGRAPH, Kind.FIGURE) and (caption := _CAPTION.match(text)):
            block = _caption(block, caption, waiting)
            waiting = None
        elif block.kind is Kind.EQUATION and block.label:
            block = replace(block, anchors=(*block.anchors, f"E{block.label.strip('()')}"))
        if waiting is not None:
            yield waiting
            waiting = None
        if block.kind is Kind.FIGURE and not block.words.text:
            waiting = block
        else:
            yield block
    if waiting is not None:
        yield waiting


def section_anchor(title: str) -> str:
    """Return the anchor of a section from the number in its title; empty without one."""
    match = _SECTION.match(title)
    if match is None:
        return ""
    first, *rest = match[1].split(".")
    main = f"S{first}" if first.isdecimal() else f"A{ord(first) - ord('A') + 1}"
    return ".".join([main, *("S" * (depth + 2) + number for depth, number in enumerate(rest))])


def _entry(block: Block, number: int) -> Block:
    """Return a paragraph of the bibliography as an entry."""
    words = block.words
    label = f"[{number}]"
    if match := _ENTRY.match(words.text):
        label = match[1] if match[1][0] == "[" else f"[{match[1].strip('().')}]"
        words = words.part(match.end(), len(words.text))
    found = _BARE_NUMBER.fullmatch(label[1:-1])
    return Block(
        Kind.REFERENCE,
        words,
        (*block.anchors, f"bib.bib{found[0] if found else number}"),
        first=f"{label} ",
        rest="  ",
        label=label,
    )


def _caption(block: Block, match: re.Match[str], picture: Block | None) -> Block:
    letter = match["kind"][0].upper()
    anchor = f"{'alg' if letter == 'A' else letter}{match['number']}"
    return replace(
        block,
        kind=Kind.FIGURE if letter == "F" else Kind.CAPTION,
        anchors=(*block.anchors, anchor),
        label=match["label"],
        pictures=(*block.pictures, *(picture.pictures if picture else ())),
    )


def _linked(block: Block, anchors: set[str]) -> Block:
    """Return a block with links for references to existing anchors."""
    if block.kind not in (Kind.PARAGRAPH, Kind.NOTE, Kind.FIGURE, Kind.CAPTION):
        return block
    words = block.words
    occupied = [
        (start, end) for start, end, look, _ in words.spans if look in (Look.LINK, Look.CODE)
    ]
    found = [
        Span(start, end, Look.LINK, f"#{target}")
        for start, end, target in _calls(words.text)
        if target in anchors and not any(a < end and b > start for a, b in occupied)
    ]
    # A caption does not refer to itself.
    found = [span for span in found if span.target[1:] not in block.anchors]
    if not found:
        return block
    return replace(block, words=Words(words.text, tuple(sorted((*words.spans, *found)))))


def _calls(text: str) -> Iterator[tuple[int, int, str]]:
    for cited in _CITED.finditer(text):
        for each in _BARE_NUMBER.finditer(text, *cited.span(1)):
            yield *each.span(), f"bib.bib{each[0]}"
    for match in _CALL.finditer(text):
        if match["section"]:
            yield *match.span("section"), section_anchor(f"{match['section']} x")
        elif match["number"]:
            number = match["number"]
            kind = match["kind"][0].lower()
            if match["kind"].lower().startswith("alg"):
                target = f"alg{number}"
            else:
                target = (
                    f"{_PREFIXES[kind]}{number}"
                    if kind in _PREFIXES
                    else section_anchor(f"{number} x")
                )
            yield *match.span(), target
