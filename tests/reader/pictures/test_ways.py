"""Which way pictures are shown is decided by what the terminal says, unless the settings do."""

import pytest

from tui.reader.pictures.ways import OVER_SSH, Way, Ways, cell_size, choose
from tui.settings.option_readers import IMAGES

KITTY = {"TERM": "xterm-kitty"}
FAR = {**KITTY, "SSH_TTY": "/dev/pts/1"}


@pytest.mark.parametrize(
    ("setting", "environment", "has_sixel", "has_cells", "ways"),
    [
        ("auto", {"TERM": "xterm-256color"}, False, True, Ways(Way.BLOCKS, Way.BLOCKS)),
        ("auto", KITTY, False, True, Ways(Way.KITTY, Way.KITTY)),
        ("auto", {"TERM_PROGRAM": "ghostty"}, True, True, Ways(Way.KITTY, Way.KITTY)),
        ("auto", {**KITTY, "TMUX": "/tmp/1"}, False, True, Ways(Way.BLOCKS, Way.BLOCKS)),
        ("kitty", {"TMUX": "/tmp/1"}, False, True, Ways(Way.KITTY, Way.KITTY)),
        ("auto", {"TERM": "foot"}, True, True, Ways(Way.BLOCKS, Way.SIXEL)),
        ("auto", {"TERM": "foot"}, True, False, Ways(Way.BLOCKS, Way.BLOCKS)),
        ("auto", FAR, False, True, Ways(Way.OFF, Way.KITTY, OVER_SSH)),
        ("blocks", FAR, True, True, Ways(Way.BLOCKS, Way.BLOCKS)),
        ("off", KITTY, True, True, Ways(Way.OFF, Way.OFF)),
    ],
)  # fmt: skip
def test_way_is_the_best_that_the_terminal_has(
    setting: str, environment: dict[str, str], has_sixel: bool, has_cells: bool, ways: Ways
) -> None:
    assert choose(setting, environment, False, has_sixel, has_cells) == ways


@pytest.mark.parametrize("setting", IMAGES)
def test_plain_terminal_has_no_pictures_whatever_is_set(setting: str) -> None:
    ways = choose(setting, KITTY, True, True, True)
    assert (ways.inline, ways.large) == (Way.OFF, Way.OFF)
    assert bool(ways.reason) is (setting != "off")


def test_cell_of_what_is_no_terminal_is_not_known(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with (tmp_path / "file").open("w") as file:
        assert cell_size(file.fileno()) is None
