"""What the line that asks what to follow leaves of its list, names besides, and does at Enter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.reader.drawing.follow_line import LISTED, Choice, FollowLine

LINE = FollowLine({"hf", "arxiv:cs.RO"})
ROBOTS, LANGUAGE, LEARNING = (
    next(each for each in LISTED if each.label == label) for label in ("cs.RO", "cs.CL", "cs.LG")
)
FILE = Choice("~/papers.bib", "a file to import", is_file=True)


def labels(text: str) -> list[str]:
    """Return the names in the list that a text leaves."""
    return [each.label for each in LINE.choices(text)]


def enter(text: str, *ticked: Choice) -> str:
    """Return what Enter would do with a text, the cursor on the first line."""
    choices = LINE.choices(text)
    return LINE.effect(LINE.wanted(ticked, choices[0] if choices else None, text), text).words


def test_list_begins_with_daily_papers_and_has_every_category() -> None:
    assert labels("")[:2] == ["hf", "cs.AI"]
    assert len(labels("")) == 156


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("cl", "cs.CL"),
        ("CS.cl", "cs.CL"),
        ("arxiv:cs.cl", "cs.CL"),
        ("robot", "cs.RO"),
        ("learning machine", "cs.LG"),
        ("daily", "hf"),
        ("quantum phys", "quant-ph"),
        ("soft cond", "cond-mat.soft"),
    ],
)
def test_words_and_codes_narrow_the_list(text: str, first: str) -> None:
    assert labels(text)[0] == first


@pytest.mark.parametrize(
    ("text", "name", "is_file"),
    [
        (" https://a.example/feed.xml#top ", "https://a.example/feed.xml", False),
        ("arxiv:cs.cl+CS.AI", "arxiv:cs.CL+cs.AI", False),
        ("arxiv?all:electron", "arxiv?all:electron", False),
        ("hf:week", "hf:week", False),
        ("biorxiv:neuroscience", "biorxiv:neuroscience", False),
        ("~/papers.bib", "~/papers.bib", True),
        ("'/tmp/my papers.ris'", "/tmp/my papers.ris", True),
        ("reader.opml", "reader.opml", True),
        ("./page.txt", "./page.txt", True),
    ],
)
def test_what_is_not_listed_is_named(text: str, name: str, is_file: bool) -> None:
    (choice,) = LINE.choices(text)
    assert (choice.name, choice.is_file) == (name, is_file)


@pytest.mark.parametrize(
    ("text", "ticked", "words"),
    [
        ("cs.cl", (), "Enter follows cs.CL"),
        ("", (LANGUAGE, LEARNING), "Enter follows cs.CL and cs.LG"),
        ("robot", (LANGUAGE,), "Enter follows cs.CL"),
        ("https://a.example/x", (LANGUAGE,), "Enter follows cs.CL and https://a.example/x"),
        ("~/papers.bib", (), "Enter imports ~/papers.bib"),
        ("~/papers.bib", (LANGUAGE,), "Enter follows cs.CL and imports ~/papers.bib"),
        ("", LISTED[1:7], "Enter follows 6 feeds"),
        ("", (), "hf is followed already"),
        ("robot", (ROBOTS, LISTED[0]), "cs.RO and hf are followed already"),
        ("cs.cl", (LANGUAGE,), "Enter follows cs.CL"),
        ("math.bib", (), "Enter imports math.bib"),
        ("cs.CLR", (), "Nothing has this name."),
        ("zzz", (), "Nothing has this name. An address begins with https://, a file with ~ or /."),
        ("hf:tre", (), "hf: has hf:trending, hf:week, hf:month, and hf alone is the daily papers"),
        ("ftp://a.example", (), "ftp://a.example: only addresses that begin with http:// or"),
    ],
)
def test_what_enter_does_is_reported(text: str, ticked: tuple[Choice, ...], words: str) -> None:
    assert enter(text, *ticked).startswith(words)


@given(st.text(st.sampled_from("acs.:/?~' +\x1b\u202eé中"), max_size=30))
def test_any_text_is_answered_in_one_clean_line(text: str) -> None:
    words = enter(text)
    assert words
    assert words.isprintable()
