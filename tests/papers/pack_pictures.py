"""Pictures of pages, and whether two are the same but for the number of a pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest

import pypdfium2
from PIL import Image, ImageChops

LARGEST = 500  # pixels of the longer side
JUST_SEEN = 24  # a smaller difference is one of the edges of letters
A4_WIDTH, NUMBER = 595, (82, 30)  # in points: a page, and how far from its corner its number may reach


@dataclass(frozen=True)
class Picture:
    """A page as it is shown, and its size in points."""

    image: Image.Image
    size: tuple[float, float]

    @property
    def corner(self) -> tuple[float, float]:
        """Where the corner of the number begins, in pixels."""
        (width, height), scale = self.size, max(1.0, min(self.size) / A4_WIDTH)
        across, up = min(0.97 * width, NUMBER[0] * scale), min(0.8 * height, NUMBER[1] * scale)
        return self.image.width * (1 - across / width), self.image.height * (1 - up / height)


def pictures(content: bytes, with_forms: bool = False) -> Iterator[Picture | None]:
    """None of a page of which nothing is shown."""
    document = pypdfium2.PdfDocument(content)
    if with_forms:
        document.init_forms()
    for page in document:
        size = page.get_size()
        yield Picture(page.render(scale=LARGEST / max(size)).to_pil().convert("RGB"), size) if min(size) else None
        page.close()
    document.close()


def differ(one: Picture | None, other: Picture | None) -> str:
    """Where they differ outside the corner of the number; '' when they are the same."""
    if one is None or other is None:
        return "" if one is other else "only one is shown"
    if one.size != other.size:
        return f"{one.size} and {other.size}"
    difference = ImageChops.difference(one.image, other.image).convert("L")
    box = difference.point(lambda value: 255 * (value > JUST_SEEN)).getbbox()
    if box is None or (box[0] >= one.corner[0] and box[1] >= one.corner[1]):
        return ""
    return f"{box} of {one.image.size}"


def unlike(pack: bytes, sources: list[bytes], front: int, with_forms: bool = False) -> list[str]:
    """What differs between the pages of a pack after its front, and those of the files it is made of."""
    made = islice(pictures(pack, with_forms), front, None)
    were = (picture for source in sources for picture in pictures(source, with_forms))
    missing = object()
    pairs = enumerate(zip_longest(were, made, fillvalue=missing), start=1)
    return [
        f"page {number}: {where}"
        for number, (a, b) in pairs
        if (where := "not there" if missing in (a, b) else differ(a, b))
    ]
