"""Complete a command line in a shell, with argcomplete.

At each Tab the script of `papers-tui completion` calls the program, with the line in its
environment. argcomplete parses the line and asks this module for the values of an argument, whose
metavar names their kind.
"""

import argparse
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias

from argcomplete.completers import BaseCompleter
from argcomplete.finders import CompletionFinder
from argcomplete.shell_integration import shellcode

from store.errors import PapersError
from store.files.folders import files_in, is_folder
from store.query.fields import FIELDS, OFFERED, quoted
from tui.cli.parser import subparsers_of

if TYPE_CHECKING:  # needed at some Tabs only
    from store.library import Library
    from tui.settings.config import Config

Values: TypeAlias = Iterable[str]
"""Values of an argument; a mapping also has their meanings, which zsh and fish show."""

_ZSH_LINE = "${(j: :)${(@q)${(@Q)words[1,CURRENT-1]}}} $QIPREFIX$PREFIX"
"""The words of the command before the cursor, quoted: zshcompwid(1)."""


def script(shell: str) -> str:
    """Return the script that a shell evaluates at its start to complete `papers-tui`."""
    # Without "-o default", which offers names of files where the program offers nothing.
    text = shellcode(["papers-tui"], shell=shell, complete_arguments=["-o", "nospace"])
    # BUFFER of zsh also has the commands before a pipe, and lacks an open quote.
    return text.replace('"$BUFFER"', f'"{_ZSH_LINE}"').replace(
        '"$CURSOR"', f'"${{#${{:-{_ZSH_LINE}}}}}"'
    )


def complete(
    parser: argparse.ArgumentParser,
    output: TextIO | None = None,
    leave: Callable[[int], object] = os._exit,
) -> None:
    """Answer a shell whose line is in the environment, and `leave` with an exit status.

    Without `output` the answer goes to the file descriptor that the script reads.
    """
    subparsers_of(parser, os.environ["COMP_LINE"].split())  # declares their arguments
    _Finder()(
        parser,
        always_complete_options=False,
        default_completer=_Values(),
        output_stream=output,
        exit_method=leave,
    )


class _Finder(CompletionFinder):
    """Also completes `list -- -tag:old`: for argcomplete a word with a dash is always an option."""

    def collect_completions(
        self,
        active_parsers: list[argparse.ArgumentParser],
        parsed_args: argparse.Namespace,
        cword_prefix: str,
    ) -> list[str]:
        if " -- " in os.environ["COMP_LINE"]:
            active_parsers[-1].prefix_chars = ""
        return super().collect_completions(active_parsers, parsed_args, cword_prefix)


class _Values(BaseCompleter):
    """The values of an argument; none if library, settings or folder can't be read."""

    def __call__(
        self,
        *,
        prefix: str,
        action: argparse.Action,
        parser: argparse.ArgumentParser,
        parsed_args: argparse.Namespace,
    ) -> Values:
        kind = KINDS.get(str(action.metavar))
        try:
            return kind(prefix, parsed_args) if kind else ()
        except PapersError:
            return ()


def _files(prefix: str, _: argparse.Namespace) -> Values:
    return _paths(prefix, files=True)


def _folders(prefix: str, _: argparse.Namespace) -> Values:
    return _paths(prefix, files=False)


def _paths(prefix: str, files: bool) -> list[str]:
    """Return the entries of the folder in a path, written as the path is: a ~ stays."""
    folder, slash, name = prefix.rpartition("/")
    pattern = "*" if name.startswith(".") else "[!.]*"
    entries = files_in(_at_home(Path(folder + slash)), pattern)
    folders = {each for each in entries if is_folder(each)}
    return [
        f"{folder}{slash}{each.name}{'/' if each in folders else ''}"
        for each in entries
        if files or each in folders
    ]


def _formats(_: str, __: argparse.Namespace) -> Values:
    from store.feeds.formats import FORMATS

    return FORMATS


def _tags(_: str, given: argparse.Namespace) -> Values:
    """Return the tags in use, the most used first."""
    from tui.words import count_papers

    library = _library(given)
    return {tag: count_papers(uses) for tag, uses in library.tags().items()} if library else ()


def _comma_separated_tags(prefix: str, given: argparse.Namespace) -> Values:
    start = prefix[: prefix.rfind(",") + 1]
    return [start + tag for tag in _tags(prefix, given)]


def _machines(_: str, given: argparse.Namespace) -> Values:
    """Return the machines that have a file in the sync folder."""
    sync = _config(given).sync
    return [path.stem for path in files_in(sync, "*.json")] if sync else ()


def _own_commands(_: str, given: argparse.Namespace) -> Values:
    return {each.name: " ".join(each.run) for each in _config(given).commands}


def _feeds(_: str, given: argparse.Namespace) -> Values:
    """Return the subscriptions, and the default feed."""
    from tui.shared.feed_words import DEFAULT_FEED, subscribed

    return list(dict.fromkeys([*subscribed(_folder(given), _config(given)), DEFAULT_FEED]))


def _categories(_: str, given: argparse.Namespace) -> Values:
    """Return the categories of the papers in the library, the most used first."""
    from collections import Counter

    if not (library := _library(given)):
        return ()
    library.read_all()
    uses = Counter(each for paper in library.papers.values() for each in paper.categories)
    return [category for category, _ in uses.most_common()]


def _views(_: str, given: argparse.Namespace) -> Values:
    from tui.cli.opening import with_saved_views

    return with_saved_views(_config(given), _folder(given)).views


_VALUES_OF_LIBRARY = {"tag": _tags, "view": _views, "feed": _feeds, "cat": _categories}
"""Fields whose values depend on library or settings."""


def _queries(prefix: str, given: argparse.Namespace) -> Values:
    """Return the text with its last term completed."""
    if getattr(given, "name", "") is None:  # `run` takes the name of a command first
        return ()
    term = prefix[prefix.rfind(" ") + 1 :].lstrip("-(")
    start = prefix[: len(prefix) - len(term)]
    field, colon, value = term.partition(":")
    if not colon:
        return [f"{start}{name}:" for name in FIELDS]
    found: Values = OFFERED.get(field, ())
    if field in _VALUES_OF_LIBRARY:
        found = _VALUES_OF_LIBRARY[field](value, given)
    meanings = found if isinstance(found, Mapping) else dict.fromkeys(found, "")
    return {f"{start}{field}:{quoted(text)}": words for text, words in meanings.items()}


KINDS: dict[str, Callable[[str, argparse.Namespace], Values]] = {
    "COMMAND": _own_commands,
    "DIR": _folders,
    "FEED": _feeds,
    "FILE": _files,
    "FORMAT": _formats,
    "MACHINE": _machines,
    "PATH": _files,
    "QUERY": _queries,
    "TAG": _tags,
    "TAGS": _comma_separated_tags,
}
"""The values of arguments by metavar. Other arguments have choices, or any value."""


def _at_home(path: Path) -> Path:
    """Return a path whose ~ the shell has not expanded yet."""
    return Path(os.path.expanduser(path))  # pathlib raises if there is no such home


def _folder(given: argparse.Namespace) -> Path:
    from tui.settings.config import library_folder

    return _at_home(given.library) if given.library else library_folder()


def _config(given: argparse.Namespace) -> "Config":
    from tui.settings.config import read_config

    return read_config(_at_home(given.config) if given.config else None)


def _library(given: argparse.Namespace) -> "Library | None":
    """Open the library; None if there is no folder, as completion makes none."""
    from store.library import Library

    folder = _folder(given)
    return Library(folder) if is_folder(folder) else None
