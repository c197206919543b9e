"""How a filter that is being typed goes on: fields, their values, names in use."""

import re
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.query.fields import OFFERED, value_problem
from store.text.fold import STRAIGHT
from tui.reader.filter_completion import complete

NAMES = {
    "tag": ("rain", "rain-or-shine", "snails", 'wet"dry', "été"),
    "view": ("lamps", "Reading list"),
    "author": ("Ada Lindqvist", "Jean-Luc Ek", "Bo Marsh"),
    "feed": ("hf", "arxiv:cs.CL"),
}


def names(field: str) -> Iterable[str]:
    """Return the names in use."""
    return NAMES.get(field, ())


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("da", "date:"),
        ("lamp da", "lamp date:"),
        ("lamp -da", "lamp -date:"),
        ("(au", "(author:"),
        ("is", "is:"),
        ("is:", "is:unread"),
        ("date:", "date:today"),
        ("view:", "view:lamps"),
        ("#", "#rain"),
        ("feed:", "feed:hf"),
        ("is:u", "is:unread"),
        ("-is:st", "-is:starred"),
        ("lamp has:c", "lamp has:code"),
        ("date:y", "date:yesterday"),
        ("sort:-up", "sort:-upvotes"),
        ("sort:date,-up", "sort:date,-upvotes"),
        ("#ra", "#rain"),
        ("-#sn", "-#snails"),
        ("tag:RA", "tag:RAin"),
        ("tag:snails,ra", "tag:snails,rain"),
        ("#rain", "#rain-or-shine"),
        ("#we", r'#"wet\"dry"'),
        (r'#"wet\"', r'#"wet\"dry"'),
        ("#et", "#eté"),
        ("author:“ada l", 'author:"ada lindqvist"'),
        ("feed:arx", "feed:arxiv:cs.CL"),
        ("view:la", "view:lamps"),
        ("view:re", 'view:"reading list"'),
        ('view:"re', 'view:"reading list"'),
        ("author:ada", 'author:"ada Lindqvist"'),
        ('author:"ada l', 'author:"ada lindqvist"'),
        ("author:lind", "author:lindqvist"),
        ("author:luc", 'author:"luc Ek"'),
        ("AUTHOR:mar", "AUTHOR:marsh"),
        ('"a b" is:r', '"a b" is:read'),
    ],
)
def test_text_is_completed(text: str, whole: str) -> None:
    completion = complete(text, names)
    assert completion is not None
    assert completion.text.casefold() == whole.casefold()


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "d", "lamp", "is:unread", "#xyz", "Da", "who:a",
        "date: ", '"da', "view:lamps", 'author:"Bo Marsh"', "author:arsh", "lamp(", "-", "title:a",
        "tag:rain,",
    ],
)  # fmt: skip
def test_text_that_may_go_on_in_any_way_is_left(text: str) -> None:
    assert complete(text, names) is None


@given(st.text(st.sampled_from('ab #:"-(),isutageorvw ')) | st.text())
@example("#w")
def test_what_is_missing_goes_on_from_the_text(text: str) -> None:
    completion = complete(text, names)
    assert completion is None or (
        completion.rest and bare(text + completion.rest) in bare(completion.text)
    )


def bare(text: str) -> str:
    """Return a text without quotes, and without what is before quotes in a name."""
    return re.sub(r'["\\]', "", text.translate(STRAIGHT))


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in OFFERED.items() for value in values]
)
def test_value_is_right(field: str, value: str) -> None:
    assert value_problem(field, value) == ""
