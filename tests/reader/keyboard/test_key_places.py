"""Keys work by their place where the layout is of another script."""

from conftest import OpenLibrary
from screen_helpers import PEBBLES, SNAILS, reading

from tui.settings.config import Config
from tui.settings.key_layouts import read_layout


async def test_letters_count_by_their_place(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        await reader.press("о")
        await reader.notifies("о counts as j")
        for star in "ыіσ":
            await reader.press(star)
            assert (star, reader.library.marks(SNAILS).starred) == (star, True)
            await reader.press("u")
        await reader.press("л", "ξ")
        assert "л counts" not in reader.notifications, "it is said once"
        assert reader.cursor == SNAILS
        await reader.press("П")  # a large letter counts as large
        await reader.shows("5 of 5")
        await reader.press("slash", "о", "ы")  # and none in the filter
        await reader.shows("/ оы")
        assert not reader.library.marks(PEBBLES).starred


async def test_layout_none_leaves_letters_alone(filled: OpenLibrary) -> None:
    async with reading(filled(), config=Config(keys={"layout": "none"})) as reader:
        await reader.press("ы")
        assert not reader.library.marks(PEBBLES).starred
        assert "ы" not in reader.notifications


async def test_letter_with_an_action_keeps_it(filled: OpenLibrary) -> None:
    async with reading(filled(), config=Config(keys={"mark.star": "о"})) as reader:
        await reader.press("о")
        assert reader.library.marks(PEBBLES).starred


async def test_layout_of_the_settings(filled: OpenLibrary) -> None:
    letters = "/'קראטוןםפ שדגכעיחלך זסבהנמצ"
    async with reading(filled(), config=Config(keys={"layout": letters})) as reader:
        await reader.press("ד")
        assert reader.library.marks(PEBBLES).starred


def test_every_letter_of_the_rows_has_a_place() -> None:
    places = read_layout("auto")
    assert [places[each] for each in "йЙїэςΩю"] == ["q", "Q", "]", "'", "w", "V", "."]
