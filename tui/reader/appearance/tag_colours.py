"""Which colour a tag has: always the same one for a name, on each machine and in each place.

A colour only helps to find a tag again; the `#` before it marks it as one.
"""

from zlib import crc32

COLOURS = ("$tag-1", "$tag-2", "$tag-3", "$tag-4")
"""Variables of the theme: readable, and not the colour of stars and of matched words."""

_OTHERWISE = ("text-success", "text-secondary", "text-primary", "foreground")
"""What replaces them in a theme of Textual's; there an accent often looks like a warning."""


def colour_number(tag: str) -> int:
    """Return the place in COLOURS of a tag's colour; case makes no difference."""
    return crc32(tag.casefold().encode(errors="replace")) % len(COLOURS)


def tag_colour(tag: str) -> str:
    """Return the variable of the theme that a tag is drawn in."""
    return COLOURS[colour_number(tag)]


def with_tag_colours(variables: dict[str, str]) -> dict[str, str]:
    """Return a theme's variables with the colours of tags."""
    names = (colour.removeprefix("$") for colour in COLOURS)
    return {
        name: variables[other] for name, other in zip(names, _OTHERWISE, strict=True)
    } | variables


def cut_at(text: str, tags: tuple[str, ...]) -> list[tuple[str, str]]:
    """Cut a text into pieces: tags, each with its name, and what is between them, with "".

    The tags are in the text in their order, each after a `#`; the last ones may be missing.
    """
    pieces: list[tuple[str, str]] = []
    for tag in tags:
        before, sign, after = text.partition(f"#{tag}")
        if not sign:
            break
        pieces += [(before, ""), (sign, tag)]
        text = after
    return [piece for piece in [*pieces, (text, "")] if piece[0]]
