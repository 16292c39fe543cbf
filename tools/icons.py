"""Draws the icons of a phone's first screen from static/mark.svg: python tools/icons.py FOLDER, as build.mjs does."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

from PIL import Image, ImageDraw

ROOT = Path(__file__).parents[1]
SIZES = (180, 192, 512)  # the first for Apple's phones, the others as a manifest lists them
WIDTH = 36  # of the drawing
ROOM = 0.78  # how much of an icon the mark takes: a phone may cut its corners off
FINER = 4  # drawn larger and then made small, so that edges are smooth
COLOURS = 12


def circles() -> list[tuple[float, float, float, str]]:
    """The mark is made of circles: where each is, how large, and its colour."""
    found, colour_of_group = [], ""
    for one in ET.parse(ROOT / "static" / "mark.svg").iter():  # noqa: S314 - our own file
        if one.tag.endswith("}g"):
            colour_of_group = one.attrib["fill"]
        if one.tag.endswith("}circle"):
            x, y, radius = (float(one.attrib[name]) for name in ("cx", "cy", "r"))
            found.append((x, y, radius, one.attrib.get("fill", colour_of_group)))
    return found


def icon(size: int) -> Image.Image:
    """The mark on a ground of its own dark colour, as a phone shows what is clear in black."""
    drawn = circles()
    scale = size * FINER * ROOM / WIDTH
    edge = size * FINER * (1 - ROOM) / 2
    large = Image.new("RGB", (size * FINER, size * FINER), drawn[1][3])
    pen = ImageDraw.Draw(large)
    for x, y, radius, colour in drawn:
        left, top, right, bottom = (edge + scale * at for at in (x - radius, y - radius, x + radius, y + radius))
        pen.ellipse((left, top, right, bottom), fill=colour)
    return large.resize((size, size), Image.Resampling.LANCZOS).quantize(COLOURS, dither=Image.Dither.NONE)


if __name__ == "__main__":
    for size in SIZES:
        icon(size).save(Path(sys.argv[1]) / f"icon-{size}.png", optimize=True)
