"""A replacement is kept apart from what is new: shown, left out or unread again, as it is set."""

from pathlib import Path

import pytest
from cli_helpers import Run

from store.model import Paper
from store.query.syntax import parse
from store.search.index import Index
from tui.reader.drawing.page import page


def announced(*entries: tuple[str, str]) -> str:
    """Return an announcement of today in RSS, of ids with their versions and types."""
    from datetime import date

    items = "".join(
        f"<item><title>Pebbles {name[:10]}</title><link>https://arxiv.org/abs/{name}</link>"
        f"<description>arXiv:{name} Announce Type: {kind}\nAbstract: We count.</description></item>"
        for name, kind in entries
    )
    return (
        "<rss version='2.0'><channel><title>cs.CL updates on arXiv.org</title>"
        f"<link>http://rss.arxiv.org/rss/cs.CL</link><pubDate>{date.today():%a, %d %b %Y}"
        f" 00:00:00 -0400</pubDate>{items}</channel></rss>"
    )


@pytest.fixture
def day(tmp_path: Path) -> Path:
    return tmp_path / "day.xml"


def ids(run: Run, query: str) -> list[str]:
    return run("list", query, "--format", "{id}").out.split()


def set_rule(tmp_path: Path, rule: str) -> tuple[str, Path]:
    config = tmp_path / "config.toml"
    config.write_text(f'replacements = "{rule}"\n')
    return "--config", config


def test_replacement_is_listed_but_not_new(run: Run, day: Path) -> None:
    day.write_text(announced(("2508.00001v1", "new"), ("2401.00002v2", "replace")))
    run("import", day)
    assert ids(run, "is:new") == ["arxiv:2508.00001"]
    assert ids(run, "type:replace") == ["arxiv:2401.00002"]
    assert ids(run, "pebbles -type:replace") == ["arxiv:2508.00001"]


def test_each_type_is_found(run: Run, day: Path) -> None:
    kinds = ("new", "cross", "replace", "replace-cross")
    day.write_text(announced(*((f"2508.0000{n}v1", kind) for n, kind in enumerate(kinds, 1))))
    run("import", day)
    assert {kind: ids(run, f"type:{kind}") for kind in ("new", "cross", "replace-cross")} == {
        "new": ["arxiv:2508.00001"],
        "cross": ["arxiv:2508.00002"],
        "replace-cross": ["arxiv:2508.00004"],
    }
    assert sorted(ids(run, "type:replace")) == ["arxiv:2508.00003", "arxiv:2508.00004"]


def test_paper_new_in_one_category_is_no_cross_list(run: Run, day: Path) -> None:
    for category, kind in (("CL", "new"), ("LG", "cross")):
        day.write_text(announced(("2508.00001v1", kind)).replace("cs.CL", f"cs.{category}"))
        run("import", day)
    assert ids(run, "type:new") == ["arxiv:2508.00001"]


@pytest.mark.parametrize(("rule", "unread"), [("show", 0), ("hide", 0), ("unread", 1)])
def test_paper_that_was_read_is_unread_again_only_where_it_is_set(
    run: Run, day: Path, tmp_path: Path, rule: str, unread: int
) -> None:
    config = set_rule(tmp_path, rule)
    day.write_text(announced(("2508.00001v1", "new")))
    run("import", "--read", day, *config)
    day.write_text(announced(("2508.00001v2", "replace")))
    run("import", day, *config)
    assert len(ids(run, "is:unread")) == unread


def test_the_same_replacement_is_unread_once(run: Run, day: Path, tmp_path: Path) -> None:
    config = set_rule(tmp_path, "unread")
    day.write_text(announced(("2508.00001v1", "new")))
    run("import", "--read", day, *config)
    day.write_text(announced(("2508.00001v2", "replace")))
    run("import", day, *config)
    run("mark", "pebbles", "--read")
    run("import", day, *config)
    assert ids(run, "is:unread") == []


def test_hidden_replacements_of_unknown_papers_are_left_out(
    run: Run, day: Path, tmp_path: Path
) -> None:
    config = set_rule(tmp_path, "hide")
    day.write_text(announced(("2508.00001v1", "new")))
    run("import", day, *config)
    day.write_text(announced(("2508.00001v2", "replace"), ("2401.00002v2", "replace-cross")))
    assert run("import", day, *config).out.startswith("imported 0, updated 1,")
    assert ids(run, "pebbles") == ["arxiv:2508.00001"]


def test_rule_that_there_is_not_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("list", *set_rule(tmp_path, "burn"))
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert 'replacements takes "hide", "show" or "unread"' in done.err


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cat:cs.CL", True),
        ("cat:CS.cl", True),
        ("cat:cs", True),
        ("cat:stat,cs.CL", True),
        ("cat:c", False),
        ('comment:"to appear"', True),
        ("comment:icml", True),
        ("keyword:lamp", True),
        ("venue:slime", True),
        ("venue:nature", False),
        ("type:replace", True),
        ("type:new", False),
    ],
)
def test_what_is_reported_of_a_paper_can_be_asked_for(query: str, found: bool) -> None:
    from datetime import date

    index = Index()
    index.add([ABOUT])
    asked = parse(query)
    assert not asked.problems
    assert bool(index.search(asked, {}, date(2025, 8, 1)).ids) is found


ABOUT = Paper(
    id="arxiv:2508.00001",
    title="Pebbles",
    keywords=("lamps",),
    date="2025-08-01",
    categories=("cs.CL", "cs.LG"),
    venue="Journal of Slime",
    comment="To appear at ICML",
    announced="replace",
)


def test_what_a_paper_is_about_stands_on_one_line_of_the_detail() -> None:
    from store.model import NO_MARKS

    lines = page(ABOUT, NO_MARKS, 80).plain.splitlines()
    assert "Journal of Slime · cs.CL cs.LG · new version · To appear at ICML · lamps" in lines
