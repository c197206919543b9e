"""The parser of the command line knows no more commands than it needs, and never fewer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.cli.options import ADDERS
from tui.cli.parser import commands_in, make_parser

NEEDED: dict[str, list[str]] = {
    "": [],
    "-q list": [],
    "--library list --no-color --config=a": [],
    "list is:unread": ["list"],
    "--library a list mark": ["list"],
    "--library=a --no-color tags rename a b": ["tags"],
    "nonsense list": [*ADDERS],
    "--help": [*ADDERS],
    "-qlist list": [*ADDERS],
    "--lib a list": [*ADDERS],
}


@pytest.mark.parametrize(("line", "commands"), NEEDED.items(), ids=NEEDED.keys())
def test_commands_are_those_that_the_arguments_need(line: str, commands: list[str]) -> None:
    assert list(commands_in(line.split())) == commands


WORDS = ("-q", "--library", "--config=a", "--no-color", "--lib", "list", "tags", "undo", "a", "--")


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 4)
@given(st.lists(st.sampled_from(WORDS), max_size=5))
def test_arguments_mean_the_same_to_a_parser_of_all(arguments: list[str]) -> None:
    outcomes = []
    for commands in (commands_in(arguments), ADDERS):
        try:
            outcomes.append(vars(make_parser(commands).parse_args(arguments)))
        except SystemExit as leaving:
            outcomes.append({"status": leaving.code})
    assert outcomes[0] == outcomes[1]
