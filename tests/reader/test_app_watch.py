"""The watch in the reader: told after a fetch, shown in the detail, never unread again."""

from dataclasses import replace

from conftest import OpenLibrary
from http_helpers import Server
from screen_helpers import IN_COLOUR, PEBBLES, reading, until
from watched import atom, entry, hf_paper

from store.model import Change
from tui.settings.services import WatchSettings

NUMBER = PEBBLES.removeprefix("arxiv:")


async def test_news_is_reported_and_shown(filled: OpenLibrary, server: Server) -> None:
    library = filled()
    library.mark([PEBBLES], Change(starred=True, read=True))
    library.commit()
    server.says("/api/query", atom(entry(NUMBER, 2, extra="<arxiv:doi>10.1000/x</arxiv:doi>")))
    server.says(f"/api/papers/{NUMBER}", hf_paper(NUMBER))
    mirrors = {"hf": server.url, "arxiv": server.url}
    config = replace(IN_COLOUR, watch=WatchSettings(), mirrors=mirrors)
    async with reading(filled(), config=config) as reader:
        await reader.press("R")
        await reader.notifies("★ Sorting Pebbles by Lamp Light: published: doi:10.1000/x")
        await until(lambda: reader.library.marks(PEBBLES).news, "the news taken")
        await reader.shows("published: doi:10.1000/x")
        assert reader.library.marks(PEBBLES).read
        await reader.press("slash")
        await reader.type("is:updated")
        assert reader.ids == [PEBBLES]


async def test_news_is_a_quiet_line_with_its_day(filled: OpenLibrary) -> None:
    library = filled()
    library.add_news({PEBBLES: ["2025-07-31 new version 2"]})
    library.commit()
    async with reading(filled(), query="is:updated") as reader:
        assert reader.ids == [PEBBLES]
        assert "→ Thu 31 Jul 2025  new version 2" in reader.text


async def test_old_news_is_shown_and_not_found(filled: OpenLibrary) -> None:
    library = filled()
    library.add_news({PEBBLES: ["2025-06-01 new version 2"]})
    library.commit()
    async with reading(filled()) as reader:
        assert "→ Sun 1 Jun 2025  new version 2" in reader.text
        await reader.press("slash")
        await reader.type("is:updated")
        assert reader.ids == []
