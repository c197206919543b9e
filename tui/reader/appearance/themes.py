"""The colours of the reader: two themes made for long reading, one for terminals with few colours.

The two are calm: little chroma, a ground that is neither black nor white, and no text that stands
out by its colour but what is marked. All text on them has a contrast of 4.5 to 1 or more. The third
takes the terminal's own colours, and its ground, be that dark or light.
"""

from textual.theme import Theme

DARK = Theme(
    name="papers-dark",
    dark=True,
    background="#1b1c1e",
    surface="#222427",
    panel="#2a2c30",
    foreground="#dedad1",
    primary="#67829f",
    secondary="#7f8fa0",
    accent="#93ad97",
    success="#93ad86",
    warning="#d3b277",
    error="#d98f87",
    variables={
        "text-primary": "#b4c6da",
        "text-accent": "#a3c0a8",
        "text-warning": "#dcbd86",
        "text-error": "#e5a49d",
        "text-muted": "#a9a69e",
        "text-disabled": "#96938c",
        "tag-1": "#9dcf82",
        "tag-2": "#4dd4db",
        "tag-3": "#aab9ff",
        "tag-4": "#f0a0d5",
        "footer-key-foreground": "#dcbd86",
        "block-cursor-foreground": "#dedad1",
        "block-cursor-background": "#67829f 30%",
        "input-selection-background": "#67829f 45%",
    },
)
LIGHT = Theme(
    name="papers-light",
    dark=False,
    background="#f7f4ed",
    surface="#f0ece2",
    panel="#e7e2d6",
    foreground="#181714",
    primary="#56728f",
    secondary="#6b7783",
    accent="#4d6b50",
    success="#4d6b3f",
    warning="#7a5710",
    error="#96362f",
    variables={
        "text-primary": "#2f4d6c",
        "text-accent": "#38573c",
        "text-warning": "#704b06",
        "text-error": "#8c2f29",
        "text-muted": "#5a574f",
        "text-disabled": "#66635b",
        "tag-1": "#315d10",
        "tag-2": "#005c60",
        "tag-3": "#3f488e",
        "tag-4": "#773263",
        "footer-key-foreground": "#704b06",
        "block-cursor-foreground": "#181714",
        "block-cursor-background": "#56728f 30%",
        "input-selection-background": "#56728f 30%",
    },
)
PLAIN = Theme(
    name="papers-16",
    ansi=True,
    dark=True,
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    foreground="ansi_default",
    primary="ansi_cyan",
    secondary="ansi_cyan",
    accent="ansi_green",
    success="ansi_green",
    warning="ansi_magenta",  # yellow can't be read on white, blue not on black
    error="ansi_red",
    variables={
        "text-primary": "ansi_default",
        "tag-1": "ansi_green",
        "tag-2": "ansi_cyan",
        "tag-3": "ansi_default",
        "tag-4": "ansi_default",
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_cyan",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
        "footer-key-foreground": "ansi_magenta",
    },
)
OURS = (DARK, LIGHT, PLAIN)


def usual_theme(color_system: str | None, no_color: bool, is_light: bool = False) -> str:
    """Return the theme if none was chosen, by what the terminal can: rich's `color_system`.

    `is_light` says what the terminal's ground is.
    """
    if color_system not in ("256", "truecolor") or no_color:
        return PLAIN.name
    return LIGHT.name if is_light else DARK.name
