"""Completion: what the program answers, and that shells ask it."""

import os
import shutil
from pathlib import Path

import pytest
from cli_helpers import COMMAND, Run
from conftest import OpenLibrary
from patience import DEADLINE
from pexpect import spawn
from screen_helpers import PEBBLES

from store.model import Change
from store.query.fields import SORTS
from tui.cli.completion import split
from tui.cli.options import SHELLS
from tui.cli.parser import make_parser, subparsers_of

pytestmark = pytest.mark.slow

VIEWS = '[views]\ninbox = "is:unread"\nbest = "upvotes:>=50"\n"two words" = "a"\n'


@pytest.fixture
def tagged(filled: OpenLibrary, tmp_path: Path) -> OpenLibrary:
    """The small feed with a paper tagged, and settings with views where they are by default."""
    library = filled()
    library.mark([PEBBLES], Change(add_tags=("lamp", "light", "$(reboot)", "it's")))
    library.commit()
    settings = tmp_path / "config" / "papers-tui" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(VIEWS)
    return filled


def answer(run: Run, line: str, *replaced: str) -> list[str]:
    """Return the texts that complete a line."""
    done = run("complete", line, *replaced)
    assert done.err == ""
    return [each.partition("\t")[0] for each in done.out.splitlines()]


def test_every_sort_of_the_query_language_is_completed(run: Run) -> None:
    sorts = {f"sort:{sign}{key}" for key in SORTS for sign in ("", "-")}
    assert set(answer(run, "papers-tui list sort:")) == sorts


ANSWERS = {
    "papers-tui li": ["list"],
    "papers-tui list --li": ["--limit", "--library"],
    "papers-tui --lib": ["--library"],
    "papers-tui list tag:": ["tag:lamp", "tag:light"],
    "papers-tui list 'is:unread tag:li": ["is:unread tag:light"],
    "papers-tui list -- -tag:la": ["-tag:lamp"],
    "papers-tui -q view:": ["view:inbox", "view:best"],
    "papers-tui list is:un": ["is:unread"],
    "papers-tui list pub": ["published:"],
    "papers-tui mark x --tag lamp,li": ["lamp,light"],
    "papers-tui mark x --untag la": ["lamp"],
    "papers-tui export --to ht": ["html"],
    "papers-tui export --to=ht": ["--to=html"],
    "papers-tui import --format bib": ["bibtex"],
    "papers-tui import ": [":files"],
    "papers-tui merge a ": [":files"],
    "papers-tui list --library ": [":folders"],
    "papers-tui tags ": ["rename", "merge"],
    "papers-tui tags rename la": ["lamp"],
    "papers-tui tags rename lamp ": [],
    "papers-tui tags merge lamp li": ["light"],
    "papers-tui tags merge lamp --into li": ["light"],
    "papers-tui feeds a": ["add"],
    "papers-tui fetch h": ["hf"],
    "papers-tui completion z": ["zsh"],
    "papers-tui config i": ["init"],
    "papers-tui --library /nowhere list tag:": [],
    "papers-tui --config /nowhere list view:": [],
    "papers-tui nonsense ": list(subparsers_of(make_parser())),
    "papers-tui undo ": [],
    "papers-tui show x": [],
}


@pytest.mark.parametrize(("line", "texts"), ANSWERS.items(), ids=ANSWERS.keys())
def test_line_is_completed(run: Run, tagged: OpenLibrary, line: str, texts: list[str]) -> None:
    assert answer(run, line) == texts


def test_commands_are_completed_with_what_they_do(run: Run) -> None:
    assert run("complete", "papers-tui und").out == (
        "undo\tundo the last action, even of an earlier session\n"
    )


def test_every_command_is_completed(run: Run) -> None:
    assert answer(run, "papers-tui ") == list(subparsers_of(make_parser()))


@pytest.mark.parametrize("command", subparsers_of(make_parser()))
def test_every_option_is_completed(run: Run, command: str) -> None:
    options = subparsers_of(make_parser())[command]._option_string_actions
    missing = {name for name in options if name.startswith("--")} - set(
        answer(run, f"papers-tui {command} -")
    )
    assert missing == set()


