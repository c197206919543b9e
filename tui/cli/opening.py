"""Open a library for the reader or a command, and the reader; without what only commands need."""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from store.errors import (
    LibraryDamagedError,
    LibraryError,
    PapersError,
    TakesTooLongError,
    backup_path,
    changed_at,
)
from store.files.attempt import Attempt
from store.files.folders import is_there
from store.library import Library
from store.text.clean import clean_line, clean_text
from tui.mistakes import write_down
from tui.settings.config import Config, config_path
from tui.shared.sample import remove_sample, sample_papers
from tui.words import SAMPLE, in_home

CAN_NOT_DRAW = ("", "dumb", "unknown")
"""Values of TERM of terminals that can't move a cursor."""
EXCHANGE_SECONDS = 5.0
"""How long quitting waits for the sync folder, and for the folder of notes."""


def open_library(folder: Path, sync: Path | None, ask: bool) -> Library:
    """Open a library; if its marks are damaged and `ask`, offer to use the earlier copy.

    Raises LibraryError if it can't be opened.
    """
    try:
        return Library(folder, sync=sync)
    except LibraryDamagedError as error:
        if not ask or not _offer_backup(error):
            raise
    return Library(folder, sync=sync)


def read(
    library: Library, query: str, config: Config, file: Path | None = None, cards: bool = False
) -> int:
    """Open the reader; an empty library gets the sample feed first.

    `file` is the settings file, if not the usual one; `cards` starts with the unread papers on
    cards. Raises QueryError if the query is wrong.
    """
    _take_terminal()
    if (terminal := os.environ.get("TERM", "")) in CAN_NOT_DRAW:
        raise PapersError(
            f"TERM is {terminal or 'not set'}: the reader can't draw here; "
            "papers-tui triage --plain works with plain lines"
        )
    keeps = config.keep_screen and not query and not cards
    query = query or config.start
    if query:
        from tui.cli.call import parsed

        parsed(query, with_saved_views(config, library.folder).views)
    ask_for_ground(config)
    from tui.reader.terminal.screen_keeping import forget, keep  # with Textual

    if config.keys or config.commands:
        from tui.reader.keyboard.keymap import check_keys

        check_keys(config, file)
    if not config.keep_screen:
        forget(sys.argv[1:])
    if not library.months():
        library.add(sample_papers(_sample_feed().read_bytes(), date.today()), SAMPLE)
    from tui.reader.app import PapersApp

    app = PapersApp(library, query, config=config, cards=cards)
    try:
        with app.guard.watching_threads():
            app.run(mouse=config.mouse)
    finally:  # also where the terminal is gone
        try:
            free = app.finish_saving()
        finally:
            words = app.last_words()
            for line in words:
                print(f"papers-tui: {in_home(clean_text(line))}", file=sys.stderr)
        if free:
            if keeps:
                keep(app.last_screen, library, file or config_path(), sys.argv[1:])
            exchange(library)
            if config.notes:
                _keep_notes(library, config)
            keep_exports(library, with_saved_views(config, library.folder).views)
        elif library.sync:
            print(f"papers-tui: {_no_answer(library.sync)}", file=sys.stderr)
    return 1 if words else app.return_code or 0


def ask_for_ground(config: Config) -> None:
    """Ask the terminal whether it is light or dark, if the theme needs that, and what it can draw.

    It asks before Textual is loaded, and reads the answer afterwards.
    """
    from tui.ground import GROUND, has_colours
    from tui.settings.theme_names import follows_terminal

    if not has_colours(os.environ):
        return
    is_theme_fixed = not follows_terminal(config.theme)
    if not is_theme_fixed or (config.images in ("auto", "sixel") and find_spec("PIL")):
        GROUND.ask(is_theme_fixed)


