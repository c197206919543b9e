"""Machines that know a paper by different keys share its marks; whatever the order."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cli_helpers import Run
from conftest import TickingClock, done, paper
from disks import CarelessDisk
from sync_helpers import Machine, config, exchanged, name_of, names

from store.errors import LibraryError
from store.identity import title_key
from store.library import Library
from store.marks.exchange import SEEN
from store.marks.machine import Place
from store.marks.other_names import merge_names, tied_keys
from store.model import Change, Marks, Paper

STAR = Change(starred=True)
TITLE, AUTHORS = "Sorting Pebbles by Lamplight", ("Ada Stone", "Bo Rock")
ARXIV = paper("arxiv:2508.00009", TITLE, authors=AUTHORS)
BY_TITLE = paper(title_key(TITLE, AUTHORS), TITLE, authors=AUTHORS)
WITHOUT_AUTHORS = paper(title_key(TITLE), TITLE)
OTHER = paper("arxiv:2508.00010", TITLE, authors=("Cy Sand",))


def having(library: Library, *papers: Paper) -> Library:
    """Put papers into a library; return it."""
    library.add(papers, "hf")
    return library


@pytest.mark.parametrize("known", [BY_TITLE, WITHOUT_AUTHORS])
def test_mark_under_a_title_reaches_a_machine_that_knows_the_id(
    machine: Machine, known: Paper
) -> None:
    exchanged(done(having(machine("there"), known), STAR, ids=[known.id]))
    here = having(machine("here"), ARXIV)
    assert exchanged(here).marks(ARXIV.id).starred


@pytest.mark.parametrize("known", [BY_TITLE, WITHOUT_AUTHORS])
def test_mark_under_an_id_reaches_a_machine_that_knows_the_title(
    machine: Machine, known: Paper
) -> None:
    exchanged(done(having(machine("here"), ARXIV), STAR, ids=[ARXIV.id]))
    assert exchanged(having(machine("there"), known)).marks(known.id).starred


@pytest.mark.parametrize("learnt_first", [True, False])
def test_mark_arrives_whenever_its_machine_learns_the_id(
    machine: Machine, learnt_first: bool
) -> None:
    there = done(having(machine("there"), BY_TITLE), STAR, ids=[BY_TITLE.id])
    if learnt_first:
        having(there, ARXIV)
    exchanged(there)
    here = exchanged(having(machine("here"), ARXIV))
    exchanged(having(there, ARXIV))
    assert exchanged(here).marks(ARXIV.id).starred


def test_machine_that_learns_the_id_later_keeps_the_marks_of_others(machine: Machine) -> None:
    exchanged(done(having(machine("here"), ARXIV), STAR, ids=[ARXIV.id]))
    there = exchanged(having(machine("there"), BY_TITLE))
    having(there, ARXIV)
    assert exchanged(there).marks(ARXIV.id).starred
    assert exchanged(machine("there")).marks(ARXIV.id).starred


def test_marks_under_a_title_are_merged_from_a_library(machine: Machine) -> None:
    there = done(having(machine("there"), BY_TITLE), STAR, ids=[BY_TITLE.id])
    here = having(machine("here"), ARXIV)
    here.others.merge(there.folder)
    assert here.marks(ARXIV.id).starred


def test_name_that_another_machine_tells_ties_a_paper_with_another_title(
    machine: Machine,
) -> None:
    exchanged(done(having(machine("there"), BY_TITLE), STAR, ids=[BY_TITLE.id]))
    exchanged(having(machine("elsewhere"), ARXIV))
    here = having(machine("here"), paper(ARXIV.id, "Pebbles, Sorted"))
    assert exchanged(here).marks(ARXIV.id).starred


def test_title_of_two_papers_ties_neither(machine: Machine) -> None:
    exchanged(done(having(machine("there"), WITHOUT_AUTHORS), STAR, ids=[WITHOUT_AUTHORS.id]))
    here = exchanged(having(machine("here"), ARXIV, OTHER))
    assert not here.marks(ARXIV.id).starred
    assert not here.marks(OTHER.id).starred


def test_title_with_other_authors_ties_nothing(machine: Machine) -> None:
    exchanged(done(having(machine("there"), BY_TITLE), STAR, ids=[BY_TITLE.id]))
    assert not exchanged(having(machine("here"), OTHER)).marks(OTHER.id).starred


def test_tag_under_two_keys_is_counted_once(machine: Machine) -> None:
    tag = Change(add_tags=("a",))
    exchanged(done(having(machine("there"), BY_TITLE), tag, ids=[BY_TITLE.id]))
    here = exchanged(having(machine("here"), ARXIV))
    exchanged(done(here, Change(remove_tags=("a",)), tag, ids=[ARXIV.id]))
    assert machine("here").tags() == {"a": 1}


def test_unstarring_under_the_better_key_reaches_the_machine_with_the_title(
    machine: Machine,
) -> None:
    there = exchanged(done(having(machine("there"), BY_TITLE), STAR, ids=[BY_TITLE.id]))
    here = exchanged(having(machine("here"), ARXIV))
    here.mark([ARXIV.id], Change(starred=False))
    here.commit()
    exchanged(here)
    exchanged(there)
    assert there.marks(BY_TITLE.id).starred == here.marks(ARXIV.id).starred


def test_doctor_counts_no_mark_that_belongs_to_a_paper_here(
    run: Run, machine: Machine, tmp_path: Path, sync_folder: Path
) -> None:
    exchanged(done(having(machine("there"), BY_TITLE), STAR, ids=[BY_TITLE.id]))
    here = exchanged(having(machine("here"), ARXIV))
    said = run("--library", here.folder, "doctor").out
    assert "not here" not in said


def test_names_merge_in_any_order() -> None:
    one, two = {"a": {"x": True}}, {"a": {"y": True}, "b": {"z": True}}
    assert merge_names(one, two) == merge_names(two, one)
    assert merge_names(merge_names(one, two), two) == merge_names(one, two)


def test_name_told_of_two_papers_ties_neither() -> None:
    told = {ARXIV.id: {"sha:0": True}, OTHER.id: {"sha:0": True}}
    assert tied_keys([ARXIV, OTHER], {"sha:0"}, told) == {}


# Names of machines


def test_library_reached_by_another_path_keeps_its_name(tmp_path: Path, sync_folder: Path) -> None:
    library = exchanged(done(Library(tmp_path / "library", TickingClock(), sync=sync_folder), STAR))
    (tmp_path / "library").rename(tmp_path / "elsewhere")
    moved = exchanged(Library(tmp_path / "elsewhere", TickingClock(), sync=sync_folder))
    assert name_of(moved) == names(sync_folder)[0].removesuffix(".json")
    assert len(names(sync_folder)) == 1
    assert library.folder != moved.folder


def test_machines_are_listed(run: Run, machine: Machine, tmp_path: Path, sync_folder: Path) -> None:
    here, there = (exchanged(done(machine(name), STAR)) for name in ("here", "there"))
    said = run("--library", here.folder, "--config", config(tmp_path, sync_folder), "sync").out
    assert sorted(line.split()[0] for line in said.splitlines()) == sorted(
        map(name_of, (here, there))
    )


def test_machine_that_is_forgotten_leaves_its_marks(
    run: Run, machine: Machine, tmp_path: Path, sync_folder: Path
) -> None:
    there = exchanged(done(machine("there"), STAR))
    settings = config(tmp_path, sync_folder)
    run("--library", tmp_path / "here", "--config", settings, "sync", "forget", name_of(there))
    assert f"{name_of(there)}.json" not in names(sync_folder)
    assert machine("elsewhere").others.exchange() == ()
    assert exchanged(machine("elsewhere")).marks("arxiv:2508.00001").starred


def test_machine_that_has_no_file_can_not_be_forgotten(
    run: Run, tmp_path: Path, sync_folder: Path
) -> None:
    said = run("--config", config(tmp_path, sync_folder), "sync", "forget", "nobody")
    assert (said.status, said.err.count("\n")) == (1, 1)


def test_this_machine_can_not_be_forgotten(
    run: Run, machine: Machine, tmp_path: Path, sync_folder: Path
) -> None:
    here = exchanged(done(machine("here"), STAR))
    settings = ("--library", here.folder, "--config", config(tmp_path, sync_folder))
    assert run(*settings, "sync", "forget", name_of(here)).status == 1


# Many machines


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_ten_machines_with_random_marks_come_to_agree(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    start = datetime(2025, 8, 1, 12, tzinfo=UTC)
    kinds = [[ARXIV], [BY_TITLE], [WITHOUT_AUTHORS], [BY_TITLE, ARXIV]]
    machines = []
    for number in range(10):
        clock = TickingClock(start + timedelta(seconds=chance.randrange(1_000)))
        library = Library(tmp_path / str(number), clock, CarelessDisk(), tmp_path / "sync")
        for each in kinds[number % 4]:
            having(library, each)
        machines.append(having(library, paper("arxiv:1", "Counting Snails")))
    changes = [
        STAR, Change(starred=False), Change(read=True), Change(note="x"), Change(note=""),
        Change(add_tags=("a",)), Change(remove_tags=("a",)),
    ]  # fmt: skip
    for _ in range(200):
        library = chance.choice(machines)
        match chance.randrange(4):
            case 0:
                library.undo()
            case 1:
                exchanged(library)
            case _:
                done(library, chance.choice(changes), ids=[chance.choice([*library.papers])])
        library.commit()
    for _ in range(3):
        for library in machines:
            exchanged(library)
    assert len({repr(of_both(library)) for library in machines}) == 1


def of_both(library: Library) -> list[Marks]:
    """Return the marks of the two papers, under whatever key."""
    return [library.marks(key) for key in sorted(library.papers, key=lambda key: key == "arxiv:1")]


# What was taken in


def test_marks_come_back_where_an_earlier_copy_is_put_back(machine: Machine) -> None:
    here = exchanged(done(machine("here"), Change(read=True)))
    state = here.folder / "state.json"
    early = state.read_bytes()
    exchanged(done(machine("there"), STAR))
    exchanged(machine("here"))
    state.write_bytes(early)
    assert exchanged(machine("here")).marks("arxiv:2508.00001").starred


def test_note_of_what_was_taken_in_may_be_deleted(machine: Machine) -> None:
    exchanged(done(machine("there"), STAR))
    here = exchanged(machine("here"))
    (here.folder / SEEN).unlink()
    assert exchanged(machine("here")).marks("arxiv:2508.00001").starred


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"writes": "x"}', b'{"writes": 0, "taken": []}']
)
def test_note_of_what_was_taken_in_may_be_damaged(machine: Machine, data: bytes) -> None:
    exchanged(done(machine("there"), STAR))
    here = machine("here")
    (here.folder / SEEN).write_bytes(data)
    assert exchanged(here).marks("arxiv:2508.00001").starred


def test_tag_in_advice_runs_nothing(run: Run, tmp_path: Path) -> None:
    done(Library(tmp_path / "library"), Change(add_tags=("a", "$(touch${IFS}x)")))
    assert "--into '$(touch${IFS}x)' merges" in run("tags", "rename", "a", "$(touch${IFS}x)").err


def test_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="gone"):
        Place(tmp_path / "gone")
