"""Say of which papers something was too long to be kept whole."""

from collections.abc import Iterable, Iterator

from store.feeds.text import MORE
from store.model import Paper
from store.text.clean import ABSTRACT_LIMIT, NAME_LIMIT, TITLE_LIMIT
from store.text.names import AUTHORS_LIMIT

_MOST = 5
"""So many papers of one file are named."""
_PUBLICATION = ("publisher", "institution", "place", "series", "edition")
_PUBLICATION_LIMIT = 300


def cut(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield a line for each paper of which something was cut, and how many more there are."""
    count = 0
    for paper in papers:
        if parts := list(_parts(paper)):
            count += 1
            if count <= _MOST:
                yield f"“{paper.title[:80]}”: {', '.join(parts)}"
    if count > _MOST:
        yield f"of {count - _MOST:,} more papers something was cut as well"


def _parts(paper: Paper) -> Iterator[str]:
    """Yield what was cut of a paper."""
    # A text that was cut ends in an ellipsis; white space may have been folded since.
    for name, limit in (
        ("title", TITLE_LIMIT),
        ("abstract", ABSTRACT_LIMIT),
        ("summary", TITLE_LIMIT),
        ("venue", TITLE_LIMIT),
        ("comment", TITLE_LIMIT),
    ):
        text = getattr(paper, name)
        if len(text) > limit * 0.9 and text.endswith("…"):
            yield f"the {name} was cut at {limit:,} characters"
    if len(paper.authors) >= AUTHORS_LIMIT and paper.authors_incomplete:
        yield f"it has more than {AUTHORS_LIMIT:,} authors, the rest was left out"
    if any(len(name) > NAME_LIMIT * 0.9 and name.endswith("…") for name in paper.authors):
        yield f"an author's name was cut at {NAME_LIMIT:,} characters"
    for name in ("keywords", "categories"):
        if MORE in getattr(paper, name)[-1:]:
            yield f"it has more {name} than are kept"
    for name in _PUBLICATION:
        text = getattr(paper.publication, name)
        if len(text) > _PUBLICATION_LIMIT * 0.9 and text.endswith("…"):
            yield f"the {name} was cut at {_PUBLICATION_LIMIT:,} characters"
