"""The command `show`: one paper, by any of its ids."""

from pathlib import Path

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary, paper

from store.model import Links

PAPER = paper(
    "arxiv:2508.00007",
    "Weighing Soap Bubbles",
    authors=("Ada Stone", "Bo Reed"),
    abstract="A bubble is lighter than it looks.",
    aliases=("doi:10.1000/Bubbles.7",),
    links=Links(page="https://example.org/bubbles", code="javascript:alert(1)"),
)


@pytest.fixture
def bubbles(open_library: OpenLibrary) -> OpenLibrary:
    """A library with one paper more than the small feed."""
    open_library().add([PAPER, paper("arxiv:math/0309136", "Old Knots")], "hf")
    return open_library


@pytest.mark.parametrize(
    "name",
    [
        *("arxiv:2508.00007", "2508.00007", "ARXIV:2508.00007", "2508.00007v3"),
        *("https://arxiv.org/abs/2508.00007", "10.1000/bubbles.7", "doi:10.1000/BUBBLES.7"),
        "https://doi.org/10.1000/bubbles.7",
    ],
)
def test_paper_is_found_by_any_of_its_ids(run: Run, bubbles: OpenLibrary, name: str) -> None:
    assert run("show", name).out.startswith("Weighing Soap Bubbles\nAda Stone, Bo Reed\n")


def test_old_id_of_arxiv_is_one_without_its_prefix(run: Run, bubbles: OpenLibrary) -> None:
    assert run("show", "math.GT/0309136").out.startswith("Old Knots\n")


def test_id_of_a_title_is_one_without_its_prefix(run: Run, open_library: OpenLibrary) -> None:
    open_library().add([paper("sha:0123456789abcdef", "Untold")], "hf")
    assert run("show", "0123456789abcdef").out.startswith("Untold\n")


@pytest.mark.parametrize(
    "name", ["", " ", "2508", "arxiv:", "no", "2508.00008", "\x1b[2J", "\udc80"]
)
def test_unknown_id_is_reported_in_one_line(run: Run, bubbles: OpenLibrary, name: str) -> None:
    done = run("show", name)
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert "\x1b" not in done.err


def test_json_is_the_object_that_list_has(run: Run, bubbles: OpenLibrary) -> None:
    listed = orjson.loads(run("list", "--json", "id:2508.00007").out)
    assert orjson.loads(run("show", "2508.00007", "--json").out) == listed[0]


def test_marks_and_note_are_shown(run: Run, bubbles: OpenLibrary) -> None:
    run("mark", "id:2508.00007", "--star", "--tag", "soap", "--note", "Blow softly.")
    shown = run("show", "2508.00007").out
    assert "marks      unread starred #soap\n" in shown
    assert shown.endswith("\nBlow softly.\n")


def test_only_web_addresses_are_shown(run: Run, bubbles: OpenLibrary) -> None:
    shown = run("show", "2508.00007").out
    assert "page       https://example.org/bubbles\n" in shown
    assert "javascript" not in shown


def test_hostile_text_is_shown_harmlessly(run: Run, open_library: OpenLibrary) -> None:
    hostile = paper("arxiv:2508.00009", "A\x1b[2JB", abstract="C\x07\x9bD", venue="E\rF")
    open_library().add([hostile], "hf")
    shown = run("show", "2508.00009").out
    assert all(line.isprintable() for line in shown.split("\n"))


def test_damaged_month_is_reported_and_the_others_are_looked_through(
    run: Run, bubbles: OpenLibrary
) -> None:
    broken: Path = bubbles().folder / "papers" / "2030-01.json"
    broken.write_bytes(b"{")
    done = run("show", "2508.00007")
    assert (done.status, done.out[:8]) == (3, "Weighing")


def test_rule_that_hid_a_paper_is_named(run: Run, bubbles: OpenLibrary) -> None:
    run("rules", "add", "title:soap", "--then", "hide,tag:wet")
    assert "rules" not in run("show", "2508.00007").out
    run("rules", "apply")
    assert "\nrules      title:soap → hide, tag:wet\n" in run("show", "2508.00007").out
    rules = bubbles().folder / "rules.json"
    rules.write_text("7")
    done = run("show", "2508.00007")
    assert (done.status, done.err.count("\n"), "rules  " in done.out) == (0, 1, False)
