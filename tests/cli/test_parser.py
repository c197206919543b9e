"""The parser knows the commands it needs, and the program says what is wrong or missing."""

import pytest
from cli_helpers import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.cli.commands import COMMANDS, commands_in, make_parser

NEEDED: dict[str, list[str]] = {
    "": [],
    "-q list": [],
    "--library list --no-color --config=a": [],
    "list is:unread": ["list"],
    "--library a list mark": ["list"],
    "--library=a --no-color tags rename a b": ["tags"],
    "nonsense list": [*COMMANDS],
    "--help": [*COMMANDS],
    "-qlist list": [*COMMANDS],
    "--lib a list": [*COMMANDS],
}


@pytest.mark.parametrize(("line", "commands"), NEEDED.items(), ids=NEEDED.keys())
def test_commands_are_those_that_the_arguments_need(line: str, commands: list[str]) -> None:
    assert list(commands_in(line.split())) == commands


@pytest.mark.parametrize(
    ("line", "usage", "said"),
    [
        ("lsit", "papers-tui ", "did you mean list?"),
        ("export --to bibtx", "papers-tui export ", "did you mean bibtex?"),
        ("tags rename a b --all", "papers-tui tags rename ", "unrecognized arguments: --all"),
        ("export snails --format ris", "papers-tui export ", "unrecognized arguments: --format"),
    ],
)
def test_wrong_arguments_show_the_usage_of_their_command(
    run: Run, line: str, usage: str, said: str
) -> None:
    ended = run(*line.split())
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith(f"usage: {usage}[-h]")
    assert said in ended.err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("list", "the library is empty"),
        ("tags", "no tags"),
        ("sync", "no folder for the exchange is set"),
        ("feeds", "no subscriptions"),
    ],
)
def test_list_with_nothing_in_it_says_how_to_change_that(run: Run, command: str, said: str) -> None:
    ended = run(command)
    assert (ended.status, ended.out) == (0, "")
    assert ended.err.startswith(f"papers-tui: {said}; ")


WORDS = ("-q", "--library", "--config=a", "--no-color", "--lib", "list", "tags", "undo", "a", "--")


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 4)
@given(st.lists(st.sampled_from(WORDS), max_size=5))
def test_arguments_mean_the_same_to_a_parser_of_all(arguments: list[str]) -> None:
    outcomes = []
    for commands in (commands_in(arguments), COMMANDS):
        try:
            outcomes.append(vars(make_parser(commands).parse_args(arguments)))
        except SystemExit as leaving:
            outcomes.append({"status": leaving.code})
    assert outcomes[0] == outcomes[1]
