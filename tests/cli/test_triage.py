"""Papers one by one in plain lines: what is said, what is marked, what a terminal gets."""

import sys
from collections.abc import Callable
from io import StringIO
from typing import TypeAlias

import pytest
from cli_helpers import COMMAND, Outcome, Run, process
from conftest import ABSTRACT, Asked, OpenLibrary, paper
from places import ROOT
from screen_helpers import BREAD, CROWS, PEBBLES, PUDDLES, SNAILS
from terminal import MODERN, OpenTerminal

from store.library import Library
from store.model import Change, Links, Marks
from tui.cli.triage import KEYS, described, keys_in_use
from tui.reader.keyboard.keymap import bindings_by_id
from tui.settings.config import Config

Triage: TypeAlias = Callable[..., Outcome]


@pytest.fixture
def triage(run: Run, monkeypatch: pytest.MonkeyPatch) -> Triage:
    """Go through papers with keys in lines."""

    def go_through(keys: str, *arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "stdin", StringIO(keys))
        return run("triage", "--plain", *arguments)

    return go_through


def marks(library: Library, *ids: str) -> list[Marks]:
    """Return marks as they are on disk."""
    return [Library(library.folder).marks(each) for each in ids]


def test_paper_is_reported_in_lines(filled: OpenLibrary) -> None:
    filled()
    done = process(["triage", "--plain"])
    assert done.status == 0
    assert done.out.splitlines() == [
        "5 papers, 5 unread. ? lists the keys.",
        "1 of 5: Sorting Pebbles by Lamp Light",
        "2025-08-01. Unread.",
    ]


def test_all_that_is_known_is_reported() -> None:
    many = paper(authors=tuple(f"Author {n}" for n in range(9)), upvotes=1_234)
    lines = described(many, Marks(read=True, starred=True, tags=("a", "b")), 3, 1_000)
    assert list(lines) == [
        "3 of 1,000: Sorting Pebbles",
        "By Author 0, Author 1, Author 2, Author 3, Author 4, Author 5 and 3 more.",
        "2025-08-01. 1,234 upvotes. Read, starred. Tags: a, b.",
    ]


def test_next_marks_read_and_goes_on(triage: Triage, filled: OpenLibrary) -> None:
    library = filled()
    done = triage("n\nnq")
    assert "3 of 5: A Map of Every Puddle" in done.out
    assert [each.read for each in marks(library, PEBBLES, SNAILS, PUDDLES)] == [True, True, False]


def test_next_leaps_over_what_is_read(triage: Triage, filled: OpenLibrary) -> None:
    library = filled()
    library.mark([SNAILS, PUDDLES], Change(read=True))
    library.commit()
    assert "4 of 5: Teaching Crows" in triage("n", "date:2025").out


def test_next_at_the_end_says_so(triage: Triage, filled: OpenLibrary) -> None:
    library = filled()
    assert triage("nnnnn").out.endswith("Read.\nNo more unread papers here.\n")
    assert all(each.read for each in marks(library, PEBBLES, BREAD, CROWS))


def test_previous_goes_back_to_what_is_unread(triage: Triage, filled: OpenLibrary) -> None:
    filled()
    assert triage("jjp").out.splitlines()[-2] == "2 of 5: Counting Snails in the Rain"


def test_moving_marks_nothing_and_stops_at_the_ends(triage: Triage, filled: OpenLibrary) -> None:
    library = filled()
    done = triage("kjjjjj")
    assert "That was the first paper." in done.out
    assert done.out.endswith("That was the last paper.\n")
    assert not any(each.read for each in marks(library, PEBBLES, SNAILS, BREAD))


def test_star_and_read_change_and_say_so(triage: Triage, filled: OpenLibrary) -> None:
    library = filled()
    done = triage("ssrrs")
    said = ["Starred.", "Star removed.", "Read.", "Unread.", "Starred."]
    assert done.out.splitlines()[3:] == said
    assert marks(library, PEBBLES)[0].starred


