"""Whether a picture that is to be kept looks like the one that was sent: worked out apart from how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.infra.pictures.over_white import BLOCK, Look, bands

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_ON_AVERAGE = 0.02 * 255
MOST_IN_A_BLOCK = 0.10 * 255  # of 32 by 32 pixels: a word that is gone is more


def looks_the_same(kept: Image, sent: Image, colours: Look) -> bool:
    """Whether two pictures, one way up, differ by no more than compression does, over white and at the size kept."""
    from PIL import ImageChops

    total = 0
    for top, expected in bands(sent, kept.size, as_seen, colours):
        part = kept.crop((0, top, kept.width, top + expected.height))
        difference = ImageChops.difference(part, expected)
        extremes: Any = difference.reduce(BLOCK).getextrema()  # of the mean of each block, for each colour
        if max(most for _, most in extremes) > MOST_IN_A_BLOCK:
            return False
        total += sum(value % 256 * count for value, count in enumerate(difference.histogram()))
    return total / (3 * kept.width * kept.height) <= MOST_ON_AVERAGE


def as_seen(part: Image) -> Image:
    """The part over white by arithmetic on its bands: colour times opacity, plus what is left of white."""
    from PIL import Image, ImageChops

    if part.mode == "CMYK":
        return part
    if part.mode == "I;16":
        part = _sixteen_bits(part)
    if not part.has_transparency_data:
        return part.convert("RGB")
    *colours, opacity = _with_opacity(part).split()
    clear = ImageChops.invert(opacity)
    return Image.merge("RGB", [ImageChops.add(ImageChops.multiply(one, opacity), clear) for one in colours])


def _with_opacity(part: Image) -> Image:
    return part.convert("LA").convert("RGBA") if part.mode == "La" else part.convert("RGBA")


def _sixteen_bits(part: Image) -> Image:
    from PIL import Image

    numbers = part.convert("I")
    grey = numbers.point(lambda value: value * (1 / 257) + 0).convert("L")
    clear = part.info.get("transparency", -1)
    hidden = numbers.point([0 if value == clear else 255 for value in range(65_536)], "L")
    return Image.merge("RGBA", (grey, grey, grey, hidden))
