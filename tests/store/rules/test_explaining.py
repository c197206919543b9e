"""Which rules the marks of a paper come from."""

from datetime import date

import pytest
from conftest import paper

from store.model import Marks
from store.rules.explaining import why
from store.rules.rule import make_rule

SURVEY = paper("arxiv:2508.00001", "A Survey of Lamps", authors=("Jo Doe",))
RULES = (("title:survey", "hide"), ("author:doe", "star,score:+3"), ("score:>=3", "tag:Night"),
         ("title:snails", "read"))  # fmt: skip


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        (Marks(), ""),
        (Marks(starred=True, score=3), "author:doe → star, score:+3"),
        (Marks(starred=True), "author:doe → star"),
        (Marks(tags=("night",)), "score:>=3 → tag:Night"),
        (Marks(read=True), ""),
        # A later rule stars, so that none hides it: somebody did.
        (Marks(hidden=True), "no rule hides it"),
    ],
)
def test_what_is_left_of_what_rules_did_is_reported(marks: Marks, said: str) -> None:
    rules = [make_rule(query, then.split(",")) for query, then in RULES]
    assert why(rules, SURVEY, marks, date(2025, 8, 1), places=False) == said


def test_rule_that_hid_a_paper_is_reported_with_its_place() -> None:
    rules = [make_rule(f"title:survey {'x' * 90}* OR author:doe", ["hide"], "c.toml, line 3")]
    said = why(rules, SURVEY, Marks(hidden=True), date(2025, 8, 1), places=True)
    assert said.startswith("title:survey xxx")
    assert said.endswith("… → hide [c.toml, line 3]")
