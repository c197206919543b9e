"""The commands `import` and `add`: papers from files, and by their ids, DOIs or addresses."""

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

from store.errors import FetchError, LibraryTooNewError, NotAFeedError, PapersError, QueryError
from store.feeds.formats import FORMATS
from store.library import ADDED, Library
from store.marks.foreign import sound_marks, wrong_clocks
from store.model import Change
from store.papers.months import Added
from store.text.clean import clean_line
from tui.cli.arriving import arrivals_in, print_arrivals
from tui.cli.opening import drop_sample
from tui.settings.config import Config
from tui.shared.given_files import readings_of
from tui.words import count_papers


def import_files(
    library: Library,
    files: list[str],
    form: str | None,
    day: str | None,
    read: bool,
    config: Config,
    with_marks: bool = False,
) -> int:
    """Add the papers of files; if one file fails, the others are still imported.

    `form` is the format of all files, by default recognised by the content. `with_marks` also
    imports marks, which only our own files have.
    """
    listed = _day(day) if day else None
    if form is not None and form not in FORMATS:
        raise QueryError(f"--format {form}: not one of {', '.join(FORMATS)}", 0)
    total, problems, status, marked = [0, 0, 0], 0, 0, 0
    arrivals = arrivals_in(library, config)
    for name in files:
        seen, marks = datetime.now(), dict[str, Mapping[str, object]]()
        for reading, seen in readings_of(name, form, listed):
            if isinstance(reading, PapersError):
                reason = clean_line(str(reading))
                print(f"papers-tui: {clean_line(name)}: {reason}", file=sys.stderr)
                status = max(status, reading.status)
                break
            for problem in reading.problems:
                print(f"{clean_line(name)}: {clean_line(problem)}", file=sys.stderr)
            added = arrivals.put(reading.papers, reading.feed, seen, reading.tex)
            if read:
                library.mark(added.new, Change(read=True))
                library.commit()
            marks |= reading.marks
            total = [a + b for a, b in zip(total, _counts(added), strict=True)]
            problems += len(reading.problems)
        if with_marks:
            marked += _merge_marks(library, name, marks, seen)
        elif marks:
            papers = count_papers(len(marks))
            left = f"the marks of {papers} in it were ignored: --with-marks imports them"
            print(f"{clean_line(name)}: {left}", file=sys.stderr)
        arrivals.run()  # after the marks in the file
    if status and not any(total):
        return status
    imported, updated, unchanged = total
    print(f"imported {imported}, updated {updated}, unchanged {unchanged}, problems {problems}")
    if with_marks:
        print(f"imported the marks of {count_papers(marked)}")
    print_arrivals(arrivals, library, config)
    if imported:
        drop_sample(library)
    return status


def _merge_marks(
    library: Library, name: str, marks: Mapping[str, Mapping[str, object]], seen: datetime
) -> int:
    """Merge the marks of a file, the later of each; return how many papers' marks changed."""
    from store.marks.foreign import cells_in

    now, path = datetime.now(UTC), Path(name)
    carried = {paper_id: cells_in(members, seen) for paper_id, members in marks.items()}
    sound = sound_marks(path, carried, {}, now)
    for problem in (*sound.problems, *wrong_clocks({path: sound.ahead}, now)):
        print(clean_line(problem), file=sys.stderr)
    return library.others.merge_marks(sound.marks)


def _counts(added: Added) -> tuple[int, int, int]:
    return added.imported, added.updated, added.unchanged


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise QueryError(f"--date {text}: not a day; use 2025-08-01", 0) from error


def add(library: Library, names: Sequence[str], config: Config) -> int:
    """Add the named papers that the library lacks; print the result for each.

    Raises NoPaperNamedError before any request if a name is not a paper's. A paper that no source
    has, or a source that can't be reached, is reported; the others are added.
    """
    # Here because loading them takes longer than importing a file.
    from store.fetching.client import Client
    from store.fetching.lookup import ask_for, asking, named_paper
    from tui.settings.config import chosen_mirrors

    keys = [named_paper(name) for name in names]
    if library.newer:
        raise LibraryTooNewError(library.newer)
    mirrors, today, status, new = chosen_mirrors(config), date.today(), 0, False
    library.read_all()
    here = {name: paper for paper in library.papers.values() for name in paper.keys}
    with Client(Event().wait) as client:
        for name, key in dict(zip(names, keys, strict=True)).items():
            if key in here:
                print(clean_line(f"already in the library: {key} {here[key].title}"))
                continue
            try:
                paper = ask_for(name, mirrors, asking(client), today)
            except (FetchError, NotAFeedError) as error:
                print(clean_line(f"papers-tui: {key}: {error}"), file=sys.stderr)
                status = 1
                continue
            library.add([paper], ADDED)
            here |= dict.fromkeys(paper.keys, paper)
            new = True
            print(clean_line(f"added {paper.id} {paper.title}"), flush=True)
    if new:
        drop_sample(library)
    return status
