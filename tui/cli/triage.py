"""`triage --plain`: one paper at a time in plain lines, for screen readers and all terminals.

It moves no cursor, sets no colour and clears no screen. The keys are those of the reader. They are
pressed one at a time, or written in lines if input is no terminal or a dumb one.
"""

import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from store.errors import LibraryError
from store.library import Library
from store.marks.tag_names import TagError
from store.model import Change, Marks, Paper
from store.query.syntax import Query
from store.text.clean import NAME_LIMIT, clean_line, clean_text
from store.text.web import is_web_address
from tui.cli.finds import found
from tui.cli.plain_keys import PlainKeys, keys_of_terminal
from tui.settings.config import Config
from tui.settings.programs import OpenSettings
from tui.tag_line import Tagging
from tui.words import count_papers, undo_words

KEYS = {
    "list.next_unread": ("n", "mark it read, go to the next unread"),
    "list.previous_unread": ("p", "mark it read, go to the previous unread"),
    "list.down": ("j", "go to the next paper"),
    "list.up": ("k", "go to the previous paper"),
    "paper.open": ("\n", "show its abstract and addresses; marks it read"),
    "mark.star": ("s", "star it, or remove the star"),
    "mark.read": ("r", "mark it read or unread"),
    "mark.tag": ("t", "add and remove tags: t +a -b"),
    "mark.undo": ("u", "undo the last change of marks"),
    "paper.page": ("o", "open its page in the browser"),
    "app.help": ("?", "these keys"),
    "app.quit": ("q", "leave"),
}
"""The key and the description of each action, by its id in the reader."""
MOST_AUTHORS = 6


def triage(library: Library, query: Query, config: Config, file: Path | None) -> int:
    """Go through the papers of a query; return an exit status."""
    if config.keys:
        from tui.reader.keyboard.keymap import check_keys

        check_keys(config, file)
    papers, status = found(library, query, None)
    ids = [paper.id for paper, _ in papers]
    unread = sum(not marks.read for _, marks in papers)
    counts = f"{count_papers(len(ids))}, {unread:,} unread."
    if not ids:
        say(counts)
        return status
    with keys_of_terminal() as keys:
        say(f"{counts} ? lists the keys.")
        _Triage(library, ids, keys_in_use(config), keys, config.open or OpenSettings()).run()
    return status


def say(text: str) -> None:
    """Print clean text at once; in a terminal, wrap it between words."""
    text = clean_text(text, len(text))
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        text = "\n".join(textwrap.fill(line, width - 1) for line in text.split("\n"))
    print(text, flush=True)


def keys_in_use(config: Config) -> dict[str, str]:
    """Return the action of each key; keys of the settings count if they are single characters."""
    given: dict[str, list[str]] = {}
    if config.keys:
        from tui.reader.keyboard.keymap import checked_keys, signs

        given = {name: signs(keys) for name, keys in checked_keys(config.keys).items()}
    keys = {key: name for name, (key, _) in KEYS.items() if not given.get(name)}
    return keys | {key: name for name in KEYS for key in given.get(name, ())}


