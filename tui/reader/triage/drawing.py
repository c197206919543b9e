"""What the screen of cards draws: how far one is, and the closing card. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content

from store.model import Marks, Paper
from store.text.clean import clean_line
from tui.reader.appearance.tag_colours import tag_colour
from tui.reader.drawing.line_breaks import line_breaks
from tui.reader.drawing.page import QUIET
from tui.reader.drawing.render import STAR, cut
from tui.words import count_papers

BAR_AT_LEAST = 10
"""Cells below which there is no bar."""

LIST_KEYS = "app.export", "paper.fetch_pdfs", "paper.zotero"
"""Keys of the list that the closing card names."""
INDENT = 6
"""Cells before what a key does."""


def progress(place: int, total: int, kept: int, width: int) -> Content:
    """Return a bar and how far one is in numbers; if it is tight the numbers alone."""
    words = f"{min(place + 1, total):,} of {total:,} · {kept:,} kept"
    room = width - len(words) - 2
    if room < BAR_AT_LEAST:
        return Content.styled(words, QUIET)
    done = round(room * place / total)
    bar = Content.styled("━" * done, "$primary") + Content.styled(
        "─" * (room - done), "$foreground 25%"
    )
    return bar + Content.styled(f"  {words}", QUIET)


def closing(
    seen: int,
    kept: Sequence[tuple[Paper, Marks]],
    texts: int,
    keys: Mapping[str, str],
    width: int,
) -> Content:
    """Return the closing card: what was kept, one line per paper, and what to do with it.

    `texts` is of how many of them the text is kept, `keys` those of the actions named.
    """
    return Content("\n").join(_closing(seen, kept, texts, keys, width))


def _closing(
    seen: int,
    kept: Sequence[tuple[Paper, Marks]],
    texts: int,
    keys: Mapping[str, str],
    width: int,
) -> Iterator[Content]:
    yield Content.styled(f"{count_papers(seen)} seen, {len(kept):,} kept", "bold $text-primary")
    yield Content()
    for paper, marks in kept:
        yield _kept(paper, marks, width)
    if kept:
        yield Content()
        if texts:
            yield Content.styled(_texts_are_here(texts, len(kept)), QUIET)
            yield Content()
        export, pdfs, zotero = (keys[name] for name in LIST_KEYS)
        them, their = ("it", "its PDF") if len(kept) == 1 else ("them", "their PDFs")
        yield from _row(keys["triage.open"], f"select {them} in the list", width)
        then = f"{export} exports {them}, {pdfs} fetches {their}, {zotero} puts {them} into Zotero"
        yield from _row("", f"there {then}", width)
    yield from _row(keys["triage.previous"], "back to the last card", width)
    yield from _row(keys["triage.undo"], "undo the last change of marks", width)
    yield from _row(keys["triage.close"], "to the list", width)


def _kept(paper: Paper, marks: Marks, width: int) -> Content:
    """Return a line for a paper: star, title, tags, of which none is cut where there is room."""
    sign = Content.styled(f"{STAR} ", "$text-warning") if marks.starred else Content("  ")
    room = max(width - 2 - sum(len(tag) + 2 for tag in marks.tags), width // 2)
    tags = (Content.styled(f" #{tag}", tag_colour(tag)) for tag in marks.tags)
    return Content("").join([sign, Content(cut(clean_line(paper.title), room)), *tags])


def _texts_are_here(texts: int, kept: int) -> str:
    what = f"The texts of {texts:,} are" if texts > 1 else "The text of one is"
    what = "Its text is" if kept == 1 else what
    return f"{what} here, to be read offline."


def _row(key: str, does: str, width: int) -> Iterator[Content]:
    for start, end in line_breaks(does, width - INDENT):
        yield Content.styled(f"{key:{INDENT}}", "bold") + Content(does[start:end])
        key = ""