def can_draw() -> bool:
    """Return whether there is a terminal on which the reader can draw."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    is_terminal = all(each is not None and each.isatty() for each in streams)
    return is_terminal and os.environ.get("TERM", "") not in CAN_NOT_DRAW


def drop_sample(library: Library) -> None:
    """Remove the sample feed if it is still there after papers were added."""
    if gone := remove_sample(library):
        print(f"papers-tui: {gone}", file=sys.stderr)


def keep_exports(library: Library, views: Mapping[str, str]) -> None:
    """Update the exports that are out of date; print problems."""
    from store.kept_exports import KEPT

    if library.newer or not is_there(library.folder / KEPT):
        return
    from tui.shared.kept_exports import keep_all

    for problem in keep_all(library, views, date.today()):
        print(f"papers-tui: {clean_text(problem)}", file=sys.stderr)


def _keep_notes(library: Library, config: Config) -> None:
    """Exchange notes with their files when the reader ends; print problems."""
    if library.newer:
        return
    from tui.cli.finds import read_all
    from tui.cli.other_programs import exchange_notes

    try:
        if not library.complete:
            read_all(library)
        attempt = Attempt(lambda: exchange_notes(library, config), "notes")
        problems = attempt.result(EXCHANGE_SECONDS).problems
    except PapersError as error:
        problems = [str(error)]
    for problem in problems:
        print(f"papers-tui: {in_home(clean_text(problem))}", file=sys.stderr)


def exchange(library: Library, printed: set[str] | None = None) -> bool:
    """Exchange marks with the sync folder, if there is one; print problems, and go on.

    Problems in `printed` are not repeated. Return False if the folder hangs: do not try it again.
    """
    if library.newer:
        return True
    printed = set() if printed is None else printed
    answers = True
    try:
        problems = Attempt(library.others.exchange, "exchange").result(EXCHANGE_SECONDS)
        if library.marks_changed_elsewhere():
            library.apply_marks(library.load_marks())
    except TakesTooLongError:
        answers = False
        problems = (_no_answer(library.sync),)
    except LibraryError as error:
        problems = (str(error),)
    except Exception as error:  # noqa: BLE001 - the command does not depend on it
        problems = (write_down(error),)
    for problem in problems:
        if problem not in printed:
            printed.add(problem)
            print(f"papers-tui: {clean_line(problem)}", file=sys.stderr)
    return answers


def _no_answer(sync: Path | None) -> str:
    return clean_line(f"{sync} does not answer; marks are saved here and go there later")


def with_saved_views(config: Config, folder: Path) -> Config:
    """Return the settings with all views that a library's queries may name.

    If saved views can't be read, it prints that and returns the others.
    """
    from store.views.file import ViewsFile
    from store.views.known import known_views, queries_by_name

    try:
        saved = ViewsFile(folder).read().views
    except LibraryError as error:
        print(f"papers-tui: {clean_text(str(error))}", file=sys.stderr)
        saved = ()
    return replace(config, views=queries_by_name(known_views(config.views, saved)))


def _take_terminal() -> None:
    """Check that the reader can draw and read keys; PapersError if not.

    The reader draws on stderr and prints nothing. If stdout goes elsewhere, it becomes the screen,
    too, because programs ask for its size and editors draw on it.
    """
    keys, screen, output = sys.__stdin__, sys.__stderr__, sys.__stdout__
    if not keys or not keys.isatty() or not screen or not output:
        raise PapersError("the reader needs a terminal; papers-tui list prints to a pipe")
    if not screen.isatty():
        raise PapersError("the reader draws on stderr, which is redirected; start it without 2>")
    if not output.isatty():
        os.dup2(screen.fileno(), output.fileno())


def _offer_backup(error: LibraryDamagedError) -> bool:
    """Ask whether to use the earlier copy of a damaged file; return whether it was restored."""
    backup = backup_path(error.path)
    if not is_there(backup) or not sys.stdin or not sys.stdin.isatty() or not sys.stderr.isatty():
        return False
    from store.health.restore import restore

    day = f"{changed_at(backup):%Y-%m-%d}"
    print(f"papers-tui: {clean_text(f'{error.path} is damaged: {error.reason}')}", file=sys.stderr)
    print(f"Use its copy of {day}? The damaged file is kept. [y/N] ", end="", file=sys.stderr)
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
        return False
    restore(error.path)
    return True


def _sample_feed() -> Path:
    """Return the sample feed: in the package in a wheel, at the top in a checkout."""
    here = Path(__file__).parents[1]
    packed = here / "sample_feed.txt"
    return packed if is_there(packed) else here.parent / "sample_feed.txt"
