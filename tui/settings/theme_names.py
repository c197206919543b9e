"""The names of all themes, for where Textual is not imported; a test holds them to what is there.

A theme chosen in the palette is kept for the next start in a file of its own.
"""

from store.files.folders import state_file
from store.text.clean import clean_line
from tui.state_files import keep_state

THEMES = (
    "papers-dark", "papers-light", "papers-16",
    "textual-dark", "textual-light", "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light",
    "catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato", "catppuccin-mocha", "dracula",
    "flexoki", "gruvbox", "monokai", "nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon",
    "solarized-dark", "solarized-light", "tokyo-night",
)  # fmt: skip
"""Ours first."""
FILE = "theme"
AUTO = "auto"
"""In the settings: light or dark as the terminal is."""


def follows_terminal(setting: str) -> bool:
    """Return whether the theme depends on the terminal's ground, by what the settings say."""
    return setting == AUTO or not (setting or chosen_theme())


def chosen_theme() -> str:
    """Return the theme chosen last in the palette; empty if none was, or it is unknown."""
    try:
        name = clean_line(state_file(FILE).read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return ""
    return name if name in THEMES else ""


def keep_theme(name: str) -> None:
    """Keep a theme for the next start; if that can't be written it holds for this one."""
    keep_state(FILE, f"{name}\n")
