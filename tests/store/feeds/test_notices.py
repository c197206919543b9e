"""Whatever is too long to be kept whole is reported."""

from datetime import date

import orjson
import pytest

from store.feeds.formats import read_feed
from store.text.clean import ABSTRACT_LIMIT, NAME_LIMIT, TITLE_LIMIT

WORDS = "slow snails "


def problems(data: str) -> list[str]:
    return read_feed(data.encode(), None, date(2026, 5, 10)).problems


def long(limit: int) -> str:
    return (WORDS * (limit // len(WORDS) + 2)).strip()


def ris(**tags: str) -> str:
    fields = {"TI": "On Snails", **tags}
    return "TY  - JOUR\n" + "".join(f"{tag}  - {text}\n" for tag, text in fields.items()) + "ER  - "


def bib(**fields: str) -> str:
    given = {"title": "On Snails", **fields}
    return "@book{a, " + ", ".join(f"{name} = {{{text}}}" for name, text in given.items()) + "}"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ris(AB=long(ABSTRACT_LIMIT)), "the abstract was cut at 50,000 characters"),
        (ris(AB=long(9 * ABSTRACT_LIMIT)), "the abstract was cut at 50,000 characters"),
        (ris(JO=long(TITLE_LIMIT)), "the venue was cut at 1,000 characters"),
        (ris(AU=long(NAME_LIMIT)), "an author's name was cut at 200 characters"),
        (bib(abstract=long(ABSTRACT_LIMIT)), "the abstract was cut at 50,000 characters"),
        (bib(publisher=long(300)), "the publisher was cut at 300 characters"),
        (
            bib(keywords=", ".join(f"word {number}" for number in range(900))),
            "it has too many keywords; some were dropped",
        ),
        (
            orjson.dumps({"id": "arxiv:2508.00001", "title": "On Snails", "feeds": ["hf"],
                          "abstract": long(ABSTRACT_LIMIT)}).decode(),
            "the abstract was cut at 50,000 characters",
        ),
    ],
)  # fmt: skip
def test_what_is_cut_of_a_paper_is_reported(data: str, said: str) -> None:
    assert f"“On Snails”: {said}" in problems(data)


def test_title_that_is_cut_is_reported() -> None:
    (line,) = problems(ris(TI=long(TITLE_LIMIT)))
    assert line.endswith("”: the title was cut at 1,000 characters")


def test_only_the_first_of_many_are_named() -> None:
    lines = problems("\n".join([ris(AB=long(ABSTRACT_LIMIT))] * 9))
    assert len(lines) == 6
    assert lines[-1] == "of 4 more papers something was cut too"


def test_nothing_is_reported_of_what_is_kept_whole() -> None:
    assert problems(ris(AB=WORDS * 400 + "…", AU="Ek, Ada")) == []


def test_string_that_is_cut_is_reported_with_its_line() -> None:
    source = f"\n@string{{long = {{{long(2_000)}}}}}\n{bib(note='x')}"
    assert problems(source) == ["the string long (line 2) was cut at 2,000 characters"]


def test_authors_that_a_parent_has_too_many_of_break_off() -> None:
    people = " and ".join(f"Moss, Ada{number}" for number in range(700))
    source = (
        "@inbook{a, title = {One}, crossref = {b}}\n"
        f"@book{{b, title = {{Two}}, author = {{{people}}}}}"
    )
    one, two = read_feed(source.encode(), None, date(2026, 5, 10)).papers
    assert (one.authors_incomplete, two.authors_incomplete) == (True, False)
    assert two.authors[: len(one.authors)] == one.authors


def test_json_with_a_text_of_a_whole_file_is_refused_at_once() -> None:
    with pytest.raises(Exception, match="a text in the JSON is longer than 500,000 characters"):
        problems('{"title": "' + "x" * 3_000_000 + '"}')
