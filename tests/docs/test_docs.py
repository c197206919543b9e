"""The documentation: nothing is missing, nothing is there that does not exist, examples run."""

import os
import re
import shlex
import shutil
import subprocess
import tomllib
from dataclasses import fields
from itertools import takewhile
from pathlib import Path

import pytest
from cli_helpers import COMMAND, Run
from conftest import paper
from places import ROOT
from screen_helpers import small_feed
from textual.binding import Binding

from docs.generate import VARIABLES, pages
from store.fetching.subscriptions import Subscriptions
from store.library import Library
from store.model import Change
from store.query.fields import FIELDS
from store.query.syntax import parse
from tui.cli.commands import make_parser
from tui.cli.parser import subparsers_of
from tui.cli.settings import FIRST_FILE
from tui.reader.keyboard.keymap import as_written
from tui.reader.keyboard.keys import KEYS
from tui.settings.config import Config, read_config
from tui.settings.services import KEY_VARIABLE

DOCS = ROOT / "docs"
PARSER = make_parser()
PAGES = pages()
TEXTS = {path.name: path.read_text() for path in (ROOT / "README.md", *sorted(DOCS.glob("*.md")))}
EXAMPLES = [
    (f"{name}:{text[: match.start()].count(chr(10)) + 2}", match["mark"], match["code"])
    for name, text in TEXTS.items()
    for match in re.finditer(r"^```sh(?P<mark>.*)\n(?P<code>(?:.*\n)*?)```", text, re.MULTILINE)
]
"""Where each example is, what comes after `sh`, and the example."""

RUN = [pytest.param(code, id=place) for place, mark, code in EXAMPLES if not mark]
CALLS = [
    pytest.param(line, id=place)
    for place, _, code in EXAMPLES
    for line in code.splitlines()
    if line.startswith("papers-tui ")
]

ON_KEYS = {
    "down": "↓", "up": "↑", "enter": "Enter", "escape": "Esc", "home": "Home", "end": "End",
}  # fmt: skip
"""What is on keys that have a name in the settings."""


