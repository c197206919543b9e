"""Papers as BibTeX: the keys, what is escaped, and that it reads back."""

import re
from itertools import accumulate
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry
from conftest import paper
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from store.citation_keys import citation_keys
from store.export.formats import export
from store.model import NO_MARKS, Links, Marks, Paper
from store.text.clean import clean_line

LAMPS = paper(
    "arxiv:2506.01234",
    "Lamps for the α of Sorters",
    authors=("Ludwig van Dam", "Mary Smith Jr.", "The Pebble Team", "Sokrates"),
    published="2025-06-12",
    categories=("cs.CV", "stat.ML"),
    links=Links(page="https://arxiv.org/abs/2506.01234"),
)


def read(*papers: Paper, marks: Marks = NO_MARKS) -> list[Entry]:
    """Return the entries that bibtexparser finds in the export, all of them whole."""
    text = export("bibtex", [(each, marks) for each in papers]).decode()
    parsed = parse_string(text)
    assert not parsed.failed_blocks
    assert not parsed.comments
    return parsed.entries


def field(name: str, one: Paper, marks: Marks = NO_MARKS) -> str:
    """Return a field of a paper's entry as it is in the file."""
    return str(read(one, marks=marks)[0].fields_dict[name].value)


def key(**fields: Any) -> str:
    """Return the key of a paper of 2017."""
    one = paper(published="2017-06-12", **fields)
    return citation_keys([one])[one.id]


# keys


def test_key_is_family_name_year_and_first_telling_word() -> None:
    assert key(authors=("Ana Lamp",), title="On the 50 Sortings of Pebbles") == "lamp2017sortings"


@pytest.mark.parametrize(
    ("author", "family"),
    [
        ("Søren Ångström", "angstrom"),
        ("Jan Łoś", "los"),
        ("Ludwig van der Meer", "vandermeer"),
        ("Mary Smith Jr.", "smith"),
        ("The Pebble Team", "thepebbleteam"),
        ("李明", "anon"),
    ],
)
def test_key_is_ascii(author: str, family: str) -> None:
    assert key(authors=(author,), title="Pebbles") == f"{family}2017pebbles"


def test_key_without_authors_and_words() -> None:
    assert key(title="石头") == "anon2017"


def test_equal_keys_get_letters_by_age() -> None:
    papers = [
        paper(f"doi:10.1/{n}", "Pebbles", published=f"2017-0{n}-05", authors=("A Lamp",))
        for n in (3, 1, 2)
    ]
    assert citation_keys(papers) == {
        "doi:10.1/1": "lamp2017pebbles",
        "doi:10.1/2": "lamp2017pebblesa",
        "doi:10.1/3": "lamp2017pebblesb",
    }


def test_letters_go_on_after_z() -> None:
    papers = [paper(f"doi:10.1/{n:02}", "Pebbles", published="2017-01-05") for n in range(29)]
    assert citation_keys(papers)["doi:10.1/28"] == "anon2017pebblesab"


def test_key_with_a_letter_is_not_another_papers_key() -> None:
    papers = [
        paper("doi:10.1/1", "Map", published="2017-01-05"),
        paper("doi:10.1/2", "Mapa", published="2017-01-06"),
        paper("doi:10.1/3", "Map", published="2017-01-07"),
    ]
    assert citation_keys(papers)["doi:10.1/3"] == "anon2017mapb"


def test_key_does_not_depend_on_what_else_is_exported() -> None:
    papers = [paper(f"doi:10.1/{n}", "Pebbles", published=f"2017-01-0{n}") for n in (2, 3)]
    text = export("bibtex", [(papers[1], NO_MARKS)], library=papers).decode()
    assert text.startswith("@misc{anon2017pebblesa,")


@given(st.lists(st.tuples(st.text(), st.text()), max_size=8))
def test_keys_are_unique_and_plain(texts: list[tuple[str, str]]) -> None:
    papers = [
        paper(f"doi:10.1/{n}", title, authors=(name,)) for n, (name, title) in enumerate(texts)
    ]
    keys = citation_keys(papers).values()
    assert len(set(keys)) == len(papers)
    assert all(re.fullmatch("[a-z0-9]+", each) for each in keys)


def test_ten_thousand_equal_titles_get_keys_at_once() -> None:
    papers = [paper(f"doi:10.1/{n:05}", "Pebbles", authors=("A Lamp",)) for n in range(10_000)]
    assert len(set(citation_keys(papers).values())) == 10_000


# entries


def test_arxiv_paper_has_its_eprint() -> None:
    entry = read(LAMPS)[0]
    eprint = {name: entry[name] for name in ("eprint", "archivePrefix", "primaryClass")}
    assert entry.entry_type == "misc"
    assert eprint == {"eprint": "2506.01234", "archivePrefix": "arXiv", "primaryClass": "cs.CV"}


