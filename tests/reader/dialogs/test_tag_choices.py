"""The tags that a word may become: name and count stand apart, whatever the names are."""

import pytest
from rich.cells import cell_len
from textual.geometry import Size

from tui.reader.dialogs.tags import TagChoices
from tui.tag_line import Choice


@pytest.mark.parametrize("width", [30, 40, 76])
@pytest.mark.parametrize(
    "tags", [("rl", "agents"), ("夜", "rain"), ("夜" * 40, "rl"), ("x" * 90, "夜夜")]
)
def test_counts_stand_below_each_other_apart_from_the_names(
    monkeypatch: pytest.MonkeyPatch, tags: tuple[str, ...], width: int
) -> None:
    monkeypatch.setattr(TagChoices, "size", Size(width, 5))
    choices = TagChoices(lambda place: None)
    choices.show([Choice(tag, 1_234) for tag in tags], 0, 0)
    lines = str(choices.render()).splitlines()
    names = [line.partition("1,234 papers")[0] for line in lines]
    assert len({cell_len(name) for name in names}) == 1
    assert all(
        name.endswith("  ") and name != line for name, line in zip(names, lines, strict=True)
    )
    assert all(cell_len(line) <= width for line in lines)
    assert lines[0].endswith(" Tab ")


def test_name_that_there_is_room_for_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TagChoices, "size", Size(40, 5))
    choices = TagChoices(lambda place: None)
    choices.show([Choice("夜夜夜", 1), Choice("rl", 2)], 0, None)
    assert str(choices.render()).splitlines()[0].startswith("▌ #夜夜夜  1 paper")
