"""Which keys do what, where the settings say it: checked by name, then put into the bindings.

An action is known by the id of its binding; the ids and keys of all are in docs/keys.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from string import punctuation
from typing import TypeAlias

from textual.app import App
from textual.binding import Binding, BindingsMap, BindingType
from textual.dom import DOMNode
from textual.keys import Keys as TextualKeys
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from store.errors import PapersError
from store.text.clean import clean_line
from store.text.messages import meant
from tui.reader.keyboard.keys import (
    APP_KEYS,
    CONTENTS_KEYS,
    DETAIL_KEYS,
    EXPORT_KEYS,
    FIGURE_KEYS,
    FILTER_KEYS,
    FOLLOW_KEYS,
    HELP_KEYS,
    KEYS,
    MENU_KEYS,
    NOTE_KEYS,
    OUTPUT_KEYS,
    SAVE_KEYS,
    SEARCH_KEYS,
    SIDE_KEYS,
    TAG_KEYS,
    TEXT_KEYS,
    TRIAGE_KEYS,
    TYPING_IDS,
)
from tui.settings.commands import OwnCommand
from tui.settings.config import Config, read_file
from tui.settings.key_layouts import LAYOUT
from tui.settings.key_presets import PRESET, PRESETS, Keys

SAME_IN_A_TERMINAL = {
    "ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape",
}  # fmt: skip
"""Keys that a terminal can't tell from another."""
OTHER_NAMES = {
    "esc": "escape", "return": "enter", "del": "delete", "pgdn": "pagedown", "pgup": "pageup",
    "ins": "insert",
}  # fmt: skip
MODIFIERS = ("ctrl", "alt", "shift")

Own: TypeAlias = tuple[OwnCommand, ...]


class WrongKeysError(PapersError):
    """The keys in the settings can't be used."""

    status = 2

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.name = name
        """The entry in the table of keys that is wrong."""


def checked_keys(keys: Keys, commands: Own = ()) -> dict[str, tuple[str, ...]]:
    """Return the keys of each action that has others than by default, of own commands too.

    Raises WrongKeysError for an id or a key that does not exist, and for a key that has two
    meanings in one place.
    """
    keys = {**{each.action_id: each.key for each in commands if each.key.strip()}, **keys}
    wanted = {**PRESETS.get(keys.get(PRESET, ""), {}), **keys}
    wanted.pop(PRESET, None)
    wanted.pop(LAYOUT, None)
    known = bindings_by_id(commands)
    changed: dict[str, tuple[str, ...]] = {}
    for name, text in wanted.items():
        if name not in known:
            raise WrongKeysError(_unknown(name, known), name)
        changed[name] = tuple(dict.fromkeys(_key_names(name, text)))
        typed = [key for key in changed[name] if any(map(str.isprintable, signs((key,))))]
        if typed and name in TYPING_IDS:
            key = as_written(typed[0])
            raise WrongKeysError(f"{name}: {key} types text there; use one such as ctrl+x", name)
    for bindings in tables(commands):
        _check_clashes(bindings, changed, keys)
    return changed


def check_keys(config: Config, file: Path | None = None) -> None:
    """Raise ConfigError if the keys in a file of settings can't be used."""
    if not (config.keys or config.commands):
        return
    try:
        checked_keys(config.keys, config.commands)
    except WrongKeysError as error:
        written = read_file(file)
        for command in config.commands:
            if command.action_id == error.name and error.name not in config.keys:
                place = ("commands", str(command.number), "key")
                raise written.error_at(f"commands: {error}", *place) from error
        lines = (["keys", error.name], ["keys", *error.name.split(".")], ["keys"])
        where = next((keys for keys in lines if written.line_of(*keys)), ["keys"])
        raise written.error(f"keys: {error}", *where) from error


def remapped(bindings: BindingsMap, changed: Mapping[str, tuple[str, ...]]) -> BindingsMap:
    """Return bindings in their order with the keys of some actions changed."""
    keys: dict[str, list[Binding]] = {}
    done: set[str] = set()
    for key, binding in bindings:
        if not binding.id or binding.id not in changed:
            shown = _display(binding, bindings, changed)
            keys.setdefault(key, []).append(binding.with_key(key, shown))
        elif binding.id not in done:
            done.add(binding.id)
            for name in changed[binding.id]:
                shown = _display(binding, bindings, changed)
                keys.setdefault(name, []).append(binding.with_key(name, shown))
    return BindingsMap.from_keys(keys)


def own_bindings(commands: Iterable[OwnCommand]) -> list[Binding]:
    """Return a binding for each of the user's own commands.

    Its key is a name that no key has, until the settings are applied; a command without a key is
    only in the palette.
    """
    return [
        Binding(
            f"own-command-{each.number}" if each.key.strip() else "",
            f"run_command({each.number})",
            each.name,
            tooltip=each.name,
            id=each.action_id,
            show=False,
        )
        for each in commands
    ]


@cache
def tables(commands: Own = ()) -> list[BindingsMap]:
    """Return the bindings of each place that takes keys, those of Textual's own included."""
    from textual.widgets import Input

    own = [each for each in own_bindings(commands) if each.key]
    places: tuple[tuple[list[BindingType], type[DOMNode]], ...] = (
        (APP_KEYS, App), ([*KEYS, *own], Screen), (DETAIL_KEYS, Widget),
        (FILTER_KEYS, Input), (SEARCH_KEYS, Input), (SIDE_KEYS, Widget), (TEXT_KEYS, Screen),
        (TRIAGE_KEYS, Screen),
        (CONTENTS_KEYS, ModalScreen),
        (FIGURE_KEYS, ModalScreen),
        (TAG_KEYS, ModalScreen), (NOTE_KEYS, ModalScreen), (SAVE_KEYS, ModalScreen),
        (EXPORT_KEYS, ModalScreen), (FOLLOW_KEYS, ModalScreen), (MENU_KEYS, ModalScreen),
        (OUTPUT_KEYS, ModalScreen),
        (HELP_KEYS, ModalScreen),
    )  # fmt: skip
    return [_with_those_of(base, table) for table, base in places]


