"""Views: which one a name and a digit stand for, and the file that keeps those saved."""

from datetime import date
from pathlib import Path

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary
from costly import COSTLY
from hypothesis import given
from hypothesis import strategies as st

from store.errors import LibraryDamagedError, LibraryTooNewError
from store.query.syntax import parse
from store.text.clean import clean_line
from store.views.file import MOST_FILTERS, ViewsFile, with_filters
from store.views.known import (
    BUILT_IN,
    View,
    clean_name,
    in_query,
    known_views,
    named,
    saved_with,
    saved_without,
)

LAMPS = View("lamps", "lamp -survey", "4")
SNAILS = View("snails", "snails")

TEXTS = st.text(st.characters(codec="utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a library."""
    return tmp_path


def digits(*views: View, **settings: str) -> dict[str, str]:
    """Return the name of the view that each digit goes to, beside those that come along."""
    return {
        view.digit: view.name
        for view in known_views(settings, views)
        if view.digit and view not in BUILT_IN
    }


# Which view it is


def test_five_views_come_along() -> None:
    assert [(view.digit, view.name) for view in known_views({}, ())] == [
        ("0", "All"),
        ("1", "Inbox"),
        ("2", "Starred"),
        ("3", "Today"),
        ("9", "For you"),
    ]


def test_views_that_come_along_can_be_understood() -> None:
    assert not [view for view in BUILT_IN if parse(view.query).problems]


def test_saved_view_has_its_digit() -> None:
    assert digits(LAMPS, SNAILS) == {"4": "lamps"}


def test_of_two_with_one_digit_the_later_has_it() -> None:
    assert digits(LAMPS, View("snails", "snails", "4")) == {"4": "snails"}


def test_digit_can_be_taken_from_a_view_that_comes_along() -> None:
    inbox = named(known_views({}, [View("lamps", "lamp", "1")]), "Inbox")
    assert inbox == View("Inbox", "is:unread", "", "built-in")


def test_saved_view_takes_place_and_digit_of_one_that_comes_along() -> None:
    assert digits(View("inbox", "is:unread -survey")) == {"1": "inbox"}


def test_view_of_the_settings_is_before_one_saved_of_that_name() -> None:
    assert named(known_views({"Lamps": "lamp"}, [LAMPS]), "lamps") == View(
        "Lamps", "lamp", "4", "settings"
    )


def test_views_of_the_settings_have_digits_from_four() -> None:
    assert digits(a="x", b="y") == {"4": "a", "5": "b"}


def test_view_of_the_settings_has_its_digit_before_one_saved() -> None:
    assert digits(LAMPS, a="x") == {"4": "a"}


def test_more_views_of_the_settings_than_digits_are_known() -> None:
    settings = {f"view{number}": "x" for number in range(9)}
    assert len(known_views(settings, ())) == len(BUILT_IN) + 9


@given(
    st.dictionaries(TEXTS, TEXTS, max_size=8),
    st.lists(st.builds(View, TEXTS.map(clean_name).filter(bool), TEXTS, st.sampled_from("0159"))),
)
def test_one_view_has_a_name_and_one_a_digit(settings: dict[str, str], saved: list[View]) -> None:
    views = known_views(settings, saved)
    held = [view.digit for view in views if view.digit]
    names = [view.name.casefold() for view in views]
    assert (len(held), len(names)) == (len(set(held)), len(set(names)))


@given(TEXTS.map(clean_name).filter(bool))
def test_any_name_can_be_called_in_a_query(name: str) -> None:
    assert parse(in_query(name), views={name: "x"}) == parse("view:x", views={"x": "x"})


def test_saving_replaces_the_view_of_that_name_in_its_place() -> None:
    assert saved_with([SNAILS, LAMPS], View("Snails", "snail")) == (View("Snails", "snail"), LAMPS)


def test_renamed_view_keeps_its_place() -> None:
    light = View("light", LAMPS.query)
    assert saved_with([LAMPS, SNAILS], light, "lamps") == (light, SNAILS)


def test_view_renamed_to_another_takes_the_place_of_both() -> None:
    views = (LAMPS, SNAILS, View("crows", "crows"))
    crows = View("crows", LAMPS.query)
    assert saved_with(views, crows, "lamps") == (crows, SNAILS)


def test_digit_is_taken_from_the_view_that_has_it() -> None:
    rain = View("rain", "rain", "4")
    assert saved_with([LAMPS, SNAILS], rain) == (View("lamps", LAMPS.query), SNAILS, rain)


def test_digit_that_a_view_was_saved_with_goes_before_one_that_comes_with_a_name() -> None:
    assert digits(View("lamps", "lamp", "1"), View("inbox", "is:unread -lamp")) == {"1": "lamps"}


def test_renaming_takes_the_earlier_name_away() -> None:
    assert saved_with([LAMPS], View("light", LAMPS.query), "lamps") == (View("light", LAMPS.query),)


def test_removing_takes_one_away() -> None:
    assert saved_without([LAMPS, SNAILS], "Lamps") == (SNAILS,)


# The file


def test_nothing_is_kept_at_first(folder: Path) -> None:
    assert ViewsFile(folder).read().views == ()


def test_looking_writes_nothing(folder: Path) -> None:
    ViewsFile(folder).read()
    assert list(folder.iterdir()) == []


def test_view_stays(folder: Path) -> None:
    ViewsFile(folder).change(lambda saved: saved_with(saved, LAMPS))
    assert ViewsFile(folder).read().views == (LAMPS,)


def test_views_of_two_programs_both_stay(folder: Path) -> None:
    one, other = ViewsFile(folder), ViewsFile(folder)
    one.change(lambda saved: saved_with(saved, LAMPS))
    other.change(lambda saved: saved_with(saved, SNAILS))
    assert one.read().views == (LAMPS, SNAILS)


def test_view_that_is_removed_is_gone(folder: Path) -> None:
    file = ViewsFile(folder)
    file.change(lambda saved: (LAMPS, SNAILS))
    file.change(lambda saved: saved_without(saved, "lamps"))
    assert file.read().views == (SNAILS,)


def test_view_that_is_saved_again_keeps_its_place(folder: Path) -> None:
    file = ViewsFile(folder)
    file.change(lambda saved: (LAMPS, SNAILS))
    file.change(lambda saved: saved_with(saved, LAMPS))
    assert file.read().views == (LAMPS, SNAILS)


def test_of_two_on_disk_with_one_digit_the_later_has_it(folder: Path) -> None:
    ViewsFile(folder).change(lambda saved: (LAMPS, View("rain", "rain", "4")))
    assert [view.digit for view in ViewsFile(folder).read().views] == ["", "4"]


def test_filters_stay_in_the_order_they_were_typed_in(folder: Path) -> None:
    ViewsFile(folder).end_visit(date(2025, 8, 1), ["lamp", "snails", "lamp"])
    ViewsFile(folder).end_visit(date(2025, 8, 1), ["crows"])
    assert ViewsFile(folder).read().filters == ("snails", "lamp", "crows")


def test_oldest_filters_are_forgotten() -> None:
    typed = [f"word{number}" for number in range(MOST_FILTERS + 5)]
    assert with_filters((), typed) == tuple(typed[5:])


@pytest.mark.parametrize(
    ("days", "last"),
    [
        ([], None),
        ([1], None),
        ([-1], -1),
        ([-3, -1], -1),
        ([-1, 0], -1),
        ([-1, 0, 0], -1),
        ([-1, 2], -1),
    ],
)
def test_last_visit_is_the_last_on_an_earlier_day(
    folder: Path, days: list[int], last: int | None
) -> None:
    for day in days:
        ViewsFile(folder).end_visit(date(2025, 8, 10 + day), ())
    expected = None if last is None else date(2025, 8, 10 + last)
    assert ViewsFile(folder).read().last_visit(date(2025, 8, 10)) == expected


@pytest.mark.slow
@COSTLY
@given(st.lists(st.builds(View, TEXTS, TEXTS), max_size=5), st.lists(TEXTS, max_size=5))
def test_anything_is_kept_and_comes_back_harmless(
    tmp_path_factory: pytest.TempPathFactory, views: list[View], typed: list[str]
) -> None:
    file = ViewsFile(tmp_path_factory.mktemp("library"))
    file.change(lambda saved: tuple(views))
    file.end_visit(date(2025, 8, 1), typed)
    kept = file.read()
    texts = [*kept.filters, *(text for view in kept.views for text in (view.name, view.query))]
    assert texts == [clean_line(text) for text in texts]


@pytest.mark.parametrize(
    "tables",
    [
        {"views": {"a": {"query": 1}}},
        {"views": {"a": {"query": "x", "digit": 4}}},
        {"filters": {"typed": {"texts": "lamp"}}},
        {"filters": {"typed": {"texts": [1]}}},
        {"visits": {"latest": {"days": ["soon"]}}},
        {"visits": {"latest": {"days": [1]}}},
        {"visits": {"latest": {"days": None}}},
    ],
    ids=str,
)
def test_damage_inside_is_reported(folder: Path, tables: dict[str, object]) -> None:
    written(folder, 2, tables)
    with pytest.raises(LibraryDamagedError, match=r"views\.json is damaged"):
        ViewsFile(folder).read()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"views": {"a": 1}}'])
def test_damaged_file_is_told_and_kept(folder: Path, data: bytes) -> None:
    (folder / "views.json").write_bytes(data)
    with pytest.raises(LibraryDamagedError):
        ViewsFile(folder).change(lambda saved: (LAMPS,))
    assert (folder / "views.json").read_bytes() == data


def test_file_of_a_later_version_is_read(folder: Path) -> None:
    written(folder, 99, {"views": {"lamps": {"query": "lamp -survey", "digit": "4"}}})
    assert ViewsFile(folder).read().views == (LAMPS,)


def test_file_of_a_later_version_is_not_changed(folder: Path) -> None:
    written(folder, 99, {})
    with pytest.raises(LibraryTooNewError):
        ViewsFile(folder).change(lambda saved: (LAMPS,))


def test_marks_are_in_another_file(open_library: OpenLibrary) -> None:
    library = open_library()
    ViewsFile(library.folder).change(lambda saved: (LAMPS,))
    assert not library.marks_changed_elsewhere()


# Commands


def test_saved_view_can_stand_in_a_query_of_a_command(run: Run, filled: OpenLibrary) -> None:
    ViewsFile(filled().folder).change(lambda saved: (LAMPS,))
    found = run("list", "view:lamps").out
    assert found == run("list", "lamp -survey").out != ""


def test_view_that_comes_along_can_stand_in_a_query_of_a_command(
    run: Run, filled: OpenLibrary
) -> None:
    run("mark", "snails", "--star")
    assert run("list", "view:starred").out == run("list", "snails").out != ""


def test_view_of_the_settings_may_name_one_that_comes_along(
    run: Run, filled: OpenLibrary, tmp_path: Path
) -> None:
    settings = tmp_path / "papers.toml"
    settings.write_text('[views]\nrain = "view:inbox snails"\n')
    found = run("list", "view:rain", "--config", settings).out
    assert found == run("list", "snails").out != ""


def test_damaged_views_are_reported_and_papers_listed(run: Run, filled: OpenLibrary) -> None:
    (filled().folder / "views.json").write_bytes(b"{")
    done = run("list", "view:inbox")
    assert (done.status, done.out.count("\n")) == (0, 5)
    assert "views.json is damaged" in done.err


def written(folder: Path, schema: int, tables: dict[str, object]) -> None:
    """Write a file of views."""
    about = {"meta": {"library": {"schema": schema}}}
    (folder / "views.json").write_bytes(orjson.dumps({**about, **tables}))
