"""Lists of authors as feeds write them become people, and nobody is lost or made up."""

from collections.abc import Callable, Iterator
from datetime import date

import orjson
import pytest
from conftest import OpenLibrary, paper
from hypothesis import given
from hypothesis import strategies as st

from store.export.formats import export
from store.feeds.formats import read_feed
from store.model import NO_MARKS, Paper
from store.text.people import (
    AUTHORS_LIMIT,
    People,
    bibtex_names,
    listed_names,
    people,
    ris_names,
)

TODAY = date(2026, 5, 10)
MANY = 15_000
"""More than the longest list of authors there is, of an article on surgery in 2021."""


def bibtex(*names: str) -> bytes:
    return f"@misc{{a, title = {{Tides}}, author = {{{' and '.join(names)}}}}}\n".encode()


def ris(*names: str) -> bytes:
    return "\n".join(
        ["TY  - JOUR", "TI  - Tides", *(f"AU  - {n}" for n in names), "ER  - "]
    ).encode()


def hf(*names: str) -> bytes:
    authors = [{"name": name} for name in names]
    return orjson.dumps([{"paper": {"id": "2605.00001", "title": "Tides", "authors": authors}}])


def json_lines(*names: str) -> bytes:
    return orjson.dumps({"id": "arxiv:2605.00001", "title": "Tides", "authors": names})


def rss(*names: str) -> bytes:
    creators = "".join(f"<dc:creator>{name}</dc:creator>" for name in names)
    return (
        '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>S</title>'
        f"<item><title>Tides</title>{creators}</item></channel></rss>"
    ).encode()


def rss_in_one(*names: str) -> bytes:
    return rss(", ".join(names))


def arxiv_atom(*names: str) -> bytes:
    authors = "".join(f"<author><name>{name}</name></author>" for name in names)
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>'
        '<link href="http://arxiv.org/api/query?x"/><entry>'
        f"<id>http://arxiv.org/abs/2605.00001v1</id><title>Tides</title>{authors}</entry></feed>"
    ).encode()


def csl_json(*names: str) -> bytes:
    authors = [{"literal": name} for name in names]
    item = {"id": "a", "type": "article-journal", "title": "Tides", "DOI": "10.1000/tides"}
    return orjson.dumps([item | {"author": authors}])


FORMATS = [bibtex, ris, csl_json, hf, json_lines, rss, rss_in_one, arxiv_atom]


def read(data: bytes) -> Paper:
    (only,) = read_feed(data, None, TODAY).papers
    return only


def in_bibtex(field: str) -> People:
    return people(bibtex_names(field))


@pytest.mark.parametrize("written", FORMATS)
def test_two_authors_of_one_name_are_both_kept(written: Callable[..., bytes]) -> None:
    names = ("Yu Fern", "Ada Moss", "Yu Fern", "Bo Reed")
    assert read(written(*names)).authors == names


@pytest.mark.parametrize("written", FORMATS)
def test_the_longest_lists_of_authors_are_kept_whole(written: Callable[..., bytes]) -> None:
    names = tuple(f"Ada{number} Moss{number}" for number in range(MANY))
    assert read(written(*names)).authors == names


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json", "jsonl"])
def test_every_author_comes_back_from_an_export(form: str) -> None:
    names = tuple(f"Ada Moss{number % 9_000}" for number in range(MANY))
    written = paper("doi:10.1000/tides", authors=names)
    assert read(export(form, [(written, NO_MARKS)])).authors == names


@pytest.mark.parametrize("form", ["csv", "json", "html"])
def test_every_author_is_in_an_export(form: str) -> None:
    names = tuple(f"Ada Moss{number}" for number in range(MANY))
    written = export(form, [(paper(authors=names), NO_MARKS)]).decode()
    assert [name for name in names[-9:] if name not in written] == []


def test_a_list_without_end_is_cut_and_that_is_reported() -> None:
    reading = read_feed(hf(*map(str, range(AUTHORS_LIMIT + 1))), None, TODAY)
    assert reading.papers[0].authors_incomplete
    assert reading.problems == ["“Tides”: it has more than 50,000 authors, the rest was skipped"]


