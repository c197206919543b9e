"""The libraries that are measured, made once and kept in a cache folder.

58 and 1k are the newest papers of 10k, which is the file of real days if there is one.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.daily_papers import read_days
from benchmarks.invented_papers import invent_papers
from benchmarks.own_process import in_own_process
from store.library import Library
from store.model import Paper

SIZES = {"58": 58, "1k": 1_000, "10k": 10_000, "100k": 100_000}
INVENTED_ONLY = "100k"
"""More than there are real papers for."""
FEED = "daily"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A library on disk, and what has to be known of it without reading it."""

    size: str
    folder: Path
    count: int
    paper_bytes: int
    """Size of the papers' files."""
    first_titles: tuple[str, ...]
    """Titles of the newest day."""

    @property
    def library(self) -> Path:
        """The library's folder; it is never changed, use `link_library`."""
        return self.folder / "library"

    @property
    def lines(self) -> Path:
        """A file with one line per paper, the newest first: title, authors."""
        return self.folder / "lines.txt"


def default_days() -> Path | None:
    """Return the file of real days that is beside a checkout, if there is one."""
    path = Path(__file__).parents[2] / "shared/data/hf_daily/all_days_slim.jsonl.gz"
    return path if path.exists() else None


def prepare(size: str, cache: Path, days: Path | None, seed: int) -> Prepared:
    """Return the library of a size, made if it is not in the cache in today's layout."""
    source = days if size != INVENTED_ONLY else None
    folder = cache / f"{size}-{_fingerprint(source, seed)}"
    facts = folder / "facts.json"
    if not facts.exists():
        # Elsewhere, so that the memory it takes is given back and forking stays cheap.
        in_own_process(_make, size, folder, source, seed)
    known = json.loads(facts.read_text(encoding="utf-8"))
    known["first_titles"] = tuple(known["first_titles"])
    return Prepared(size=size, folder=folder, **known)


def link_library(prepared: Prepared, folder: Path) -> None:
    """Put a library that may be changed in `folder`, in place of what is there.

    Its files are links: the store replaces files and never writes into one.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(prepared.library, folder, copy_function=_link_data)


def read_papers(prepared: Prepared) -> list[Paper]:
    """Return all papers, the newest first."""
    library = Library(prepared.library)
    library.read_all()
    return sorted(library.papers.values(), key=lambda paper: paper.date, reverse=True)


def paper_line(paper: Paper) -> str:
    """Return what a line-based program is given of a paper."""
    return f"{paper.title}  {', '.join(paper.authors)}"


def _link_data(source: str, target: str) -> None:
    if source.endswith(".lock"):
        Path(target).touch()
    else:
        os.link(source, target)


def _make(size: str, folder: Path, days: Path | None, seed: int) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        begun = Path(temporary, "begun")
        papers = _papers(size, days, seed)
        library = Library(begun / "library")
        library.add(papers, FEED)
        newest_first = sorted(library.papers.values(), key=lambda p: p.date, reverse=True)
        lines = "".join(f"{paper_line(paper)}\n" for paper in newest_first)
        (begun / "lines.txt").write_text(lines, encoding="utf-8")
        facts = {
            "count": len(newest_first),
            "paper_bytes": sum(path.stat().st_size for path in _paper_files(begun / "library")),
            "first_titles": [p.title for p in newest_first if p.date == newest_first[0].date],
        }
        (begun / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        begun.rename(folder)


def _papers(size: str, days: Path | None, seed: int) -> Sequence[Paper]:
    if days is None:
        number = SIZES["100k" if size == INVENTED_ONLY else "10k"]
        papers = list(invent_papers(number, seed))
    else:
        papers = sorted(read_days(days), key=lambda paper: paper.date)
    # Real papers are listed twice now and then; the whole file is taken as it is.
    return papers if size in ("10k", INVENTED_ONLY) else _newest(papers, SIZES[size])


def _newest(papers: Sequence[Paper], number: int) -> list[Paper]:
    return list({paper.id: paper for paper in papers}.values())[-number:]


def _fingerprint(days: Path | None, seed: int) -> str:
    """Return what tells one cached library from another: its papers and the layout on disk."""
    if days:
        status = days.stat()
        source = f"{days.resolve()} {status.st_size} {status.st_mtime_ns}"
    else:
        source = f"seed {seed}"
    digest = hashlib.sha256(source.encode())
    few = list(invent_papers(3, seed))
    digest.update(repr([asdict(paper) for paper in few]).encode())
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
        library.add(few, FEED)
        for path in _paper_files(Path(folder)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _paper_files(library: Path) -> list[Path]:
    return [path for path in sorted(library.glob("papers/**/*")) if path.suffix != ".lock"]
