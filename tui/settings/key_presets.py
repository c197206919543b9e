"""Keys by the ids of their actions: the table of the settings, and presets.

It imports no Textual: commands read the settings without it. See docs/keys.md.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from tui.settings.key_layouts import LAYOUT, read_layout

Keys: TypeAlias = Mapping[str, str]
"""Keys separated by commas, by the id of their action; an empty text for none."""

PRESET = "preset"
"""The name of the option that chooses a preset."""

PRESETS: Mapping[str, Keys] = {
    "vim": {
        "filter.elsewhere": "ctrl+s",
        "list.half_down": "ctrl+d,ctrl+f,pagedown",
        "list.half_up": "ctrl+u,ctrl+b,pageup",
        "list.next_day": "],}",
        "list.previous_day": "[,{",
        "mark.select_range": "v,V",
        "paper.scroll_down": "J,ctrl+e",
        "paper.scroll_up": "K,ctrl+y",
        "paper.back": "escape,h,ctrl+o",
        "app.palette": "ctrl+p,:",
        "detail.back": "escape,h,ctrl+o",
        "detail.half_down": "space,ctrl+d,ctrl+f,pagedown",
        "detail.half_up": "ctrl+u,ctrl+b,pageup",
        "text.down": "j,down,ctrl+e",
        "text.up": "k,up,ctrl+y",
        "text.page_down": "pagedown,ctrl+f",
        "text.page_up": "pageup,ctrl+b",
        "text.next_heading": "],}",
        "text.previous_heading": "[,{",
        "text.jump_back": "backspace",
        "text.close": "escape,h,q,ctrl+o",
        "triage.half_down": "space,ctrl+d,ctrl+f,pagedown",
        "triage.half_up": "ctrl+u,ctrl+b,pageup",
        "triage.close": "escape,h,q,ctrl+o",
        "side.half_down": "ctrl+d,ctrl+f,pagedown",
        "side.half_up": "ctrl+u,ctrl+b,pageup",
        "side.close": "escape,h,b,ctrl+o",
        "help.half_down": "space,ctrl+d,ctrl+f,pagedown",
        "help.half_up": "ctrl+u,ctrl+b,pageup",
    },
    "newsboat": {
        "mark.read": "N",
        "mark.note": "ctrl+n",
        "app.fetch": "r,R",
        "filter.elsewhere": "ctrl+s",
        "list.half_down": "ctrl+d,ctrl+f,pagedown",
        "list.half_up": "ctrl+u,ctrl+b,pageup",
        "paper.back": "q,escape,h",
        "detail.back": "q,escape,h",
        "app.quit": "Q",
        "text.half_down": "space,ctrl+d,ctrl+f",
        "text.half_up": "b,ctrl+u,ctrl+b",
        "triage.half_down": "space,ctrl+d,ctrl+f,pagedown",
        "triage.half_up": "b,ctrl+u,pageup",
        "side.half_down": "ctrl+d,ctrl+f,pagedown",
        "side.close": "q,escape,h,b",
        "help.half_down": "space,ctrl+d,ctrl+f,pagedown",
    },
}


def read_keys(value: object) -> dict[str, str]:
    """Return the keys of the setting: those of a preset, or a table of keys and perhaps a preset.

    Nested tables make longer names, so `mark.star = "x"` needs no quotes. Raises ValueError with
    what is wrong, and the names that lead there.
    """
    keys = dict(_flat(value, ())) if isinstance(value, dict) else {PRESET: value}
    for name, each in keys.items():
        where = (name,) if isinstance(value, dict) else ()
        if not isinstance(each, str):
            raise ValueError(f'{name} takes keys in quotes, such as "x" or "x,ctrl+s"', *where)
    preset = keys.get(PRESET)
    if preset is not None and preset not in PRESETS:
        where = (PRESET,) if isinstance(value, dict) else ()
        from store.text.messages import choices

        raise ValueError(f"there is no preset {preset!r}; {choices(str(preset), PRESETS)}", *where)
    if LAYOUT in keys:
        try:
            read_layout(str(keys[LAYOUT]))
        except ValueError as error:
            raise ValueError(str(error), LAYOUT) from error
    return {name: str(each) for name, each in keys.items()}


def _flat(table: Mapping[str, object], path: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, (*path, name))
        else:
            yield ".".join((*path, name)), value
