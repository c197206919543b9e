"""Say of which papers something was too long to be kept whole."""

from collections.abc import Iterable, Iterator

from store.feeds.text import MORE
from store.model import NO_PUBLICATION, Paper
from store.text.clean import ABSTRACT_LIMIT, NAME_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT
from store.text.names import AUTHORS_LIMIT

_MOST = 5
"""So many papers of one file are named."""
_TEXTS = (
    *((name, TITLE_LIMIT) for name in ("title", "venue", "comment")),
    ("abstract", ABSTRACT_LIMIT),
    ("summary", SUMMARY_LIMIT),
)
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
        yield f"of {count - _MOST:,} more papers something was cut too"


def _parts(paper: Paper) -> Iterator[str]:
    """Yield what was cut of a paper."""
    # A text that was cut ends in an ellipsis; white space may have been folded since.
    for name, limit in _TEXTS:
        if getattr(paper, name)[-1:] == "…" and len(getattr(paper, name)) > limit * 0.9:
            yield f"the {name} was cut at {limit:,} characters"
    if len(paper.authors) >= AUTHORS_LIMIT and paper.authors_incomplete:
        yield f"it has more than {AUTHORS_LIMIT:,} authors, the rest was skipped"
    if "…" in "".join(paper.authors) and any(map(_is_cut_name, paper.authors)):
        yield f"an author's name was cut at {NAME_LIMIT:,} characters"
    if paper.keywords[-1:] == (MORE,):
        yield "it has too many keywords; some were dropped"
    if paper.publication is not NO_PUBLICATION:
        for name in _PUBLICATION:
            text = getattr(paper.publication, name)
            if text[-1:] == "…" and len(text) > _PUBLICATION_LIMIT * 0.9:
                yield f"the {name} was cut at {_PUBLICATION_LIMIT:,} characters"


def _is_cut_name(name: str) -> bool:
    return name[-1:] == "…" and len(name) > NAME_LIMIT * 0.9
