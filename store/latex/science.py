r"""Read numbers, units and chemical formulas: `\SI{10}{\kelvin}`, `\num{1e6}`, `\ce{H2O}`.

Sources: the manuals of siunitx (versions 2 and 3) and mhchem.
"""

import re
from collections.abc import Callable

from store.latex.source import Source
from store.latex.tex_commands import script

GROUPS = {
    "ce": 1, "cf": 1, "ch": 1, "num": 1, "si": 1, "unit": 1, "ang": 1, "SI": 2, "qty": 2,
    "numrange": 2, "SIrange": 3, "qtyrange": 3,
}  # fmt: skip
"""The commands, and how many groups each has."""

_FORMULAS = ("ce", "cf", "ch")
_PREFIXES = {
    "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p", "nano": "n", "micro": "µ",
    "milli": "m", "centi": "c", "deci": "d", "deca": "da", "hecto": "h", "kilo": "k", "mega": "M",
    "giga": "G", "tera": "T", "peta": "P", "exa": "E", "zetta": "Z", "yotta": "Y",
}  # fmt: skip
_UNITS = {
    "metre": "m", "meter": "m", "gram": "g", "second": "s", "ampere": "A", "kelvin": "K",
    "mole": "mol", "candela": "cd", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J",
    "watt": "W", "volt": "V", "ohm": "Ω", "farad": "F", "tesla": "T", "weber": "Wb", "henry": "H",
    "coulomb": "C", "siemens": "S", "lumen": "lm", "lux": "lx", "becquerel": "Bq", "gray": "Gy",
    "sievert": "Sv", "celsius": "°C", "degreeCelsius": "°C", "degree": "°", "arcminute": "′",
    "arcsecond": "″", "percent": "%", "electronvolt": "eV", "eV": "eV", "angstrom": "Å",
    "litre": "L", "liter": "L", "hour": "h", "minute": "min", "day": "d", "tonne": "t",
    "dalton": "Da", "decibel": "dB", "byte": "B", "parsec": "pc", "radian": "rad",
    "steradian": "sr", "um": "µm", "us": "µs", "uA": "µA", "uW": "µW", "ug": "µg", "uL": "µL",
    "astronomicalunit": "au", "lightyear": "ly", "hectare": "ha", "atomicmassunit": "u",
}  # fmt: skip
_POWERS = {"squared": "²", "cubed": "³", "square": "²", "cubic": "³"}
_UNIT = re.compile(r"\\([A-Za-z]+)(?:\s*\{([^{}]*)\})?|([.~])|\^\{?([-+\d]+)\}?|([^\\.~^\s]+)")
_EXPONENT = re.compile(r"(?P<digits>[\d.,]*)\s*[eEdD](?P<power>[-+]?\d+)")
_CHARGE = re.compile(r"\^\{?(\d*[-+]|[-+]\d*)\}?|(?<=[A-Za-z0-9)\]])([-+])(?=\s|$|\))")
_RAISED = re.compile(r"\^(?:\{([^{}]*)\}|(\d+|\w))")
_LOWERED = re.compile(r"_(?:\{([^{}]*)\}|(\d+|\w))|(?<=[A-Za-z)\]])(\d+)")
_ARROWS = (("<=>", "⇌"), ("<->", "↔"), ("->", "→"), ("<-", "←"), ("*", "·"))


def read_science(
    source: Source, name: str, at: int, end: int, read: Callable[[int, int], str]
) -> tuple[str, int] | None:
    """Return what a command of GROUPS stands for, and where to read on; None without its groups.

    `read` returns the text between two places with its markup read.
    """
    if source.text.startswith("[", at):
        at = max(source.text.find("]", at, end), at) + 1
    raw: list[str] = []
    for _ in range(GROUPS[name]):
        group = source.braced(at, end)
        if group is None:
            return None
        raw.append(source.text[group.start : group.end])
        if "\\" in raw[-1] and name in _FORMULAS:
            raw[-1] = read(group.start, group.end)
        at = group.after
    if name in _FORMULAS:
        return _chemistry(raw[0]), at
    match name:
        case "ang":
            return _number(raw[0]) + "°", at
        case "num" | "numrange":
            return "–".join(map(_number, raw)), at
    *numbers, unit = raw
    shown = _unit(unit)
    space = "" if shown in ("°", "%", "′", "″") or not numbers else " "
    return "–".join(map(_number, numbers)) + space + shown, at


def _number(text: str) -> str:
    """Return a number as readers see it: 1×10⁶."""
    text = " ".join(text.replace("+-", "±").replace(r"\pm", "±").split())
    exponent = _EXPONENT.fullmatch(text)
    if not exponent:
        return text
    times = f"{exponent['digits']}×" if exponent["digits"] else ""
    return f"{times}10{script('^', exponent['power'].lstrip('+'))}"


def _unit(text: str) -> str:
    shown = power = ""
    apart = ""
    for command, argument, product, exponent, plain in _UNIT.findall(text):
        if command in ("square", "cubic"):
            power = _POWERS[command]
        elif command == "per":
            apart = "/"
        elif command in _POWERS:
            shown += _POWERS[command]
        elif exponent or command in ("tothe", "raiseto"):
            shown += script("^", exponent or argument)
        elif product:
            apart = apart or " "
        elif command in _PREFIXES:
            shown, apart = shown + apart + _PREFIXES[command], ""
        else:
            # Units are set apart; only a prefix stands directly before its unit.
            shown += apart + (_UNITS.get(command, command) if command else plain) + power
            power, apart = "", " "
    return shown


def _chemistry(text: str) -> str:
    for arrow, sign in _ARROWS:
        text = text.replace(arrow, sign)
    text = _CHARGE.sub(lambda match: script("^", match[1] or match[2]), text)
    text = _RAISED.sub(lambda match: script("^", match[1] or match[2] or ""), text)
    text = _LOWERED.sub(lambda match: script("_", match[1] or match[2] or match[3] or ""), text)
    return text.replace("{", "").replace("}", "")
