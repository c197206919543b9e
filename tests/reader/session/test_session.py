"""What is open, without a screen: reading, finding, marking, and what other programs change."""

from collections.abc import Callable
from datetime import date

import pytest
from conftest import ABSTRACT, OpenLibrary, paper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.library import Library
from store.model import Change, Paper
from store.views.known import View, known_views
from store.writer import Changes
from tui.reader.session import Session

TODAY = date(2025, 8, 1)
PEBBLES, SNAILS, CROWS = (f"arxiv:2508.0000{number}" for number in range(1, 4))


def papers() -> list[Paper]:
    """Return papers of two days; only the first has an abstract about lamps."""
    return [
        paper(PEBBLES, "Sorting Pebbles by Lamp Light", abstract=ABSTRACT),
        paper(SNAILS, "Counting Snails in the Rain"),
        paper(CROWS, "Teaching Crows to Queue", date="2025-07-31"),
    ]


def session_of(library: Library, query: str = "") -> Session:
    """Return a session that has read everything."""
    session = Session(library, lambda: TODAY, query)
    assert not list(session.begin())
    while session.loading:
        assert not session.read_month().errors
    assert session.find()
    return session


def shown(session: Session, query: str, typing: bool = False) -> list[str]:
    """Return what a query finds."""
    session.query = query
    session.find(typing)
    return list(session.shown.ids)


def changes(library: Library) -> Changes:
    """Return what other programs changed, as the writer reads it."""
    marks = library.load_marks() if library.marks_changed_elsewhere() else None
    return Changes(marks, tuple(map(library.load_month, library.changed_months())), False)


def test_newest_month_is_shown_first(open_library: OpenLibrary) -> None:
    library = open_library()
    library.add(papers(), "hf")
    session = Session(open_library(), lambda: TODAY)
    assert not list(session.begin())
    assert (list(session.shown.ids), session.loading) == ([PEBBLES, SNAILS], True)
    session.read_month()
    session.find()
    assert (list(session.shown.ids), session.loading) == ([PEBBLES, SNAILS, CROWS], False)


def test_query_narrows_what_is_shown(open_library: OpenLibrary) -> None:
    session = filled(open_library)
    assert shown(session, "snails") == [SNAILS]
    assert session.shown.number == 1
    assert shown(session, "lamp") == [PEBBLES]


def test_half_typed_word_narrows_nothing_yet(open_library: OpenLibrary) -> None:
    session = filled(open_library)
    assert shown(session, "snails is:unr", typing=True) == [SNAILS]


def test_query_that_is_wrong_leaves_what_is_shown(open_library: OpenLibrary) -> None:
    session = filled(open_library)
    shown(session, "snails")
    assert shown(session, "snails )") == [SNAILS]
    assert session.problems
    assert shown(session, "crows") == [CROWS]
    assert not session.problems


def test_paper_that_is_kept_stays_though_the_query_no_longer_finds_it(
    open_library: OpenLibrary,
) -> None:
    session = filled(open_library)
    before = shown(session, "is:unread")
    session.mark([SNAILS], Change(read=True))
    session.find(keep=before)
    assert (list(session.shown.ids), session.shown.number) == (before, 2)
    session.find()
    assert SNAILS not in session.shown.ids


def test_undo_and_redo_give_marks_back(open_library: OpenLibrary) -> None:
    session = filled(open_library)
    session.mark([SNAILS], Change(starred=True))
    taken = session.undo()
    assert taken
    assert (list(taken.papers), session.library.marks(SNAILS).starred) == ([SNAILS], False)
    session.redo()
    assert session.library.marks(SNAILS).starred


def test_marks_of_another_program_are_taken_in(open_library: OpenLibrary) -> None:
    session = filled(open_library)
    other = open_library()
    other.read_all()
    other.mark([CROWS], Change(starred=True))
    other.commit()
    assert session.apply(changes(session.library)).marked == {CROWS}
    assert session.library.marks(CROWS).starred


