"""The command `rules`, and what rules do where papers arrive by command."""

from pathlib import Path

import orjson
import pytest
from cli_helpers import Run
from conftest import OpenLibrary, page

LAMPS, SURVEY = ("Lamps at Night", "They shine."), ("A Survey of Lamps", "All of them.")
RULES = """\
[[rules]]
query = "title:survey"
then = ["hide"]
[[rules]]
query = "lamps"
then = ["score:+3"]
"""


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(page(LAMPS, SURVEY))
    return path


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of settings with two rules."""
    path = tmp_path / "settings.toml"
    path.write_text(RULES)
    monkeypatch.setenv("PAPERS_TUI_CONFIG", str(path))
    return path


def test_import_says_what_rules_did(run: Run, feed: Path, rules: Path) -> None:
    done = run("import", feed)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[1:] == [
        "rules: 1 hidden, 2 scored by 2 rules; papers-tui list is:hidden shows them"
    ]


def test_list_leaves_out_what_is_hidden_and_counts_it(run: Run, feed: Path, rules: Path) -> None:
    run("import", feed)
    done = run("list", "lamps", "--format", "{title}")
    assert done.out == "Lamps at Night\n"
    assert done.err == (
        "papers-tui: 1 hidden paper matches too; is:hidden in a query finds hidden papers\n"
    )
    assert run("list", "is:hidden", "--format", "{title}").out == "A Survey of Lamps\n"
    assert run("list", "lamps -is:hidden").err == ""


def test_json_has_hidden_and_score(run: Run, feed: Path, rules: Path) -> None:
    run("import", feed)
    [found] = orjson.loads(run("list", "--json", "is:hidden").out)
    assert (found["hidden"], found["score"]) == (True, 3)


def test_score_is_a_field_and_a_sort(run: Run, feed: Path) -> None:
    run("import", feed)
    run("rules", "add", "title:night", "--then", "score:-2")
    run("rules", "apply")
    title = ("--format", "{title}")
    assert run("list", "score:<0", *title).out == "Lamps at Night\n"
    assert run("list", "score:=-2", *title).out == "Lamps at Night\n"
    assert run("list", "sort:score", *title).out == "Lamps at Night\nA Survey of Lamps\n"
    assert run("list", "sort:-score", *title).out == "A Survey of Lamps\nLamps at Night\n"


def test_hidden_papers_are_not_marked_unasked(run: Run, feed: Path, rules: Path) -> None:
    run("import", feed)
    done = run("mark", "lamps", "--star")
    assert done.out == "marked 1\n"
    assert "1 hidden paper matches too" in done.err


def test_papers_are_hidden_and_shown_again_by_command(run: Run, feed: Path) -> None:
    run("import", feed)
    run("mark", "title:survey", "--hide")
    assert run("list", "--format", "{title}").out == "Lamps at Night\n"
    run("mark", "is:hidden", "--unhide")
    assert len(run("list").out.splitlines()) == 2


def test_wrong_rule_is_named_with_its_line_and_the_others_run(
    run: Run, feed: Path, rules: Path
) -> None:
    rules.write_text('[[rules]]\nquery = "is:foo"\nthen = ["hide"]\n\n' + rules.read_text())
    done = run("import", feed)
    assert done.status == 0
    assert done.err.startswith(f"papers-tui: {rules}, line 1: is: takes")
    assert "1 hidden, 2 scored" in done.out
    assert run("rules").status == 2


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[[rules]]\nthen = "hide"', ", line 1", "query takes"),
        ('[[rules]]\nquery = "a"', ", line 1", "then takes"),
        ('theme = ""\n[[rules]]\nquery = "a"\nthen = "hide"\nwhen = 1', ", line 2", "no when"),
        ('rules = [{query = "a", then = "bury"}]', "", "no 'bury'"),
        ('[[rules]]\nquery = "*"\nthen = "\\u001b[2J"', ", line 1", "known: star"),
    ],
)
def test_what_is_wrong_with_a_rule_is_one_line(
    run: Run, rules: Path, text: str, line: str, words: str
) -> None:
    rules.write_text(text)
    done = run("rules")
    assert done.status == 2
    assert done.err.startswith(f"papers-tui: {rules}{line}: ")
    assert words in done.err
    assert done.err.count("\n") == 1
    assert "\x1b" not in done.err


@pytest.mark.parametrize("text", ["rules = 7", 'rules = ["a"]'])
def test_rules_that_are_no_tables_are_wrong_settings(run: Run, rules: Path, text: str) -> None:
    rules.write_text(text)
    done = run("list")
    assert done.status == 2
    assert "rules takes tables" in done.err


def test_list_tells_what_each_finds_and_who_wins(run: Run, feed: Path, rules: Path) -> None:
    rules.write_text(rules.read_text() + '[[rules]]\nquery = "survey"\nthen = "star"\n')
    run("import", feed)
    lines = run("rules").out.splitlines()
    assert lines[0] == " 1  title:survey → hide"
    assert lines[1].startswith("    1 paper, ")
    assert lines[1].endswith(f"[{rules}, line 1]")
    assert lines[-1] == (
        "    star contradicts hide of rule 1 on 1 paper; this one, the later, wins"
    )
    numbers = orjson.loads(run("rules", "list", "--json").out)
    assert [each["overridden_by"] for each in numbers] == [[3], [], []]
    assert run("list", "is:hidden").out == ""


def test_rule_that_hides_everything_says_so(run: Run, feed: Path) -> None:
    run("import", feed)
    run("rules", "add", "*", "--then", "hide")
    assert "it hides all 2 papers" in run("rules").out
    run("rules", "apply")
    done = run("list")
    assert (done.out, "2 hidden papers match too" in done.err) == ("", True)


def test_rules_are_applied_on_demand_and_undone_as_one(
    run: Run, feed: Path, tmp_path: Path
) -> None:
    run("import", feed)
    run("rules", "add", "lamps", "--then", "star,tag:light")
    assert run("rules", "apply", "--dry-run").out.endswith("would change: 2 papers\n")
    assert run("list", "is:starred").out == ""
    assert run("rules", "apply").out == (
        "2 starred, 2 tagged by 1 rule; papers-tui undo undoes it\n"
    )
    assert run("rules", "apply").out == "nothing to change with 1 rule\n"
    assert run("undo").out == "undid: 2 starred, 2 tagged by 1 rule (2 papers)\n"
    assert run("list", "is:starred OR is:tagged").out == ""


def test_rules_are_applied_to_what_a_query_finds(run: Run, feed: Path) -> None:
    run("import", feed)
    run("rules", "add", "lamps", "--then", "star")
    assert run("rules", "apply", "title:night").out.startswith("1 starred by 1 rule")
    assert run("rules", "apply", "is:foo").status == 2


def test_rule_is_removed_by_number_or_query(run: Run, rules: Path) -> None:
    run("rules", "add", "snails", "--then", "hide")
    run("rules", "add", "pebbles", "--then", "hide")
    assert run("rules", "remove", "3").out.startswith("removed snails")
    assert run("rules", "remove", "pebbles").status == 0
    assert "line 1" in (done := run("rules", "remove", "1")).err
    assert done.status == 1
    assert run("rules", "remove", "nothing").status == 1


@pytest.mark.parametrize(
    "arguments",
    [("add", "is:foo", "--then", "hide"), ("add", "a", "--then", "bury"), ("add", "a"),
     ("add", "", "--then", "hide"), ("bury",), ("--json", "apply")],
)  # fmt: skip
def test_wrong_usage_is_told(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("rules", *arguments).status == 2


def test_without_rules_nothing_is_reported(run: Run, feed: Path) -> None:
    assert run("import", feed).out.count("\n") == 1
    assert run("rules", "apply").out.startswith("no rules;")


def test_marks_in_a_file_go_before_rules(
    run: Run, feed: Path, tmp_path: Path, open_library: OpenLibrary
) -> None:
    run("import", feed)
    run("mark", "title:survey", "--star")
    run("export", "--with-marks", "-o", tmp_path / "all.jsonl")
    other = ("--library", tmp_path / "other")
    run("rules", "add", "survey", "--then", "hide", *other)
    run("import", "--with-marks", tmp_path / "all.jsonl", *other)
    assert run("list", "is:starred", *other).out.count("\n") == 1


def test_hidden_and_score_move_with_a_library(run: Run, feed: Path, tmp_path: Path) -> None:
    run("import", feed)
    run("rules", "add", "survey", "--then", "hide,score:-4")
    run("rules", "apply")
    run("export", "is:hidden", "--with-marks", "-o", tmp_path / "all.jsonl")
    other = ("--library", tmp_path / "other")
    run("import", "--with-marks", tmp_path / "all.jsonl", *other)
    assert run("list", "is:hidden", "score:=-4", *other).out.count("\n") == 1
