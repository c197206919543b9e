"""The sample of the first start: what is made up of it, and that this is in no paper's way."""

from dataclasses import replace
from datetime import date

from conftest import OpenLibrary
from places import ROOT

from store.model import Change, Links
from tui.shared.sample import MADE_UP, sample_papers
from tui.words import SAMPLE

PAGE = (ROOT / "sample_feed.txt").read_bytes()
TODAY = date(2025, 8, 1)


def test_sample_has_what_feeds_tell_and_says_that_it_is_made_up() -> None:
    papers = sample_papers(PAGE, TODAY)
    votes = [paper.upvotes or 0 for paper in papers]
    assert votes == sorted(votes, reverse=True)
    assert votes[0] > 50
    assert {paper.comment for paper in papers} == {MADE_UP}
    assert all(paper.authors and paper.categories and paper.links.page for paper in papers)
    assert len({paper.authors[0] for paper in papers}) > 20
    assert sum(bool(paper.links.code) for paper in papers) > 10
    assert papers == sample_papers(PAGE, TODAY)


def test_star_of_the_sample_goes_to_the_real_paper(open_library: OpenLibrary) -> None:
    library = open_library()
    made_up = sample_papers(PAGE, TODAY)[0]
    library.add([made_up], SAMPLE)
    library.mark(list(library.papers), Change(starred=True))
    real = replace(
        made_up, id="arxiv:2508.00001", authors=("Ida Real",), comment="", links=Links(), upvotes=3
    )
    library.add([real], "hf")
    library.drop_feed(SAMPLE)
    assert [(each.id, each.authors, each.comment) for each in library.papers.values()] == [
        ("arxiv:2508.00001", ("Ida Real",), "")
    ]
    assert library.marks("arxiv:2508.00001").starred
