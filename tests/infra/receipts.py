"""A made receipt in every kind of picture, what the child keeps of one, and whether two look alike."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageOps
from pillow_heif import register_heif_opener

from config import ROOT
from portal.infra.pictures import read_picture
from tests.infra.made_pictures import (
    GREY,
    receipt,
    rows_png,
    saved,
)

register_heif_opener()
GIVEN = ROOT.parent / "shared" / "tried" / "people"
SIDE = 2000
TRUTH = receipt()
INK = ImageOps.invert(TRUTH.convert("L"))  # how much of the paper is covered


def kept(content: bytes, tmp_path: Path, side: int = SIDE) -> Image.Image:
    """What the child makes of it, without the child."""
    file = tmp_path / "picture"
    file.write_bytes(content)
    found = read_picture.read(str(file), str(side))
    assert not found.get("reason"), found["reason"]
    return opened(found["jpeg"])


def opened(jpeg: Any) -> Image.Image:
    import base64

    picture = Image.open(io.BytesIO(jpeg if isinstance(jpeg, bytes) else base64.b64decode(jpeg)))
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    return picture


def assert_alike(picture: Image.Image, truth: Image.Image, on_average: float = 0.02, in_a_block: float = 0.1) -> None:
    assert picture.size == truth.size
    difference = ImageChops.difference(picture.convert("RGB"), truth.convert("RGB")).convert("L")
    blocks = difference.resize((max(1, truth.width // 32), max(1, truth.height // 32)), Image.Resampling.BOX)
    histogram = difference.histogram()
    mean = sum(value * count for value, count in enumerate(histogram)) / sum(histogram) / 255
    assert mean < on_average
    assert blocks.getextrema()[1] / 255 < in_a_block


def rows(picture: Image.Image, packed: Callable[[Any], bytes]) -> list[bytes]:
    """Each row of a grey or coloured picture, packed as the file wants it."""
    pixels: Any = picture.load()
    return [packed([pixels[x, y] for x in range(picture.width)]) for y in range(picture.height)]


def transparent() -> bytes:
    """Black all over, and covering only where there is ink: as a sign pad or a drawing program saves it."""
    clear = Image.new("RGBA", TRUTH.size)
    clear.putalpha(INK)
    return saved(clear)


def sixteen_bits(values: list[int], spread: int = 257) -> bytes:
    return struct.pack(f">{len(values)}H", *(value * spread for value in values))


def packed_bits(depth: int) -> Callable[[list[int]], bytes]:
    """Grey values as a PNG of 1, 2 or 4 bits holds them."""

    def pack(values: list[int]) -> bytes:
        most, bits = 2**depth - 1, "".join(format(value * (2**depth - 1) // 255, f"0{depth}b") for value in values)
        assert most
        bits += "0" * (-len(bits) % 8)
        return bytes(int(bits[n : n + 8], 2) for n in range(0, len(bits), 8))

    return pack


def grey_png(depth: int, clear: int | None, picture: Image.Image) -> bytes:
    """A grey PNG of so many bits in which one value is transparent."""
    chunks = [] if clear is None else [(b"tRNS", struct.pack(">H", clear))]
    pack = sixteen_bits if depth == 16 else bytes if depth == 8 else packed_bits(depth)
    return rows_png(rows(picture, pack), picture.width, depth, GREY, *chunks)


GREY_TRUTH = TRUTH.convert("L")
BITS = GREY_TRUTH.point(lambda value: 255 if value > 127 else 0)
ON_BLACK = ImageChops.multiply(GREY_TRUTH, BITS).point(lambda value: 0 if value > 250 else 200 if value > 127 else 100)
ON_WHITE = ON_BLACK.point(lambda value: value or 255)  # its black is transparent


def ink_of(value: int) -> Image.Image:
    """Grey words on black."""
    return BITS.point(lambda paper: 0 if paper else value)


def palette(clear: bytes | int) -> bytes:
    few = TRUTH.quantize(16, dither=Image.Dither.NONE)
    few.info.clear()
    white = few.getcolors()[0] and few.getpixel((0, 0))
    colours: Any = few.getpalette()
    colours[3 * white : 3 * white + 3] = (0, 0, 0)  # what is hidden is black
    few.putpalette(colours)
    if isinstance(clear, bytes):
        clear = b"\xff" * white + clear
    return saved(few, transparency=white if isinstance(clear, int) else clear)


def over_white(picture: Image.Image) -> Image.Image:
    """By arithmetic on each pixel, apart from what the app uses."""
    out = Image.new("RGB", picture.size)
    data = picture.convert("RGBA").tobytes()
    for n in range(0, len(data), 4):
        opacity = data[n + 3] / 255
        colour = tuple(round(value * opacity + 255 * (1 - opacity)) for value in data[n : n + 3])
        out.putpixel((n // 4 % picture.width, n // 4 // picture.width), colour)
    return out


def faded(hidden: str) -> Image.Image:
    """Soft edges, with a colour under what is clear that must not shine through."""
    soft = receipt().convert("RGBA")
    soft.putalpha(INK.resize((60, 40)).resize(TRUTH.size))
    under = Image.new("RGBA", TRUTH.size, hidden)
    under.putalpha(0)
    return Image.composite(soft, under, soft.getchannel("A").point(lambda value: 255 if value else 0))
