"""Pictures for tests, and what a terminal makes of them."""

import io
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator

import pytest

from store.fulltext.pictures import missing_extra

needs_pictures = pytest.mark.skipif(bool(missing_extra()), reason="the extra is not installed")

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def halves(width: int, height: int, form: str = "PNG") -> bytes:
    """Return a picture whose left half is red and whose right half is blue."""
    from PIL import Image

    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return encoded(picture, form)


def slope(width: int, height: int) -> bytes:
    """Return a red picture whose right half is blue below a diagonal."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (width, height), RED)
    corners = [(width, 0), (width, height), (width // 2, height)]
    ImageDraw.Draw(picture).polygon(corners, fill=BLUE)
    return encoded(picture)


def encoded(picture: object, form: str = "PNG", **options: object) -> bytes:
    """Return a picture of Pillow's as the bytes of a file."""
    file = io.BytesIO()
    picture.save(file, form, **options)  # type: ignore[attr-defined]
    return file.getvalue()


COMMAND = re.compile(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\")


def kitty_pixels(sent: str) -> tuple[dict[str, str], bytes]:
    """Return the keys of the command that places a picture, and the pixels that it has."""
    commands = [
        (dict(pair.split("=") for pair in keys.split(",") if pair), data)
        for keys, data in COMMAND.findall(sent)
    ]
    begun = next(index for index, (keys, _) in enumerate(commands) if keys.get("a") == "T")
    pieces = commands[begun:]
    assert all(len(data) <= 4_096 for _, data in pieces)
    assert [keys["m"] for keys, _ in pieces] == ["1"] * (len(pieces) - 1) + ["0"]
    return pieces[0][0], zlib.decompress(b64decode("".join(data for _, data in pieces)))


def sixel_pixels(sent: str) -> Iterator[list[tuple[int, int, int]]]:
    """Yield the rows of pixels that a terminal draws of a sixel sequence, levels in percent."""
    found = re.fullmatch(r'\x1bP[\d;]*q"1;1;(\d+);(\d+)(.*)\x1b\\', sent, re.DOTALL)
    assert found
    width, height = int(found[1]), int(found[2])
    rows = [[(-1, -1, -1)] * width for _ in range(-(-height // 6) * 6)]
    colours: dict[int, tuple[int, int, int]] = {}
    across, top, colour = 0, 0, (-1, -1, -1)
    for token in re.finditer(r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)(.)|([?-~])|([$-])", found[3]):
        number, *levels, count, repeated, once, control = token.groups()
        if number and levels[0] is not None:
            colours[int(number)] = (int(levels[0]), int(levels[1]), int(levels[2]))
        elif number:
            colour = colours[int(number)]
        elif control:
            across, top = 0, top + 6 * (control == "-")
        else:
            sixel = ord(repeated or once) - ord("?")
            for column in range(across, across + int(count or 1)):
                for bit in range(6):
                    if sixel >> bit & 1:
                        rows[top + bit][column] = colour
            across += int(count or 1)
    yield from rows[:height]
