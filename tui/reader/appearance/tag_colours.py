"""Which colour a tag has: always the same one for a name, on each machine and in each place.

A colour only helps to find a tag again; the `#` before it is what says that it is one.
"""

from zlib import crc32

COLOURS = ("$tag-1", "$tag-2", "$tag-3", "$tag-4")
"""Variables of the theme: readable, and not the colour of stars and of matched words."""

_OTHERWISE = ("text-success", "text-secondary", "text-primary", "foreground")
"""What stands in for them, in a theme of Textual's; an accent is often what a warning is too."""


def colour_number(tag: str) -> int:
    """Return the place in COLOURS of a tag's colour; case makes no difference."""
    return crc32(tag.casefold().encode(errors="replace")) % len(COLOURS)


def tag_colour(tag: str) -> str:
    """Return the variable of the theme that a tag is drawn in."""
    return COLOURS[colour_number(tag)]


def with_tag_colours(variables: dict[str, str]) -> dict[str, str]:
    """Return a theme's variables with all that tags are drawn in."""
    names = (colour.removeprefix("$") for colour in COLOURS)
    return {
        name: variables[other] for name, other in zip(names, _OTHERWISE, strict=True)
    } | variables


def cut_at(text: str, tags: tuple[str, ...]) -> list[tuple[str, str]]:
    """Cut a text into pieces, each with the tag that it is, or with none.

    The tags are in the text in their order, each behind a `#`; the last ones may be missing.
    """
    pieces: list[tuple[str, str]] = []
    for tag in tags:
        before, sign, after = text.partition(f"#{tag}")
        if not sign:
            break
        pieces += [(before, ""), (sign, tag)]
        text = after
    return [piece for piece in [*pieces, (text, "")] if piece[0]]
