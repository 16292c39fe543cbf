"""Pictures for tests: made byte by byte where no library writes such a one, and never large in memory."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

GREY, COLOUR, PALETTE = 0, 2, 3  # as a PNG names them
PIXELS = {GREY: 1, COLOUR: 3, PALETTE: 1}


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(size: tuple[int, int], depth: int, kind: int, packed: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of these compressed rows, with more chunks before them."""
    head = struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, 0)
    inside = [chunk(b"IHDR", head), *(chunk(*one) for one in chunks), chunk(b"IDAT", packed), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(inside)


def flat_png(size: tuple[int, int], depth: int = 8, kind: int = COLOUR) -> bytes:
    """A black PNG of any size, all of it really there, made at once: one row is compressed, and its bytes repeated.

    The sum at the end is that of so many zeros.
    """
    row = bytes(1 + (size[0] * depth * PIXELS[kind] + 7) // 8)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(row) + packer.flush(zlib.Z_FULL_FLUSH)
    whole = len(row) * size[1]
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush() + struct.pack(">I", whole % 65521 << 16 | 1)
    return png(size, depth, kind, b"\x78\xda" + packed * size[1] + end)


def rows_png(rows: list[bytes], width: int, depth: int, kind: int, *chunks: tuple[bytes, bytes]) -> bytes:
    return png((width, len(rows)), depth, kind, zlib.compress(b"".join(b"\0" + row for row in rows)), *chunks)


def receipt(size: tuple[int, int] = (240, 160), paper: str = "white", ink: str = "black") -> Image.Image:
    """A receipt in colours (RGB), with a small coloured stamp."""
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    for line, words in enumerate(("Town Car Park", "20 Nov 2026", "TOTAL 4.50")):
        draw.text((12, 10 + 40 * line), words, ink, font_size=28)
    draw.rectangle((size[0] - 50, 8, size[0] - 10, 38), "#c01030")
    return picture


def saved(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def profile(space: bytes, **tags: bytes) -> bytes:
    """A small ICC profile: 'RGB ' with red, green and blue as XYZ, or 'GRAY', each with one curve."""
    names = {name.encode(): content for name, content in tags.items()}
    names |= {b"desc": _description(), b"cprt": b"text\0\0\0\0none\0", b"wtpt": xyz(0.9642, 1.0, 0.8249)}
    table, content = b"", b""
    for name, one in names.items():
        padded = one + bytes(-len(one) % 4)
        table += name + struct.pack(">II", 128 + 4 + 12 * len(names) + len(content), len(one))
        content += padded
    body = struct.pack(">I", len(names)) + table + content
    head = struct.pack(
        ">I4sI4s4s4s12s4s", 128 + len(body), b"lcms", 0x02100000, b"mntr", space, b"XYZ ", bytes(12), b"acsp"
    )
    head += bytes(28) + struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D)
    return head + bytes(128 - len(head)) + body


def xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def curve(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def _description() -> bytes:
    return b"desc\0\0\0\0" + struct.pack(">I", 5) + b"made\0" + bytes(4 + 4 + 2 + 1 + 67)


RED, GREEN, BLUE = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)


def profile_with_red_and_blue_changed() -> bytes:
    """Whoever passes it over shows blue for red."""
    channels = {"rXYZ": xyz(*BLUE), "gXYZ": xyz(*GREEN), "bXYZ": xyz(*RED)}
    return profile(b"RGB ", **channels, rTRC=curve(2.2), gTRC=curve(2.2), bTRC=curve(2.2))


def wide_profile() -> bytes:
    """Display P3, as phones use it, with a plain curve."""
    channels = {
        "rXYZ": xyz(0.5151, 0.2412, -0.0011),
        "gXYZ": xyz(0.2919, 0.6922, 0.0419),
        "bXYZ": xyz(0.1572, 0.0666, 0.7841),
    }
    return profile(b"RGB ", **channels, rTRC=curve(2.2), gTRC=curve(2.2), bTRC=curve(2.2))


def linear_grey_profile() -> bytes:
    return profile(b"GRAY", kTRC=curve(1.0))
