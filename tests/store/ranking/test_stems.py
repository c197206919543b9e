"""Words of texts, and the stems they are counted by."""

import pytest

from store.ranking.stems import LONGEST, Stems, singular, stem, words_of


@pytest.mark.parametrize(
    "forms",
    [
        "rank ranks ranked ranking rankings ranker rankers",
        "optimization optimizations optimizer",
        "generate generated generates generating generation generative generator generators",
        "study studies studied",
        "class classes",
        "attention attentive",
        "plan plans planned planning",
        "bias biases",
        "generalise generalize generalisation generalization generalizing",
        "behaviour behavior behaviours",
        "behavioural behavioral",
        "labelled labeled labelling labels",
        "supervise supervised supervision",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize("word", ["gpt4", "3d", "ärger", "模型", "bus", "thing", "ring", "red"])
def test_word_without_an_ending_is_left_alone(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("word", "one"),
    [("agents", "agent"), ("studies", "study"), ("boxes", "box"), ("loss", "loss"), ("gas", "gas")],
)
def test_singular(word: str, one: str) -> None:
    assert singular(word) == one


def test_words_are_without_case_accents_and_punctuation() -> None:
    assert words_of("Naïve GPT-4, tested.") == ["naive", "gpt", "4", "tested"]


def test_words_that_say_nothing_have_no_stem() -> None:
    assert Stems().of(["we", "propose", "a", "pebble", "x" * (LONGEST + 1)]) == ["pebbl"]
