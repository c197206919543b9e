"""Additions to the result of a query: papers with some of its words, related ones, reasons."""

from collections.abc import Iterator

from store.model import Paper
from store.query.relax import any_words
from store.query.tree import ranking_fields
from tui.reader.drawing import reasons
from tui.reader.session import Session


def find_any_words(session: Session, at_most: int, few: int) -> Iterator[bool]:
    """Find papers with some of the words, if fewer papers than `few` have all.

    Yield whether it is shown, after each slice.
    """
    shown, query = session.shown, any_words(session.parsed())
    if query is None or shown.number >= few or shown.sections:
        return
    index = session.index
    if index.ranks.content(ranking_fields(query.tree, excluded=False)[0].value) < 2:
        return
    while not index.scan(query, at_most):
        session.shown = session.shown._replace(note=reasons.note(index, query, True))
        yield False
    found, known = session.search(query), set(session.shown.ids)
    more = [each for each in found.ids if each not in known]
    session.shown = session.shown._replace(note="")
    if more:
        session.shown = session.shown._replace(
            ids=[*session.shown.ids, *more],
            words=(*session.shown.words, *found.words),
            sections={len(known): "any of these words"},
        )
        yield True


def related(session: Session, paper_id: str, at_most: int) -> list[Paper]:
    """Return the papers most like one; none before all that takes has been read."""
    index = session.catalogue.made
    row = index.row_of.get(paper_id) if index and index.is_read else None
    if index is None or row is None:
        return []
    left_out = () if session.show_hidden else session.library.hidden
    rows = index.ranks.like(row, index.there)
    papers = [index.papers[each] for each in rows]
    return [paper for paper in papers if paper.id not in left_out][:at_most]


def reason(session: Session, paper_id: str, place: int) -> str:
    """Return why a paper at a place of the list is there; empty if its words say it."""
    paper, index = session.papers.get(paper_id), session.catalogue.made
    if index is None or paper is None or session.catalogue.is_behind:
        return ""
    return reasons.reason(index, session.parsed(), session.shown, paper, place)
