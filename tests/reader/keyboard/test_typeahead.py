"""Keys that come faster than they are handled."""

import pytest
from conftest import OpenLibrary
from screen_helpers import key_event, reading, until


async def test_key_waits_for_the_one_before_on_a_machine_without_a_moment_to_spare(
    filled: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.reader.keyboard.typeahead.LONGEST_WAIT", 1e-6)
    async with reading(filled()) as reader:
        for key in ("slash", *"crows"):
            reader.app.post_message(key_event(key))
        await until(lambda: not reader.app.key_order.held, "all keys handled")
        await reader.settled()
        assert reader.screen.panes.bar.value == "crows"