def words_of(line: str) -> list[str]:
    """Return the words of a line for the shell, without a comment."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    return list(lexer)


def is_word(text: str) -> bool:
    """Return whether it is a word of a command, not a pipe or the like."""
    return not text or bool(text.strip("();<>|&"))


@pytest.mark.parametrize("name", PAGES)
def test_page_is_what_the_program_says_of_itself(name: str) -> None:
    stale = f"docs/{name} is out of date: python -m docs.generate writes it again"
    assert (DOCS / name).read_text() == PAGES[name], stale


@pytest.mark.parametrize("name", [*TEXTS])
def test_page_leads_to_pages_that_exist(name: str) -> None:
    folder = ROOT if name == "README.md" else DOCS
    text = re.sub(r"```.*?```", "", TEXTS[name], flags=re.DOTALL)
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", text)
    assert [target for target in targets if not (folder / target).exists()] == []


def test_every_command_has_help_and_an_example() -> None:
    commands = subparsers_of(PARSER)
    lacking = [name for name, each in commands.items() if "example:" not in (each.epilog or "")]
    assert lacking == []


def test_every_argument_of_a_command_is_explained() -> None:
    unexplained = [
        f"{name} {action.dest}"
        for name, command in subparsers_of(PARSER).items()
        for action in command._actions
        if action.option_strings and not action.help
    ]
    assert unexplained == []


def test_every_field_of_a_query_is_explained_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+):` \|", TEXTS["query.md"], re.MULTILINE)
    assert sorted(rows) == sorted(FIELDS)


def test_every_value_of_a_field_is_one() -> None:
    rows = re.findall(r"^\| `((?:is|has|sort):)` \| (.*?) \|", TEXTS["query.md"], re.MULTILINE)
    terms = [field + value for field, cell in rows for value in re.findall(r"`(\S+)`", cell)]
    assert len(terms) >= 15
    assert [term for term in terms if parse(term).problems] == []


def test_every_date_in_the_table_is_one() -> None:
    terms = re.findall(r"^\| `(date:\S+)` \|", TEXTS["query.md"], re.MULTILINE)
    assert len(terms) > 5
    assert [term for term in terms if parse(term).problems] == []


def test_every_query_in_the_documentation_is_understood() -> None:
    blocks = re.findall(r"```query\n(.*?)```", TEXTS["query.md"], re.DOTALL)
    queries = "".join(blocks).splitlines()
    assert queries
    assert [text for text in queries if parse(text, views={"inbox": "a"}).problems] == []


def test_settings_page_has_the_file_that_init_writes() -> None:
    assert f"```toml\n{FIRST_FILE}```" in TEXTS["settings.md"]


def test_file_that_init_writes_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(FIRST_FILE)
    assert read_config(tmp_path / "config.toml") == Config()


def test_file_that_init_writes_has_every_option_and_no_other() -> None:
    options = tomllib.loads(re.sub(r"^#(?=\S)", "", FIRST_FILE, flags=re.MULTILINE))
    assert sorted(options) == sorted(option.name for option in fields(Config))


def test_what_init_writes_is_right_when_it_is_turned_on(tmp_path: Path) -> None:
    text = re.sub(r"^#(?=\S)", "", FIRST_FILE, flags=re.MULTILINE)
    (tmp_path / "config.toml").write_text(text)
    assert read_config(tmp_path / "config.toml").views["inbox"] == "is:unread date:14d"


def test_every_variable_that_is_read_is_explained() -> None:
    code = "".join(
        path.read_text() for path in (*ROOT.glob("tui/**/*.py"), *ROOT.glob("store/**/*.py"))
    )
    read = {*re.findall(r'"(PAPERS_TUI_\w+)"', code), "NO_COLOR", "HF_ENDPOINT", KEY_VARIABLE}
    assert read == {name for name, _ in VARIABLES}


@pytest.mark.parametrize("name", [*TEXTS])
def test_commands_named_in_a_page_exist(name: str) -> None:
    named = set(re.findall(r"`papers-tui ([a-z]+)", TEXTS[name]))
    assert named - set(subparsers_of(PARSER)) == set()


def test_keys_in_the_readme_are_those_of_the_reader() -> None:
    bindings = [each for each in KEYS if isinstance(each, Binding)]
    written = [as_written(key) for binding in bindings for key in binding.key.split(",")]
    keys = {ON_KEYS.get(key, key) for key in written}
    cells = re.findall(r"^\| (`.*?) \| .*? \| (`.*?) \| .*? \|$", TEXTS["README.md"], re.MULTILINE)
    named = {key for row in cells for cell in row for key in re.findall(r"`(\S+)`", cell)}
    assert named - keys == set()
    assert keys - named == {"pagedown", "pageup"}


@pytest.mark.parametrize("line", CALLS)
def test_command_in_the_documentation_exists(line: str) -> None:
    assert PARSER.parse_args([*takewhile(is_word, words_of(line)[1:])])


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library, settings and files to import, as the examples take them."""
    folder = tmp_path_factory.mktemp("examples")
    library = Library(folder / "library")
    library.add([*small_feed(), paper("arxiv:2502.10441", "Choosing Pebbles")], "hf")
    library.mark(["arxiv:2508.00001"], Change(starred=True, add_tags=("rl", "RL")))
    library.commit()
    Subscriptions(library.folder).add(["hf"])
    (folder / "page.txt").write_bytes((ROOT / "sample_feed.txt").read_bytes())
    (folder / "library.bib").write_text("@article{a, title={Pebbles}, author={Doe, Jo}, year=2020}")
    return folder


@pytest.mark.parametrize("code", RUN)
def test_example_runs(
    code: str, prepared: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in ("jq", "fzf"):
        if program in code and not shutil.which(program):
            pytest.skip(f"{program} is not here")
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{COMMAND.parent}:{os.environ['PATH']}")
    with open(os.devnull) as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        for line in code.splitlines():
            words = words_of(line)
            if words[:1] == ["papers-tui"] and all(map(is_word, words)):
                done = run(*words[1:])
                assert done.status == 0, done.err
            else:
                subprocess.run(["bash", "-euo", "pipefail", "-c", line], check=True, timeout=60)


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not here")
def test_manual_page_is_without_faults() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z", DOCS / "papers-tui.1"],
        capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
