"""scikit-learn as a peer, where it is installed: TF-IDF's cosine, and arxiv-sanity-lite's SVM."""

from collections.abc import Callable, Collection, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from store.model import Paper

SKLEARN = "scikit-learn"
WORDS = 10_000
"""Of arxiv-sanity-lite's features: the commonest words and pairs."""


def is_here() -> bool:
    """Return whether scikit-learn can be imported."""
    return find_spec("sklearn") is not None


def cosine_ranker(papers: Sequence[Paper]) -> Callable[[int], Sequence[float]] | None:
    """Return what scores all papers by their likeness to one; None without scikit-learn."""
    if not is_here():
        return None
    vectors = _vectors(papers, ngram_range=(1, 1))

    def score(row: int) -> Sequence[float]:
        return (vectors @ vectors[row].T).toarray().ravel().tolist()  # type: ignore[no-any-return]

    return score


def svm_ranker(
    papers: Sequence[Paper],
) -> Callable[[Collection[int]], Sequence[float]] | None:
    """Return what scores all papers by the rows of those starred; None without scikit-learn."""
    if not is_here():
        return None
    vectors = _vectors(papers, ngram_range=(1, 2), max_features=WORDS)
    machine: Any = import_module("sklearn.svm")

    def score(starred: Collection[int]) -> Sequence[float]:
        fitted = machine.LinearSVC(C=0.01, class_weight="balanced", random_state=1)
        fitted.fit(vectors, [row in starred for row in range(len(papers))])
        return fitted.decision_function(vectors).tolist()  # type: ignore[no-any-return]

    return score


def _vectors(papers: Sequence[Paper], **options: object) -> Any:
    texts: Any = import_module("sklearn.feature_extraction.text")
    make = texts.TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2, **options)
    return make.fit_transform(f"{paper.title}. {paper.abstract}" for paper in papers).tocsr()
