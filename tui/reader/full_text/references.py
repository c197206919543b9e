"""What to do with a reference: open its page, go to it in the list, or add it to the library."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from threading import Event, Thread

from store.errors import PapersError
from store.fetching.client import Client
from store.fetching.lookup import ask_for, asking
from store.fetching.sources import Mirrors
from store.fulltext.blocks import Block
from store.fulltext.wording import FIRM
from store.identity import fold_title
from store.library import ADDED, Library
from store.model import Paper
from store.text.web import arxiv_key, doi_key
from tui.reader.dialogs.choice_menu import ChoiceMenu
from tui.reader.messages import Messages
from tui.reader.panes import Panes
from tui.reader.session import Session

_ARXIV = re.compile(
    r"(?:arxiv[: ]\s*|abs/)((?:\d{4}\.\d{4,5})|(?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}))", re.IGNORECASE
)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s,;]+)")
_SHORTEST_TITLE = 20
"""Letters of a title that are too few to know a paper by in an entry."""


def key_in(entry: Block) -> str | None:
    """Return the key of the paper that an entry names by its id, or None."""
    texts = [entry.plain.replace(FIRM, " "), *(link.target for link in entry.links)]
    for text in texts:
        if (match := _ARXIV.search(text)) and (key := arxiv_key(match[1])):
            return key
    for text in texts:
        if (match := _DOI.search(text)) and (key := doi_key(match[1].rstrip("."))):
            return key
    return None


def address_in(entry: Block, key: str | None) -> str:
    """Return the address of an entry's page: its own link, else where its id leads."""
    for link in entry.links:
        if not link.target.startswith("#"):
            return link.target
    scheme, _, name = (key or "").partition(":")
    return {"arxiv": f"https://arxiv.org/abs/{name}", "doi": f"https://doi.org/{name}"}.get(
        scheme, ""
    )


def paper_in(entry: Block, key: str | None, papers: Mapping[str, Paper]) -> Paper | None:
    """Return the paper of the library that an entry is of: by its id, else by its title."""
    if key is not None and key in papers:
        return papers[key]
    text = fold_title(entry.plain)
    for paper in papers.values():
        if key is not None and key in paper.aliases:
            return paper
        title = fold_title(paper.title)
        if len(title) >= _SHORTEST_TITLE and title in text:
            return paper
    return None


class References:
    """What can be done with the entries of a bibliography."""

    def __init__(
        self,
        session: Session,
        panes: Panes,
        messages: Messages,
        mirrors: Mirrors,
        go_to_paper: Callable[[str], object],
        open_address: Callable[[str], object],
    ) -> None:
        """`go_to_paper` leaves the text for a paper of the list."""
        self._session = session
        self._panes = panes
        self._messages = messages
        self._mirrors = mirrors
        self._go_to_paper = go_to_paper
        self._open_address = open_address

    def ask_about(self, entry: Block) -> None:
        """Ask what to do with an entry, of what can be done."""
        key = key_in(entry)
        paper = paper_in(entry, key, self._session.papers)
        address = address_in(entry, key)
        choices: list[tuple[str, str]] = []
        if paper is not None:
            choices.append(("g", "go to it in the list"))
        elif key is not None and key.startswith("arxiv:"):
            choices.append(("a", "add it to the library"))
        if address:
            choices.append(("o", "open its page"))
        if not choices:
            self._messages.say("This reference names neither an id nor an address.")
            return

        def do(choice: str | None) -> None:
            match choice:
                case "g" if paper is not None:
                    self._go_to_paper(paper.id)
                case "a" if key is not None:
                    self._messages.say(f"Adding {key}…")
                    Thread(target=self._add, args=(key,), name="add", daemon=True).start()
                case "o":
                    self._open_address(address)

        words = f"{entry.label} {entry.plain}".replace(FIRM, " ").strip()
        self._panes.ask(ChoiceMenu(words[:56], choices), do)

    def _add(self, key: str) -> None:
        """Add a paper to the library; in a thread."""
        try:
            title = add_by_key(Library(self._session.library.folder), key, self._mirrors)
        except PapersError as error:
            self._messages.say(f"{key} was not added: {error}", severity="error")
        else:
            self._messages.say(f"Added: {title}")


def add_by_key(library: Library, key: str, mirrors: Mirrors) -> str:
    """Add the paper of a key to a library, as `papers-tui add` does; return its title.

    Raises PapersError if that can't be.
    """
    with Client(Event().wait) as client:
        paper = ask_for(key, mirrors, asking(client), date.today())
    library.add([paper], ADDED)
    return paper.title