@pytest.mark.parametrize("keys", ["t+light -rain,lamp", "t\n+light lamp", "t #light +lamp\n"])
def test_tags_are_the_rest_of_the_line_or_the_next(
    triage: Triage, filled: OpenLibrary, keys: str
) -> None:
    library = filled()
    library.mark([PEBBLES], Change(add_tags=("rain",)))
    library.mark([PEBBLES], Change(remove_tags=("rain",)))
    library.commit()
    assert triage(keys).out.endswith("Tags: lamp, light.\n")
    assert marks(library, PEBBLES)[0].tags == ("lamp", "light")


def test_tag_goes_with_a_minus(triage: Triage, filled: OpenLibrary) -> None:
    library = filled()
    library.mark([PEBBLES], Change(add_tags=("rain",)))
    library.commit()
    assert triage("t -rain").out.endswith("No tags.\n")


def test_escape_in_the_line_of_tags_leaves_them_alone(triage: Triage, filled: OpenLibrary) -> None:
    library = filled()
    assert triage("t+light\x1b\n").out.endswith("Tags not changed.\n")
    assert marks(library, PEBBLES)[0].tags == ()


def test_enter_tells_the_abstract_and_marks_read(triage: Triage, open_library: OpenLibrary) -> None:
    links = Links(page="https://pebbles.example/1", code="https://pebbles.example/code")
    library = open_library()
    library.add([paper(abstract=ABSTRACT, links=links, summary="In short.")], "hf")
    assert triage("\n").out.splitlines()[3:] == [
        "In short.",
        ABSTRACT,
        "Page: https://pebbles.example/1",
        "Code: https://pebbles.example/code",
        "Read.",
    ]
    assert marks(library, "arxiv:2508.00001")[0].read


def test_undo_takes_back_and_goes_there(triage: Triage, filled: OpenLibrary) -> None:
    library = filled()
    done = triage("nju")
    assert done.out.splitlines()[-3:] == [
        "Undid: marked read (1 paper).",
        "1 of 5: Sorting Pebbles by Lamp Light",
        "2025-08-01. Unread.",
    ]
    assert not marks(library, PEBBLES)[0].read


def test_nothing_to_undo_is_reported(triage: Triage, filled: OpenLibrary) -> None:
    filled()
    assert triage("u").out.endswith("Nothing to undo.\n")


def test_paper_without_address_is_not_opened(triage: Triage, filled: OpenLibrary) -> None:
    filled()
    assert triage("o").out.endswith("This paper has no address.\n")


def test_page_is_opened_in_the_browser(
    triage: Triage, open_library: OpenLibrary, opened: Asked
) -> None:
    open_library().add([paper(links=Links(page="https://pebbles.example/1"))], "hf")
    assert triage("o").out.endswith("Opening https://pebbles.example/1\n")
    assert opened() == ["https://pebbles.example/1"]


def test_help_tells_every_key(triage: Triage, filled: OpenLibrary) -> None:
    filled()
    lines = triage("?").out.splitlines()[3:]
    assert len(lines) == len(KEYS)
    assert lines[4].startswith("Enter: show its abstract")


def test_unknown_key_is_reported(triage: Triage, filled: OpenLibrary) -> None:
    filled()
    assert triage(" z").out.endswith("No such key: z. ? lists the keys.\n")