class _Triage:
    """The papers, the one in turn, and what keys do with it."""

    def __init__(
        self,
        library: Library,
        ids: Sequence[str],
        actions: dict[str, str],
        keys: PlainKeys,
        programs: OpenSettings,
    ) -> None:
        self._library = library
        self._ids = ids
        self._place = 0
        self._keys = keys
        self._action_ids = actions
        self._programs = programs
        self._actions: dict[str, Callable[[], None]] = {
            "list.next_unread": lambda: self._next_unread(1),
            "list.previous_unread": lambda: self._next_unread(-1),
            "list.down": lambda: self._go_to(self._place + 1),
            "list.up": lambda: self._go_to(self._place - 1),
            "paper.open": self._open,
            "mark.star": self._star,
            "mark.read": self._read,
            "mark.tag": self._tag,
            "mark.undo": self._undo,
            "paper.page": self._page,
            "app.help": self._help,
        }

    def run(self) -> None:
        """Run the action of each key until q or the end of input."""
        self._describe()
        while (key := self._keys.key()) and self._action_ids.get(key) != "app.quit":
            action = self._actions.get(self._action_ids.get(key, ""))
            if action:
                action()
            elif not key.isspace():
                say(f"No such key: {clean_line(key)}. ? lists the keys.")

    @property
    def _paper(self) -> Paper:
        return self._library.papers[self._ids[self._place]]

    @property
    def _marks(self) -> Marks:
        return self._library.marks(self._ids[self._place])

    def _describe(self) -> None:
        for line in described(self._paper, self._marks, self._place + 1, len(self._ids)):
            say(line)

    def _go_to(self, place: int) -> None:
        if 0 <= place < len(self._ids):
            self._place = place
            self._describe()
        else:
            say("That was the last paper." if place > 0 else "That was the first paper.")

    def _next_unread(self, step: int) -> None:
        if not self._marks.read:
            self._mark(Change(read=True), "Read.")
        place = self._place + step
        while 0 <= place < len(self._ids):
            if not self._library.marks(self._ids[place]).read:
                self._go_to(place)
                return
            place += step
        say("No more unread papers here.")

    def _open(self) -> None:
        paper = self._paper
        if paper.summary:
            say(clean_line(paper.summary))
        say(clean_text(paper.abstract) or "No abstract.")
        links = paper.links
        named = {"Page": links.page, "PDF": links.pdf, "Code": links.code, "Project": links.project}
        for name, address in named.items():
            if address:
                say(f"{name}: {clean_line(address)}")
        if self._marks.note:
            say(f"Note: {clean_text(self._marks.note)}")
        if not self._marks.read:
            self._mark(Change(read=True), "Read.")

    def _star(self) -> None:
        starred = not self._marks.starred
        self._mark(Change(starred=starred), "Starred." if starred else "Star removed.")

    def _read(self) -> None:
        read = not self._marks.read
        self._mark(Change(read=read), "Read." if read else "Unread.")

    def _tag(self) -> None:
        line = Tagging(self._library.tags(), dict.fromkeys(self._marks.tags, 1), 1)
        typed = self._keys.rest("Tags, such as +a -b: ")
        if "\x1b" in typed:
            say("Tags not changed.")
            return
        try:
            change = line.change(typed)
        except TagError as error:
            say(f"Not tagged: {error}.")
            return
        if self._mark(change):
            say(f"Tags: {', '.join(self._marks.tags)}." if self._marks.tags else "No tags.")

    def _mark(self, change: Change, done: str = "") -> bool:
        """Change marks and save them; print `done`, or why saving failed."""
        try:
            self._library.mark([self._paper.id], change)
            self._library.commit()
        except LibraryError as error:
            self._library.revert()
            say(f"Not saved: {clean_line(str(error))}")
            return False
        if done:
            say(done)
        return True

    def _undo(self) -> None:
        try:
            with self._library.alone():
                result = self._library.undo()
                self._library.commit()
        except LibraryError as error:
            self._library.revert()
            say(f"Not undone: {clean_line(str(error))}")
            return
        if result is None:
            say("Nothing to undo.")
            return
        undone = bool(result.papers) or not result.left_alone
        say(clean_line(f"{'Undid' if undone else 'Not undone'}: {undo_words(result)}."))
        if result.papers and result.papers[0] in self._ids:
            self._go_to(self._ids.index(result.papers[0]))

    def _page(self) -> None:
        links = self._paper.links
        address = links.page or links.project or links.code or links.pdf
        if not is_web_address(address):
            say("This paper has no address.")
            return
        say(f"Opening {address}")
        from tui.programs.browser import BrowserError, find_browser, open_apart, open_in_terminal

        try:
            browser = find_browser(self._programs, os.environ)
            if not browser.terminal:
                open_apart(browser, address)
            elif sys.stdin.isatty():
                with self._keys.lent():
                    open_in_terminal(browser, address)
            else:
                say("There is no browser here that works without a terminal.")
        except BrowserError as error:
            say(f"{clean_line(str(error))}.")

    def _help(self) -> None:
        for key, name in self._action_ids.items():
            shown = {"\n": "Enter", " ": "Space"}.get(key, key)
            say(f"{shown}: {KEYS[name][1]}")


def described(paper: Paper, marks: Marks, number: int, total: int) -> Iterator[str]:
    """Yield lines about the paper and its marks."""
    yield f"{number:,} of {total:,}: {clean_line(paper.title)}"
    authors, more = paper.named_authors(MOST_AUTHORS)
    if authors:
        byline = "By " + clean_line(", ".join(authors), MOST_AUTHORS * NAME_LIMIT) + more
        yield byline if byline.endswith(".") else f"{byline}."
    votes = f" {paper.upvotes:,} upvotes." if paper.upvotes else ""
    state = f"{'Read' if marks.read else 'Unread'}{', starred' if marks.starred else ''}."
    tags = f" Tags: {', '.join(marks.tags)}." if marks.tags else ""
    yield f"{clean_line(paper.date) or 'No date'}.{votes} {state}{tags}"
