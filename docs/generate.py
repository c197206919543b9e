"""Pages of the documentation generated from the program: commands, keys, the manual page.

`python -m docs.generate` writes them into the folder docs of a checkout; a test fails when they are
out of date. Source of the manual page's markup: man-pages(7), groff_man(7).
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from tui.cli.commands import make_parser
from tui.cli.parser import STATUSES, subparsers_of

ONLY_PARSED = ("add", "demo", "mcp", "fetch", "merge", "sync", "rules", "watch", "notes")
"""Commands whose examples need the network, another machine or settings; no test runs them."""

VARIABLES = (
    ("PAPERS_TUI_LIBRARY", "the library's folder; --library overrides it"),
    ("PAPERS_TUI_CONFIG", "the file of settings; --config overrides it"),
    (
        "PAPERS_TUI_SYNC",
        "the folder through which machines exchange marks; overrides `sync` in the settings",
    ),
    ("NO_COLOR", "no colours if set, as with --no-color"),
    ("HF_ENDPOINT", "the address of Hugging Face, unless the settings name a mirror"),
    ("PAPERS_TUI_ARXIV", "the address of arXiv, unless the settings name a mirror"),
    (
        "SEMANTIC_SCHOLAR_API_KEY",
        "the key for Semantic Scholar, with which the watch asks for citations",
    ),
)
"""Variables of the environment, and what each sets."""

_GENERATED = "<!-- Made by `python -m docs.generate`; make changes there. -->\n\n"
_BEGIN, _END = "<!-- Made by `python -m docs.generate`: -->\n", "<!-- until here. -->\n"
"""Around the part of a page that is made, where the rest is written by hand."""

_OTHER_PLACES = {
    "export": "Naming a file to export to",
    "help": "The help",
    "menu": "A menu",
}
"""Headings of places that the help of the reader has none for."""


def pages() -> dict[str, str]:
    """Return the text of each page by its file's name."""
    return {"commands.md": commands_page(), "keys.md": keys_page(), "papers-tui.1": manual_page()}


def commands_page() -> str:
    """Return all commands with their options, in Markdown."""
    parser = make_parser()
    parts = [
        "# Commands\n",
        _GENERATED + "Data goes to standard output, messages go to standard error; `--json` prints "
        "JSON and nothing else. You can run any command while the reader is open; the reader shows "
        "the changes within a second. The options of `papers-tui` may also follow the command.\n",
        _section("papers-tui", parser, "## ", "papers-tui -q 'is:unread alignment'"),
    ]
    for names, command in _all_commands(parser):
        name = " ".join(names)
        parts.append(_section(f"papers-tui {name}", command, "#" * (len(names) + 1) + " "))
    rows = [f"| `{name}` | {words} |" for name, words in VARIABLES]
    parts.append("## Environment\n\n| variable | meaning |\n|---|---|\n" + "\n".join(rows) + "\n")
    rows = [f"| `{{{name}}}` | {words} |" for name, words in _template_fields()]
    parts.append(
        "## Templates\n\nWhat `list --format` prints for a paper. `{title:40}` fills up to 40 "
        "columns, `{upvotes:>4}` aligns to the right, `{title:.40}` cuts; dates take strftime "
        "formats, `{date:%d %b}`. `{{` and `}}` are braces, `\\t` a tab, `\\n` a new line. Without "
        "`--format` a line is `{date} {read}{star} {title} {tags}`, cut at the terminal's width.\n"
        "\n| field | what it is |\n|---|---|\n" + "\n".join(rows) + "\n"
    )
    statuses = STATUSES.replace("\n", " ").removeprefix("exit status: ")
    parts.append(f"## Exit status\n\n{statuses[0].upper()}{statuses[1:]}.\n")
    return "\n".join(parts)


def keys_page() -> str:
    """Return the page of keys: what is written by hand in it, and all keys with their ids."""
    from tui.reader.keyboard.keymap import as_written, bindings_by_id
    from tui.reader.keyboard.keys import GROUPS

    rows: dict[str, list[str]] = {}
    for name, binding in bindings_by_id().items():
        keys = " ".join(f"`{as_written(key)}`" for key in binding.key.split(","))
        row = f"| {keys} | {binding.tooltip} | `{name}` |\n"
        rows.setdefault(name.partition(".")[0], []).append(row)
    order = [*(name for name in GROUPS if name in rows), *sorted(rows.keys() - GROUPS.keys())]
    tables = "\n".join(
        f"## {GROUPS.get(name) or _OTHER_PLACES[name]}\n\n"
        f"| key | what it does | id |\n|---|---|---|\n{''.join(rows[name])}"
        for name in order
    )
    text = (Path(__file__).parent / "keys.md").read_text(encoding="utf-8")
    begin, _, rest = text.partition(_BEGIN)
    return f"{begin}{_BEGIN}\n{tables}\n{_END}{rest.partition(_END)[2]}"


