"""Programs of one user ask for arXiv's pages in turn, a quarter of a minute apart."""

from pathlib import Path

import pytest
from http_helpers import FakeTime, Server

from store.fetching.client import Client
from store.fetching.turns import PAUSE, Turns, is_loopback

PAGE = "https://arxiv.org/html/2508.00001"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file that programs share."""
    return tmp_path / "state" / "arxiv-turn"


def test_first_request_is_sent_at_once(file: Path) -> None:
    assert Turns(file, clock=lambda: 1_000.0).take(PAGE) == 0


def test_requests_of_several_programs_are_apart(file: Path) -> None:
    one, other = Turns(file, clock=lambda: 1_000.0), Turns(file, clock=lambda: 1_004.0)
    one.take(PAGE)
    assert (other.take(PAGE), one.take(PAGE)) == (PAUSE - 4, 2 * PAUSE)


def test_request_after_the_pause_is_sent_at_once(file: Path) -> None:
    Turns(file, clock=lambda: 1_000.0).take(PAGE)
    assert Turns(file, clock=lambda: 1_016.0).take(PAGE) == 0


@pytest.mark.parametrize("content", ["", "nan", "x", "1e99", "\xff"])
def test_file_that_makes_no_sense_blocks_nobody(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content)
    assert Turns(file, clock=lambda: 1_000.0).take(PAGE) == 0


def test_without_a_file_this_program_still_waits(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    turns = Turns(tmp_path / "file" / "turn", clock=lambda: 1_000.0)
    assert (turns.take(PAGE), turns.take(PAGE)) == (0, PAUSE)


@pytest.mark.parametrize(
    ("address", "here"),
    [("http://127.0.0.1:8000/x", True), ("http://localhost/", True), ("http://[::1]/", True),
     (PAGE, False), ("http://10.0.0.1/", False)],
)  # fmt: skip
def test_mirror_on_this_machine_is_known(address: str, here: bool) -> None:
    assert is_loopback(address) is here


def test_client_waits_for_its_turn(server: Server) -> None:
    time = FakeTime()
    address = server.says("/html/1", b"a")
    with Client(time.wait, clock=time.clock, turn=lambda address: 15.0) as client:
        client.get(address)
    assert time.waits == [15.0]
