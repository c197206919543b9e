"""What a query looked for is found again in the text that has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.query.wanted import MatchedWord, Place, spans, wanted_in
from store.text.fold import fold, fold_aligned, one_space

PLAIN = "aab -.É中é"
"""Characters that are folded to one or none."""
ODD = PLAIN + "ﬁß½한㍿İΣ\u0301\u0345\u00ad…\x00|_"
"""Some that are folded to several."""
WORDS = st.text(st.sampled_from("aab中1"), min_size=1, max_size=3).flatmap(
    lambda word: st.sampled_from([word, f" {word}", f" {word} ", f" {word} {word}"])
)


def found(text: str, *words: MatchedWord, place: Place = "title") -> list[str]:
    """Return what is found in a text."""
    return [text[start:end] for start, end in spans(text, wanted_in(words, place))]


@pytest.mark.parametrize(
    ("text", "word", "parts"),
    [
        ("InfAlign and Align", "align", ["Align", "Align"]),
        ("By José Ñandú", "jose", ["José"]),
        ("By Jose\u0301 Nandu", "jose", ["Jose\u0301"]),
        ("Fine-Tuning, fine  tuning", " fine tuning", ["Fine-Tuning", "fine  tuning"]),
        ("Reward models, reward model", " reward model ", ["reward model"]),
        ("日本語のタイトル", "タイトル", ["タイトル"]),
        ("日本語", "語", ["語"]),
        ("Eﬃcient", "efficient", ["Eﬃcient"]),
        ("Die Straße", "strasse", ["Straße"]),
        ("ΟΔΟΣ und οδός", "οδοσ", ["ΟΔΟΣ", "οδός"]),
        ("한국어", fold("한"), ["한"]),
        ("An air of ai", " ai", ["ai", "ai"]),
        ("A vitamin a", "a", []),
        ("½ of it", "1 2", ["½"]),
    ],
)
def test_words_are_found_as_the_search_compares(text: str, word: str, parts: list[str]) -> None:
    assert found(text, MatchedWord(word)) == parts


@pytest.mark.parametrize(
    ("word", "place", "parts"),
    [
        (MatchedWord("cui"), "author", ["Cui"]),
        (MatchedWord("cui"), "title", ["Cui", "cui"]),
        (MatchedWord("cui", "author"), "author", ["Cui", "cui"]),
        (MatchedWord("cui", "author"), "title", []),
        (MatchedWord("cui", "title"), "author", []),
        (MatchedWord("w cui", "author"), "author", ["Wei Cui"]),
    ],
)
def test_words_are_found_where_they_are_looked_for(
    word: MatchedWord, place: Place, parts: list[str]
) -> None:
    assert found("Wei Cui Acui", word, place=place) == parts


def test_of_several_words_the_longest_is_found() -> None:
    assert found(
        "alignment, realign", MatchedWord(" al"), MatchedWord("align"), MatchedWord("alignment")
    ) == [
        "alignment",
        "align",
    ]


def test_words_that_share_a_character_are_one_part() -> None:
    assert found("㍿ 名", MatchedWord("株式"), MatchedWord("会社")) == ["㍿"]


@given(st.text(st.sampled_from(PLAIN), max_size=30), WORDS)
def test_what_is_found_is_the_word(text: str, word: str) -> None:
    assert {fold(part) for part in found(text, MatchedWord(word))} <= {fold(word)}


@given(st.text(st.sampled_from(ODD), max_size=30) | st.text(), WORDS)
def test_what_is_found_has_the_word_and_nothing_before_it(text: str, word: str) -> None:
    for part in found(text, MatchedWord(word)):
        assert word.strip() in fold(part)
        assert word.strip() not in fold(part[1:])


@given(st.text(st.sampled_from(ODD), max_size=30) | st.text(), WORDS)
def test_a_word_is_found_where_the_search_finds_it(text: str, word: str) -> None:
    has_it = word in f" {fold(text)} " and (len(word.strip()) > 1 or not word.isascii())
    assert bool(found(text, MatchedWord(word))) == has_it


@given(st.text(st.sampled_from(ODD), max_size=30) | st.text(), st.lists(WORDS, max_size=5))
def test_places_are_in_the_text_in_order_and_apart(text: str, words: list[str]) -> None:
    ends = [0]
    for start, end in spans(text, wanted_in(tuple(map(MatchedWord, words)), "title")):
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)


@given(st.text() | st.text(st.sampled_from(ODD)))
def test_text_is_folded_in_place_as_it_is_for_the_search(text: str) -> None:
    folded, places = fold_aligned(text)
    assert one_space(folded).strip() == fold(text)
    assert len(folded) == (len(text) if places is None else len(places) - 1)
