"""How TeX in real feeds reads as Unicode: python -m benchmarks.abstracts FILE…

A file is gzipped daily papers (see daily_papers) or RSS or Atom from arXiv. Lost words are counted
here from the letters of both texts, not as the program checks itself.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from benchmarks.daily_papers import read_days
from benchmarks.options import Parser, failures
from store.feeds.xml import read_xml
from store.latex.convert import to_unicode

_COMMAND = re.compile(r"\\([A-Za-z]+|[^\sA-Za-z0-9])")
_LEFT_OUT = re.compile(r"\\(?:begin|end|label)\{[^{}]*\}")
_SAME_TWICE = re.compile(r"\\href\{([^{}]*)\}\{\1\}")
_TEXT_TAGS = ("title", "summary", "description")


@dataclass(slots=True)
class Tally:
    """What was counted in texts of one kind."""

    texts: int = 0
    with_tex: int = 0
    changed: int = 0
    seconds: float = 0.0
    commands: list[tuple[str, str]] = field(default_factory=list)
    """Texts that still show a command, each with what is shown of it."""
    dollars: list[tuple[str, str]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Convert a text and count what became of it."""
        start = perf_counter()
        shown = to_unicode(text)
        self.seconds += perf_counter() - start
        self.texts += 1
        self.with_tex += bool(_COMMAND.search(text))
        self.changed += shown != text
        both = (text, shown)
        if _COMMAND.search(shown):
            self.commands.append(both)
        if "$" in shown:
            self.dollars.append(both)
        if lost_letters(text, shown):
            self.lost.append(both)


def main() -> int:
    """Run the program; return its exit status."""
    parser = Parser(
        prog="python -m benchmarks.abstracts",
        description="Count how much TeX of real feeds is shown as Unicode.",
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a feed")
    parser.add_argument(
        "--show", action="store_true", help="print each text that still shows TeX or lost a word"
    )
    options = parser.parse_args()
    tallies = {"titles": Tally(), "abstracts": Tally()}
    with failures(parser.prog):
        for file in options.files:
            for kind, text in read_texts(file):
                tallies[kind].add(text)
    for kind, tally in tallies.items():
        print(
            f"{tally.texts:,} {kind}: {tally.with_tex} with TeX, {tally.changed} changed, "
            f"{len(tally.commands)} still show a command, {len(tally.dollars)} a dollar sign, "
            f"{len(tally.lost)} lost letters, "
            f"{1e6 * tally.seconds / max(tally.texts, 1):.1f} µs a text"
        )
        if options.show:
            _show("a command", tally.commands)
            _show("a dollar sign", tally.dollars)
            _show("lost letters", tally.lost)
    return 0


def read_texts(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the kind (titles, abstracts) and the text of each title and abstract of a feed."""
    if file.suffix == ".gz":
        for paper in read_days(file):
            yield "titles", paper.title
            yield "abstracts", paper.abstract
        return
    root, _ = read_xml(file.read_bytes())
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name in _TEXT_TAGS and element.text:
            yield ("titles" if name == "title" else "abstracts"), " ".join(element.text.split())


def lost_letters(text: str, shown: str) -> Counter[str]:
    """Return the letters and digits that a text had outside of commands and no longer has."""
    text = _LEFT_OUT.sub("", _SAME_TWICE.sub(r"\1", text))
    return _letters(re.sub(r"\\[A-Za-z]+", "", text)) - _letters(shown)


def _letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, unicodedata.normalize("NFKD", text)))


def _show(what: str, cases: list[tuple[str, str]]) -> None:
    for text, shown in cases:
        print(f"\n{what}:")
        for before, after in _sentences(text, shown):
            print(f"  {before}\n  → {after}")


def _sentences(text: str, shown: str) -> list[tuple[str, str]]:
    """Return the sentences of a text that have TeX in them, each with what is shown of it."""
    before, after = text.split(". "), shown.split(". ")
    if len(before) != len(after):
        return [(text, shown)]
    pairs = zip(before, after, strict=True)
    return [pair for pair in pairs if "\\" in pair[0] or "$" in pair[0]]


if __name__ == "__main__":
    sys.exit(main())
