"""Completion of a command line: the answer to the scripts of tui.cli.shell_scripts, at every Tab.

It is one line per candidate: the text, a tab, what it means. `:files` or `:folders` in place of
candidates lets the shell complete names of files.
"""

import argparse
import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from store.errors import PapersError
from store.query.fields import FIELDS, WORDS, quoted

if TYPE_CHECKING:  # needed at some Tabs only
    from tui.settings.config import Config

Candidate: TypeAlias = tuple[str, str]
"""A text, and in words what it means."""

SAFE = re.compile(r"[\w.,:+@%/=-]+")
"""Text that means itself in every shell; nothing else is completed, so nothing has to be quoted."""

QUERY_FIELDS = {
    **WORDS,
    "date": ("today", "yesterday", "7d", "30d"),
    "published": ("today", "yesterday", "7d", "30d"),
}
"""Values of fields that are the same in every library."""

_FILES = {"FILE": ":files", "PATH": ":files", "DIR": ":folders"}
"""Values that are names of files, by the argument's metavar."""


def complete(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> int:
    """Print completions for the end of a command line, the first argument.

    The second is the part of the last word that the shell replaces, if that is not all of it.
    It prints nothing if the settings or the library can't be read.
    """
    *words, current = split(arguments[0] if arguments else "")
    replaced = arguments[1] if len(arguments) > 1 else current
    kept = current.removesuffix(replaced) if current.endswith(replaced) else ""
    try:
        for text, meaning in candidates(parser, words[1:], current):
            print(text.removeprefix(kept) + (f"\t{meaning}" if meaning else ""))
    except PapersError:
        return 1
    return 0


def split(line: str) -> list[str]:
    """Return the words of a command line, quotes taken away; the last may be unfinished."""
    for end in ("", "'", '"'):
        try:
            words = shlex.split(line + end)
        except ValueError:
            continue
        at_new_word = not end and (not line or line[-1].isspace())
        return [*words, ""] if at_new_word or not words else words
    return [*line.split(), ""]


def candidates(
    parser: argparse.ArgumentParser, words: Sequence[str], current: str
) -> Iterator[Candidate]:
    """Yield completions of the unfinished word, after those before it."""
    place = _Place(parser)
    for word in words:
        place.step(word)
    option, equals, value = current.partition("=")
    if place.pending is None and equals and option in place.options:
        argument: argparse.Action | None = place.options[option]
        found = _values(argument, value, place.given)
        found = ((f"{option}={text}", meaning) for text, meaning in found)
    elif place.pending is None and current.startswith("-") and not place.only_values:
        found = place.option_names()
    elif place.pending is None and place.commands:
        found = place.command_names()
    else:
        found = _values(place.pending or place.positional(), current, place.given)
    start = current.rfind(" ") + 1
    for text, meaning in found:
        fits = text.startswith(current) and SAFE.fullmatch(text[start:])
        if fits or text in _FILES.values():
            yield text, " ".join(meaning.split())


class _Place:
    """The state of parsing a command line, word by word."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self.given: dict[str, str] = {}
        """The values of options so far, by option."""
        self.pending: argparse.Action | None = None
        """The option that waits for its value."""
        self.only_values = False
        """Whether a `--` has ended the options."""
        self._enter(parser)

    def _enter(self, parser: argparse.ArgumentParser) -> None:
        self._parser = parser
        self.options = parser._option_string_actions
        self._positionals = [action for action in parser._actions if not action.option_strings]
        self._filled = 0

    @property
    def commands(self) -> "argparse._SubParsersAction[argparse.ArgumentParser] | None":
        """The possible commands here, if any."""
        action = self.positional()
        return action if isinstance(action, argparse._SubParsersAction) else None

    def step(self, word: str) -> None:
        """Take the next word."""
        option, equals, value = word.partition("=")
        if self.pending is not None:
            self.given[self.pending.dest] = word
            self.pending = None
        elif word == "--":
            self.only_values = True
        elif word.startswith("-") and not self.only_values:
            action = self.options.get(option)
            if action is not None and equals:
                self.given[action.dest] = value
            elif action is not None and action.nargs is None:
                self.pending = action
        elif self.commands is not None:
            if parser := self.commands.choices.get(word):
                self._enter(parser)
        else:
            action = self.positional()
            if action is not None and action.nargs not in ("*", "+"):
                self._filled += 1

    def positional(self) -> argparse.Action | None:
        """Return the argument without a name that is next."""
        return self._positionals[self._filled] if self._filled < len(self._positionals) else None

    def option_names(self) -> Iterator[Candidate]:
        """Yield the options by their long names."""
        for action in self._parser._actions:
            if action.option_strings:
                yield action.option_strings[-1], (action.help or "").replace("%%", "%")

    def command_names(self) -> Iterator[Candidate]:
        """Yield the commands with what they are for."""
        assert self.commands is not None
        for choice in self.commands._get_subactions():
            yield choice.dest, choice.help or ""


def _values(
    argument: argparse.Action | None, current: str, given: dict[str, str]
) -> Iterable[Candidate]:
    """Return the values that an argument takes."""
    if argument is None:
        return ()
    if argument.choices is not None:
        return ((str(choice), "") for choice in argument.choices)
    name = argument.metavar if isinstance(argument.metavar, str) else ""
    if name in _FILES:
        return ((_FILES[name], ""),)
    asked = _Asked(given)
    match name:
        case "NAME":
            from store.feeds.formats import FORMATS

            return ((form, "") for form in FORMATS)
        case "TAG" | "TAGS":
            start = current[: current.rfind(",") + 1] if name == "TAGS" else ""
            return ((start + tag, "") for tag in asked.tags())
        case "MACHINE":
            return ((name, "") for name in asked.machines())
        case "COMMAND":
            return ((name, "") for name in asked.own_commands())
        case "FEED":
            return ((feed, "") for feed in asked.feeds())
        case "QUERY":
            return _query_values(current, asked)
    return ()


def _query_values(current: str, asked: "_Asked") -> Iterator[Candidate]:
    """Yield ends of the last term of a query."""
    words = current.split(" ")
    term = words[-1].lstrip("-(")
    start = current[: len(current) - len(term)]
    field, colon, _ = term.partition(":")
    if not colon:
        yield from ((f"{start}{name}:", "") for name in FIELDS)
        return
    texts: Iterable[str] = QUERY_FIELDS.get(field, ())
    if field == "tag":
        texts = asked.tags()
    elif field == "view":
        texts = asked.views()
    elif field == "feed":
        texts = asked.feeds()
    elif field == "cat":
        texts = asked.categories()
    yield from ((f"{start}{field}:{quoted(text)}", "") for text in texts)


class _Asked:
    """The contents of library and settings, with the options given so far."""

    def __init__(self, given: dict[str, str]) -> None:
        self.given = given

    def tags(self) -> list[str]:
        """Return the tags in use, the most used first."""
        from store.files.folders import is_folder
        from store.library import Library

        folder = self._folder()
        return list(Library(folder).tags()) if is_folder(folder) else []

    def machines(self) -> list[str]:
        """Return the machines that have a file in the sync folder."""
        from store.files.folders import files_in

        sync = self._config().sync
        return [path.stem for path in files_in(sync, "*.json")] if sync else []

    def own_commands(self) -> list[str]:
        """Return the names of the commands in the settings."""
        return [each.name for each in self._config().commands]

    def views(self) -> list[str]:
        """Return the names of the saved queries."""
        return list(self._config().views)

    def feeds(self) -> list[str]:
        """Return the subscriptions, and the default feed."""
        from tui.shared.feed_words import DEFAULT_FEED, subscribed

        return list(dict.fromkeys([*subscribed(self._folder(), self._config()), DEFAULT_FEED]))

    def categories(self) -> list[str]:
        """Return the categories of the papers in the library, the most used first."""
        from collections import Counter

        from store.files.folders import is_folder
        from store.library import Library

        folder = self._folder()
        if not is_folder(folder):
            return []
        library = Library(folder)
        library.read_all()
        papers = library.papers.values()
        uses = Counter(category for paper in papers for category in paper.categories)
        return [category for category, _ in uses.most_common()]

    def _folder(self) -> Path:
        from tui.settings.config import library_folder

        named = self.given.get("library")
        return Path(named).expanduser() if named else library_folder()

    def _config(self) -> "Config":
        from tui.settings.config import read_config

        named = self.given.get("config")
        return read_config(Path(named).expanduser() if named else None)