def test_closed_input_is_reported(
    run: Run, filled: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled()
    monkeypatch.setattr(sys, "stdin", None)
    done = run("triage")
    assert (done.status, done.err) == (1, "papers-tui: standard input is closed\n")


def test_query_says_which_papers(triage: Triage, filled: OpenLibrary) -> None:
    filled()
    assert triage("", "crows").out.splitlines()[0] == "1 paper, 1 unread. ? lists the keys."
    assert triage("", "is:starred").out == "0 papers, 0 unread.\n"


def test_wrong_query_is_refused(triage: Triage, filled: OpenLibrary) -> None:
    filled()
    assert triage("s", "is:odd").status == 2


def test_mark_that_can_not_be_saved_is_undone(triage: Triage, filled: OpenLibrary) -> None:
    library = filled()
    (library.folder / "state.json").unlink(missing_ok=True)
    (library.folder / "state.json").mkdir()
    done = triage("s")
    assert done.status != 0
    assert not done.out.endswith("Starred.\n")


def test_hostile_text_says_nothing_to_the_terminal(
    triage: Triage, open_library: OpenLibrary
) -> None:
    evil = "\x1b]52;c;ZXZpbA==\x07\x9b31m\u202e"
    bad = paper(title=f"Pebbles{evil}", abstract=f"Lamps{evil}\nand more", authors=(f"A{evil}",))
    open_library().add([bad], "hf")
    out = triage("\ns", "pebbles").out
    assert "Pebbles" in out
    assert all(char.isprintable() or char == "\n" for char in out)


def test_keys_are_those_of_the_reader() -> None:
    known = bindings_by_id()
    for name, (key, _) in KEYS.items():
        written = {"\n": "enter", "?": "question_mark"}.get(key, key)
        assert written in known[name].key.split(",")


def test_keys_of_the_settings_are_taken() -> None:
    keys = keys_in_use(Config(keys={"mark.star": "X,f5", "mark.read": "s", "app.quit": "f10"}))
    assert (keys["X"], keys["s"], keys["q"]) == ("mark.star", "mark.read", "app.quit")
    assert "r" not in keys


# In a terminal


def is_plain(written: str) -> bool:
    """Return whether a terminal got text alone, and nothing that draws."""
    return all(char.isprintable() or char in "\r\n" for char in written)


@pytest.mark.slow
def test_keys_are_taken_as_they_are_pressed(
    filled: OpenLibrary, open_terminal: OpenTerminal
) -> None:
    filled()
    terminal = open_terminal(MODERN, "triage", "--plain")
    terminal.shows("1 of 5: Sorting Pebbles by Lamp Light")
    for keys, said in (
        ("s", "Starred."),
        ("\x1b[B", "2 of 5: Counting Snails"),
        ("t", "Tags, such as +a -b: "),
        ("+rain\r", "Tags: rain."),
        ("\x1b[1;5C", ""),
        ("n", "3 of 5: A Map"),
        ("ukk", "That was the first paper."),
        ("\r", "We measure how well"),
        ("?", "Enter: show its abstract"),
    ):
        terminal.type(keys)
        terminal.until(lambda said=said: said in terminal.written, said)  # type: ignore[misc]
    terminal.type("q")
    assert terminal.leaves() == 0
    assert marks(filled(), SNAILS)[0].tags == ("rain",)
    assert is_plain(terminal.written)


@pytest.mark.slow
def test_dumb_terminal_gives_lines(filled: OpenLibrary, open_terminal: OpenTerminal) -> None:
    filled()
    terminal = open_terminal({"TERM": "dumb"}, "triage", "--plain")
    for prompt, keys in (
        ("Unread.\r\n> ", "s\n"),
        ("Starred.\r\n> ", "jj\n"),
        ("3 of 5: A Map of Every Puddle\r\n2025-08-01. Unread.\r\n> ", "t\n"),
        ("Tags, such as +a -b: ", "rain\n"),
        ("Tags: rain.\r\n> ", "\x04"),
    ):
        terminal.until(lambda prompt=prompt: prompt in terminal.written, prompt)  # type: ignore[misc]
        terminal.type(keys)
    assert terminal.leaves() == 0
    assert is_plain(terminal.written)


@pytest.mark.slow
@pytest.mark.parametrize(("keys", "status"), [("\x04", 0), ("\x03", 130), ("t+rain\rq", 0)])
def test_terminal_is_left_as_it_was(
    filled: OpenLibrary, open_terminal: OpenTerminal, keys: str, status: int
) -> None:
    filled()
    # A shell around it, so that there still is a terminal to look at behind it.
    line = f"trap : INT; stty -g; {COMMAND} triage --plain; echo status $?; stty -g"
    terminal = open_terminal(MODERN, shell=line)
    terminal.until(lambda: "Unread.\r\n" in terminal.written, "the first paper")
    terminal.type(keys)
    terminal.leaves()
    before, *_, said, after = terminal.written.splitlines()
    assert (said, after) == (f"status {status}", before)


def test_docs_name_all_keys() -> None:
    docs = (ROOT / "docs" / "terminals.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in docs.splitlines() if line.startswith("| ")]
    named = {word.strip("`") for row in rows for word in row.split()}
    assert {"Enter" if key == "\n" else key for key, _ in KEYS.values()} <= named
