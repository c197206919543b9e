"""Laws of searching, over random libraries and queries."""

from dataclasses import replace
from datetime import date
from functools import reduce

import pytest
from costly import COSTLY
from hypothesis import given
from hypothesis import strategies as st

from store.model import NO_MARKS, Links, Marks, Paper
from store.query.meaning import matches
from store.query.syntax import Query, parse
from store.query.tree import And, Node, Not, Or, to_text
from store.search.index import Index

pytestmark = pytest.mark.slow

TODAY = date(2025, 9, 10)

# No word is a typo away from another, and each that begins another also is in it: what is
# repaired is beyond the definition.
WORDS = [
    *("reward", "vision", "Finetuning", "fine", "tuning", "Fine-Tuning", "qwen-25", "Qwen25", "ai"),
    *("r", "Ärger", "中文", "模型研究", "Γλώσσα", "the", "reward.", "(vision)", "“fine”", "x\x01y"),
]
DAYS = ["", "2024-12-31", "2025-08-31", "2025-09-09", "2025-09-10"]
texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
papers = st.builds(
    Paper,
    id=st.integers(1, 30).map(lambda number: f"arxiv:2509.{number:05d}"),
    title=texts,
    authors=st.lists(texts, max_size=2).map(tuple),
    abstract=texts,
    date=st.sampled_from(DAYS),
    published=st.sampled_from(DAYS),
    upvotes=st.sampled_from([None, 0, 7, 60]),
    links=st.sampled_from([Links(), Links(pdf="https://e.org/a.pdf"), Links(code="https://e.org")]),
    feeds=st.sampled_from([(), ("hf",), ("hf", "arxiv cs.CL")]),
    aliases=st.sampled_from([(), ("sha:00ff",), ("doi:10.1/x",)]),
)
marks = st.builds(
    Marks,
    read=st.booleans(),
    starred=st.booleans(),
    tags=st.sampled_from([(), ("dpo",), ("to read", "dpo"), ("vision",)]),
    note=texts,
)
Library = tuple[Index, dict[str, Paper], dict[str, Marks]]

FIELDS = [
    *("is:read", "unread", "is:starred", "is:tagged", "is:new", "has:code", "has:pdf", "has:note"),
    *(
        "has:abstract",
        "#dpo",
        "tag:vision,dpo",
        'tag:"to read"',
        "feed:hf",
        "id:00ff",
        "doi:10.1/x",
    ),
    *(
        "arxiv:2509.00003",
        "date:2025",
        "date:2025-09",
        "date:1d",
        "date:yesterday..",
        "date:..2025-08",
    ),
    *("published:2025-W37", "date:2025-w36..today", "upvotes:>7", "upvotes:7", "upvotes:..7"),
    *("title:fine", 'title:"fine tuning"', "author:r", 'author:"r vision"', "abstract:reward"),
    *("abstract:tuning", "author:中", "note:reward", 'note:"fine tuning"', "note:vis"),
]
terms = (
    st.sampled_from([word for word in WORDS if "(" not in word])
    | st.sampled_from(["rew", "visio", "fi", "f", "zzz", "4", "型", "arger", "ρ", "finetun"])
    | texts.map(lambda text: '"' + text.replace('"', "") + '"')
    | st.sampled_from(FIELDS)
)
queries = st.recursive(
    terms,
    lambda inner: (
        inner.map(lambda text: f"-({text})")
        | st.tuples(inner, inner).map(lambda pair: f"({pair[0]} {pair[1]})")
        | st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})")
    ),
    max_leaves=6,
)


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    """Papers that came in two lots, with a search in between; some came again, some went."""
    index = Index()
    lots = draw(st.tuples(st.lists(papers, max_size=8), st.lists(papers, max_size=4)))
    for lot in lots:
        index.add(lot)
        index.search(parse(draw(queries)), {}, TODAY)
        index.prepare(draw(st.integers(0, 4)))
    known = {paper.id: paper for lot in lots for paper in lot}
    gone = draw(st.sets(st.sampled_from([*known, "unknown"]), max_size=3))
    index.remove(gone)
    known = {key: each for key, each in known.items() if key not in gone}
    return index, known, draw(st.dictionaries(st.sampled_from([*known, "gone"]), marks))


def found(library: Library, tree: Node | None) -> set[str]:
    index, _, all_marks = library
    return set(index.search(Query(tree), all_marks, TODAY).ids)


@COSTLY
@given(libraries(), queries, st.booleans())
def test_the_index_agrees_with_the_definition(library: Library, text: str, typing: bool) -> None:
    tree = parse(text, typing).tree
    _, known, all_marks = library
    assert found(library, tree) == {
        key
        for key, paper in known.items()
        if matches(tree, paper, all_marks.get(key, NO_MARKS), TODAY)
    }


@COSTLY
@given(libraries(), queries)
def test_a_query_and_its_opposite_split_the_library(library: Library, text: str) -> None:
    tree = parse(text).tree
    if tree is not None:
        assert found(library, Not(tree)) == library[1].keys() - found(library, tree)


@COSTLY
@given(libraries(), st.lists(st.sampled_from(["rewrad", "algnment", "vison", "tunning", "gtp"])))
def test_a_misspelt_query_and_its_opposite_split_the_library(
    library: Library, words: list[str]
) -> None:
    tree = parse(" ".join(words)).tree
    if tree is not None:
        assert found(library, Not(tree)) == library[1].keys() - found(library, tree)


@COSTLY
@given(libraries(), st.lists(queries, min_size=2, max_size=4))
def test_and_is_what_all_find_and_or_what_any_finds(library: Library, parts: list[str]) -> None:
    trees = [tree for part in parts if (tree := parse(part).tree)]
    if len(trees) > 1:
        each = [found(library, tree) for tree in trees]
        assert found(library, And(tuple(trees))) == reduce(set.__and__, each)
        assert found(library, Or(tuple(trees))) == reduce(set.__or__, each)


@COSTLY
@given(libraries(), queries, queries)
def test_not_changes_and_to_or(library: Library, one: str, other: str) -> None:
    a, b = parse(one).tree, parse(other).tree
    if a is not None and b is not None:
        both = found(library, Not(And((a, b))))
        assert both == found(library, Or((Not(a), Not(b))))


@COSTLY
@given(libraries(), queries)
def test_a_printed_query_finds_the_same(library: Library, text: str) -> None:
    tree = parse(text).tree
    assert found(library, parse(to_text(tree)).tree) == found(library, tree)


@COSTLY
@given(libraries(), queries, st.integers(1, 3))
def test_slices_find_what_one_search_finds(library: Library, text: str, at_most: int) -> None:
    index, known, all_marks = library
    query = parse(text)
    expected = index.search(query, all_marks, TODAY)
    fresh = Index()
    fresh.add(replace(known[key]) for key in index.row_of)
    while not fresh.scan(query, at_most):
        pass
    assert fresh.search(query, all_marks, TODAY).ids == expected.ids


@COSTLY
@given(libraries(), st.sampled_from(["reward vision", "fine-tuning qwen", "中文 r"]))
def test_every_letter_finds_what_a_fresh_search_finds(library: Library, text: str) -> None:
    index, known, all_marks = library
    for end in range(1, len(text) + 1):
        query = parse(text[:end], typing=True)
        fresh = Index()
        fresh.add(known[key] for key in index.row_of)
        assert index.search(query, all_marks, TODAY) == fresh.search(query, all_marks, TODAY)
