"""Papers in the order of what one likes."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from places import ROOT

from store.model import Marks, Paper
from store.query.syntax import parse
from store.ranking.basis import BACKGROUND, LEFT, STARS, evenly
from store.search.index import Index

TODAY = date(2025, 9, 10)
STAR = Marks(read=True, starred=True, read_at="2025-08-02T08", starred_at="2025-08-02T08")
READ = Marks(read=True, read_at="2025-08-02T08")
KILN = "Glaze and clay are fired in a kiln until the glaze runs over the clay."
TIDE = "Tides of the harbour are measured by buoys and compared with the moon."


def papers(*abstracts: str) -> list[Paper]:
    return [
        Paper(f"p{n}", f"Notes {n}", abstract=text, date=f"2025-08-{n + 1:02}")
        for n, text in enumerate(abstracts)
    ]


def liked(
    some: Sequence[Paper],
    marks: Mapping[str, Marks],
    query: str = "is:unread sort:foryou",
    since: str = "",
) -> tuple[list[str], Index]:
    index = Index()
    index.add(some)
    asked = replace(parse(query), liked_since=since)
    for _ in index.taste(asked, marks, TODAY, frozenset()):
        pass
    return list(index.search(asked, marks, TODAY).ids), index


LIBRARY = papers(KILN, TIDE, "Clay from a kiln, with glaze.", "Buoys in the harbour tides.")


def test_what_is_like_what_was_starred_comes_first() -> None:
    assert liked(LIBRARY, {"p0": STAR, "p1": READ})[0] == ["p2", "p3"]
    assert liked(LIBRARY, {"p1": STAR, "p0": READ})[0] == ["p3", "p2"]


def test_minus_turns_the_order_round() -> None:
    assert liked(LIBRARY, {"p0": STAR}, "is:unread sort:-foryou")[0][-1] == "p2"


@pytest.mark.parametrize("marks", [Marks(True, tags=("clay",)), Marks(True, note="nice")])
def test_tag_or_note_counts_as_well(marks: Marks) -> None:
    assert liked(LIBRARY, {"p0": marks, "p1": READ})[0] == ["p2", "p3"]


def test_without_stars_the_newest_comes_first() -> None:
    ids, index = liked(LIBRARY, {"p0": READ})
    assert ids == ["p3", "p2", "p1"]
    assert index.tasting.stars == 0
    assert index.tasting.reason(LIBRARY[2]) is None


def test_star_that_is_undone_counts_no_more() -> None:
    index = Index()
    index.add(LIBRARY)
    query = parse("is:unread sort:foryou")
    orders = []
    for marks in ({"p0": STAR, "p1": READ}, {"p0": READ, "p1": STAR}, {"p0": READ, "p1": READ}):
        list(index.taste(query, marks, TODAY, frozenset()))
        orders.append(list(index.search(query, marks, TODAY).ids))
    assert orders == [["p2", "p3"], ["p3", "p2"], ["p3", "p2"]]


def test_marks_from_before_the_day_that_is_set_do_not_count() -> None:
    later = replace(STAR, starred_at="2025-08-20T08", read_at="2025-08-20T08")
    ids, index = liked(LIBRARY, {"p0": STAR, "p1": later}, since="2025-08-10")
    assert (ids, index.tasting.stars) == (["p3", "p2"], 1)


def test_latest_stars_weigh_more() -> None:
    some = papers(*[KILN] * 20, *[TIDE] * 20, KILN, TIDE)
    gaps = []
    for late in (0, 20):
        marks = {f"p{n}": replace(STAR, starred_at=f"2025-08-{2 + (n // 20 == late // 20)}")
                 for n in range(40)}  # fmt: skip
        _, index = liked(some, marks)
        scores = index.tasting.scores([40, 41], marks)
        gaps.append(scores[41] - scores[40])
    assert gaps[0] < gaps[1]


def test_reason_names_what_was_starred_and_what_both_have() -> None:
    _, index = liked(LIBRARY, {"p0": STAR, "p1": READ})
    reason = index.tasting.reason(LIBRARY[2])
    assert reason is not None
    assert (reason.paper.id, reason.starred) == ("p0", True)
    assert {"kiln", "glaze"} & set(" ".join(reason.terms).lower().split())


def test_points_that_rules_gave_are_added() -> None:
    marks = {"p0": STAR, "p1": READ, "p3": Marks(score=500)}
    assert liked(LIBRARY, marks)[0] == ["p3", "p2"]


def test_points_count_before_there_are_stars() -> None:
    assert liked(LIBRARY, {"p1": Marks(score=1)}, "sort:foryou")[0][0] == "p1"


@pytest.mark.parametrize("count", [1, 2, 5, 58])
def test_small_libraries_have_an_order(count: int) -> None:
    some = [replace(each, date="") for each in papers(*[KILN, TIDE, "", KILN] * 15)[:count]]
    assert len(liked(some, {"p0": STAR}, "sort:foryou")[0]) == count


def test_papers_without_abstracts_are_learned_from_by_their_titles() -> None:
    bare = [Paper("a", "Clay Kilns"), Paper("b", "Harbours"), Paper("c", "A Kiln"), Paper("d", "")]
    assert liked(bare, {"a": STAR})[0][0] == "c"


def test_paper_under_another_key_is_ranked_by_the_marks_it_has_there() -> None:
    asked = parse("is:unread sort:foryou")
    ids, index = liked(LIBRARY, {"p0": STAR})
    assert ids[0] == "p2"
    index.remove(["p0"])
    index.add([replace(LIBRARY[0], id="doi:10.1/p0", abstract=TIDE)])
    marks = {"doi:10.1/p0": STAR}
    for _ in index.taste(asked, marks, TODAY, frozenset()):
        pass
    assert index.search(asked, marks, TODAY).ids[0] == "p1"
    assert index.search(parse("like:10.1/p0"), marks, TODAY).ids[0] == "p1"


def test_ten_thousand_stars_are_learned_from_by_the_latest() -> None:
    some = [Paper(f"s{n}", f"Clay number {n}", date="2025-08-01") for n in range(10_000)]
    marks = {each.id: STAR for each in some}
    _, index = liked([*some, *LIBRARY], marks)
    assert index.tasting.stars == STARS


def test_evenly_spaced_papers_keep_both_ends_apart() -> None:
    some = [Paper(str(n), "") for n in range(BACKGROUND + LEFT)]
    assert len(evenly(some, LEFT)) == LEFT
    assert evenly(some, LEFT)[0].id == "0"


def test_order_is_the_same_in_every_process() -> None:
    code = (
        "import sys; sys.path[:0] = ['tests/store/ranking', 'tests/support', 'tests']\n"
        "from test_foryou import orders; print(orders())"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "1"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert there == f"{orders()}\n"


def orders() -> list[object]:
    """Return some orders, and why a paper is in one."""
    some = papers(*[f"{KILN} {n} {TIDE if n % 3 else str(n)}" for n in range(25)])
    ids, index = liked(some, {"p0": STAR, "p4": STAR, "p5": READ})
    queries = "like:p3", 'about:"when do kilns measure wrong pictures of 3 tides"'
    found = (index.search(parse(query), {}, TODAY).ids for query in queries)
    return [ids, index.tasting.reason(some[9]), *map(list, found)]
