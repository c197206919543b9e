"""The command `tags`: counting, renaming and merging."""

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary
from screen_helpers import IDS, PEBBLES, PUDDLES, SNAILS

from store.model import Change
from store.query.fields import quoted


@pytest.fixture
def tagged(filled: OpenLibrary) -> OpenLibrary:
    """The small feed: three papers tagged rl, one of them RL as well and read, one alone RL."""
    library = filled()
    library.read_all()
    library.mark([PEBBLES, SNAILS, PUDDLES], Change(add_tags=("rl",)))
    library.mark([PEBBLES], Change(add_tags=("RL",), read=True))
    library.mark([IDS[3]], Change(add_tags=("RL", "zoo")))
    library.commit()
    return filled


def tags_of(open_library: OpenLibrary) -> list[tuple[str, ...]]:
    """Return the tags of each paper of the small feed."""
    library = open_library()
    return [library.marks(paper_id).tags for paper_id in IDS]


def test_tags_are_listed_the_most_used_first(run: Run, tagged: OpenLibrary) -> None:
    lines = run("tags").out.splitlines()
    assert [line.split() for line in lines] == [["3", "rl"], ["2", "RL"], ["1", "zoo"]]


def test_json_counts_what_is_unread(run: Run, tagged: OpenLibrary) -> None:
    first = orjson.loads(run("tags", "--json").out)[0]
    assert first == {"tag": "rl", "papers": 3, "unread": 2}


def test_json_of_no_tags_is_an_empty_array(run: Run, filled: OpenLibrary) -> None:
    assert orjson.loads(run("tags", "--json").out) == []


def test_count_is_what_the_query_finds(run: Run, tagged: OpenLibrary) -> None:
    assert run("list", "tag:zoo").out.count("\n") == 1


def test_renaming_reaches_every_paper(run: Run, tagged: OpenLibrary) -> None:
    assert run("tags", "rename", "rl", "learning").out == "renamed to learning on 3 papers\n"
    assert tags_of(tagged)[:3] == [("RL", "learning"), ("learning",), ("learning",)]


def test_renaming_may_change_case_alone(run: Run, tagged: OpenLibrary) -> None:
    run("tags", "rename", "zoo", "Zoo")
    assert tags_of(tagged)[3] == ("RL", "Zoo")


def test_renaming_to_a_tag_in_use_says_how_to_merge(run: Run, tagged: OpenLibrary) -> None:
    done = run("tags", "rename", "rl", "RL")
    assert (done.status, done.out) == (2, "")
    assert "papers-tui tags merge rl --into RL" in done.err


def test_merging_makes_one_tag_of_several(run: Run, tagged: OpenLibrary) -> None:
    assert run("tags", "merge", "rl", "RL", "--into", "learning").status == 0
    assert tags_of(tagged)[:4] == [("learning",)] * 3 + [("learning", "zoo")]


def test_merging_into_one_of_them_keeps_that_one(run: Run, tagged: OpenLibrary) -> None:
    run("tags", "merge", "rl", "RL", "--into", "RL")
    assert tags_of(tagged)[:4] == [("RL",)] * 3 + [("RL", "zoo")]


@pytest.mark.parametrize(
    "action", [("rename", "rl", "x"), ("merge", "rl", "RL", "--into", "x")], ids=lambda a: a[0]
)
def test_one_undo_takes_it_back(run: Run, tagged: OpenLibrary, action: tuple[str, ...]) -> None:
    before = tags_of(tagged)
    run("tags", *action)
    run("undo")
    assert tags_of(tagged) == before


def test_unknown_tag_is_reported(run: Run, tagged: OpenLibrary) -> None:
    done = run("tags", "rename", "nothing", "x")
    assert (done.status, done.err) == (1, "papers-tui: no paper has the tag nothing\n")


def test_unknown_tag_among_others_merges_none(run: Run, tagged: OpenLibrary) -> None:
    before = tags_of(tagged)
    assert run("tags", "merge", "rl", "nothing", "--into", "x").status == 1
    assert tags_of(tagged) == before