def test_a_list_given_twice_is_taken_once() -> None:
    assert people(["Ada Moss", "Bo Reed"] * 2).names == ("Ada Moss", "Bo Reed")
    assert people(["Yu Fern", "Yu Fern"]).names == ("Yu Fern", "Yu Fern")


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Moss, Ada and Reed, Bo and", "Ada Moss|Bo Reed"),
        ("and Moss, Ada and and Reed, Bo", "Ada Moss|Bo Reed"),
        ("Moss, Ada, and Reed, Bo", "Ada Moss|Bo Reed"),
        ("Ada Moss, Bo Reed, and Cleo Fern", "Ada Moss|Bo Reed|Cleo Fern"),
        ("Moss, A., Reed, B., and Fern, C.", "A. Moss|B. Reed|C. Fern"),
        ("van der Moss, Ada, and Reed, Bo", "Ada van der Moss|Bo Reed"),
        ("Ada Moss, Bo Reed, Cleo Fern, Di Heath", "Ada Moss|Bo Reed|Cleo Fern|Di Heath"),
        (
            r"Ada Moss\and Bo Reed and\\ Cleo Fern and~Di Heath",
            "Ada Moss|Bo Reed|Cleo Fern|Di Heath",
        ),
        ("Moss, Ada; Reed, Bo", "Ada Moss|Bo Reed"),
        (r"Moss, A. \& Reed, B.", "A. Moss|B. Reed"),
        (r"Moss \& Moss", r"Moss \& Moss"),
        ("{Moss and Reed, Inc.}", "{Moss and Reed, Inc.}"),
        ("Moss, Ada Bryn, Jr.", "Ada Bryn Moss Jr."),
        ("Moss, Jr., Ada Bryn", "Ada Bryn Moss Jr."),
        ("A. B. Moss, III and Reed, Bo", "A. B. Moss III|Bo Reed"),
        ("杨, 育伟 and 蔡, 洪", "杨育伟|蔡洪"),
        ("김, 철수", "김철수"),
        ("王小明、李四 and 张，三 and 王小明，李四", "王小明|李四|张三|王小明|李四"),
        (r"Wo\'zniak, Micha\l", r"Micha\l{} Wo\'zniak"),
    ],
)
def test_lists_in_bibtex_with_the_usual_slips(field: str, names: str) -> None:
    assert in_bibtex(field) == People(tuple(names.split("|")))


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Moss, Ada", "Ada Moss"),
        ("Moss, Ada, Jr.", "Ada Moss Jr."),
        ("Moss, Jr., Ada", "Ada Moss Jr."),
        ("张, 三", "张三"),
        ("王小明，李四", "王小明|李四"),
        ("Moss, Ada and Reed, Bo", "Ada Moss|Bo Reed"),
        ("Moss, A., Reed, B.", "A. Moss|B. Reed"),
        (
            "Institute of Tides, Shores, Boats, and Birds",
            "Institute of Tides, Shores, Boats, and Birds",
        ),
    ],
)
def test_names_in_ris(value: str, names: str) -> None:
    assert people(ris_names(value)) == People(tuple(names.split("|")))


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (
            ["Moss, Ada", "van der Reed, Bo", "Fern Wood, Cleo"],
            "Ada Moss|Bo van der Reed|Cleo Fern Wood",
        ),
        (["van der Reed, Bo"], "Bo van der Reed"),
        (["Fern Wood, Cleo Ann", "Moss, Ada"], "Cleo Ann Fern Wood|Ada Moss"),
        (["Moss, A., Reed, B., & Fern, C."], "A. Moss|B. Reed|C. Fern"),
        (["Moss, A. B., Jr., & Reed, B."], "A. B. Moss Jr.|B. Reed"),
        (["Ada Bryn Moss, Jr."], "Ada Bryn Moss Jr."),
        (["Ada Moss, Jr., Bo Reed"], "Ada Moss Jr.|Bo Reed"),
        (["Ada Moss, Bo Reed & Cleo Fern"], "Ada Moss|Bo Reed|Cleo Fern"),
        (["Ada Moss, Bo Reed", "Cleo Fern"], "Ada Moss|Bo Reed|Cleo Fern"),
        (["Ada Moss & Bo Reed"], "Ada Moss|Bo Reed"),
        (["Moss & Reed"], "Moss & Reed"),
        (["Moss, Ada and Reed, Bo"], "Ada Moss|Bo Reed"),
        (["Moss, Ada, and Bo Reed"], "Ada Moss|Bo Reed"),
        (["Moss, Ada, Reed, Bo"], "Ada Moss|Bo Reed"),
        (["王小明、李四"], "王小明|李四"),
        (["王小明，李四"], "王小明|李四"),
        (["张，三"], "张三"),
        (["鈴木, 一郎"], "鈴木一郎"),
    ],
)
def test_names_however_an_element_lists_them(texts: list[str], names: str) -> None:
    assert people(listed_names(texts)) == People(tuple(names.split("|")))


