"""The line at the top: what is going on stays if there is no room for all."""

from datetime import date

import pytest
from textual.geometry import Size

from tui.reader.widgets.status_line import StatusLine

NOW = "2 selected   1 unsaved   fetching hf"


@pytest.fixture
def line() -> StatusLine:
    """A line with something of everything."""
    line = StatusLine(lambda: date(2025, 8, 1))
    line.view = "Inbox"
    line.show(unread=3, papers=5, unsaved=1)
    line.select("2 selected")
    line.show_activity("fetching hf")
    return line


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (96, f"papers-tui   Inbox   3 unread · 5 papers   {NOW} Fri 1 Aug 2025"),
        (95, f"papers-tui   Inbox   3 unread · 5 papers   {NOW}"),
        (80, f"papers-tui   Inbox   3 unread · 5 papers   {NOW}"),
        (79, f"Inbox   3 unread · 5 papers   {NOW}"),
        (66, f"Inbox   3 unread   {NOW}"),
        (55, f"3 unread   {NOW}"),
        (47, NOW),
        (20, NOW),
    ],
)
def test_what_is_going_on_stays_longest(
    line: StatusLine, monkeypatch: pytest.MonkeyPatch, width: int, shown: str
) -> None:
    monkeypatch.setattr(StatusLine, "size", Size(width, 1))
    assert str(line.render()).strip() == shown
