"""Rules at work in a library, on papers when these arrive and later."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import OpenLibrary, paper, refresh

from store.errors import LibraryDamagedError
from store.library import Library
from store.model import Change
from store.rules.file import RULES, RulesFile
from store.rules.rule import Rule, make_rule
from store.rules.running import Arrivals, run_on

SURVEY = paper("arxiv:2508.00001", "A Survey of Lamps")
LAMPS = paper("arxiv:2508.00002", "Lamps at Night")
SNAILS = paper("arxiv:2508.00003", "Snails")
MUTE = make_rule("title:survey", ["hide"])
FOLLOW = make_rule("title:night", ["star", "tag:Lamps", "score:+2"])


def today() -> date:
    return date(2025, 8, 1)


def arrivals(library: Library, *rules: Rule) -> Arrivals:
    return Arrivals(library, rules, today, library.add)


def test_rules_run_on_papers_that_arrive(library: Library) -> None:
    coming = arrivals(library, MUTE)
    coming.add([SURVEY, LAMPS], "hf")
    assert library.hidden == {SURVEY.id}
    assert coming.done == "1 hidden by 1 rule"


def test_what_rules_did_is_on_disk(library: Library, open_library: OpenLibrary) -> None:
    arrivals(library, FOLLOW).add([LAMPS], "hf")
    marks = open_library().marks(LAMPS.id)
    assert (marks.starred, marks.tags, marks.score) == (True, ("Lamps",), 2)


def test_rules_run_once_on_each_paper(library: Library) -> None:
    coming = arrivals(library, MUTE)
    coming.add([SURVEY], "hf")
    library.mark([SURVEY.id], Change(hidden=False))
    coming.add([SURVEY, LAMPS], "arxiv")
    assert library.hidden == set()


def test_several_batches_are_one_action(library: Library) -> None:
    coming = arrivals(library, MUTE, FOLLOW)
    for each in (SURVEY, SNAILS, LAMPS):
        coming.add([each], "hf")
    assert coming.done == "1 hidden, 1 starred, 1 tagged, 1 scored by 2 rules"
    taken = library.undo()
    assert taken
    assert set(taken.papers) == {SURVEY.id, LAMPS.id}
    assert not any(True for _ in library.marked())
    assert library.undo() is None
    library.redo()
    assert library.marks(LAMPS.id).starred


def test_what_the_user_did_meanwhile_is_another_action(
    library: Library, open_library: OpenLibrary
) -> None:
    coming = arrivals(library, MUTE)
    coming.add([SURVEY], "hf")
    reader = open_library()
    reader.mark([SURVEY.id], Change(note="mine"))
    reader.commit()
    coming.add([paper("arxiv:2508.00009", "Another Survey")], "hf")
    refresh(reader)
    labels = []
    while taken := reader.undo():
        labels.append((taken.action.label, len(taken.papers)))
    assert labels == [
        ("1 hidden by 1 rule", 1), ("note written", 1), ("1 hidden by 1 rule", 1),
    ]  # fmt: skip


def test_mark_from_another_machine_stands(library: Library) -> None:
    library.mark([LAMPS.id], Change(starred=True))
    library.mark([LAMPS.id], Change(starred=False))
    library.commit()
    arrivals(library, FOLLOW).add([LAMPS], "hf")
    assert not library.marks(LAMPS.id).starred
    assert library.marks(LAMPS.id).score == 2


@pytest.mark.parametrize(
    "change", [Change(starred=True), Change(add_tags=("x",)), Change(note="n")]
)
def test_what_somebody_kept_is_not_hidden(library: Library, change: Change) -> None:
    library.mark([SURVEY.id], change)
    library.commit()
    arrivals(library, MUTE).add([SURVEY], "hf")
    assert library.hidden == set()


def test_hidden_papers_go_to_other_machines_and_come_back(
    machine: Callable[[str], Library],
) -> None:
    here, there = machine("here"), machine("there")
    arrivals(here, MUTE).add([SURVEY], "hf")
    here.others.exchange()
    there.add([SURVEY], "hf")
    there.others.exchange()
    refresh(there)
    assert there.hidden == {SURVEY.id}
    there.mark([SURVEY.id], Change(hidden=False))
    there.commit()
    there.others.exchange()
    here.others.exchange()
    refresh(here)
    assert here.hidden == set()


def test_hidden_paper_goes_with_its_feed(library: Library) -> None:
    arrivals(library, MUTE, make_rule("lamps", ["score:+1"])).add([SURVEY, LAMPS], "hf")
    library.read_all()
    assert library.drop_feed("hf").gone == 2


def test_rules_run_on_papers_that_are_there_as_one_action(library: Library) -> None:
    library.add([SURVEY, LAMPS], "hf")
    library.read_all()
    library.mark([LAMPS.id], Change(add_tags=("lamps",)))
    _, action = run_on(library, [MUTE, FOLLOW], None, today())
    assert action.label == "1 hidden, 1 starred, 1 scored by 2 rules"
    assert library.marks(LAMPS.id).tags == ("lamps",)  # as it is spelled here
    library.undo()
    assert library.hidden == set()


def test_running_rules_again_changes_nothing(library: Library) -> None:
    library.add([SURVEY, LAMPS], "hf")
    library.read_all()
    run_on(library, [FOLLOW], None, today())
    assert not run_on(library, [FOLLOW], None, today())[1].steps


def test_rule_is_kept_in_its_place(tmp_path: Path) -> None:
    file = RulesFile(tmp_path)
    assert file.add("a", ("hide",))
    assert file.add("b", ("star",))
    assert file.add("a", ("read",))
    assert not file.add("a", ("read",))
    assert list(RulesFile(tmp_path).read().items()) == [("a", ("read",)), ("b", ("star",))]
    assert file.remove("a")
    assert not file.remove("a")


@pytest.mark.parametrize("document", ["[]", '{"then": 7}', '{"then": [7]}', "{}"])
def test_damaged_rules_are_reported(tmp_path: Path, document: str) -> None:
    (tmp_path / RULES).write_text(f'{{"rules": {{"a": {document}}}}}')
    with pytest.raises(LibraryDamagedError):
        RulesFile(tmp_path).read()