def _with_those_of(base: type[DOMNode], table: list[BindingType]) -> BindingsMap:
    """Return a table with the bindings of Textual's class below it, as the class has them."""
    found = {} if base._merged_bindings is None else dict(base._merged_bindings.key_to_bindings)
    found |= BindingsMap(table).key_to_bindings
    return BindingsMap.from_keys(found)


def bindings_by_id(commands: Own = ()) -> dict[str, Binding]:
    """Return a binding of each id, keys with commas between them."""
    found: dict[str, Binding] = {}
    for bindings in tables(commands):
        names: dict[str, list[str]] = {}
        for key, binding in bindings:
            if binding.id:
                names.setdefault(binding.id, []).append(key)
                found[binding.id] = binding
        for name, keys in names.items():
            found[name] = found[name].with_key(",".join(keys))
    return found


def key_name(text: str) -> str | None:
    """Return the name Textual has for a key, None if there is no such key."""
    text = text.strip()
    *modifiers, key = text.split("+") if text not in ("+", "") else (text,)
    modifiers = [each.strip().casefold() for each in modifiers]
    if any(each not in MODIFIERS for each in modifiers):
        return None
    key = key.strip()
    if len(key) == 1 and key.isprintable() and not key.isspace():
        if key.isalpha() and "shift" in modifiers and "ctrl" not in modifiers:
            modifiers.remove("shift")
            key = key.upper()
        elif key.isalpha() and modifiers:
            key = key.lower()
        name = key if key.isalnum() else _sign_name(key)
    else:
        name = OTHER_NAMES.get(key.casefold(), key.casefold())
        if name not in _named_keys():
            return None
    order = [each for each in MODIFIERS if each in modifiers]
    name = "+".join([*order, name])
    return SAME_IN_A_TERMINAL.get(name, name)


def as_written(key: str) -> str:
    """Return a key as it would be written in the settings."""
    *modifiers, name = key.split("+")
    signs = {_sign_name(sign): sign for sign in punctuation if sign != ","}
    return "+".join([*modifiers, signs.get(name, name)])


def signs(keys: tuple[str, ...]) -> list[str]:
    """Return the characters that keys type, of those that type one."""
    typed = {"enter": "\n", "space": " ", "comma": ","}
    shown = [typed.get(key, as_written(key)) for key in keys]
    return [each for each in shown if len(each) == 1]


def _key_names(action: str, text: str) -> Iterator[str]:
    """Yield the names of keys with commas between them; none of an empty text."""
    for each in text.split(",") if text.strip() else ():
        name = key_name(each)
        if name is None:
            shown = clean_line(each.strip()) or "there is nothing between two commas"
            raise WrongKeysError(
                f"{action}: there is no key {shown}; keys are x, X, ctrl+x, f5, enter, comma …",
                action,
            )
        yield name


def _check_clashes(
    bindings: BindingsMap, changed: Mapping[str, tuple[str, ...]], given: Keys
) -> None:
    """Raise WrongKeysError if a key that was given has another meaning in the same place."""
    reserved = dict(remapped(tables()[0], changed))
    before = {(key, binding.id) for key, binding in bindings}
    owners: dict[str, Binding] = {}
    for key, binding in sorted(remapped(bindings, changed), key=lambda each: each[1].id in changed):
        if binding.id not in changed:
            owners.setdefault(key, binding)
            continue
        other = owners.get(key) or reserved.get(key)
        if other and other.id != binding.id and (other.id or (key, binding.id) not in before):
            culprit, rival = binding, other
            if culprit.id not in given and rival.id in given:
                culprit, rival = rival, culprit
            name = rival.id or "the program itself"
            word = f" ({rival.description})" if rival.description else ""
            preset = "" if culprit.id in given else f" of the preset {given[PRESET]}"
            raise WrongKeysError(
                f"{culprit.id}{preset}: {as_written(key)} is the key of {name}{word}; "
                "one of them needs another",
                str(culprit.id) if culprit.id in given else PRESET,
            )
        owners[key] = binding


def _display(
    binding: Binding, bindings: BindingsMap, changed: Mapping[str, tuple[str, ...]]
) -> str | None:
    """Return how the key of a binding is shown; if the footer has two as one, as j/k, both."""
    if "/" not in (binding.key_display or ""):
        return None if binding.id in changed else binding.key_display
    name = binding.id or ""
    names = (name, name.replace(".down", ".up").replace(".next_", ".previous_"))
    if not changed.keys() & names:
        return binding.key_display
    first: dict[str | None, str | None] = {each.id: key for key, each in reversed(list(bindings))}
    first |= {each: keys[0] if keys else None for each, keys in changed.items()}
    return "/".join(as_written(key) for each in names if (key := first.get(each)))


def _unknown(name: str, known: Mapping[str, Binding]) -> str:
    same = [each for each in known if each.partition(".")[0] == name.partition(".")[0]]
    hint = meant(name, known) or (
        f"did you mean {' or '.join(same[:6])}?" if same else "docs/keys.md has all"
    )
    return f"there is no action {clean_line(name)}; {hint}"


@cache
def _named_keys() -> frozenset[str]:
    signs = {_sign_name(sign) for sign in punctuation}
    return frozenset({each.value for each in TextualKeys if each.value.isalnum()} | signs)


def _sign_name(sign: str) -> str:
    from textual.keys import _character_to_key

    return _character_to_key(sign)
