"""What a file may cost is bounded before it is read: time and memory follow its size."""

import pytest
from cli_helpers import Run
from conftest import paper

from store.feeds.json_papers import read_json_lines
from store.feeds.reading import decode
from store.feeds.ris import read_ris
from store.library import Library
from store.text.fold import fold

pytestmark = pytest.mark.slow

SIGN = "\ufdfa"
"""One character that is eighteen when it is folded."""


@pytest.mark.parametrize("wrong", [b"\xff", b"\xe9a", b"\xc3("])
def test_millions_of_bytes_that_are_not_utf8_are_read_at_once(wrong: bytes) -> None:
    text, problems = decode(b"A title\n" + wrong * 3_000_000)
    assert len(text) == 8 + 3_000_000 * len(wrong)
    assert "3,000,000 bytes are not UTF-8" in problems[0]


def test_a_few_wrong_bytes_leave_the_others_as_they_are() -> None:
    text, _ = decode("Zürich ".encode() * 1_000 + b"Gen\xe8ve")
    assert text == "Zürich " * 1_000 + "Genève"


def test_line_that_no_paper_fills_is_passed_over_and_said() -> None:
    long = b'{"title": "' + b"x" * 3_000_000 + b'"}\n'
    reading = read_json_lines(long + b'{"title": "On Sand"}\n')
    assert [each.title for each in reading.papers] == ["On Sand"]
    assert reading.problems == ["line 1: not read: it is longer than 2,000,000 bytes"]


def test_value_of_any_length_is_cut_where_its_end_shows() -> None:
    reading = read_ris(b"TY  - JOUR\nTI  - On Sand\nAB  - " + b"word " * 2_000_000 + b"\nER  - \n")
    assert reading.papers[0].abstract.endswith("…")


def test_folded_text_is_not_many_times_as_long() -> None:
    assert len(fold(SIGN * 50_000)) <= 3 * 50_000 + 1_000


def test_a_sign_that_folds_to_many_letters_is_found(library: Library, run: Run) -> None:
    library.add([paper(title=f"On {SIGN}")], "hf")
    assert run("list", SIGN, "--json").out.count('"id"') == 1
