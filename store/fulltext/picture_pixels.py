"""Print the pixels of a picture: a program of its own, started by store.fulltext.pictures.

A hostile picture may take all memory or time, or crash the library that decodes it: only this
program ends then. The picture is read from standard input. The arguments are the width and height
of the box that it has to fit into, and its number of colours, 0 for any. Printed are a line with
width, height and number of colours, then the colours, then the pixels: three bytes each, or one
with a number of colours. Transparent parts become white, as figures are drawn for paper.
"""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # an extra, which only this program needs
    from PIL import Image

MEMORY = 280_000_000
"""Most bytes of memory."""
SECONDS = 2
"""Most CPU time."""
MOST_PIXELS = 20_000_000
MOST_ENLARGED = 4
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
DAMAGED, TOO_LARGE = 1, 2
"""Exit statuses."""


def main(width: int, height: int, colours: int) -> int:
    """Print a picture that fits into a box."""
    import resource
    import warnings

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(sys.stdin.buffer, formats=FORMATS) as picture:
            fitted = _fitted(picture, width, height)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return TOO_LARGE
    palette = b""
    if colours:
        fitted = fitted.quantize(colours, dither=Image.Dither.NONE)
        palette = bytes(fitted.getpalette() or ())[: 3 * colours]
    head = f"{fitted.width} {fitted.height} {len(palette) // 3}\n"
    sys.stdout.buffer.write(head.encode() + palette + fitted.tobytes())
    return 0


def _fitted(picture: "Image.Image", width: int, height: int) -> "Image.Image":
    from PIL import Image

    scale = min(width / picture.width, height / picture.height, MOST_ENLARGED)
    size = max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)
    picture.draft(None, size)  # a JPEG is decoded no larger than needed
    whole: Image.Image = picture
    if whole.mode.startswith("I"):  # 16 bits a pixel, which conversion would clip
        whole = whole.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if whole.has_transparency_data:
        whole = whole.convert("RGBA")
    elif whole.mode not in ("L", "RGB"):
        whole = whole.convert("RGB")
    whole = whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if whole.mode == "RGBA":
        paper = Image.new("RGB", size, "white")
        paper.paste(whole, mask=whole.getchannel("A"))
        return paper
    return whole.convert("RGB")


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
