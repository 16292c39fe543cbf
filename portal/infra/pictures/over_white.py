"""How a picture of any kind looks on white paper and in everyday colours, a band of it at a time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

Look = Callable[["Image"], "Image"]
GREYS = ("1", "L", "LA", "La", "I;16")
COLOURS = ("P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK")
BAND_PIXELS = 1_000_000  # of the picture as it came: what is worked on at once stays small
BLOCK = 32  # pixels; each band holds whole blocks, but the last


def over_white(part: Image) -> Image:
    """The part as grey (L), colour (RGB) or inks (CMYK) without transparency. Raises ValueError for other kinds."""
    from PIL import Image

    if part.mode not in GREYS + COLOURS:
        raise ValueError(part.mode)
    mode = "L" if part.mode in GREYS else "RGB"
    if part.mode == "I;16":
        part = eight_bits(part)
    if part.mode == "CMYK":
        return part
    if not part.has_transparency_data:
        return part.convert(mode)
    clear = part.convert("LA").convert("RGBA") if part.mode == "La" else part.convert("RGBA")
    paper = Image.new(mode, part.size, "white")
    paper.paste(clear.convert(mode), mask=clear.getchannel("A"))
    return paper


def eight_bits(part: Image) -> Image:
    """Sixteen bits of grey as eight, with the one value that is transparent, if there is one."""
    from PIL import Image

    numbers = part.convert("I")
    grey = numbers.point(_sixteen_as_eight(), "L")
    if "transparency" not in part.info:
        return grey
    clear = [0 if value == part.info["transparency"] else 255 for value in range(65_536)]
    return Image.merge("LA", (grey, numbers.point(clear, "L")))


@cache
def _sixteen_as_eight() -> list[int]:
    return [round(value / 257) for value in range(65_536)]


def bands(picture: Image, size: tuple[int, int], look: Look, colours: Look) -> Iterator[tuple[int, Image]]:
    """(top, band) of the picture at another size in everyday colours, from above.

    Transparency comes off before a band is made smaller, so that no hidden colour shines through at edges;
    inks become colours before, as they do not mix like light; other colours after, as it is less work.
    """
    from PIL.Image import Resampling

    across, down = picture.width / size[0], picture.height / size[1]
    rows = max(BLOCK, int(BAND_PIXELS / picture.width / down) // BLOCK * BLOCK)
    margin = 0 if down == 1 else ceil(3 * down) + 1  # what the filter looks at above and below
    before, after = (colours, _as_it_is) if picture.mode == "CMYK" else (_as_it_is, colours)
    for top in range(0, size[1], rows):
        end = min(top + rows, size[1])
        first, last = max(0, int(top * down) - margin), min(picture.height, ceil(end * down) + margin)
        part = before(look(picture.crop((0, first, picture.width, last))))
        box = (0, top * down - first, size[0] * across, min(end * down - first, part.height))
        yield top, after(part.resize((size[0], end - top), Resampling.LANCZOS, box, reducing_gap=2.0))


def _as_it_is(part: Image) -> Image:
    return part


def everyday_colours(picture: Image) -> Look:
    """What turns a part over white into sRGB, by the profile or the gamma that the picture carries."""
    transform = _by_profile(picture)
    curve = _by_gamma(picture.info)

    def look(part: Image) -> Image:
        if transform:
            part = transform(part)
        part = part.convert("RGB")
        return part.point(curve * 3) if curve else part

    return look


def _by_profile(picture: Image) -> Look | None:
    """None where there is no profile, or none that can be read or fits."""
    from PIL import ImageCms

    is_grey, is_ink = picture.mode in GREYS, picture.mode == "CMYK"
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
        mode = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}[profile.profile.xcolor_space.strip()]
        if is_ink != (mode == "CMYK") or (mode == "L" and not is_grey):
            return None
        transform = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), mode, "RGB")
    except MemoryError:
        raise
    except Exception:  # most pictures carry none, and the library raises many kinds for damaged ones
        return None
    return lambda part: ImageCms.applyTransform(part.convert(mode), transform) or part


def _by_gamma(info: dict[Any, Any]) -> list[int]:  # what a file says of itself, as Pillow read it
    """The curve of a PNG that names its gamma and no profile, as browsers apply it; [] where it changes nothing."""
    gamma = info.get("gamma")
    if not gamma or "srgb" in info or info.get("icc_profile"):
        return []
    power = 1 / (2.2 * gamma)
    return [] if abs(power - 1) < 0.05 else [round(255 * (value / 255) ** power) for value in range(256)]
