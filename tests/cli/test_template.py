"""Templates of `list --format`."""

import os

import pytest
from cli_helpers import COMMAND, Run
from conftest import OpenLibrary, paper
from hypothesis import example, given
from hypothesis import strategies as st
from patience import DEADLINE
from pexpect import EOF, spawn

from store.errors import QueryError
from store.model import Links, Marks
from tui.template import DEFAULT, VALUES, template_of

PAPER = paper(
    title="A Map of Every Puddle",
    authors=("Ada Stone", "Bo Reed"),
    upvotes=7,
    published="2025-07-30",
    links=Links(page="https://example.org/a", code="javascript:alert(1)"),
)
MARKS = Marks(starred=True, tags=("rain", "sea"), note="Wet.\nVery.")

LINES = {
    "{title}": "A Map of Every Puddle",
    "{authors}": "Ada Stone, Bo Reed",
    "{first_author}": "Ada Stone",
    "{date:%d %b} {published:%Y}": "01 Aug 2025",
    "{date}": "2025-08-01",
    "{read}{star}": "●★",
    "{tags}": "#rain #sea",
    "{note}": "Wet. Very.",
    "{title:.8}|": "A Map o…|",
    "{title:.5}|": "A Ma…|",
    "{upvotes:4}|": "7   |",
    "{upvotes:>4}|": "   7|",
    "{upvotes:^4}|": " 7  |",
    "{title:>4}": "A Map of Every Puddle",
    "{comments}|": "|",
    "{updated:%d}|": "|",
    "{code}|{url}": "|https://example.org/a",
    "{{{id}}}": "{arxiv:2508.00001}",
    r"{id}\t{upvotes}\n": "arxiv:2508.00001\t7\n",
    "plain": "plain",
    "": "",
}


@pytest.mark.parametrize(("text", "line"), LINES.items(), ids=LINES.keys())
def test_line_is_as_the_template_says(text: str, line: str) -> None:
    assert template_of(text).line(PAPER, MARKS) == line


def test_wide_characters_take_two_columns() -> None:
    wide = paper(title="水たまりの地図")
    assert template_of("{title:.7}|{title:16}|").line(wide, MARKS) == "水たま…|水たまりの地図  |"


WRONG = {
    "{nonsense}": "there is no {nonsense}; known: id, title",
    "{}": "there is no {}; known: id, title",
    "{title": "the { at character 1 is unpaired; for the brace itself write {{",
    "a }": "the } at character 3 is unpaired; for the brace itself write }}",
    "{title!r}": "is unpaired",
    "{title.__class__}": "is unpaired",
    "{title:9999}": "it takes a width",
    "{title:%d}": "it takes a width",
    "{date:%s}": "write a day as {date:%d %b}",
    "{date:%H}": "write a day as {date:%d %b}",
}


@pytest.mark.parametrize(("text", "said"), WRONG.items(), ids=WRONG.keys())
def test_wrong_template_is_reported(run: Run, filled: OpenLibrary, text: str, said: str) -> None:
    done = run("list", "--format", text)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err


@given(
    st.text()
    | st.lists(st.sampled_from(["{", "}", ":", "%", "d", "title", "date", "9"])).map("".join)
)
@example("{date:%")
@example("\ud800{title}")
def test_any_text_is_a_template_or_a_wrong_one(text: str) -> None:
    try:
        line = template_of(text).line(PAPER, MARKS)
    except QueryError:
        return
    line.encode()


@pytest.mark.parametrize("name", VALUES)
def test_every_field_is_harmless(name: str) -> None:
    hostile = paper(title="A\x1b[2J\x9b\nB", abstract="\x07", venue="\x1b", authors=("\x1b]0;x",))
    assert template_of(f"{{{name}}}").line(hostile, MARKS).isprintable()


def test_template_and_json_exclude_each_other(run: Run, filled: OpenLibrary) -> None:
    assert run("list", "--json", "--format", "{id}").status == 2


def test_lines_of_the_default_template_are_those_of_list(run: Run, filled: OpenLibrary) -> None:
    run("mark", "title:snails", "--star", "--tag", "garden")
    assert run("list").out == run("list", "--format", DEFAULT).out


def on_terminal(*arguments: str) -> list[str]:
    """Return the lines that a command prints to a terminal of 30 columns."""
    # Said outright: what libraries set behind Python's back would be handed on as well.
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    child = spawn(
        str(COMMAND), list(arguments), env=environment,
        dimensions=(24, 30), encoding="utf-8", timeout=DEADLINE,
    )  # fmt: skip
    child.expect(EOF)
    return str(child.before).splitlines()


def test_line_fits_the_terminal(filled: OpenLibrary) -> None:
    assert on_terminal("list", "pebbles") == ["2025-08-01 ●  Sorting Pebbles"]


def test_line_of_a_template_is_not_cut(filled: OpenLibrary) -> None:
    assert on_terminal("list", "pebbles", "--format", "{id} {title}") == [
        "arxiv:2508.00001 Sorting Pebbles by Lamp Light"
    ]
