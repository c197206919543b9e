"""Completion of a command line: what the program offers at a Tab, and that shells ask it."""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path

import pytest
from argcomplete.finders import CompletionFinder
from cli_helpers import COMMAND, Run
from conftest import OpenLibrary
from patience import DEADLINE
from pexpect import spawn
from screen_helpers import PEBBLES

from store.model import Change
from store.query.fields import SORTS
from tui.cli.arguments.programs import SHELLS
from tui.cli.commands import make_parser
from tui.cli.completion import KINDS, complete
from tui.cli.parser import subparsers_of

pytestmark = pytest.mark.slow

SETTINGS = """
[views]
best = "upvotes:>=50"
"two words" = "a"

[[commands]]
name = "scan"
run = ["true", "{url}"]
"""

ANYTHING = {
    *("ACTIONS", "ADDRESS", "COLLECTION", "DATE", "DAY", "ID", "N"),
    *("NAME", "NEW", "RULE", "TEMPLATE", "TEXT"),
}
"""Kinds of values that nobody can list."""

Ask = Callable[..., list[str]]
"""Return what a shell is offered at the end of a line, without the space after the only one."""


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Ask in this process, in the variables by which argcomplete and its scripts talk."""
    monkeypatch.setattr(CompletionFinder, "_init_debug_stream", lambda _: None)  # takes a number 9

    def asked(line: str, shell: str = "bash") -> list[str]:
        variables = {
            "_ARGCOMPLETE": "1",
            "_ARGCOMPLETE_SHELL": shell,
            "_ARGCOMPLETE_IFS": "\n",
            "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
            "COMP_LINE": line,
            "COMP_POINT": str(len(line)),
        }
        with monkeypatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            if shell == "fish":
                patch.setenv("_ARGCOMPLETE_DFS", "\t")
            output, statuses = StringIO(), list[int]()
            complete(make_parser(), output, statuses.append)
        assert statuses == [0]
        return output.getvalue().splitlines()

    return asked


@pytest.fixture
def tagged(filled: OpenLibrary, tmp_path: Path) -> OpenLibrary:
    """The small feed with a paper tagged, and settings where they are by default."""
    library = filled()
    library.mark([PEBBLES], Change(add_tags=("lamp", "light", "$(reboot)", "it's")))
    library.commit()
    settings = tmp_path / "config" / "papers-tui" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS)
    return filled


def offers(ask: Ask, lines: Iterable[str]) -> dict[str, list[str]]:
    return {line: ask(line) for line in lines}


def test_commands_options_and_choices_are_offered(ask: Ask) -> None:
    expected = {
        "papers-tui ": list(subparsers_of(make_parser())),
        "papers-tui li": ["list"],
        "papers-tui list --li": ["--limit", "--library"],
        "papers-tui --lib": ["--library"],
        "papers-tui export --to ht": ["html"],
        "papers-tui export --to=ht": ["--to=html"],
        "papers-tui import --format bib": ["bibtex"],
        "papers-tui tags ": ["rename", "merge"],
        "papers-tui feeds a": ["add"],
        "papers-tui completion z": ["zsh"],
        "papers-tui config i": ["init"],
        "papers-tui undo ": [],
        "papers-tui show x": [],
        "papers-tui list --limit ": [],
    }
    assert offers(ask, expected) == expected


def test_every_option_of_every_command_is_offered(ask: Ask) -> None:
    parsers = {"papers-tui": make_parser()}
    parsers |= {f"papers-tui {name}": each for name, each in subparsers_of(make_parser()).items()}
    missing = {
        line: {*parser._option_string_actions} - {*ask(f"{line} -")}
        for line, parser in parsers.items()
    }
    assert not any(missing.values()), missing


def test_kind_of_every_value_is_known() -> None:
    parsers = [make_parser(), *subparsers_of(make_parser()).values()]
    parsers += [each for parser in parsers[1:] for each in subparsers_of(parser).values()]
    kinds = {
        action.metavar
        for parser in parsers
        for action in parser._actions
        if action.metavar and not action.choices
    }
    assert kinds - KINDS.keys() == ANYTHING


def test_values_come_from_library_and_settings(ask: Ask, tagged: OpenLibrary) -> None:
    expected = {
        "papers-tui list tag:l": ["tag:lamp", "tag:light"],
        "papers-tui list 'is:unread tag:li": ["is:unread tag:light"],
        "papers-tui list is:unread -- -tag:la": ["-tag:lamp"],
        "papers-tui -q view:b": ["view:best"],
        "papers-tui mark x --tag lamp,li": ["lamp,light"],
        "papers-tui mark x --untag la": ["lamp"],
        "papers-tui tags rename la": ["lamp"],
        "papers-tui tags rename lamp ": [],
        "papers-tui tags merge lamp li": ["light"],
        "papers-tui tags merge lamp --into li": ["light"],
        "papers-tui fetch h": ["hf"],
        "papers-tui feeds remove h": ["hf"],
        "papers-tui run s": ["scan"],
    }
    assert offers(ask, expected) == expected


def test_terms_of_queries_are_those_of_the_language(ask: Ask) -> None:
    expected = {
        "papers-tui list is:un": ["is:unread"],
        "papers-tui list pub": ["published:"],
        "papers-tui list published:y": ["published:yesterday"],
        "papers-tui list sort:": [f"sort:{sign}{key}" for sign in ("", "-") for key in SORTS],
    }
    assert offers(ask, expected) == expected


def test_categories_and_machines_are_offered(
    ask: Ask, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = {"id": "arxiv:2508.00009", "title": "A", "date": "2025-08-01", "categories": ["cs.CL"]}
    (tmp_path / "papers.jsonl").write_text(json.dumps(paper))
    assert run("import", tmp_path / "papers.jsonl").status == 0
    (tmp_path / "sync").mkdir()
    (tmp_path / "sync" / "1f3a9c20.json").write_text("{}")
    monkeypatch.setenv("PAPERS_TUI_SYNC", str(tmp_path / "sync"))
    assert ask("papers-tui list cat:") == ["cat:cs.CL"]
    assert ask("papers-tui sync forget 1") == ["1f3a9c20"]


def test_files_and_folders_are_offered_as_they_are_typed(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "a folder").mkdir(parents=True)
    (tmp_path / "home" / ".hidden").write_text("")
    (tmp_path / "home" / "a file").write_text("")
    expected = {
        "papers-tui import ~/": ["~/a\\ file", "~/a\\ folder/"],
        "papers-tui import ~/.": ["~/.hidden"],
        "papers-tui merge '~/a": ["~/a file", "~/a folder/"],
        "papers-tui list --library ~/": ["~/a\\ folder/"],
        "papers-tui import /nowhere/": [],
        "papers-tui import ~nobody-of-this-name/": [],
        "papers-tui --library ~nobody-of-this-name list tag:": [],
    }
    assert offers(ask, expected) == expected


def test_options_before_the_word_count(ask: Ask, tagged: OpenLibrary, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('[views]\nbetter = "a"\n')
    expected = {
        f"papers-tui --library {tmp_path / 'nothing'} list tag:": [],
        f"papers-tui mark tag:x --library={tmp_path / 'nothing'} --tag ": [],
        f"papers-tui list --config {tmp_path / 'other.toml'} view:b": ["view:better"],
    }
    assert offers(ask, expected) == expected
    assert not (tmp_path / "nothing").exists()


def test_what_the_shell_would_read_is_quoted(ask: Ask, tagged: OpenLibrary) -> None:
    expected = {
        "papers-tui tags rename \\$": ["\\$\\(reboot\\)"],
        "papers-tui tags rename '$": ["$(reboot)"],
        'papers-tui tags rename "$': ["\\$(reboot)"],
        "papers-tui tags rename i": ["it\\'s"],
        'papers-tui list view:\\"tw': ['view:\\"two\\ words\\"'],
    }
    assert offers(ask, expected) == expected


def test_zsh_and_fish_show_the_meaning(ask: Ask, tagged: OpenLibrary) -> None:
    assert ask("papers-tui und", "fish") == [
        "undo\tundo the last action, even of an earlier session"
    ]
    assert ask("papers-tui list tag:la", "fish") == ["tag:lamp\t1 paper"]
    assert ask("papers-tui list view:be", "zsh") == ["view\\:best:upvotes:>=50"]


def test_unreadable_library_and_settings_offer_nothing(
    ask: Ask, tagged: OpenLibrary, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tagged().folder / "state.json").write_bytes(b"{")
    (tmp_path / "broken.toml").write_text("[views")
    expected = {
        "papers-tui list tag:": [],
        "papers-tui lis": ["list"],
        f"papers-tui --config {tmp_path / 'broken.toml'} list view:": [],
    }
    assert offers(ask, expected) == expected
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("line", ["", "'", '"', "papers-tui \\", "papers-tui 'a\"", "a\nb"])
def test_strange_line_is_no_error(ask: Ask, line: str) -> None:
    ask(line)


# In shells


@pytest.mark.parametrize(
    ("shell", "text"),
    [
        ("bash", "complete -o nospace -F _python_argcomplete papers-tui\n"),
        ("zsh", "compdef _python_argcomplete papers-tui\n"),
        ("fish", "complete --command papers-tui -f -a "),
    ],
)
def test_script_completes_the_program(run: Run, shell: str, text: str) -> None:
    assert text in run("completion", shell).out


def test_zsh_sends_the_command_and_not_its_whole_buffer(run: Run) -> None:
    out = run("completion", "zsh").out
    assert out.count("words[1,CURRENT-1]") == 2
    assert "$BUFFER" not in out
    assert "$CURSOR" not in out


def test_unknown_shell_is_wrong_usage(run: Run) -> None:
    assert run("completion", "cmd").status == 2


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
    "papers-tui list -- -tag:li": "papers-tui list -- -tag:light ",
    "true | papers-tui list view:be": "true | papers-tui list view:best ",
}
"""Lines before and after a Tab."""


@pytest.mark.parametrize("shell", SHELLS)
def test_shell_completes(shell: str, tagged: OpenLibrary, tmp_path: Path) -> None:
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
    found = {}
    for line in TABS:
        child.send(f"{line}\t\x07")
        child.expect("LINE<(.*?)>")
        found[line] = child.match[1]
        child.send("\x15")
    child.close(force=True)
    assert found == TABS
