"""Readers of other kinds on the same papers: newsboat (feeds) and cobib (bibliographies).

Neither is like ours, but their users wait for the same things: a list, and the next line. What
they need on disk is made once and kept beside the library in the cache.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.libraries import Prepared, read_papers
from benchmarks.own_process import in_own_process
from benchmarks.programs import Keys, Program, title_pattern
from benchmarks.terminal import ANY_OUTPUT, BenchmarkError
from store.model import Paper

FEED_TITLE = "Papers of the day"


def newsboat(prepared: Prepared) -> Program:
    """Return newsboat with the papers as one feed; it starts when the feed's list is open."""
    folder = _made(prepared, "newsboat", _make_newsboat)
    return Program(
        "newsboat",
        prepared.size,
        ("newsboat", "-q", *_newsboat_files(folder)),
        title_pattern(prepared),
        opening=((re.compile(FEED_TITLE.encode()), b"\n"),),
        down=Keys(b"j", lambda count: ANY_OUTPUT),
        seldom=True,
    )


def cobib(prepared: Prepared) -> Program:
    """Return cobib with the papers as its bibliography."""
    folder = _made(prepared, "cobib", _make_cobib)
    return Program(
        "cobib",
        prepared.size,
        ("cobib", "--config", str(folder / "config.py")),
        title_pattern(prepared),
        down=Keys(b"j", lambda count: ANY_OUTPUT),
        seldom=True,
    )


def _made(prepared: Prepared, name: str, make: Callable[[Prepared, Path], None]) -> Path:
    folder = prepared.folder / name
    done = folder / "done"
    makers = Path(__file__).read_text(encoding="utf-8")
    if not done.exists() or done.read_text(encoding="utf-8") != makers:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        in_own_process(make, prepared, folder)
        done.write_text(makers, encoding="utf-8")
    return folder


def _newsboat_files(folder: Path) -> list[str]:
    names = (("-u", "urls"), ("-c", "cache.db"), ("-C", "config"))
    return [part for option, name in names for part in (option, str(folder / name))]


def _make_newsboat(prepared: Prepared, folder: Path) -> None:
    feed = folder / "feed.xml"
    with feed.open("w", encoding="utf-8") as file:
        file.writelines(_feed(read_papers(prepared)))
    (folder / "urls").write_text(f"file://{feed}\n")
    # Newest first; newsboat lists the days of an ascending order from the top down.
    (folder / "config").write_text("max-items 0\narticle-sort-order date-asc\n")
    command = ["newsboat", *_newsboat_files(folder), "-x", "reload"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchmarkError(f"newsboat could not take the papers: {done.stderr.strip()}")


def _feed(papers: list[Paper]) -> Iterator[str]:
    yield f'<?xml version="1.0"?><rss version="2.0"><channel><title>{FEED_TITLE}</title>'
    yield "<link>https://papers.example/</link><description>Papers</description>"
    for paper in papers:
        day = format_datetime(datetime.fromisoformat(paper.date))
        yield (
            f"<item><title>{escape(paper.title)}</title><guid>{paper.id}</guid>"
            f"<link>{escape(paper.links.page)}</link><pubDate>{day}</pubDate>"
            f"<author>{escape(', '.join(paper.authors))}</author>"
            f"<description>{escape(paper.abstract)}</description></item>\n"
        )
    yield "</channel></rss>\n"


def _make_cobib(prepared: Prepared, folder: Path) -> None:
    with (folder / "papers.yaml").open("w", encoding="utf-8") as file:
        file.writelines(_yaml(read_papers(prepared)))
    (folder / "config.py").write_text(
        "from cobib.config import config\n"
        f"config.database.file = {str(folder / 'papers.yaml')!r}\n"
        f"config.database.cache = {str(folder / 'cache')!r}\n"
        f"config.logging.logfile = {str(folder / 'log')!r}\n"
        "config.logging.version = None\n"
    )


def _yaml(papers: list[Paper]) -> Iterator[str]:
    """Yield a document a paper; JSON's strings and lists are YAML too."""
    for number, paper in enumerate(reversed(papers), start=1):  # it lists the last one first
        names = [name.rpartition(" ") for name in paper.authors]
        authors = [{"first": first, "last": last} for first, _, last in names]
        yield (
            f"---\npaper{number:06}:\n  ENTRYTYPE: article\n"
            f"  abstract: {json.dumps(paper.abstract)}\n  author: {json.dumps(authors)}\n"
            f"  title: {json.dumps(paper.title)}\n  year: {paper.date[:4]}\n...\n"
        )
