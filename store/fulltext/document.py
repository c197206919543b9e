"""The text of a paper, in memory and on disk.

The blocks stay packed, as on disk, and become values one by one on use: a page of a long paper is
ready before the rest has been touched.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias, overload

from store.errors import PapersError
from store.fulltext.blocks import Block, Kind, Span, Words
from store.text.clean import CONTROLS, INVISIBLE

FORM = 1
"""Version of the packed form; texts in another one are fetched again."""
SOURCES = {
    "hf": "Hugging Face's Markdown",
    "arxiv": "arXiv's HTML",
    "ar5iv": "ar5iv's HTML",
    "pdf": "the PDF",
    "file": "a local file",
}
"""The sources of texts, by their stored names."""


class NoFullTextError(PapersError):
    """A source sent no full text, or no source has one."""


class Entry(NamedTuple):
    """A line of the contents."""

    block: int
    level: int
    title: str


Packed: TypeAlias = list[Any]
"""A block on disk: its fields in order, without empty ones at the end."""


class Blocks(Sequence[Block]):
    """Blocks that are made on use."""

    __slots__ = ("_packed",)

    def __init__(self, packed: list[Packed]) -> None:
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Block]: ...
    def __getitem__(self, index: int | slice) -> Block | Sequence[Block]:
        if isinstance(index, slice):
            return Blocks(self._packed[index])
        return _unpacked(self._packed[index])

    def of(self, *kinds: Kind) -> Iterator[tuple[int, Block]]:
        """Yield the blocks of some kinds with their numbers."""
        for number, packed in enumerate(self._packed):
            if packed[0] in kinds:
                yield number, _unpacked(packed)

    def plain(self) -> Iterator[str]:
        """Yield the text of each block."""
        for packed in self._packed:
            yield _unpacked(packed).plain if packed[0] == Kind.TABLE else packed[1]

    def length(self, number: int) -> int:
        """Return the approximate number of characters of a block, without making it."""
        packed = self._packed[number]
        if packed[0] == Kind.TABLE:
            return sum(len(cell[0]) for row in packed[7] for cell in row)
        return len(packed[1])

    def anchors(self) -> dict[str, int]:
        """Return the numbers of blocks by anchor."""
        found: dict[str, int] = {}
        for number, packed in enumerate(self._packed):
            for anchor in packed[3] if len(packed) > 3 else ():
                found.setdefault(anchor, number)
        return found


@dataclass(frozen=True)
class Document:
    """The text of a paper."""

    blocks: Blocks
    source: str
    """A key of SOURCES."""
    address: str = ""
    """Its address, or the name of the file."""
    flaws: tuple[str, ...] = ()
    """What is missing or wrong in it, in words."""

    @cached_property
    def contents(self) -> list[Entry]:
        """The headings, without the paper's own title."""
        return [
            Entry(number, block.level, f"{block.label} {block.words.text}".strip())
            for number, block in self.blocks.of(Kind.HEADING)
            if block.level > 1
        ]

    def section_of(self, block: int) -> list[str]:
        """Return the titles of the sections that a block is in, the outermost first."""
        path: list[str] = []
        level = 99
        for entry in reversed([each for each in self.contents if each.block <= block]):
            if entry.level < level:
                path.insert(0, entry.title)
                level = entry.level
        return path

    def block_at(self, target: str) -> int | None:
        """Return the number of the block that a link within the paper leads to, or None.

        If no anchor has exactly that name, take one that ends with it: `S3.F2` is figure F2.
        """
        anchors = self._anchors
        name = target.removeprefix("#")
        while name:
            if name in anchors:
                return anchors[name]
            _, _, name = name.partition(".")
        return None

    @cached_property
    def _anchors(self) -> dict[str, int]:
        return self.blocks.anchors()

    @property
    def origin(self) -> str:
        """Its source and what is missing, in one line."""
        return "; ".join((f"from {SOURCES[self.source]}", *self.flaws))

    @property
    def length(self) -> int:
        """Characters of text."""
        return sum(map(self.blocks.length, range(len(self.blocks))))


def make_document(
    blocks: Iterable[Block], source: str, address: str = "", flaws: Iterable[str] = ()
) -> Document:
    """Return a document of blocks; NoFullTextError if they are empty."""
    packed = [_packed(block) for block in blocks]
    if not any(block[1].strip() or len(block) > 7 for block in packed):
        raise NoFullTextError("there is no text in it")
    return Document(Blocks(packed), source, address, tuple(flaws))


def to_bytes(document: Document) -> bytes:
    """Return a document in stored form: a line with a checksum, then JSON, for `from_bytes`."""
    import orjson  # here because importing this module must cost nothing

    body = orjson.dumps(
        {
            "source": document.source,
            "address": document.address,
            "flaws": document.flaws,
            "blocks": document.blocks._packed,
        }
    )
    return _head(body) + body


def from_bytes(data: bytes) -> Document | None:
    """Return the document from its stored form, or None if another version stored it.

    NoFullTextError if the bytes are damaged.
    """
    import orjson  # here as in to_bytes

    head, _, body = data.partition(b"\n")
    if _OTHER_HEAD.fullmatch(head) and not head.startswith(_HEAD):
        return None
    if _head(body) != head + b"\n":
        raise NoFullTextError("it is damaged")
    stored = orjson.loads(body)
    blocks, flaws = Blocks(stored["blocks"]), tuple(stored["flaws"])
    return Document(blocks, stored["source"], stored["address"], flaws)


_HEAD = f"papers-tui text {FORM} ".encode()
_OTHER_HEAD = re.compile(rb"papers-tui text \d+ [0-9a-f]{8}")


def _head(body: bytes) -> bytes:
    from zlib import crc32

    return _HEAD + f"{crc32(body):08x}\n".encode()


_HARMFUL = re.compile(f"[{CONTROLS}{INVISIBLE}]")
_EMPTY: Packed = ["", "", (), (), 0, "", "", (), "", "", ()]


def _packed(block: Block) -> Packed:
    """Return the fields of a block in the order of _EMPTY, without empty ones at the end."""
    packed: Packed = [
        block.kind.value,
        block.words.text,
        _packed_spans(block.words),
        block.anchors,
        block.level,
        block.first,
        block.rest,
        tuple(tuple((cell.text, _packed_spans(cell)) for cell in row) for row in block.rows),
        block.aligned,
        block.label,
        block.pictures,
    ]
    while len(packed) > 2 and not packed[-1]:
        packed.pop()
    return packed


def _packed_spans(words: Words) -> list[tuple[object, ...]]:
    return [tuple(span) if span.target else span[:3] for span in words.spans]


def _unpacked(packed: Packed) -> Block:
    kind, text, spans, anchors, level, first, rest, rows, aligned, label, pictures = (
        *packed,
        *_EMPTY[len(packed) :],
    )
    return Block(
        Kind(kind),
        _unpacked_words(text, spans),
        tuple(anchors),
        level,
        _harmless(first),
        _harmless(rest),
        _harmless(label),
        tuple(tuple(_unpacked_words(*cell) for cell in row) for row in rows),
        aligned,
        tuple(pictures),
    )


def _unpacked_words(text: str, spans: list[Packed]) -> Words:
    return Words(_harmless(text), tuple(Span(*span) for span in spans))


def _harmless(text: str) -> str:
    """Return stored text with U+FFFD for harmful characters, so that no place moves.

    Text is cleaned before it is stored: only another program can have put any there.
    """
    return _HARMFUL.sub("\ufffd", text) if _HARMFUL.search(text) else text
