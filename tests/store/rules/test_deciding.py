"""What rules make of papers."""

from datetime import date

from conftest import paper
from hypothesis import given
from hypothesis import strategies as st

from store.model import Change, Marks
from store.query.meaning import matches
from store.rules.deciding import Decided, contradictions, decide
from store.rules.rule import Rule, make_rule

TODAY = date(2025, 8, 1)
SURVEY = paper("arxiv:2508.00001", "A Survey of Lamps", authors=("Jo Doe",))
LAMPS = paper("arxiv:2508.00002", "Lamps at Night", abstract="No surveying is done.")
PAPERS = [SURVEY, LAMPS]


def rules(*given: tuple[str, str]) -> list[Rule]:
    """Return rules of queries and of what they do, with commas between."""
    return [make_rule(query, then.split(",")) for query, then in given]


def decided(*given: tuple[str, str], marks: dict[str, Marks] | None = None) -> Decided:
    return decide(rules(*given), PAPERS, marks or {}, TODAY)


def test_rule_changes_what_it_finds_and_nothing_else() -> None:
    assert decided(("title:survey", "hide,read")).changes == {
        SURVEY.id: Change(hidden=True, read=True)
    }


def test_scores_of_several_rules_add_up() -> None:
    changes = decided(("lamps", "score:+3"), ("author:doe", "score:-1")).changes
    assert {each: change.score for each, change in changes.items()} == {SURVEY.id: 2, LAMPS.id: 3}


def test_running_again_gives_the_same_score() -> None:
    again = decided(("lamps", "score:+3"), marks={each.id: Marks(score=3) for each in PAPERS})
    assert {change.score for change in again.changes.values()} == {None}


def test_score_of_a_rule_that_is_gone_goes() -> None:
    left = decided(("title:night", "read"), marks={SURVEY.id: Marks(score=3)})
    assert left.changes[SURVEY.id] == Change(score=0)


def test_later_rule_wins() -> None:
    changes = decided(("lamps", "hide"), ("author:doe", "star")).changes
    assert changes[SURVEY.id] == Change(starred=True)
    assert changes[LAMPS.id] == Change(hidden=True)


def test_rule_sees_what_those_before_it_did() -> None:
    changes = decided(("author:doe", "score:+5,tag:mine"), ("score:>=5 #mine", "star")).changes
    assert changes[SURVEY.id] == Change(starred=True, add_tags=("mine",), score=5)
    assert LAMPS.id not in changes


def test_word_of_a_rule_is_never_mended() -> None:
    assert decided(("lmaps", "hide")).changes == {}
    assert decided(("survey lmaps", "hide")).changes == {}


def test_word_of_a_rule_is_looked_for_in_abstracts() -> None:
    assert decided(("surveying", "hide")).changes == {LAMPS.id: Change(hidden=True)}


def test_only_the_papers_asked_for_are_decided() -> None:
    found = decide(rules(("lamps", "hide")), PAPERS, {}, TODAY, {LAMPS.id})
    assert list(found.changes) == [LAMPS.id]
    assert found.found == ((LAMPS.id,),)


def test_contradiction_names_both_rules_and_counts_papers() -> None:
    given = (("lamps", "hide"), ("author:doe", "star"), ("title:night", "show"))
    told = contradictions(rules(*given), decided(*given))
    assert [(each.earlier, each.later, each.what, each.papers) for each in told] == [
        (0, 1, ("hide", "star"), 1),
        (0, 2, ("hide", "show"), 1),
    ]


def test_rules_that_find_no_paper_together_do_not_contradict() -> None:
    given = (("title:night", "hide"), ("author:doe", "star"))
    assert contradictions(rules(*given), decided(*given)) == []


WORDS = st.sampled_from(["lamps", "lamp", "survey", "night", "sur", "done", "doe", "xyz"])


@given(st.lists(WORDS, min_size=1, max_size=3))
def test_rule_finds_what_its_query_means(words: list[str]) -> None:
    [rule] = rules((" ".join(words), "hide"))
    found = decide([rule], PAPERS, {}, TODAY).found[0]
    meant = [each.id for each in PAPERS if matches(rule.query.tree, each, Marks(), TODAY)]
    assert sorted(found) == meant
