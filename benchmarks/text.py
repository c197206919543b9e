"""Measure reading a long text: `python -m benchmarks.text`.

Ours is measured from the bytes that are kept to the lines that are drawn; beside it less on the
same text in a terminal, and Textual's own Markdown widget.
"""

import argparse
import asyncio
import gc
import random
import re
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from textual.app import App, ComposeResult
from textual.widgets import Markdown

from benchmarks.measurements import percentile
from benchmarks.options import Parser, positive
from benchmarks.terminal import ANY_OUTPUT, BenchmarkError, Terminal
from store.fulltext.blocks import Block, Kind, Look, Span, Words
from store.fulltext.document import Document, from_bytes, make_document, to_bytes
from store.fulltext.writing import as_markdown, as_plain
from tui.reader.full_text.laid_text import LaidText

SIZES = (240_000, 2_000_000)
"""Characters: a long paper, and one longer than any."""
WIDTH, PAGE = 78, 21
_WORDS = (
    *("pebbles", "lamps", "light", "stones", "colour", "model", "sorted", "measured"),
    *("tables", "of", "by", "and"),
)


def invented(length: int, seed: int) -> Document:
    """Return a text of about so many characters: sections, paragraphs with links, tables."""
    chance = random.Random(seed)
    blocks: list[Block] = []
    size = number = 0
    while size < length:
        number += 1
        words = " ".join(chance.choices(_WORDS, k=90))
        looks = (Span(0, 7, Look.BOLD), Span(20, 26, Look.LINK, "#bib.bib1"))
        blocks.append(Block(Kind.PARAGRAPH, Words(words, looks)))
        if number % 6 == 0:
            blocks.append(Block(Kind.HEADING, Words(f"Part {number}"), (f"S{number}",), 2))
        if number % 40 == 0:
            row = tuple(Words(word) for word in chance.choices(_WORDS, k=4))
            blocks.append(Block(Kind.TABLE, rows=(row,) * 8, level=1, aligned="llrr"))
        size += len(words)
    return make_document(blocks, "arxiv")


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds that a piece of work takes."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1_000


def draw(laid: LaidText, top: int) -> int:
    """Lay out and draw a page; return where it begins."""
    top = laid.settle(top, PAGE)
    for index in range(top, min(top + PAGE, laid.line_count())):
        laid.drawn(index, "bold", "reverse", None)
    return top


def ours(data: bytes, rounds: int) -> dict[str, list[float]]:
    """Measure opening, paging, another width, and searching a text."""
    times: dict[str, list[float]] = {"first page": [], "page down": [], "resize": [], "search": []}
    for _ in range(rounds):
        measure_once(data, times)
    return times


def measure_once(data: bytes, times: dict[str, list[float]]) -> None:
    """Add the times of one round; a function, so that no round pays for freeing another's text."""
    begun = perf_counter()
    document = from_bytes(data)
    assert document is not None
    laid, top = LaidText(document.blocks, WIDTH), 0
    draw(laid, 0)
    times["first page"].append((perf_counter() - begun) * 1_000)
    for _ in range(10):
        top += PAGE - 1
        times["page down"].append(timed(partial(draw, laid, top)))
    place = laid.place_at(top)

    def other_width() -> None:
        narrower = LaidText(document.blocks, WIDTH - 20)
        draw(narrower, narrower.index_of(place))

    times["resize"].append(timed(other_width))
    times["search"].append(timed(lambda: laid.search("sorted measured")))


def memory(data: bytes, length: int) -> float:
    """Return how many times its own length a text takes once all of it has been laid out."""
    tracemalloc.start()
    document = from_bytes(data)
    assert document is not None
    laid = LaidText(document.blocks, WIDTH)
    while not laid.complete:
        laid.lay_next(0, 500)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return taken / length


def less(file: Path, rounds: int) -> dict[str, list[float]]:
    """Measure the same of less, from its start; what it does not need to be asked is left out."""
    times: dict[str, list[float]] = {"first page": [], "page down": [], "search": []}
    for _ in range(rounds):
        with Terminal(["less", str(file)]) as terminal:
            times["first page"].append(terminal.wait_for(ANY_OUTPUT))
            terminal.rest()
            for _ in range(10):
                times["page down"].append(terminal.press_until(b" ", ANY_OUTPUT))
                terminal.rest()
            terminal.press(b"/sorted measured")
            terminal.rest()
            times["search"].append(terminal.press_until(b"\r", re.compile(rb"sorted")))
    return times


class _MarkdownApp(App[None]):
    """Textual's widget with a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        yield Markdown()

    async def show(self) -> None:
        """Show the text."""
        await self.query_one(Markdown).update(self._text)


async def markdown_widget(text: str) -> float:
    """Return the milliseconds that Textual's Markdown takes to show a text."""
    app = _MarkdownApp(text)
    async with app.run_test(size=(80, 24)) as pilot:
        begun = perf_counter()
        await app.show()
        await pilot.pause()
        return (perf_counter() - begun) * 1_000


def main(arguments: list[str] | None = None) -> int:
    """Print a table of milliseconds: the median, and in how many 95 of 100 are done."""
    parser = Parser(prog="python -m benchmarks.text", description=__doc__)
    parser.add_argument("--rounds", type=positive, default=5, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--no-widget", action="store_true", help="leave Textual's Markdown out")
    options: argparse.Namespace = parser.parse_args(arguments)
    print(f"{'text':>7}  {'what':<11} {'who':<18} {'median ms':>10} {'p95 ms':>8}")
    for size in SIZES:
        document = invented(size, options.seed)
        data = to_bytes(document)
        name = f"{size // 1_000:,} kB"
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "text.txt"
            file.write_text(as_plain(document))
            gc.freeze()  # as the reader does with what is there once it has started
            try:
                results = {"papers-tui": ours(data, options.rounds), "less": less(file, 2)}
            except BenchmarkError as error:
                print(f"benchmarks.text: {error}", file=sys.stderr)
                return 1
        for who, times in results.items():
            for what, values in times.items():
                shown = f"{percentile(values, 50):>10.1f} {percentile(values, 95):>8.1f}"
                print(f"{name:>7}  {what:<11} {who:<18} {shown}", flush=True)
        if size == SIZES[0] and not options.no_widget:
            taken = asyncio.run(markdown_widget(as_markdown(document)))
            print(f"{name:>7}  {'first page':<11} {'Textual Markdown':<18} {taken:>10.1f}")
        print(f"{name:>7}  memory: {memory(data, document.length):.1f} times the text", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
