"""The names of all themes, known without importing Textual; a test compares them with the themes.

A theme chosen in the palette is stored in a file for the next start.
"""

from store.files.folders import state_file
from store.text.clean import clean_line
from tui.state_files import save_state

THEMES = (
    "papers-dark", "papers-light", "papers-16",
    "textual-dark", "textual-light", "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light",
    "catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato", "catppuccin-mocha", "dracula",
    "flexoki", "gruvbox", "monokai", "nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon",
    "solarized-dark", "solarized-light", "tokyo-night",
)  # fmt: skip
"""Our own come first."""
FILE = "theme"
AUTO = "auto"
"""In the settings: light or dark like the terminal."""


def follows_terminal(setting: str) -> bool:
    """Return whether the theme depends on the terminal's background."""
    return setting == AUTO or not (setting or chosen_theme())


def chosen_theme() -> str:
    """Return the theme chosen last in the palette; empty if there is none or it is unknown."""
    try:
        name = clean_line(state_file(FILE).read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return ""
    return name if name in THEMES else ""


def save_theme(name: str) -> None:
    """Store a theme for the next start; if that fails it holds only until the program ends."""
    save_state(FILE, f"{name}\n")
