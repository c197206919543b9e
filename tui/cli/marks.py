"""The commands `mark` and `undo`."""

import argparse
import sys
from collections.abc import Collection, Sequence
from dataclasses import replace

from store.errors import LibraryTooNewError, QueryError
from store.library import Library
from store.marks.tag_names import named_tag, spelled, spellings
from store.model import Change
from store.query.syntax import Query
from store.text.clean import ABSTRACT_LIMIT, clean_line, clean_tag, clean_text
from tui.cli.call import EVERYTHING
from tui.settings.config import Config
from tui.words import undo_words


def mark(library: Library, query: Query, options: argparse.Namespace, config: Config) -> int:
    """Mark every paper that a query finds."""
    if query.tree is None and options.query.strip() != EVERYTHING:
        reason = f"this would mark every paper; to do so, run mark '{EVERYTHING}'"
        raise QueryError(f"no condition in the query {clean_line(options.query)!r}: {reason}", 0)
    for option, given in (("--tag", options.tag), ("--untag", options.untag)):
        if any(not _words_of([text]) for text in given):  # as by an empty variable of a shell
            raise QueryError(f"{option} has no tag; name one, such as {option} rlhf", 0)
    tags = [named_tag(word) for word in _words_of(options.tag)]
    untags = [clean_tag(word) for word in _words_of(options.untag)]
    change = Change(
        read=_either(options.read, options.unread),
        starred=_either(options.star, options.unstar),
        note=None if options.note is None else _note(options.note),
        add_tags=tuple(tags),
        remove_tags=tuple(untags),
        hidden=_either(options.hide, options.unhide),
    )
    if change == Change():
        raise QueryError("nothing to do: use --star, --read, --tag, --note or similar", 0)
    from tui.cli.finds import Finds  # here because other commands find nothing

    finds = Finds(library, query)
    ids = [paper.id for paper, _ in finds]
    if finds.status:
        return finds.status
    if options.dry_run:
        print(f"would mark {len(ids)}")
        return 0
    action = library.mark(ids, _as_spelled(change, library.tags()))
    library.commit()
    if config.hooks:
        from tui.cli.arriving import run_mark_hooks

        run_mark_hooks(config, action, library)
    print(f"marked {len(ids)}")
    return 0


def _words_of(given: Sequence[str]) -> list[str]:
    """Return the words between commas that can be tags."""
    return [word for each in given for word in each.split(",") if clean_tag(word)]


def _as_spelled(change: Change, known: Collection[str]) -> Change:
    """Return a change with its tags in the library's spelling; report different spellings."""
    added = [spelled(tag, known) for tag in change.add_tags]
    for tag, name in zip(change.add_tags, added, strict=True):
        if tag != name:
            print(f"papers-tui: {tag} is spelled {clean_line(name)} here", file=sys.stderr)
    removed = [each for tag in change.remove_tags for each in spellings(tag, known) or [tag]]
    return replace(change, add_tags=tuple(added), remove_tags=tuple(removed))


def _note(text: str) -> str:
    """Return a note as stored; one that is too long is refused, never cut."""
    note = clean_text(text, len(text))
    if len(note) > ABSTRACT_LIMIT:
        reason = f"a note can have {ABSTRACT_LIMIT:,} characters; this one has {len(note):,}"
        raise QueryError(f"--note: {reason}", 0)
    return note


def undo(library: Library) -> int:
    """Undo the last action of this library, whichever program did it."""
    if library.newer:
        raise LibraryTooNewError(library.newer)
    with library.alone():
        result = library.undo()
        library.commit()
    if result is None:
        print("papers-tui: nothing to undo", file=sys.stderr)
        return 1
    done = bool(result.papers) or not result.left_alone
    print(clean_line(f"{'undid' if done else 'not undone'}: {undo_words(result)}"))
    return 0 if done else 1


def _either(yes: bool | None, no: bool | None) -> bool | None:
    return True if yes else False if no else None