def test_only_what_the_shell_replaces_is_printed(run: Run, tagged: OpenLibrary) -> None:
    assert answer(run, "papers-tui list tag:li", "li") == ["light"]


def test_completion_makes_no_library(run: Run, tmp_path: Path) -> None:
    answer(run, "papers-tui list tag:")
    assert not (tmp_path / "library").exists()


def test_damaged_library_completes_nothing(run: Run, tagged: OpenLibrary) -> None:
    (tagged().folder / "state.json").write_bytes(b"{")
    assert (run("complete", "papers-tui list tag:").out, answer(run, "papers-tui lis")) == (
        "",
        ["list"],
    )


@pytest.mark.parametrize("line", ["", "'", '"', "\\", "papers-tui 'a\"", "\udcff", "a\nb"])
def test_strange_line_makes_no_traceback(run: Run, line: str) -> None:
    assert run("complete", line).status == 0


def test_word_with_a_quote_that_is_open_is_one() -> None:
    assert split("papers-tui list 'a b") == ["papers-tui", "list", "a b"]


def test_word_after_a_space_is_new() -> None:
    assert split("papers-tui list ") == ["papers-tui", "list", ""]


# In shells

STARTS = {
    "bash": ("--noprofile --rcfile {folder}/start", "start", [
        "bind 'set bell-style none'",
        "bind 'set enable-bracketed-paste off'",
        r"""bind -x '"\C-g": printf "\nLINE<%s>" "$READLINE_LINE"'""",
        'eval "$(papers-tui completion bash)"',
        "PS1='READY>'",
    ]),
    "zsh": ("-i", ".zshrc", [
        "autoload -Uz compinit; compinit -u -D",
        'eval "$(papers-tui completion zsh)"',
        'show() { print -r -- "LINE<$BUFFER>" }; zle -N show; bindkey "^G" show',
        "zle-line-init() { print -n 'READY>' }; zle -N zle-line-init; unsetopt beep; PS1=",
    ]),
    "fish": ("-i", "fish/config.fish", [
        "papers-tui completion fish | source",
        "function fish_prompt; echo -n 'READY>'; end; function fish_greeting; end",
        "bind \\cg 'echo; echo \"LINE<\"(commandline)\">\"'",
    ]),
}  # fmt: skip
"""How each shell is started with a key that prints the line, and completion switched on."""

TABS = {
    "papers-tui und": "papers-tui undo ",
    "papers-tui list tag:li": "papers-tui list tag:light ",
    "papers-tui list 'is:unread tag:li": "papers-tui list 'is:unread tag:light' ",
    "papers-tui list vie": "papers-tui list view:",
    "papers-tui export --to=ht": "papers-tui export --to=html ",
    "papers-tui import feed-": "papers-tui import feed-of-today.txt ",
    "papers-tui list --library feed": "papers-tui list --library feeds/",
    "true | papers-tui list view:in": "true | papers-tui list view:inbox ",
}
"""Lines before and after a Tab."""


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("line", TABS)
def test_shell_completes(shell: str, line: str, tagged: OpenLibrary, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not here")
    options, name, commands = STARTS[shell]
    start = tmp_path / "start" / name
    start.parent.mkdir(parents=True)
    start.write_text("\n".join(commands) + "\n")
    (tmp_path / "feed-of-today.txt").write_text("")
    (tmp_path / "feeds").mkdir()
    environment = os.environ | {
        "PATH": f"{COMMAND.parent}:{os.environ['PATH']}",
        "TERM": "xterm",
        "ZDOTDIR": str(tmp_path / "start"),
        "PAPERS_TUI_CONFIG": str(tmp_path / "config" / "papers-tui" / "config.toml"),
        "XDG_CONFIG_HOME": str(tmp_path / "start"),
    }
    child = spawn(
        program, options.format(folder=start.parent).split(), env=environment,
        cwd=str(tmp_path), encoding="utf-8", timeout=DEADLINE, dimensions=(24, 200),
    )  # fmt: skip
    child.expect("READY>")
    child.send(line + "\t\x07")
    child.expect("LINE<(.*?)>")
    assert child.match[1] == TABS[line]
    child.close(force=True)