def test_authors_are_in_their_parts() -> None:
    assert field("author", LAMPS) == (
        "van Dam, Ludwig and Smith, Jr., Mary and {The Pebble Team} and Sokrates"
    )


def test_a_letter_keeps_its_accent_within_its_braces() -> None:
    assert field("title", paper(title="B\u0304 mesons")) == "{B\u0304} mesons"


def test_author_with_an_and_is_one_author() -> None:
    assert field("author", paper(authors=("Sun and Moon",))) == "{Sun and Moon}"


def test_month_is_a_macro() -> None:
    text = export("bibtex", [(LAMPS, NO_MARKS)]).decode()
    assert "\n  month = jun,\n" in text


def test_month_is_left_out_where_a_year_alone_is_known() -> None:
    assert "month" not in read(paper(published="2025-01-01"))[0].fields_dict


def test_article_has_journal_and_doi() -> None:
    one = paper("doi:10.1000/xyz_1", venue="Journal of Lamps & Shades")
    entry = read(one)[0]
    assert (entry.entry_type, entry["journal"], entry["doi"]) == (
        "article", r"Journal of Lamps \& Shades", "10.1000/xyz_1",
    )  # fmt: skip


def test_conference_paper_has_a_booktitle() -> None:
    entry = read(paper("doi:10.1000/xyz", venue="Proceedings of the Pebble Conference"))[0]
    assert (entry.entry_type, entry["booktitle"]) == (
        "inproceedings", "Proceedings of the Pebble Conference",
    )  # fmt: skip


def test_proceedings_that_are_a_journal() -> None:
    venue = "Proceedings of the National Academy of Pebbles"
    assert read(paper(venue=venue))[0].entry_type == "article"


def test_doi_and_eprint_stand_side_by_side() -> None:
    entry = read(paper("arxiv:2506.01234", aliases=("doi:10.1000/xyz",), venue="Lamps"))[0]
    assert (entry["doi"], entry["eprint"]) == ("10.1000/xyz", "2506.01234")


def test_tags_are_keywords_and_the_note_an_annotation() -> None:
    entry = read(LAMPS, marks=Marks(tags=("a_b", "dpo"), note="50% of it"))[0]
    assert (entry["keywords"], entry["annotation"]) == (r"a\_b, dpo", r"50\% of it")


def test_address_has_no_brace() -> None:
    one = paper(links=Links(page="https://example.org/a_b{c}?d=1%20e&f#g"))
    assert field("url", one) == "https://example.org/a_b%7Bc%7D?d=1%20e&f#g"


def test_address_of_another_scheme_is_left_out() -> None:
    one = paper("sha:0", links=Links(page="javascript:alert(1)"))
    assert "url" not in read(one)[0].fields_dict


def test_empty_fields_are_left_out() -> None:
    assert set(read(paper("sha:0"))[0].fields_dict) == {"title", "year"}


# text


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Sorting Pebbles With LoRA", "Sorting Pebbles With {LoRA}"),
        ("A Map of Q-Learning", "A Map of {Q}-Learning"),
        ("GPT-4 in 3D: I see", "{GPT}-4 in {3D}: {I} see"),
        ("Chain-of-Thought", "Chain-of-Thought"),
        ("50% of $x_1$ & #2", r"50\% of \$x\_1\$ \& \#2"),
        (r"~^\o", r"\textasciitilde{}\textasciicircum{}\textbackslash{}o"),
        ("a {b} c", r"a \{b\} c"),
        ("a } { c", r"a $\rbrace$ $\lbrace$ c"),
        ("Über α²", "Über α²"),
    ],
)
def test_title(title: str, written: str) -> None:
    assert field("title", paper(title=title)) == written


@given(st.text())
def test_any_text_leaves_entry_whole(text: str) -> None:
    odd = paper("sha:0", text, authors=(text,), abstract=text, venue=text)
    entries = read(odd, LAMPS, marks=Marks(note=text, tags=(text,)))
    assert [entry.entry_type for entry in entries][1] == "misc"
    assert len(entries) == 2


@given(st.text("{}\\a, \n"))
def test_braces_pair_as_bibtex_counts_them(text: str) -> None:
    one = paper("sha:0", text, authors=(text,), abstract=text)
    for each in read(one, marks=Marks(note=text))[0].fields:
        depths = list(accumulate((c == "{") - (c == "}") for c in str(each.value)))
        assert min(depths) >= 0
        assert depths[-1] == 0


@given(st.text("aB1 é{}\\&%$#_~\n.,"))
def test_text_is_the_same_once_latex_is_read(text: str) -> None:
    entry = read(paper(title="x" + text))[0]
    shown = LatexNodes2Text(strict_latex_spaces=True).latex_to_text(entry["title"])
    assert shown == clean_line("x" + text)
