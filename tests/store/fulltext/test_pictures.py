"""Pictures of papers: asked for where the paper is, kept, decoded within bounds."""

import re
import zlib
from pathlib import Path
from threading import Event

import pytest
from http_helpers import Server, redirect
from hypothesis import given, settings
from hypothesis import strategies as st
from picture_helpers import BLUE, RED, WHITE, encoded, halves, needs_pictures

from store.errors import FetchError, LibraryError
from store.fetching.sources import Mirrors
from store.fetching.turns import Turns
from store.fulltext.fetchers import PictureFetcher
from store.fulltext.pictures import PictureError, StoredPictures, check_format, decode, place_of

PAGE = "https://arxiv.org/html/2508.00001"
NEVER = Event()
PNG = b"\x89PNG\r\n\x1a\n"


def png(width: int, height: int, rows: bytes) -> bytes:
    """Return a grey PNG that says it has some size, with compressed rows of whatever length."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + bytes((8, 0, 0, 0, 0))
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/html/2508.00001v1/x1.png",
        "https://ar5iv.labs.arxiv.org/html/2508.00001/assets/x1.png",
        "https://huggingface.co/x.png",
    ],
)
def test_picture_is_asked_for_where_the_paper_is(address: str) -> None:
    assert place_of(address, PAGE, Mirrors()) == address


def test_mirror_of_arxiv_is_asked_for_its_pictures() -> None:
    mirrors = Mirrors(arxiv="http://127.0.0.1:1")
    place = place_of("https://arxiv.org/html/2508.00001v1/x1.png", "", mirrors)
    assert place == "http://127.0.0.1:1/html/2508.00001v1/x1.png"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://tracker.example/x.png", "tracker.example, which is not an allowed source"),
        ("http://127.0.0.1:80/x.png", "127.0.0.1, which is not an allowed source"),
        ("https://arxiv.org.example/x.png", "which is not an allowed source"),
        ("https://arxiv.org/html/2508.00001/x.SVG?a", "SVG"),
    ],
)
def test_no_other_host_is_asked_and_no_drawing_fetched(address: str, said: str) -> None:
    with pytest.raises(PictureError, match=said):
        place_of(address, PAGE, Mirrors())


def test_picture_is_fetched_once_and_then_kept(tmp_path: Path, server: Server) -> None:
    address = server.says("/html/1/x1.png", PNG + b"the rest")
    mirrors = Mirrors(arxiv=server.url)
    for _ in range(2):
        fetcher = PictureFetcher(StoredPictures(tmp_path / "texts"), mirrors, NEVER)
        assert fetcher.get(address, "") == PNG + b"the rest"
        fetcher.close()
    assert server.paths == ["/html/1/x1.png"]


def test_picture_that_can_not_be_kept_is_there_all_the_same(tmp_path: Path, server: Server) -> None:
    def check() -> None:
        raise LibraryError("read only")

    kept = StoredPictures(tmp_path / "texts", check=check)
    fetcher = PictureFetcher(kept, Mirrors(arxiv=server.url), NEVER)
    assert fetcher.get(server.says("/x1.png", PNG), "") == PNG
    assert fetcher.problem == "The picture is not saved: read only"
    fetcher.close()


def test_what_is_no_picture_is_not_kept(tmp_path: Path, server: Server) -> None:
    fetcher = PictureFetcher(StoredPictures(tmp_path), Mirrors(arxiv=server.url), NEVER)
    for answer in (b"<!doctype html><p>Not found", b"", redirect("/x.png", 301)):
        with pytest.raises((PictureError, FetchError)):
            fetcher.get(server.says("/x.png", answer), "")
    assert not (tmp_path / "pictures").exists()
    fetcher.close()


def test_requests_to_arxiv_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def take(turns: Turns, address: str) -> float:
        asked.append(address)
        raise FetchError("asked")

    monkeypatch.setattr(Turns, "take", take)
    fetcher = PictureFetcher(StoredPictures(tmp_path), Mirrors(), NEVER)
    with pytest.raises(FetchError):
        fetcher.get(f"{PAGE}/x1.png", PAGE)
    assert asked == [f"{PAGE}/x1.png"]
    fetcher.close()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not PNG, JPEG, GIF or WebP"),
        (b"<html>", "not PNG"),
        (b"BM" + bytes(60), "not PNG"),
        (b'<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="x">', "SVG"),
        (PNG + bytes(10_000_001), "more than 10 MB"),
    ],
)
def test_what_is_no_picture_is_reported(data: bytes, said: str) -> None:
    with pytest.raises(PictureError, match=said):
        check_format(data)


@needs_pictures
@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_picture_of_each_format_is_decoded(form: str) -> None:
    pixels = decode(halves(64, 32, form), 16, 16)
    assert (pixels.width, pixels.height, len(pixels.data)) == (16, 8, 16 * 8 * 3)
    left, right = pixels.data[:3], pixels.data[45:48]
    assert all(abs(a - b) < 8 for a, b in zip(left + right, RED + BLUE, strict=True))


@needs_pictures
def test_first_frame_transparency_and_other_colours_become_plain_pixels() -> None:
    from PIL import Image

    frames = [Image.new("L", (8, 8), 255), Image.new("L", (8, 8), 0)]
    pictures = {
        "frames": encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]),
        "transparent": encoded(Image.new("RGBA", (8, 8), (0, 0, 0, 0))),
        "grey with transparency": encoded(Image.new("LA", (8, 8), (0, 0))),
        "sixteen bits": encoded(Image.new("I;16", (8, 8), 65_535)),
        "four inks": encoded(Image.new("CMYK", (8, 8), (0, 0, 0, 0)), "JPEG"),
        "two colours": encoded(Image.new("1", (8, 8), 1)),
    }
    assert {name: decode(data, 1, 1).data for name, data in pictures.items()} == dict.fromkeys(
        pictures, bytes(WHITE)
    )


@needs_pictures
def test_palette_has_the_colours_of_the_picture() -> None:
    pixels = decode(halves(64, 32), 4, 2, colours=8)
    colours = [pixels.palette[3 * n : 3 * n + 3] for n in pixels.data]
    assert (colours[0], colours[3]) == (bytes(RED), bytes(BLUE))


@needs_pictures
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PNG, "damaged"),
        (png(30_000, 30_000, bytes(1_000)), "20 million pixels"),
        (png(4_294_967_295, 1, b""), "20 million pixels|damaged"),
        (png(4_000, 4_000, bytes(10)), "damaged"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(20), "damaged"),
        (b"GIF89a\xff\xff\xff\xff" + bytes(20), "damaged|20 million pixels"),
    ],
)
def test_hostile_picture_is_one_line(data: bytes, said: str) -> None:
    with pytest.raises(PictureError, match=said) as failed:
        decode(data, 80, 40)
    assert re.fullmatch(r"[^\n]{1,90}", str(failed.value))


@needs_pictures
@pytest.mark.slow
@settings(max_examples=settings().max_examples // 8)
@given(
    st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]),
    st.integers(0, 2_000),
    st.binary(min_size=1, max_size=30),
)
def test_any_bytes_are_a_picture_or_refused(form: str, place: int, damage: bytes) -> None:
    data = halves(40, 30, form)
    place %= len(data)
    try:
        decode(data[:place] + damage + data[place + len(damage) :], 10, 10)
    except PictureError:
        return
