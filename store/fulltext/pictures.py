"""The pictures of papers: which may be fetched, those that are stored, and their pixels.

Decoding needs the extra `papers-tui[images]` (Pillow).
"""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from store.errors import PapersError
from store.fetching.addresses import host_of
from store.fetching.sources import Mirrors
from store.files.disk import DISK, Disk
from store.fulltext.texts import file_name, make_folder, read_file, write_file

FOLDER = "pictures"
"""Their folder, in the folder of texts."""
MOST_BYTES = 10_000_000
"""Most bytes of a fetched picture; a figure has a hundredth."""
PATIENCE = 20.0
"""Seconds to wait on a busy machine; the work itself may take fewer."""

_ARXIV = Mirrors().arxiv
_SIGNS = (
    ("PNG", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("JPEG", re.compile(rb"\xff\xd8\xff")),
    ("GIF", re.compile(rb"GIF8[79]a")),
    ("WebP", re.compile(rb"RIFF....WEBP", re.DOTALL)),
)
_SVG = re.compile(rb"\s*+(?:<[?!][^>]*+>\s*+)*+<svg\b", re.IGNORECASE)


class PictureError(PapersError):
    """A picture can't be shown."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """A decoded picture."""

    width: int
    height: int
    data: bytes
    """Row by row; three bytes a pixel, or one with a palette."""
    palette: bytes = b""
    """Three bytes a colour."""


def missing_extra() -> str:
    """Return in words what to install for showing pictures; empty if nothing."""
    return "" if find_spec("PIL") else "pip install 'papers-tui[images]' shows the pictures"


class StoredPictures:
    """The stored pictures of a library, by their addresses.

    Raises LibraryError if a file can't be read or written. `check` is called before writing and may
    raise too: see Library.check_here.
    """

    def __init__(
        self, texts: Path, disk: Disk = DISK, check: Callable[[], object] = lambda: None
    ) -> None:
        """`texts` is the folder of the texts."""
        self._folder = texts / FOLDER
        self._disk = disk
        self._check = check

    def get(self, address: str) -> bytes | None:
        """Return the stored picture from an address, or None."""
        return read_file(self._folder / file_name(address, ".picture"), MOST_BYTES)

    def put(self, address: str, data: bytes) -> None:
        """Store the picture from an address."""
        self._check()
        make_folder(self._folder.parent, self._disk)
        write_file(self._folder, file_name(address, ".picture"), data, self._disk)


def place_of(address: str, page: str, mirrors: Mirrors) -> str:
    """Return the address to fetch a picture of a page from; PictureError for other servers.

    A page must not make the program ask servers of its choice. arXiv's addresses become those of
    its mirror, if there is one.
    """
    if address.partition("?")[0].lower().endswith(".svg"):
        raise PictureError("it is an SVG drawing")
    if address.startswith(f"{_ARXIV}/"):
        return mirrors.arxiv + address.removeprefix(_ARXIV)
    known = filter(None, map(host_of, (page, mirrors.arxiv, mirrors.ar5iv, mirrors.hf)))
    if host_of(address) not in known:
        raise PictureError(f"it is at {host_of(address)[:100]}, which is not an allowed source")
    return address


def check_format(data: bytes) -> None:
    """Raise PictureError for bytes that do not begin like a picture in a known format."""
    if len(data) > MOST_BYTES:
        raise PictureError(f"it has more than {MOST_BYTES // 1_000_000} MB")
    if any(sign.match(data) for _, sign in _SIGNS):
        return
    if _SVG.match(data[:10_000]):
        raise PictureError("it is an SVG drawing")
    *others, last = (name for name, _ in _SIGNS)
    raise PictureError(f"the answer is not {', '.join(others)} or {last}")


def decode(data: bytes, width: int, height: int, colours: int = 0) -> Pixels:
    """Return a picture as large as fits into a box; PictureError if it can't be decoded."""
    from store.fulltext.picture_pixels import MOST_PIXELS, TOO_LARGE

    check_format(data)
    program = [sys.executable, "-I", "-m", "store.fulltext.picture_pixels"]
    try:
        done = subprocess.run(
            [*program, *map(str, (width, height, colours))],
            input=data, capture_output=True, timeout=PATIENCE,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise PictureError("it takes too long to decode") from error
    if done.returncode == TOO_LARGE:
        most = f"{MOST_PIXELS // 1_000_000} million pixels"
        raise PictureError(f"it has more than {most}, or needs too much memory")
    if done.returncode < 0:
        raise PictureError("it takes too long to decode")
    head, _, rest = done.stdout.partition(b"\n")
    if done.returncode or not head:
        raise PictureError("it is damaged")
    across, down, count = map(int, head.split())
    return Pixels(across, down, rest[3 * count :], rest[: 3 * count])