def test_tags_are_named_with_or_without_their_sign(run: Run, tagged: OpenLibrary) -> None:
    run("tags", "merge", "#rl", "#RL", "--into", "#learning")
    run("tags", "rename", "#zoo", "ark")
    assert tags_of(tagged)[:4] == [("learning",)] * 3 + [("ark", "learning")]
    assert run("tags", "merge", "#a", "--into", "b").err == "papers-tui: no paper has the tag a\n"


WRONG = {
    "no name": ["rename", "rl"],
    "empty name": ["rename", "rl", " #"],
    "itself": ["merge", "rl", "--into", "rl"],
    "no target": ["merge", "rl", "RL"],
    "json": ["--json", "rename", "rl", "x"],
    "other action": ["drop", "rl"],
}


@pytest.mark.parametrize("action", WRONG.values(), ids=WRONG.keys())
def test_wrong_usage_changes_nothing(run: Run, tagged: OpenLibrary, action: list[str]) -> None:
    before = tags_of(tagged)
    assert run("tags", *action).status == 2
    assert tags_of(tagged) == before


# What is one tag

COMPOSED, DECOMPOSED = "caf\u00e9", "cafe\u0301"


def test_spellings_that_look_alike_are_one_tag(run: Run, filled: OpenLibrary) -> None:
    run("mark", "snails", "--tag", DECOMPOSED)
    run("mark", "crows", "--tag", COMPOSED)
    assert list(filled().tags()) == [COMPOSED]


@pytest.mark.parametrize("other", ["CAFÉ", "cafe", DECOMPOSED.upper()])
def test_tag_is_spelled_as_it_is_in_use(run: Run, filled: OpenLibrary, other: str) -> None:
    run("mark", "snails", "--tag", COMPOSED)
    done = run("mark", "crows", "--tag", other)
    assert (done.status, done.out) == (0, "marked 1\n")
    assert done.err.endswith(f"is spelled {COMPOSED} here\n")
    assert filled().tags() == {COMPOSED: 2}


@pytest.fixture
def spelled(filled: OpenLibrary) -> OpenLibrary:
    """The small feed with a tag in three spellings, as of other machines or versions."""
    library = filled()
    for paper_id, tag in zip(IDS, (COMPOSED, DECOMPOSED, "CAFÉ"), strict=False):
        library.mark([paper_id], Change(add_tags=(tag,)))
    library.commit()
    return filled


@pytest.mark.parametrize("query", ["tag:cafe", "#CAFE", f"tag:{DECOMPOSED}", "#café", "cafe"])
def test_every_spelling_is_found(run: Run, spelled: OpenLibrary, query: str) -> None:
    assert run("list", query).out.count("\n") == 3


def test_all_that_look_alike_are_taken_away(run: Run, spelled: OpenLibrary) -> None:
    run("mark", "tag:cafe", "--untag", COMPOSED)
    assert spelled().tags() == {"CAFÉ": 1}


def test_renaming_makes_one_of_what_looks_alike(run: Run, spelled: OpenLibrary) -> None:
    run("tags", "rename", COMPOSED, "tea")
    assert spelled().tags() == {"tea": 2, "CAFÉ": 1}


def test_renaming_to_another_spelling_of_a_third_says_how_to_merge(
    run: Run, tagged: OpenLibrary
) -> None:
    done = run("tags", "rename", "rl", "ZOO")
    assert (done.status, "papers-tui tags merge rl --into zoo" in done.err) == (2, True)


LONG = "a" * 61


@pytest.mark.parametrize(
    "command",
    [("mark", "snails", "--tag", LONG), ("tags", "rename", "zoo", LONG),
     ("tags", "merge", "zoo", "--into", LONG)],
    ids=["mark", "rename", "merge"],
)  # fmt: skip
def test_tag_that_is_too_long_is_refused(
    run: Run, tagged: OpenLibrary, command: tuple[str, ...]
) -> None:
    before = tagged().tags()
    done = run(*command)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "a tag has at most 60 characters" in done.err
    assert tagged().tags() == before


@pytest.mark.parametrize("tag", ['re"view', "a(b)", "“quoted”", "back\\slash", 'both\\"', "c++"])
def test_tag_of_any_signs_can_be_filtered_by(run: Run, filled: OpenLibrary, tag: str) -> None:
    run("mark", "snails", "--tag", tag)
    assert run("list", f"#{quoted(tag)}").out.count("\n") == 1
