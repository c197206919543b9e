"""Fetching by itself while the reader is open, and exports that are kept."""

from dataclasses import replace
from pathlib import Path

from conftest import OpenLibrary
from http_helpers import Server, hf_day
from screen_helpers import IN_COLOUR, PEBBLES, Reader, reading, until

from store.fetching.subscriptions import Subscriptions
from store.kept_exports import KeptExport, KeptExports

EVERY_HOUR = replace(IN_COLOUR, fetch=3_600.0)
ROBINS = hf_day("2508.00009 Naming Robins")


async def followed(reader: Reader) -> None:
    """Let the reader look whether it is time, end what it began and say what it has to say."""
    reader.screen.parts.fetching.follow()
    await until(lambda: not reader.screen.parts.fetching.running, "the end of fetching")
    await reader.settled()


async def test_reader_fetches_when_it_is_time(filled: OpenLibrary, server: Server) -> None:
    Subscriptions(filled().folder).add([server.says("/feed.json", ROBINS)])
    async with reading(filled(), config=EVERY_HOUR) as reader:
        await followed(reader)
        await reader.shows("Naming Robins")
        assert "1 new" in reader.notifications
        await followed(reader)
        assert server.paths == ["/feed.json"]


async def test_what_another_program_fetched_counts(filled: OpenLibrary, server: Server) -> None:
    Subscriptions(filled().folder).add([server.says("/feed.json", ROBINS)])
    for _ in range(2):
        async with reading(filled(), config=EVERY_HOUR) as reader:
            await followed(reader)
    assert server.paths == ["/feed.json"]


async def test_nothing_new_is_not_said(filled: OpenLibrary, server: Server) -> None:
    Subscriptions(filled().folder).add([server.says("/feed.json", hf_day("2508.00001 Pebbles"))])
    async with reading(filled(), config=EVERY_HOUR) as reader:
        await followed(reader)
        assert server.paths == ["/feed.json"]
        assert reader.notifications == ""


async def test_what_fails_is_reported_once_and_tried_in_an_hour(
    filled: OpenLibrary, server: Server
) -> None:
    Subscriptions(filled().folder).add([f"{server.url}/missing"])
    async with reading(filled(), config=EVERY_HOUR) as reader:
        await followed(reader)
        assert reader.notifications.count("404") == 1
        await followed(reader)
        assert server.paths == ["/missing"]


async def test_reader_does_not_fetch_by_itself_unless_it_is_set(filled: OpenLibrary) -> None:
    async with reading(filled()) as reader:
        assert "fetching" not in vars(reader.screen)


# Exports that are kept


async def test_kept_export_follows_a_mark(filled: OpenLibrary, tmp_path: Path) -> None:
    file = tmp_path / "starred.ris"
    library = filled()
    KeptExports(library.folder).keep(KeptExport(file, "is:starred", "ris"))
    async with reading(filled()) as reader:
        await reader.press("s")
        assert reader.cursor == PEBBLES
        await until(lambda: file.exists() and b"Pebbles" in file.read_bytes(), "the star written")
        await reader.press("u")
        await until(lambda: b"Pebbles" not in file.read_bytes(), "the star gone from the file")


async def test_export_that_can_not_be_kept_is_reported_once(
    filled: OpenLibrary, tmp_path: Path
) -> None:
    library = filled()
    KeptExports(library.folder).keep(KeptExport(tmp_path / "no" / "a.ris", "is:starred", "ris"))
    async with reading(filled()) as reader:
        await reader.press("s")
        await reader.notifies("there is no folder")