def test_papers_that_are_gone_are_not_shown_even_under_a_wrong_query(
    open_library: OpenLibrary,
) -> None:
    session = filled(open_library)
    session.query = "snails )"
    session.find()
    open_library().drop_feed("hf")
    session.apply(changes(session.library))
    assert list(session.shown.ids) == []
    assert not session.find() or not session.shown.ids


def test_paper_with_a_better_id_is_shown_once(open_library: OpenLibrary) -> None:
    library = open_library()
    library.add([paper("sha:0123456789abcdef", "A Map of Every Puddle")], "page")
    session = session_of(open_library())
    other = open_library()
    other.read_all()
    better = paper(
        "arxiv:2508.00009", "A Map of Every Puddle", aliases=("sha:0123456789abcdef",),
        date="2025-07-02",
    )  # fmt: skip
    other.add([better], "hf")
    session.apply(changes(session.library))
    session.find()
    assert list(session.shown.ids) == list(session.papers)
    assert len(session.shown.ids) == 1


def test_view_is_named_by_its_query_whatever_its_spaces(open_library: OpenLibrary) -> None:
    session = filled(open_library)
    session.set_views(known_views({}, (View("rain", "snails  OR puddle", "4", "saved"),)))
    session.query = " snails OR  puddle "
    assert session.view_name() == "rain"
    session.query = "view:RAIN"
    assert session.view_name() == "rain"


def test_views_can_be_named_in_queries(open_library: OpenLibrary) -> None:
    session = filled(open_library)
    session.set_views(known_views({}, (View("rain", "snails", "", "saved"),)))
    assert shown(session, "view:rain") == [SNAILS]


def filled(open_library: OpenLibrary) -> Session:
    """Return a session on a library with three papers."""
    open_library().add(papers(), "hf")
    return session_of(open_library())


# What is shown exists, whatever happens


def star(session: Session, other: Library) -> None:
    """Star what is shown, elsewhere."""
    other.read_all()
    other.mark(list(session.shown.ids)[:2], Change(starred=True))
    other.commit()


def drop(session: Session, other: Library) -> None:
    """Remove a feed, elsewhere."""
    other.drop_feed("hf")


def rekey(session: Session, other: Library) -> None:
    """Learn a better id of a paper known by its title, elsewhere."""
    other.add([paper("arxiv:2508.00009", "A Map of Every Puddle", date="2025-07-02")], "hf")


def fill(session: Session, other: Library) -> None:
    """Add papers, elsewhere."""
    other.add(papers(), "hf")


def untitled(session: Session, other: Library) -> None:
    """Add a paper that is known by its title, elsewhere."""
    other.add([paper("sha:0123456789abcdef", "A Map of Every Puddle")], "page")


def read_one(session: Session, other: Library) -> None:
    """Mark the first paper read, here."""
    session.mark(list(session.shown.ids)[:1], Change(read=True))
    session.library.commit()


STEPS: list[Callable[[Session, Library], None]] = [star, drop, rekey, fill, untitled, read_one]
QUERIES = ["", "snails", "puddle )", "is:unread", "sort:title", "lamp", "is:starred OR crows"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(STEPS), st.sampled_from(QUERIES), st.booleans()), max_size=8
    )
)
def test_what_is_shown_exists_whatever_other_programs_do(
    steps: list[tuple[Callable[[Session, Library], None], str, bool]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("library")
    Library(folder).add(papers(), "hf")
    session = session_of(Library(folder))
    for step, query, finds in steps:
        session.query = query
        session.find(typing=True)
        step(session, Library(folder))
        session.apply(changes(session.library))
        assert all(each in session.papers for each in session.shown.ids)
        if finds:
            session.find(keep=session.shown.ids)
        assert all(each in session.papers for each in session.shown.ids)
    session.query = ""
    session.find()
    assert sorted(session.shown.ids) == sorted(session.papers)
