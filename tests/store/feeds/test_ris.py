"""Bibliographies in RIS become papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import REAL_DATA
from reading_checks import check_harmless, many

from store.errors import NotAFeedError
from store.feeds.reading import FeedReading
from store.feeds.ris import looks_like_ris, read_ris
from store.model import Paper

REAL = REAL_DATA / "ris"


def read(source: str) -> FeedReading:
    return read_ris(source.encode())


def record(*lines: str) -> str:
    return "\n".join(("TY  - JOUR", *lines, "ER  - ", "", ""))


def paper(*lines: str) -> Paper:
    [only] = read(record("TI  - On Snails", *lines)).papers
    return only


def titles(source: str) -> list[str]:
    return [one.title for one in read(source).papers]


def test_a_record_becomes_a_paper() -> None:
    reading = read(
        record(
            "TI  - The Pace of Snails &amp; Slugs",
            "AU  - Moss, Ada",
            "AU  - Fern, Bo, Jr.",
            "T2  - Annals of Slowness",
            "J2  - Ann Slow",
            "PY  - 2019",
            "DA  - 2019/03/15/",
            "DO  - 10.1000/Snail.1",
            "AB  - They are slow.",
            "KW  - slime",
            "KW  - trails",
            "UR  - https://snails.example/1",
            "L1  - https://snails.example/1.pdf",
            "N1  - Comment: 12 pages",
        )
    )
    [one] = reading.papers
    assert (reading.feed, reading.problems, reading.tex) == ("ris", [], False)
    assert one.id == "doi:10.1000/snail.1"
    assert one.title == "The Pace of Snails & Slugs"
    assert one.authors == ("Ada Moss", "Bo Fern Jr.")
    assert (one.venue, one.abstract, one.comment) == (
        "Annals of Slowness",
        "They are slow.",
        "12 pages",
    )
    assert (one.date, one.published) == ("", "2019-03-15")
    assert one.keywords == ("slime", "trails")
    assert one.links.page == "https://doi.org/10.1000/snail.1"
    assert one.links.pdf == "https://snails.example/1.pdf"


def test_the_older_tags_are_known() -> None:
    [one] = read(
        record(
            *("T1  - On Snails", "A1  - Moss, Ada", "N2  - Slow.", "Y1  - 2001/05//", "JF  - Slime")
        )
    ).papers
    assert (one.title, one.authors, one.abstract) == ("On Snails", ("Ada Moss",), "Slow.")
    assert (one.published, one.venue) == ("2001-05-01", "Slime")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["PY  - 2020"], "2020-01-01"),
        (["DA  - 2019///"], "2019-01-01"),
        (["DA  - 2019/10//undefined"], "2019-10-01"),
        (["PY  - 2019", "DA  - Nov 15"], "2019-11-15"),
        (["DA  - 2020 Mar 5"], "2020-03-05"),
        (["DA  - 15 March 2020"], "2020-03-15"),
        (["DA  - 2020-02-30"], "2020-02-01"),
        (["PY  - 2020", "DA  - 15/03/2020"], "2020-01-01"),
        (["PY  - 2020", "DA  - 2018/03/15"], "2020-01-01"),
        (["PY  - forthcoming"], ""),
    ],
)
def test_dates_of_all_forms(lines: list[str], expected: str) -> None:
    assert paper(*lines).published == expected


def test_records_without_an_end_are_read() -> None:
    source = "TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n"
    assert titles(source) == ["One", "Two"]


def test_an_end_needs_no_space_behind_it() -> None:
    assert titles("TY  - JOUR\nTI  - One\nER  -\nTY  - JOUR\nTI  - Two\nER  -") == ["One", "Two"]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_all_line_ends_and_a_byte_order_mark(newline: str) -> None:
    source = "\ufeff" + record("TI  - One") + record("TI  - Two")
    assert titles(source.replace("\n", newline)) == ["One", "Two"]


def test_lines_that_are_wrapped_belong_to_the_tag_before() -> None:
    one = paper("AB  - They are", "      slow, an - as it were - example.", "", "Very.")
    assert one.abstract == "They are slow, an - as it were - example.\n\nVery."


def test_lower_case_tags_and_narrow_ones_are_read() -> None:
    assert titles("ty  - JOUR\nti  - One\ner  -\nTY - JOUR\nTI - Two\nER -\n") == ["One", "Two"]


def test_old_encodings_are_read_and_reported() -> None:
    reading = read_ris(record("TI  - Café").encode("latin-1"))
    assert reading.papers[0].title == "Café"
    assert "not UTF-8" in reading.problems[0]


@pytest.mark.parametrize(
    "line",
    [
        "UR  - http://arxiv.org/abs/2010.11929v2",
        "DO  - 10.48550/arXiv.2010.11929v2",
        "T2  - arXiv preprint arXiv:2010.11929v2",
        "C7  - arXiv:2010.11929v2",
        "N1  - arXiv:2010.11929v2 [cs]",
    ],
)
def test_arxiv_ids_are_found_wherever_they_stand(line: str) -> None:
    one = paper(line)
    assert (one.id, one.version, one.venue, one.comment) == ("arxiv:2010.11929", 2, "", "")
    assert one.links.page == "https://arxiv.org/abs/2010.11929"


@pytest.mark.parametrize(
    "line", ["UR  - https://doi.org/10.1000/ABC", "M3  - 10.1000/abc", "L3  - doi:10.1000/abc"]
)
def test_a_doi_is_found_where_programs_put_it(line: str) -> None:
    assert paper(line).id == "doi:10.1000/abc"


def test_doi_is_an_alias_beside_an_arxiv_id() -> None:
    one = paper("UR  - https://arxiv.org/abs/2010.11929", "DO  - 10.1000/abc")
    assert (one.id, one.aliases) == ("arxiv:2010.11929", ("doi:10.1000/abc",))


def test_files_are_no_links() -> None:
    one = paper("L1  - file:///home/ada/a.pdf", "L2  - internal-pdf://1/a.pdf", "UR  - /etc/passwd")
    assert not any((one.links.page, one.links.pdf, one.links.code, one.links.project))


def test_a_code_address_is_a_code_link() -> None:
    assert paper("UR  - https://github.com/moss/snails").links.code.endswith("/snails")


def test_what_a_database_says_of_itself_is_no_comment() -> None:
    assert paper("N1  - Export Date: 1 May 2020", "N1  - Cited By :2").comment == ""
    assert paper("N1  - Export Date: 1 May 2020", "N1  - In print").comment == "In print"
    assert paper(f"N1  - {'long ' * 60}").comment == ""


def test_authors_may_share_a_line() -> None:
    assert paper("AU  - Moss, Ada; Fern, Bo").authors == ("Ada Moss", "Bo Fern")


def test_first_author_may_have_a_tag_of_its_own() -> None:
    assert paper("A1  - Moss, Ada", "AU  - Fern, Bo", "AU  - Reed, Cy").authors == (
        *("Ada Moss", "Bo Fern", "Cy Reed"),
    )
    assert paper("AU  - Fern, Bo", "A1  - Moss, Ada").authors == ("Bo Fern", "Ada Moss")


def test_authors_under_both_tags_are_taken_once() -> None:
    assert paper("A1  - Moss, Ada", "AU  - Moss, Ada", "AU  - Fern, Bo").authors == (
        *("Ada Moss", "Bo Fern"),
    )


@pytest.mark.parametrize(
    ("lines", "abstract"),
    [
        (["AB  - Slow.", "AB  - Copyright of Snails is the property of its publisher."], "Slow."),
        (["AB  - Copyright of Snails is the property of its publisher.", "AB  - Slow."], "Slow."),
        (["AB  - © 2020 Slime Press. All rights reserved."], ""),
        (["AB  - Slow.", "AB  - Son lentos, muy lentos."], "Slow."),
        (["N2  - Slow."], "Slow."),
        (["AB  - They are very …", "N2  - They are very slow."], "They are very slow."),
        (["AB  - Copyright protects snails too, as we show."], None),
    ],
)
def test_of_several_abstracts_the_first_counts(lines: list[str], abstract: str | None) -> None:
    expected = lines[0].removeprefix("AB  - ") if abstract is None else abstract
    assert paper(*lines).abstract == expected


def test_an_abstract_behind_the_end_of_a_record_is_its() -> None:
    late = "TY  - JOUR\nTI  - {}\nER  - \nAB  - Of {}.\nKW  - late\n\n"
    first, second = read(late.format("A", "a") + late.format("B", "b")).papers
    assert (first.abstract, second.abstract, first.keywords) == ("Of a.", "Of b.", ())


def test_markup_in_titles_and_abstracts_is_read() -> None:
    one = paper("AB  - <jats:p>Slow.</jats:p>", "T2  - R&amp;D of <i>Helix</i>")
    assert (one.abstract, one.venue) == ("Slow.", "R&D of Helix")
    (only,) = read(record("TI  - $\\less$em$\\greater$Helix$\\less$/em$\\greater$")).papers
    assert only.title == "Helix"


def test_a_date_goes_before_a_secondary_one_and_may_have_no_dashes() -> None:
    assert paper("Y1  - 2008/01/02", "DA  - 2009/03/04").published == "2009-03-04"
    assert paper("Y1  - 20200512").published == "2020-05-12"


def test_a_note_that_is_a_doi_is_no_comment() -> None:
    assert paper("N1  - doi: 10.1000/abc", "N1  - In print").comment == "In print"


def test_keywords_with_entities_are_whole() -> None:
    assert paper("KW  - R&amp;D; slime").keywords == ("R&D", "slime")


def test_an_institution_keeps_its_commas() -> None:
    name = "Institute of Slime, Shells, Trails, and Pace"
    assert paper(f"AU  - {name}").authors == (name,)


def test_editors_stand_in_for_authors() -> None:
    assert paper("A2  - Moss, Ada").authors == ("Ada Moss",)


def test_a_record_without_a_title_is_named_and_the_others_kept() -> None:
    reading = read(record("DO  - 10.1000/abc") + record("TI  - One"))
    assert [one.title for one in reading.papers] == ["One"]
    assert reading.problems == ["the record in line 1 (10.1000/abc) has no title: skipped"]


@pytest.mark.parametrize(
    "source", ["words", "TI  - One\nER  - ", record("DO  - 10.1000/abc"), "TY"]
)
def test_what_holds_no_paper_is_refused(source: str) -> None:
    with pytest.raises(NotAFeedError):
        read(source)


def test_of_a_tag_repeated_without_end_the_first_are_read() -> None:
    assert paper(*["KW  - a"] * many(1_000_000), "KW  - b").keywords == ("a",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (record("TI  - One"), True),
        ("\ufeffTY  - JOUR\r\nT1  - One\r\n", True),
        ("Provider: Example\nContent: text/plain\n\nTY  - JOUR\nAU  - A\n", True),
        ("TY - JOUR\nTI - One\n", True),
        ("TY  - JOUR\n\nwords\n", False),
        ("A shop: TY  - JOUR\nTI  - One", False),
        ("Prose. " * 1000 + "\n" + record("TI  - One"), False),
    ],
)
def test_ris_is_reported_from_prose(text: str, expected: bool) -> None:
    assert looks_like_ris(text) is expected


LINES = st.lists(
    st.sampled_from(
        ["TY", "TI", "AU", "A1", "AB", "PY", "DA", "KW", "UR", "DO", "N1", "ER", "ZZ"]
    ).map(lambda tag: f"{tag}  - ")
    | st.sampled_from(["\n", "2019///", "Moss, A", "https://a.example", "\x1b[2J", "‮", "10.1000/a"])
    | st.text(max_size=5),
    max_size=40,
).map("".join)


@given(LINES | LINES.map(lambda lines: "TY  - A\nTI  - b\n" + lines))
def test_whatever_is_read_is_harmless(source: str) -> None:
    try:
        reading = read_ris(source.encode("utf-8", "surrogatepass"))
    except NotAFeedError:
        return
    check_harmless(reading)


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_ris(b"TY  - JOUR\n" + data)
    except NotAFeedError:
        return


@pytest.mark.skipif(not REAL.exists(), reason="the real feeds are not here")
@pytest.mark.parametrize("name", ["asreview_scopus.ris", "asreview_pubmed_zotero.ris"])
def test_real_bibliographies_are_read_in_full(name: str) -> None:
    reading = read_ris((REAL / name).read_bytes())
    assert (len(reading.papers), reading.problems) == (6, [])
    assert all(one.id.startswith("doi:") and one.authors and one.abstract for one in reading.papers)
