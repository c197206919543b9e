"""Whatever a feed calls a paper, it is known by its arXiv id or DOI."""

from datetime import date

import pytest

from store.feeds.bibtex import read_bibtex
from store.feeds.ris import read_ris
from store.feeds.syndication import read_syndication
from store.model import Paper


def of_bibtex(fields: str) -> Paper:
    [paper] = read_bibtex(f"@misc{{x, title = {{On Snails}}, {fields}}}".encode()).papers
    return paper


@pytest.mark.parametrize(
    "fields",
    [
        "url = {https://huggingface.co/papers/2505.09561}",
        "url = {https://www.alphaxiv.org/abs/2505.09561v2}",
        "url = {https://ar5iv.labs.arxiv.org/html/2505.09561}",
        "eprint = {https://arxiv.org/abs/2505.09561}, archiveprefix = {arXiv}",
        "eprint = {arXiv:2505.09561v1}, eprinttype = {arxiv}",
        "journal = {Preprint at https://arxiv.org/abs/2505.09561}",
        r"note = {Available at \url{https://arxiv.org/abs/2505.09561}}",
        "howpublished = {Available online: https://papers.cool/arxiv/2505.09561}",
    ],
)
def test_an_entry_of_a_bibliography_has_its_arxiv_id(fields: str) -> None:
    paper = of_bibtex(fields)
    assert (paper.id, paper.venue, paper.comment) == ("arxiv:2505.09561", "", "")
    assert paper.links.pdf == "https://arxiv.org/pdf/2505.09561"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ("url = {https://dl.acm.org/doi/10.1145/3292500.3330701}", "doi:10.1145/3292500.3330701"),
        ("url = {https://onlinelibrary.wiley.com/doi/full/10.1002/a.1}", "doi:10.1002/a.1"),
        ("doi = {doi.org/10.1000/H08}", "doi:10.1000/h08"),
        ("doi = {10.1101/2020.01.02.123456v2}", "doi:10.1101/2020.01.02.123456"),
        ("doi = {10/fg6rf9}", "doi:10/fg6rf9"),
        ("doi = {10.1103/PhysRevE.74.{E}21}", "doi:10.1103/physreve.74.e21"),
        ("journal = {Preprint at https://doi.org/10.1101/2020.01}", "doi:10.1101/2020.01"),
        (r"doi = {10.1002/(SICI)1(98)16{\textless}1::A{\textgreater}3.0;2-2}", None),
        (r"doi = {10.1002/(SICI)1(98)16\textless 1::A\textgreater{}3.0;2-2}", None),
        ("doi = {10.1002/(SICI)1(98)16$<$1::A$>$3.0;2-2}", None),
        ("doi = {10.1002/(SICI)1(98)16&lt;1::A&gt;3.0;2-2}", None),
        ("doi = {10.1002/(SICI)1(98)16<1::A>3.0;2-2}", None),
    ],
)
def test_an_entry_of_a_bibliography_has_its_doi(fields: str, key: str | None) -> None:
    assert of_bibtex(fields).id == (key or "doi:10.1002/(sici)1(98)16<1::a>3.0;2-2")


@pytest.mark.parametrize(
    "fields",
    [
        "note = {Extended version of arXiv:2505.09561}",
        "note = {Code at https://doi.org/10.5281/zenodo.1}",
        "url = {https://example.org/2505.09561}",
        "doi = {n/a}",
    ],
)
def test_an_id_of_something_else_is_not_the_papers(fields: str) -> None:
    assert of_bibtex(fields).id.startswith("sha:")


def test_categories_may_be_listed_with_commas() -> None:
    fields = "eprint = {1312.6114}, archiveprefix = {arXiv}, primaryclass = {cs, stat}"
    assert of_bibtex(fields).categories == ("cs", "stat")


def test_a_record_has_the_doi_that_is_short_or_has_entities() -> None:
    short, old = (
        read_ris(f"TY  - JOUR\nTI  - On Snails\nDO  - {doi}\nER  - \n".encode()).papers[0].id
        for doi in ("10/fg6rf9", "10.1002/(SICI)1(98)16&lt;1::A&gt;3.0;2-2")
    )
    assert (short, old) == ("doi:10/fg6rf9", "doi:10.1002/(sici)1(98)16<1::a>3.0;2-2")


@pytest.mark.parametrize(
    "address",
    [
        "https://huggingface.co/papers/2505.09561",
        "https://papers.cool/arxiv/2505.09561",
        "https://www.alphaxiv.org/abs/2505.09561v1",
        "http://arxiv.org/abs/2505.09561v1",
    ],
)
def test_a_feed_that_links_to_a_page_about_a_paper_has_its_id(address: str) -> None:
    feed = (
        "<rss version='2.0'><channel><title>Daily</title>"
        f"<item><title>On Snails</title><link>{address}</link></item></channel></rss>"
    )
    [paper] = read_syndication(feed.encode(), date(2025, 6, 1)).papers
    assert paper.id == "arxiv:2505.09561"
    assert paper.links.pdf == "https://arxiv.org/pdf/2505.09561"
