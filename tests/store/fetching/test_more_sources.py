"""Hugging Face's lists, preprints by subject, bibliographies at an address."""

from datetime import date

import orjson
import pytest
from cli_helpers import Run
from http_helpers import Reply, Server, hf_day

from store.errors import FeedNameError
from store.fetching.sources import Mirrors, find_source
from store.fetching.visit import Visit

FRIDAY = date(2025, 8, 1)
MIRRORS = Mirrors(hf="http://hf", biorxiv="http://bio", dblp="http://dblp")


def addresses(name: str, **visit: date) -> list[str]:
    """Return what is asked for on a Friday."""
    parts = find_source(name, MIRRORS).parts(Visit(**{"today": FRIDAY, **visit}))
    return [part.page(0) for part in parts]


def test_trending_is_one_page() -> None:
    assert addresses("hf:trending") == ["http://hf/api/daily_papers?sort=trending&limit=100"]


@pytest.mark.parametrize(
    ("name", "complete", "asked"),
    [
        ("hf:week", None, ["week=2025-W31"]),
        ("hf:week", date(2025, 7, 31), ["week=2025-W31"]),
        ("hf:week", date(2025, 7, 20), ["week=2025-W29", "week=2025-W30", "week=2025-W31"]),
        ("hf:month", None, ["month=2025-08"]),
        ("HF:Month", date(2025, 7, 30), ["month=2025-07", "month=2025-08"]),
    ],
)
def test_weeks_and_months_since_the_last_visit(
    name: str, complete: date | None, asked: list[str]
) -> None:
    given = {"complete": complete} if complete else {}
    assert addresses(name, **given) == [
        f"http://hf/api/daily_papers?{each}&limit=100&p=0" for each in asked
    ]


def test_weeks_between_days_are_all_asked_for() -> None:
    asked = addresses("hf:week", since=date(2024, 12, 30), until=date(2025, 1, 6))
    assert [address[-22:-14] for address in asked] == ["2025-W01", "2025-W02"]


@pytest.mark.parametrize(
    ("name", "complete", "asked"),
    [
        ("biorxiv:neuroscience", None, "biorxiv/2025-07-26/2025-08-01/0?category=neuroscience"),
        ("bioRxiv: Cell Biology", date(2025, 7, 30),
         "biorxiv/2025-07-31/2025-08-01/0?category=cell_biology"),
        ("medrxiv:all", date(2025, 1, 1), "medrxiv/2025-07-02/2025-08-01/0"),
        ("medrxiv:all", date(2026, 1, 1), "medrxiv/2025-08-01/2025-08-01/0"),
    ],
)  # fmt: skip
def test_preprints_are_asked_for_by_subject(name: str, complete: date | None, asked: str) -> None:
    given = {"complete": complete} if complete else {}
    assert addresses(name, **given) == [f"http://bio/details/{asked}"]


@pytest.mark.parametrize(
    ("name", "visit", "asked"),
    [
        ("dblp:https://dblp.org/pid/l/YannLeCun.html", {}, ["pid/l/YannLeCun.bib"]),
        ("DBLP: db/conf/iclr/iclr2025.html", {}, ["toc%3Adb/conf/iclr/iclr2025.bht%3A"]),
        ("dblp:conf/iclr", {}, ["iclr%3A%20year%3A2024%3A", "iclr%3A%20year%3A2025%3A"]),
        ("dblp:journals/jmlr", {"complete": date(2024, 1, 1)}, ["2023%3A", "2024%3A", "2025%3A"]),
        ("dblp:conf/iclr", {"since": date(2025, 1, 1)}, ["2025%3A"]),
        ("dblp:conf/iclr", {"until": date(1937, 1, 1)}, ["1936%3A", "1937%3A"]),
    ],
)
def test_bibliographies_of_dblp_are_asked_for_by_year(
    name: str, visit: dict[str, date], asked: list[str]
) -> None:
    found = addresses(name, **visit)
    assert all(address.startswith("http://dblp/") for address in found)
    assert [address.partition("&format=bib1&h=1000&f=0")[0][-len(end) :]
            for address, end in zip(found, asked, strict=True)] == asked  # fmt: skip


NO_NAMES = ("hf:", "hf:year", "biorxiv:", "medrxiv:a/b", "biorxiv:x?y=1", "dblp:", "dblp:iclr")


@pytest.mark.parametrize("name", [*NO_NAMES, "dblp:conf/../rec", "dblp:conf/a?b", "dblp:pid/1"])
def test_name_that_means_none_says_what_there_is(name: str) -> None:
    with pytest.raises(FeedNameError) as told:
        find_source(name, MIRRORS)
    assert "\n" not in str(told.value)


