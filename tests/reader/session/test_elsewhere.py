"""Papers that services found: lent to the library while they are shown, kept by a mark."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import OpenLibrary, TickingClock, paper
from faulty_disks import FailingDisk
from test_session import PEBBLES, SNAILS, TODAY, changes, filled, session_of

from store.errors import LibraryError
from store.library import Library
from store.model import Change, Paper
from store.papers.combine import alone
from tui.reader.elsewhere import Elsewhere, Found, namesake
from tui.reader.session import Session

NEW, OTHER = "arxiv:2508.00077", "arxiv:2508.00078"
STAR = Change(starred=True)


def lending(session: Session, *papers: Paper, query: str = "moss") -> Session:
    """Let a service have found papers for a query."""
    session.query = query
    session.elsewhere = Elsewhere(query, ["arXiv"])
    found = [Found(alone(each), each) for each in papers]
    session.elsewhere.answered("arXiv", found, session.library.named)
    session.find()
    return session


def moss(id: str = NEW, **fields: object) -> Paper:
    """Return a paper that the library lacks."""
    return paper(id, r"Moss on $\mathbb{R}$", **fields)


def arrive(session: Session) -> None:
    """Save, and take what has changed on disk."""
    session.library.commit()
    session.apply(changes(session.library))
    session.find()


def files(library: Library) -> dict[Path, bytes]:
    """Return what is on disk."""
    return {each: each.read_bytes() for each in library.folder.rglob("*") if each.is_file()}


def test_what_is_found_is_shown_and_leaves_no_trace(open_library: OpenLibrary) -> None:
    session = filled(open_library)
    before = files(session.library)
    lending(session, moss(), moss(OTHER))
    assert session.shown.ids == [NEW, OTHER]
    assert session.papers[NEW].title == "Moss on ℝ"
    assert session.is_lent(NEW)
    assert list(session.shown.found) == []
    session.library.citation_keys([session.papers[NEW]])
    session.library.commit()
    assert files(session.library) == before


def test_paper_of_the_library_is_shown_as_such_and_once(open_library: OpenLibrary) -> None:
    session = lending(filled(open_library), paper(SNAILS, "Snails"), moss(), moss())
    assert session.shown.ids == [SNAILS, NEW]
    assert not session.is_lent(SNAILS)
    assert session.elsewhere
    session.elsewhere.asking.append("Hugging Face")
    session.elsewhere.answered("Hugging Face", [Found(moss(), moss())], session.library.named)
    session.find()
    assert session.shown.ids == [SNAILS, NEW]


@pytest.mark.parametrize(
    ("authors", "same"), [((), True), (("Ada Crow",), True), (("Ada Snail",), False)]
)
def test_paper_of_the_same_title_is_the_same_unless_its_authors_are_others(
    authors: tuple[str, ...], same: bool
) -> None:
    known = paper("doi:10.1000/moss", "Moss on Stone", authors=("A. Crow", "B. Fern"))
    found = moss(authors=authors)
    found = replace(found, title="Moss on stone")
    assert namesake(found, {"moss on stone": known}) == ("doi:10.1000/moss" if same else "")


def test_mark_keeps_a_paper_and_undo_takes_back_the_mark(open_library: OpenLibrary) -> None:
    session = lending(filled(open_library), moss(), moss(OTHER))
    session.mark([NEW], STAR)
    assert not session.is_lent(NEW)
    arrive(session)
    assert session.shown.ids == [NEW, OTHER]
    assert NEW in session.library.papers
    assert OTHER not in session.library.papers
    again = open_library()
    again.read_all()
    assert again.papers[NEW].feeds == ("added",)
    assert again.papers[NEW].date == TODAY.isoformat()
    assert again.marks(NEW).starred
    session.undo()
    arrive(session)
    assert NEW in session.library.papers
    assert not session.library.marks(NEW).starred


def test_mark_that_is_there_already_keeps_a_paper(open_library: OpenLibrary) -> None:
    session = filled(open_library)
    session.library.mark([NEW], STAR)
    session.library.commit()
    lending(session, moss())
    assert not session.mark([NEW], STAR).steps
    assert session.library.unsaved == 1
    arrive(session)
    assert NEW in session.library.papers


def test_another_query_lends_nothing(open_library: OpenLibrary) -> None:
    session = lending(filled(open_library), moss())
    session.query = "snails"
    session.find()
    assert session.shown.ids == [SNAILS]
    assert NEW not in session.papers
    session.query = "moss"
    session.find()
    assert session.shown.ids == [NEW]
    session.leave_elsewhere()
    session.find()
    assert not session.shown.ids


def test_query_that_is_wrong_leaves_what_is_lent(open_library: OpenLibrary) -> None:
    session = lending(filled(open_library), moss())
    session.query = "moss )"
    assert not session.find()
    assert set(session.shown.ids) <= session.papers.keys()
    session.mark([NEW], STAR)
    arrive(session)
    assert NEW in session.library.papers


def test_paper_that_leaves_the_library_leaves_the_list(open_library: OpenLibrary) -> None:
    session = lending(filled(open_library), paper(PEBBLES, "Pebbles"), moss())
    open_library().drop_feed("hf")
    session.apply(changes(session.library))
    assert set(session.shown.ids) <= session.papers.keys()
    session.find()
    assert session.shown.ids == [NEW]


def test_kept_paper_is_found_under_the_better_key_of_the_library(
    open_library: OpenLibrary,
) -> None:
    session = lending(filled(open_library), moss("doi:10.1000/moss"))
    session.mark(["doi:10.1000/moss"], STAR)
    session.library.commit()
    open_library().add([moss(NEW, aliases=("doi:10.1000/moss",))], "hf")
    arrived = session.apply(changes(session.library))
    assert arrived.gone == {"doi:10.1000/moss": NEW}
    session.find()
    assert session.shown.ids == [NEW]
    assert session.library.marks(NEW).starred


def test_paper_that_can_not_be_saved_is_lent_again(tmp_path: Path) -> None:
    disk = FailingDisk("create")
    session = lending(session_of(Library(tmp_path / "library", TickingClock(), disk)), moss())
    session.mark([NEW], STAR)
    with pytest.raises(LibraryError):
        session.library.commit()
    assert session.revert() == {NEW}
    assert session.is_lent(NEW)
    assert (session.library.unsaved, session.library.marks(NEW).starred) == (0, False)


@pytest.mark.parametrize(
    "text",
    [
        *("2508.00002", "2508.00002v3", "arXiv:2508.00002", "arXiv:2508.00002v1 [cs.CL]"),
        *("arxiv.org/abs/2508.00002", "https://arxiv.org/pdf/2508.00002v2.pdf", "arXiv 2508.00002"),
        *("https://doi.org/10.48550/arXiv.2508.00002", "https://huggingface.co/papers/2508.00002"),
    ],
)
def test_pasted_name_of_a_paper_finds_it(open_library: OpenLibrary, text: str) -> None:
    session = filled(open_library)
    session.library.complete = True
    session.query = text
    session.find()
    assert (session.shown.ids, session.wanted) == ([SNAILS], "")


def test_pasted_name_of_another_paper_is_wanted(open_library: OpenLibrary) -> None:
    session = filled(open_library)
    session.library.complete = True
    session.query = "https://arxiv.org/abs/2508.00077v2"
    assert session.wanted == NEW
