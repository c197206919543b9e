"""The list of arXiv's categories holds what can be subscribed to, each as it is written."""

from store.fetching.arxiv_categories import CATEGORIES
from store.fetching.sources import Mirrors, find_source


def test_every_category_can_be_followed_under_its_own_name() -> None:
    named = {code: find_source(f"arxiv:{code}", Mirrors()).name for code in CATEGORIES}
    assert named == {code: f"arxiv:{code}" for code in CATEGORIES}


def test_all_fields_are_there() -> None:
    archives = {code.partition(".")[0] for code in CATEGORIES}
    assert len(CATEGORIES) == 155
    assert {"cs", "math", "stat", "eess", "econ", "q-bio", "q-fin", "physics", "hep-th"} <= archives
    assert len(archives) == 20
    assert all(CATEGORIES.values())