def preprints(first: int, count: int, total: int) -> bytes:
    entries = [
        {"title": f"Snails {n}", "doi": f"10.1101/{n}", "date": "2025-07-31", "server": "bioRxiv"}
        for n in range(first, first + count)
    ]
    message = {"status": "ok", "count": count, "total": str(total)}
    return orjson.dumps({"messages": [message], "collection": entries})


@pytest.fixture
def settings(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, object]:
    path = tmp_path_factory.mktemp("settings") / "c.toml"
    path.write_text(
        f'[mirrors]\nhf = "{server.url}"\nbiorxiv = "{server.url}"\ndblp = "{server.url}"\n'
    )
    return "--config", path


def test_pages_go_on_where_the_last_one_ended(
    run: Run, server: Server, settings: tuple[str, object]
) -> None:
    base = "/details/biorxiv/2025-07-30/2025-08-01"
    for first, count in ((0, 30), (30, 30), (60, 5)):
        server.says(f"{base}/{first}?category=neuroscience", preprints(first, count, 65))
    done = run(
        "fetch", "biorxiv:neuroscience", "--since", "2025-07-30", "--until", "2025-08-01", *settings
    )
    assert (done.out, done.err) == ("biorxiv:neuroscience: 65 new\n", "")
    assert len(server.paths) == 3


def test_preprint_and_its_publication_are_one_paper_with_both_links(
    run: Run, server: Server, settings: tuple[str, object]
) -> None:
    entry = {
        "title": "Snails", "doi": "10.1101/1", "date": "2025-07-31", "published": "10.1038/x",
        "server": "bioRxiv",
    }  # fmt: skip
    message = {"status": "ok", "count": 1, "total": "1"}
    body = orjson.dumps({"messages": [message], "collection": [entry]})
    days = ("--since", "2025-07-30", "--until", "2025-08-01")
    server.says("/details/biorxiv/2025-07-30/2025-08-01/0", body)
    run("fetch", "biorxiv:all", *days, *settings)
    bib = server.says(
        "/volume.bib", b"@article{a, title={Snails, Why}, doi={10.1038/x}, year=2025}"
    )
    run("fetch", bib)
    [found] = orjson.loads(run("list", "--json").out)
    assert {found["id"], *found["aliases"]} >= {"doi:10.1101/1", "doi:10.1038/x"}
    assert found["links"]["page"] == "https://www.biorxiv.org/content/10.1101/1v1"


def test_bibliography_that_is_the_same_is_not_sent_again(run: Run, server: Server) -> None:
    body = b"@inproceedings{a, title={Snails}, booktitle={Proc. of Snails}, year=2025}"
    address = server.says(
        "/2025.acl-long.bib", Reply(body, headers={"ETag": '"1"'}), Reply(status=304)
    )
    assert run("fetch", address).out == f"{address}: 1 new\n"
    assert run("fetch", address).out == f"{address}: nothing new\n"
    assert server.requests[1].headers["if-none-match"] == '"1"'


def test_trending_papers_are_fetched(
    run: Run, server: Server, settings: tuple[str, object]
) -> None:
    server.says("/api/daily_papers", hf_day("2508.00001 Snails"))
    assert run("fetch", "hf:trending", *settings).out == "hf:trending: 1 new\n"


def volume(*keys: str) -> bytes:
    """Return entries as DBLP writes them."""
    entries = [
        f"@inproceedings{{DBLP:conf/snail/{key},\n  author = {{Jo Doe 0001 and\n Al Poe}},\n"
        f"  title = {{Snails {key}}},\n  booktitle = {{Snails 2025}},\n  year = {{2025}}\n}}\n"
        for key in keys
    ]
    return "\n".join(entries).encode()


def test_conference_of_dblp_is_fetched_page_by_page(
    run: Run, server: Server, settings: tuple[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.fetching.dblp.PAGE", 2)
    fetch = ("fetch", "dblp:conf/snail", "--since", "2025-01-01", "--until", "2025-08-01")
    asked = "/search/publ/api?q=stream%3Astreams/conf/snail%3A%20year%3A2025%3A&format=bib1&h=2&f="
    proceedings = b"@proceedings{DBLP:conf/snail/2025, title={Snails 2025}, year={2025}}\n"
    server.says(f"{asked}0", volume("One", "Two"))
    server.says(f"{asked}2", proceedings + volume("Three"))
    server.says(f"{asked}4", b"")
    assert run(*fetch, *settings).out == "dblp:conf/snail: 3 new\n"
    assert server.paths == [f"{asked}0", f"{asked}2", f"{asked}4"]
    assert run("list", "title:three", "--format", "{authors}").out == "Jo Doe, Al Poe\n"


def test_name_that_dblp_has_nothing_under_is_reported(
    run: Run, server: Server, settings: tuple[str, object]
) -> None:
    server.says("/search/publ/api", b"\n")
    told = run("fetch", "dblp:conf/snial", *settings)
    assert "nothing is listed there; is it spelled like its page?" in told.out + told.err
