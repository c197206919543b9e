"""From an empty folder to a starred paper of today, by keys alone, in a terminal."""

import json
from datetime import UTC, datetime, timedelta

from cli_helpers import Run
from http_helpers import Server, arxiv_listing, hf_day, hf_path
from terminal import MODERN, OpenTerminal

OFFER = "What would you like to follow?"


def test_newcomer_stars_a_paper_of_today(
    server: Server, open_terminal: OpenTerminal, run: Run
) -> None:
    today = datetime.now(UTC)
    days = today.date(), today.date() + timedelta(1)  # it may become midnight
    server.says("/api/daily_papers", b"[]")
    for day in days:
        server.says(hf_path(day), hf_day("2508.00011 Crows Again"))
    listing = arxiv_listing("2508.00012 Naming Robins", day=f"{today:%a, %d %b %Y}")
    server.says("/rss/cs.CL", listing)
    services = {**MODERN, "HF_ENDPOINT": server.url, "PAPERS_TUI_ARXIV": server.url}

    terminal = open_terminal(services)
    terminal.shows("Iterative pseudo-forced alignment")  # the sample is to be seen at once
    terminal.shows(OFFER)
    terminal.type("a")
    terminal.shows("Enter follows hf")
    terminal.type(" language\t")
    terminal.shows("Enter follows hf and cs.CL")
    terminal.type("\r")
    terminal.shows("Crows Again")
    terminal.shows("Naming Robins")
    terminal.until(lambda: "1 of 2" in terminal.text, "the sample gone, the cursor on the first")
    terminal.type("s")
    terminal.until(lambda: "▌●★" in terminal.text, "a star at the cursor")
    terminal.type("q")
    assert terminal.leaves() == 0

    (starred,) = json.loads(run("list", "is:starred", "--json").out)
    assert starred["title"] in ("Crows Again", "Naming Robins")
    assert starred["date"] in map(str, days)
    feeds = json.loads(run("feeds", "--json").out)
    assert [each["name"] for each in feeds] == ["hf", "arxiv:cs.CL"]