@pytest.mark.parametrize(
    "end",
    ["and others", "and {others}", "and et al.", "et al.", "et al", "and {et~al.}", "and Others"],
)
def test_a_list_that_breaks_off_is_known_to(end: str) -> None:
    assert in_bibtex(f"Moss, Ada and Bo Reed {end}") == People(("Ada Moss", "Bo Reed"), True)


@pytest.mark.parametrize(
    "end",
    [
        "and 3 others",
        "and 12 more",
        "(+3 more)",
        "5 more authors",
        "and 2 other authors",
        "+7 more",
    ],
)
def test_a_list_that_counts_the_others_breaks_off(end: str) -> None:
    assert people(listed_names([f"Ada Moss, Bo Reed, {end}"])) == People(
        ("Ada Moss", "Bo Reed"), True
    )


def test_et_al_may_stand_in_braces_with_the_name_before_it() -> None:
    assert in_bibtex("{Moss et al.}") == People(("Moss",), True)


def test_two_names_with_initials_need_no_and() -> None:
    assert in_bibtex("A. Moss, B. C. Reed") == People(("A. Moss", "B. C. Reed"))
    assert in_bibtex("van Moss, A. B.") == People(("A. B. van Moss",))


@pytest.mark.parametrize("name", ["Ada Al", "Others, Ada", "Bo Etal", "Petal", "More, Thomas"])
def test_a_name_that_looks_like_et_al_is_a_name(name: str) -> None:
    assert not people(ris_names(name)).incomplete


@pytest.mark.parametrize("written", [*FORMATS])
def test_et_al_is_no_author(written: Callable[..., bytes]) -> None:
    one = read(written("Ada Moss", "Bo Reed", "et al."))
    assert (one.authors, one.authors_incomplete) == (("Ada Moss", "Bo Reed"), True)


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json", "jsonl"])
def test_a_list_that_breaks_off_still_does_after_an_export(form: str) -> None:
    written = paper("doi:10.1000/tides", authors=("Ada Moss",), authors_incomplete=True)
    one = read(export(form, [(written, NO_MARKS)]))
    assert (one.authors, one.authors_incomplete) == (("Ada Moss",), True)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("bibtex", "author = {Moss, Ada and others}"),
        ("ris", "AU  - Moss, Ada\r\nAU  - et al.\r\n"),
        ("csv", ",Ada Moss; et al.,"),
        ("markdown", "Ada Moss et al."),
        ("html", "<p>Ada Moss et al.</p>"),
    ],
)
def test_exports_say_that_a_list_breaks_off(form: str, said: str) -> None:
    written = paper(authors=("Ada Moss",), authors_incomplete=True)
    assert said in export(form, [(written, NO_MARKS)]).decode()


def test_only_a_list_that_breaks_off_says_so_in_json() -> None:
    whole, broken = paper(authors=("Ada Moss",)), paper(authors=("A",), authors_incomplete=True)
    found = orjson.loads(export("json", [(whole, NO_MARKS), (broken, NO_MARKS)]))
    assert [each.get("authors_incomplete") for each in found] == [None, True]


WHOLE = paper(authors=("Ada Moss", "Bo Reed", "Cleo Fern"))
PARTIAL = paper(version=6, authors=("Ada Moss",), authors_incomplete=True)


@pytest.mark.parametrize("order", [(WHOLE, PARTIAL), (PARTIAL, WHOLE)])
@pytest.mark.parametrize("feeds", [("hf", "bibtex"), ("bibtex", "bibtex")])
def test_a_list_that_breaks_off_never_replaces_a_whole_one(
    open_library: OpenLibrary, order: tuple[Paper, Paper], feeds: tuple[str, str]
) -> None:
    library = open_library()
    for each, feed in zip(order, feeds, strict=True):
        library.add([each], feed)
    library = open_library()
    library.read_all()
    kept = library.papers[WHOLE.id]
    assert (kept.authors, kept.authors_incomplete) == (WHOLE.authors, False)


def test_a_list_that_breaks_off_is_remembered(open_library: OpenLibrary) -> None:
    open_library().add([PARTIAL], "bibtex")
    library = open_library()
    library.read_all()
    kept = library.papers[WHOLE.id]
    assert (kept.authors, kept.authors_incomplete) == (("Ada Moss",), True)


@given(st.lists(st.text("Aa ,.;&{}\\、，山and", max_size=30), max_size=4))
def test_any_texts_are_read_as_names(texts: list[str]) -> None:
    readers: list[Iterator[str]] = [listed_names(texts)]
    for text in texts:
        readers += [bibtex_names(text), ris_names(text)]
    for reader in readers:
        assert all(name.strip() for name in people(reader).names)
