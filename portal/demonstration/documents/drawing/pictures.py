"""Pages as pictures: slides without words in the file, and an old agreement off a scanner."""

from __future__ import annotations

import io
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from portal.demonstration.documents.drawing.pages import as_bytes

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 110


def as_pictures(pdf: bytes, title: str) -> bytes:
    return _bound((image for image in _seen(pdf)), title, 82)


def scanned(pdf: bytes, title: str) -> bytes:
    """Grey, a degree askew, not quite in the middle, a little dirty; the same each time."""
    return _bound((_askew(image, Random(n)) for n, image in enumerate(_seen(pdf))), title, 58)


def _seen(pdf: bytes) -> Iterator[Image]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        yield page.render(scale=DPI / 72).to_pil()
    document.close()


def _askew(image: Image, chance: Random) -> Image:
    from PIL import Image as Images
    from PIL import ImageFilter

    grey = image.convert("L").filter(ImageFilter.GaussianBlur(0.5)).point(lambda tone: 40 + tone * 0.77)
    turned = grey.rotate(chance.choice((-1, 1)) * chance.uniform(0.5, 1.1), Images.Resampling.BILINEAR, fillcolor=226)
    paper = Images.new("L", turned.size, 236)
    paper.paste(turned, (chance.randint(-5, 5), chance.randint(-6, 6)))
    for _ in range(60):
        spot = chance.randint(0, paper.width - 2), chance.randint(0, paper.height - 2)
        paper.putpixel(spot, chance.randint(90, 190))
    return paper


def _bound(images: Iterator[Image], title: str, quality: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1, lang="en-GB")
    canvas.setTitle(title)
    with as_bytes():
        for image in images:
            size = image.width * 72 / DPI, image.height * 72 / DPI
            canvas.setPageSize(size)
            held = io.BytesIO()
            image.save(held, "JPEG", quality=quality)
            canvas.drawImage(ImageReader(held), 0, 0, *size)
            canvas.showPage()
        canvas.save()
    return out.getvalue()
