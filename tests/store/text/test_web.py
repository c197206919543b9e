"""One place knows every spelling of an id, and which addresses are plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text.web import arxiv_key, arxiv_reference, doi_key, key_named


@pytest.mark.parametrize(
    "text",
    [
        "2508.00001",
        "2508.00001v3",
        "arXiv:2508.00001v1",
        "http://arxiv.org/abs/2508.00001v2",
        "https://arxiv.org/pdf/2508.00001",
        "https://arxiv.org/pdf/2508.00001v2.pdf",
        "https://www.arxiv.org/html/2508.00001",
        "10.48550/arXiv.2508.00001",
        "https://doi.org/10.48550/arXiv.2508.00001",
        "  2508.00001\n",
    ],
)
def test_every_name_of_an_arxiv_paper_gives_its_key(text: str) -> None:
    assert arxiv_key(text) == "arxiv:2508.00001"


def test_old_style_arxiv_id_loses_its_version() -> None:
    assert arxiv_key("http://arxiv.org/abs/quant-ph/0201082v1") == "arxiv:quant-ph/0201082"


@pytest.mark.parametrize("text", ["", "hello", "10.1000/182", "2508.1", "see 2508.00001 there"])
def test_other_text_is_no_arxiv_key(text: str) -> None:
    assert arxiv_key(text) is None


@pytest.mark.parametrize(
    "text", ["10.1000/ABC", "doi:10.1000/abc", "doi: 10.1000/abc", "https://dx.doi.org/10.1000/Abc"]
)
def test_every_name_of_a_doi_gives_its_key(text: str) -> None:
    assert doi_key(text) == "doi:10.1000/abc"


def test_doi_of_arxiv_gives_an_arxiv_key() -> None:
    assert doi_key("10.48550/arXiv.2508.00001") == "arxiv:2508.00001"


def test_other_text_is_no_doi() -> None:
    assert doi_key("11.1000/abc") is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2508.00001v2", "arxiv:2508.00001"),
        ("arxiv.org/abs/2508.00001", "arxiv:2508.00001"),
        ("https://huggingface.co/papers/2508.00001", "arxiv:2508.00001"),
        ("www.huggingface.co/papers/2508.00001", "arxiv:2508.00001"),
        ("https://huggingface.co/papers/2508.00001#comments", "arxiv:2508.00001"),
        ("https://arxiv.org/html/2508.00001v2?x=1#S3", "arxiv:2508.00001"),
        ("https://www.alphaxiv.org/abs/2508.00001", "arxiv:2508.00001"),
        ("https://doi.org/10.1000/ABC", "doi:10.1000/abc"),
        ("10.48550/arXiv.2508.00001", "arxiv:2508.00001"),
        ("arXiv:2508.00001v2 [cs.CL]", "arxiv:2508.00001"),
        ("arXiv 2508.00001", "arxiv:2508.00001"),
        ("(arXiv:2508.00001)", "arxiv:2508.00001"),
        ("<https://arxiv.org/abs/2508.00001>", "arxiv:2508.00001"),
        ("https://arxiv.org/abs/2508.00001.", "arxiv:2508.00001"),
        ("https://doi.org/10.1000/S1(20)3", "doi:10.1000/s1(20)3"),
        ("arXiv 2508", None),
        ("2508", None),
        ("2025-08-01", None),
        ("https://huggingface.co/2508.00001", None),
        ("arxiv.org/list/2508.00001", None),
        ("10.5", None),
    ],
)
def test_text_copied_from_elsewhere_names_a_key(text: str, key: str | None) -> None:
    assert key_named(text) == key


@given(st.text())
def test_keys_of_any_text_raise_nothing(text: str) -> None:
    assert {type(arxiv_key(text)), type(doi_key(text))} <= {str, type(None)}


def test_subject_class_is_no_part_of_an_old_arxiv_id() -> None:
    assert arxiv_key("math.GT/0309136v2") == arxiv_key("math/0309136") == "arxiv:math/0309136"


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/abs/2505.09561",
        "http://www.arxiv.org/pdf/2505.09561v2.pdf",
        "https://export.arxiv.org/abs/2505.09561v1?context=cs.LG",
        "https://browse.arxiv.org/html/2505.09561v3#S3",
        "https://arxiv.org/ftp/arxiv/papers/2505/2505.09561.pdf",
        "https://huggingface.co/papers/2505.09561",
        "https://huggingface.co/papers/2505.09561.md",
        "https://hf.co/papers/2505.09561",
        "https://www.alphaxiv.org/abs/2505.09561v2",
        "https://www.alphaxiv.org/overview/2505.09561",
        "https://www.alphaxiv.org/zh/overview/2505.09561",
        "https://ar5iv.labs.arxiv.org/html/2505.09561",
        "https://ar5iv.org/abs/2505.09561",
        "https://papers.cool/arxiv/2505.09561",
        "https://www.semanticscholar.org/arxiv/2505.09561",
        "https://api.semanticscholar.org/arXiv:2505.09561",
        "https://ui.adsabs.harvard.edu/abs/arXiv:2505.09561",
        "https://doi.org/10.48550/arXiv.2505.09561",
        "oai:arXiv.org:2505.09561v2",
        "arXiv:2505.09561",
        "arxiv.org/abs/2505.09561/",
    ],
)
def test_every_page_of_an_arxiv_paper_names_it(address: str) -> None:
    assert key_named(address) == "arxiv:2505.09561"
    assert arxiv_reference(address)[0] == "2505.09561"


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/abs/hep-th/9901001",
        "https://arxiv.org/pdf/hep-th/9901001v3.pdf",
        "http://xxx.lanl.gov/abs/hep-th/9901001",
        "https://huggingface.co/papers/hep-th/9901001",
        "arXiv:hep-th/9901001",
    ],
)
def test_old_ids_are_known_wherever_new_ones_are(address: str) -> None:
    assert key_named(address) == "arxiv:hep-th/9901001"
    assert arxiv_reference(address)[0] == "hep-th/9901001"


@pytest.mark.parametrize(
    "text",
    [
        "arXiv preprint arXiv:2505.09561",
        "Preprint at https://arxiv.org/abs/2505.09561",
        "Preprint at arXiv https://arxiv.org/abs/2505.09561 (2025)",
        "Available at https://arxiv.org/abs/2505.09561.",
        "Available online: https://huggingface.co/papers/2505.09561",
        "also available as arXiv:2505.09561 [cs.CL]",
        "Preprint at https://doi.org/10.48550/arXiv.2505.09561",
        "CoRR abs/2505.09561",
    ],
)
def test_words_that_say_where_a_paper_is_may_stand_before_its_id(text: str) -> None:
    assert arxiv_reference(text)[0] == "2505.09561"


@pytest.mark.parametrize(
    "text",
    [
        "A reply to arXiv:2505.09561",
        "Extended version of arXiv:2505.09561",
        "https://example.org/2505.09561",
        "https://example.org/abs/2505.09561",
        "https://notarxiv.org/abs/2505.09561",
        "https://arxiv.org.example.com/abs/2505.09561",
        "https://huggingface.co/datasets/2505.09561",
        "https://arxiv.org/list/cs.CL/2505",
        "https://arxiv.org/abs/2505.095612",
        "issue/1234567",
        "2505.09561.7",
    ],
)
def test_digits_like_an_id_are_none_where_nothing_says_so(text: str) -> None:
    assert (arxiv_reference(text), arxiv_key(text)) == (("", 0), None)


@pytest.mark.parametrize(
    "text",
    [
        "10.1145/3292500.3330701",
        "doi.org/10.1145/3292500.3330701",
        "http://dx.doi.org/10.1145/3292500.3330701",
        "https://www.doi.org/10.1145/3292500.3330701",
        "DOI 10.1145/3292500.3330701",
        "urn:doi:10.1145/3292500.3330701",
        "https://dl.acm.org/doi/10.1145/3292500.3330701",
        "https://dl.acm.org/doi/abs/10.1145/3292500.3330701",
        "https://dl.acm.org/doi/pdf/10.1145/3292500.3330701?download=true",
        "https://onlinelibrary.wiley.com/doi/full/10.1145/3292500.3330701#top",
        "https://journals.example.org/doi/epdf/10.1145/3292500.3330701",
        "https://link.springer.com/content/pdf/10.1145/3292500.3330701.pdf",
        "https://journals.example.org/article?id=10.1145/3292500.3330701",
        "https://doi.org/10.1145%2F3292500.3330701",
        "10.1145/3292500.3330701.",
    ],
)
def test_every_address_of_a_doi_gives_its_key(text: str) -> None:
    assert key_named(text) == "doi:10.1145/3292500.3330701"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("10.1101/2020.01.02.123456v2", "doi:10.1101/2020.01.02.123456"),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full.pdf",
            "doi:10.1101/2020.01.02.123456",
        ),
        (
            "https://www.medrxiv.org/content/10.64898/2025.12.01.25341v1",
            "doi:10.64898/2025.12.01.25341",
        ),
        ("10.1016/S0140-6736(20)30183-5", "doi:10.1016/s0140-6736(20)30183-5"),
        ("https://doi.org/10/fg6rf9", "doi:10/fg6rf9"),
        ("doi:10/fg6rf9", "doi:10/fg6rf9"),
        ("https://doi.org/fg6rf9", "doi:10/fg6rf9"),
    ],
)
def test_dois_of_preprint_servers_and_short_ones(text: str, key: str) -> None:
    assert doi_key(text) == key


@pytest.mark.parametrize(
    "text",
    ["10/2020", "doi: unknown", "https://example.org/files/10.2020/report", "10.5/x", "v10.1000/x"],
)
def test_what_only_has_a_slash_and_digits_is_no_doi(text: str) -> None:
    assert doi_key(text) is None
