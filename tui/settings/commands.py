"""The tables `[[commands]]` and `[hooks]` of the settings: the user's own programs."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tui.settings.tables import WrongValueError, check_options

INPUTS = ("none", "json", "bibtex", "markdown", "text")
"""The kinds of standard input for a command."""
WHICH = ("paper", "selection", "shown")
"""The papers that a command can run on."""
OUTPUTS = ("popup", "terminal", "message", "note", "tags", "none")
"""What can be done with the output of a command."""
USUAL_SECONDS = 300.0
"""How long a command may take while the user waits."""
HOOK_SECONDS = 60.0
LONGEST = 86_400.0
"""A day: the longest timeout."""
NAME_LIMIT = 40
EVENTS = ("on_new", "on_star", "on_note")
MORE_NAMES = ("text", "file")
"""Placeholders in addition to those of `list --format`: the full text, and the file of the PDF."""


@dataclass(frozen=True, slots=True)
class OwnCommand:
    """The user's own command."""

    name: str
    run: tuple[str, ...]
    """The program and its arguments with placeholders, or one line for a shell."""
    key: str = ""
    """Keys separated by commas; empty if it has none."""
    stdin: str = "none"
    on: str = "paper"
    output: str = "message"
    timeout: float | None = USUAL_SECONDS
    """Seconds; None for no limit."""
    shell: bool = False
    number: int = 0
    """Its place in the settings, from 1."""
    where: str = ""
    """File and line."""

    @property
    def action_id(self) -> str:
        """Its id for keys and help."""
        return f"command.{self.name}"

    def __str__(self) -> str:
        """The command in one line, for the list of settings."""
        return f"{self.name}: {self.run[0] if self.shell else shlex.join(self.run)}"


@dataclass(frozen=True, slots=True)
class Hooks:
    """The programs that run at each event; empty if none does."""

    on_new: tuple[str, ...] = ()
    on_star: tuple[str, ...] = ()
    on_note: tuple[str, ...] = ()
    timeout: float = HOOK_SECONDS

    def __bool__(self) -> bool:
        return bool(self.on_new or self.on_star or self.on_note)


NO_HOOKS = Hooks()


def read_commands(tables: object) -> tuple[OwnCommand, ...]:
    """Return the commands of the tables; WrongValueError if one is wrong."""
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        example = 'such as [[commands]], name = "summary" and run = ["llm", "-s", "sum up"]'
        raise WrongValueError(f"commands takes tables, {example}")
    commands = [_command(table, number) for number, table in enumerate(tables, 1)]
    names: set[str] = set()
    for each in commands:
        if each.name in names:
            raise WrongValueError(f"two commands have the name {each.name}", str(each.number))
        names.add(each.name)
    return tuple(commands)


def read_hooks(table: object) -> Hooks:
    """Return the hooks of the table; WrongValueError if it is wrong."""
    if not isinstance(table, dict):
        raise WrongValueError('hooks takes a table, such as [hooks] and on_star = ["my-program"]')
    check_options(table, (*EVENTS, "timeout"), "hooks")
    programs = {}
    for event in EVENTS:
        if event in table:
            programs[event] = _argv(table[event], f"hooks: {event}", event)
    return Hooks(**programs, timeout=_seconds(table, HOOK_SECONDS, "hooks") or HOOK_SECONDS)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a command, and its name in errors."""

    options: Mapping[str, object]
    name: str
    number: int = field(default=0)

    def choice(self, option: str, choices: Sequence[str], usual: str) -> str:
        value = self.options.get(option, usual)
        if value not in choices:
            raise self.error(f"{option} takes {', '.join(choices[:-1])} or {choices[-1]}", option)
        return str(value)

    def error(self, message: str, option: str) -> WrongValueError:
        return WrongValueError(f"{self.name}: {message}", str(self.number), option)


def _command(options: Mapping[str, object], number: int) -> OwnCommand:
    name = options.get("name")
    table = _Table(options, f"command {number}", number)
    if not isinstance(name, str) or not name.strip():
        raise table.error('it needs a name, such as name = "summary"', "name")
    if len(name) > NAME_LIMIT or not name.isprintable() or name != name.strip():
        most = f"a name is one line of at most {NAME_LIMIT} characters, without spaces around it"
        raise table.error(most, "name")
    table = _Table(options, f"command {name}", number)
    check_options(
        options, ("key", "name", "run", "stdin", "on", "output", "timeout", "shell"), table.name
    )
    key, shell = options.get("key", ""), options.get("shell", False)
    if not isinstance(key, str):
        raise table.error('key takes keys in quotes, such as key = "ctrl+x"', "key")
    if not isinstance(shell, bool):
        raise table.error("shell takes true or false", "shell")
    output = table.choice("output", OUTPUTS, "message")
    waited_for = output not in ("terminal", "none")
    try:
        if shell:
            run = _line(options.get("run"), f"{table.name}: run")
        else:
            run = _argv(options.get("run"), f"{table.name}: run", "run")
        _check_placeholders(run, f"{table.name}: run", shell)
        timeout = _seconds(options, USUAL_SECONDS if waited_for else None, table.name)
    except WrongValueError as error:
        raise WrongValueError(str(error), str(number), *error.keys[-1:]) from error
    return OwnCommand(
        name,
        run,
        key,
        table.choice("stdin", INPUTS, "none"),
        table.choice("on", WHICH, "paper"),
        output,
        timeout,
        shell,
        number,
    )


def _argv(value: object, where: str, option: str) -> tuple[str, ...]:
    """Return a program and its arguments, from a list or a line as in a shell."""
    if isinstance(value, str):
        try:
            value = shlex.split(value)
        except ValueError as error:
            raise WrongValueError(f"{where}: {error}", option) from error
    fits = isinstance(value, list) and all(isinstance(w, str) and "\0" not in w for w in value)
    if not fits or not value:
        takes = 'a program and its arguments, such as ["zathura", "{file}"]'
        raise WrongValueError(f"{where} takes {takes}", option)
    assert isinstance(value, list)
    if not value[0].strip() or "{" in value[0]:
        raise WrongValueError(f"{where} begins with the name of a program", option)
    return tuple(value)


def _line(value: object, where: str) -> tuple[str, ...]:
    """Return a line for a shell."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise WrongValueError(
            f'{where} takes a line if shell = true, such as "echo {{id}} >> list.txt"', "run"
        )
    return (value,)


def _check_placeholders(run: Sequence[str], where: str, shell: bool) -> None:
    """Raise WrongValueError if a placeholder is unknown, or inside quotes."""
    from store.errors import QueryError
    from tui.programs.shell_line import quoted_placeholder
    from tui.template import template_of

    more = dict.fromkeys(MORE_NAMES, lambda paper, marks: "")
    for word in run:
        try:
            template_of(word, where, more)
        except QueryError as error:
            raise WrongValueError(str(error), "run") from error
    if shell and (name := quoted_placeholder(run[0])):
        raise WrongValueError(
            f"{where}: {{{name}}} is inside quotes; it is quoted already, remove them",
            "run",
        )


def _seconds(table: Mapping[str, object], usual: float | None, where: str) -> float | None:
    value = table.get("timeout", usual)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= LONGEST:
        takes = f"seconds up to {LONGEST:,.0f}, such as timeout = 60"
        raise WrongValueError(f"{where}: timeout takes {takes}", "timeout")
    return float(value)