def manual_page() -> str:
    """Return the manual page, for man."""
    parser = make_parser()
    lines = [
        '.\\" Made by python -m docs.generate; make changes there.',
        '.TH PAPERS-TUI 1 "" "papers-tui" "User Commands"',
        ".SH NAME", "papers-tui \\- a keyboard-driven terminal reader for research papers",
        ".SH SYNOPSIS", ".B papers-tui", "[\\fIOPTION\\fR]... [\\fICOMMAND\\fR]",
        ".SH DESCRIPTION", _roff(parser.description or ""),
        ".SH OPTIONS", *_roff_options(parser),
        ".SH COMMANDS",
    ]  # fmt: skip
    for names, command in _all_commands(parser):
        lines += [
            f".SS {_roff(_usage(' '.join(names), command))}",
            _roff(command.description or ""),
        ]
        lines += _roff_options(command)
        lines += [".PP", "Example:", ".PP", ".RS", ".EX", _roff(_example(command)), ".EE", ".RE"]
    lines.append(".SH ENVIRONMENT")
    for name, words in VARIABLES:
        lines += [".TP", f".B {name}", _roff(words)]
    lines += [".SH EXIT STATUS", _roff(STATUSES.removeprefix("exit status: ").replace("\n", " "))]
    return "\n".join(lines) + "\n"


def _section(name: str, parser: argparse.ArgumentParser, mark: str, example: str = "") -> str:
    usage = _usage(name, parser)
    only_parsed = example or name.split()[1] in ONLY_PARSED
    rows = [f"| `{names}` | {words} |" for names, words in _arguments(parser)]
    table = "\n| argument | meaning |\n|---|---|\n" + "\n".join(rows) + "\n" if rows else ""
    return (
        f"{mark}{name}\n\n{parser.description}\n\n```text\n{usage}\n```\n\n"
        f"```sh{' only-parsed' if only_parsed else ''}\n{example or _example(parser)}\n```\n{table}"
    )


def _all_commands(
    parser: argparse.ArgumentParser, before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Yield every command and its subcommands, each with the words that call it."""
    for name, command in subparsers_of(parser).items():
        yield (*before, name), command
        yield from _all_commands(command, (*before, name))


def _arguments(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Yield the arguments of a command with their meanings; shared ones only for the program."""
    shared = {"help"} if parser.prog == "papers-tui" else {"help", *_SHARED}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) or action.dest in shared:
            continue
        value = f" {action.metavar}" if action.nargs is None and action.metavar else ""
        names = [f"{name}{value}" for name in action.option_strings] or [str(action.metavar)]
        words = (action.help or "").replace("%%", "%").replace("|", "\\|")
        if words:
            yield ", ".join(names), words


_SHARED = ("library", "config", "no_color")
"""Options of the program that every command takes."""


def _usage(name: str, parser: argparse.ArgumentParser) -> str:
    """Return the usage of a command, without the options that every command takes."""
    parts = [name]
    for action in parser._actions:
        if action.dest == "help" or (action.dest in _SHARED and parser.prog != "papers-tui"):
            continue
        text = str(action.metavar or "")
        if action.option_strings:
            option = action.option_strings[-1]
            text = option if action.nargs == 0 else f"{option} {text}"
            parts.append(text if action.required else f"[{text}]")
        elif isinstance(action, argparse._SubParsersAction) or action.nargs in ("?", "*"):
            parts.append(f"[{text}{'...' if action.nargs == '*' else ''}]")
        else:
            parts.append(f"{text}{'...' if action.nargs == '+' else ''}")
    return " ".join(parts)


def _example(parser: argparse.ArgumentParser) -> str:
    return (parser.epilog or "").removeprefix("example:\n  ")


def _template_fields() -> Iterator[tuple[str, str]]:
    from tui.template import VALUES

    for name, (_, words) in VALUES.items():
        yield name, words


def _roff_options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for names, words in _arguments(parser):
        yield ".TP"
        yield f".B {_roff(names)}"
        yield _roff(words.replace("\\|", "|"))


def _roff(text: str) -> str:
    """Escape text for groff."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return re.sub(r"^\.", r"\\&.", text)


def main() -> None:
    """Write the pages of a checkout."""
    docs = Path(__file__).parent
    for name, text in pages().items():
        (docs / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
