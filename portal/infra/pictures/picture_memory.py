"""How much memory reading a picture takes at least, told from its header before it is read."""

from __future__ import annotations

from typing import Any

from PIL.Image import Image

WEBP_BYTES, HEIF_BYTES, OTHER_BYTES = 16, 8, 4  # for each pixel: what the libraries hold at once
GREY_BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2}  # modes for which Pillow holds less


def bytes_needed(opened: Image) -> int:
    """For a picture that Pillow has opened and not loaded, after it was told at what size a JPEG is wanted."""
    pixels: int = opened.width * opened.height
    if opened.format == "WEBP":
        return pixels * WEBP_BYTES
    if opened.format == "HEIF":
        return pixels * HEIF_BYTES
    return pixels * GREY_BYTES.get(opened.mode, OTHER_BYTES)


def bytes_of_whole_jpeg(opened: Any) -> int:  # Pillow does not say that a JPEG has layers
    """What a progressive JPEG needs besides: all of it at full size, two bytes a value. 0 for any other picture."""
    if not opened.info.get("progressive"):
        return 0
    shares = [across * down for _, across, down, *_ in opened.layer]
    return int(2 * opened.width * opened.height * sum(shares) / max(shares))


def bytes_of_webp(head: bytes) -> int:
    """From the first bytes of a file, as Pillow cannot open one that is too large; 0 for what is no WebP."""
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        return 0
    if head[12:16] == b"VP8X":
        width, height = _number(head[24:27]) + 1, _number(head[27:30]) + 1
    elif head[12:16] == b"VP8L":
        bits = _number(head[21:25])
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = _number(head[26:28]) & 0x3FFF, _number(head[28:30]) & 0x3FFF
    return width * height * WEBP_BYTES


def _number(part: bytes) -> int:
    return int.from_bytes(part, "little")
