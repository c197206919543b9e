"""What the reader looks like in each state that keys lead to, at four sizes."""

import pytest
from conftest import ABSTRACT, OpenLibrary, paper
from golden_screens import SIZES, looks_golden
from screen_helpers import TODAY, reading

from store.library import Library
from store.model import Change, Links, Paper

STATES = {
    "list": ([], "1 of 8"),
    "sort": (["S"], "rising"),
    "copy": (["escape", "Y"], "BibTeX"),
    "export": (["escape", "e"], "Export 8 papers"),
    "help": (["escape", "question_mark"], "The next paper"),
    "note": (["escape", "N", *"ask Ada"], "ask Ada"),
    "filter": (["slash", *"pebbles sor"], "sort:"),
    "filter-wrong": (["ctrl+u", *"is:unred ("], "is: takes"),
    "no-match": (["ctrl+u", *"is:starred #rain", "enter"], "without #rain: 2"),
    "selected": (["j", "v", "j", "j"], "3 selected"),
    "tagging": (["j", "space", "space", "t", *"+li -r", "down"], "removes #rain"),
    "save-view": (["slash", *"crows", "enter", "m"], "Save the filter"),
    "reading": (["enter"], "We measure"),
    "note-shown": (["G", "k", "k", "k", "enter"], "✎ Ask the crows."),
    "zen": (["z"], "We measure"),
    "card": (["C"], "We measure"),
    "last-card": ([*"snnts", "enter", *"nnn"], "6 of 6"),
}
"""The keys that lead to a state, and what is on the screen then."""
DIALOGS = ("list", "sort", "copy", "export", "help", "note")
TYPED_ON = ("filter", "filter-wrong", "no-match")
CARDS = ("card", "last-card")
"""States that are come to in one reader, one behind the other."""
IN_A_ROW = DIALOGS + TYPED_ON + CARDS
WAYS = [DIALOGS, TYPED_ON, CARDS, *((state,) for state in STATES if state not in IN_A_ROW)]


def feed() -> list[Paper]:
    """Return eight papers of two days, with all that a row and the detail can show."""
    lamp = Links(page="https://pebbles.example/lamps", code="https://github.com/pebbles/lamps")
    return [
        paper("arxiv:2508.00001", "Sorting Pebbles by Lamp Light", abstract=ABSTRACT, links=lamp,
              authors=("Ada Lindqvist", "Bo Marsh", "Cleo Tan"), upvotes=41),
        paper("arxiv:2508.00002", "Counting Snails in the Rain Without Getting Wet: A Benchmark "
              "of Umbrellas, Cameras and Patience", authors=("Dov Ek",), upvotes=7),
        paper("arxiv:2508.00003", "A Map of Every Puddle", abstract="Puddles, mapped.", upvotes=0),
        paper("doi:10.1000/kettle", "The Kettle Problem", authors=("Eve Falk", "Finn Gray")),
        paper("arxiv:2507.00004", "[Re] Teaching Crows to Queue", date="2025-07-31", upvotes=120),
        paper("arxiv:2507.00005", "Bread That Reads Recipes", date="2025-07-31"),
        paper("arxiv:2507.00006", "夜の灯台は誰のために光るのか", date="2025-07-31", upvotes=3),
        paper("arxiv:2507.00007", "On the Length of Coastlines and Short Lunches",
              date="2025-07-31", authors=("Gil Hahn",)),
    ]  # fmt: skip


@pytest.fixture
def library(open_library: OpenLibrary) -> Library:
    """A library with the feed and a mark of each kind."""
    open_library().add(feed(), "hf")
    library = open_library()
    library.mark(["arxiv:2508.00001"], Change(starred=True, add_tags=("light",)))
    library.mark(["arxiv:2508.00002"], Change(read=True, add_tags=("rain", "snails")))
    library.mark(["arxiv:2507.00004"], Change(read=True, starred=True, note="Ask the crows."))
    library.commit()
    return library


@pytest.mark.parametrize("states", WAYS, ids="+".join)
async def test_golden(library: Library, states: tuple[str, ...]) -> None:
    async with reading(library, size=SIZES[0]) as reader:
        for state in states:
            keys, text = STATES[state]
            await reader.pilot.resize_terminal(*SIZES[0])
            await reader.press(*keys)
            await reader.shows(text)
            await reader.saved()
            await looks_golden(reader, state)


def test_day_of_the_screens_is_that_of_the_feed() -> None:
    assert TODAY.isoformat() == feed()[0].date
