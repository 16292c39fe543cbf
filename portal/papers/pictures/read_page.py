"""Draws one page and becomes the program that reads it: a process with 1 GB of memory and 20 seconds, and no file.

Run as `python -m portal.papers.pictures.read_page FILE PAGE PROGRAM`; what it prints is what was read.
"""

from __future__ import annotations

import os
import sys

from portal.infra.documents.sandbox import Limits
from portal.papers.inside.places import Piece

CPU_SECONDS = 20
MEMORY_BYTES = 1024 * 1024 * 1024
DOTS_PER_INCH = 300
A4 = (2480, 3508)  # pixels at that; a larger page is drawn as small as this
MOST_PICTURE = 2 * A4[0] * A4[1]
LANGUAGE = "eng"


def scale_of(width: float, height: float) -> float:
    """By how much to draw a page of so many points: 300 dots an inch, but no more pixels than A4 has."""
    short, long = sorted((max(width, 1.0), max(height, 1.0)))
    return min(DOTS_PER_INCH / 72, A4[0] / short, A4[1] / long)


def read(path: str, page: str, program: str) -> None:
    """The drawing lies in memory only, and is all that the program is given."""
    Limits(CPU_SECONDS, MEMORY_BYTES).take(MOST_PICTURE)
    drawing = os.memfd_create("page")
    with os.fdopen(os.dup(drawing), "wb") as out:
        _draw(path, int(page), out)
    os.lseek(drawing, 0, os.SEEK_SET)
    os.dup2(drawing, 0)
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(DOTS_PER_INCH)]
    os.execve(program, command, {**os.environ, "OMP_THREAD_LIMIT": "1"})  # noqa: S606 - no shell, our own words only


def _draw(path: str, number: int, out: Piece) -> None:
    """As a picture in grey that needs no library to be read."""
    import pypdfium2

    page = pypdfium2.PdfDocument(path)[number - 1]
    drawn = page.render(scale=scale_of(*page.get_size()), grayscale=True)
    out.write(b"P5 %d %d 255\n" % (drawn.width, drawn.height))
    whole = memoryview(drawn.buffer).cast("B")
    for row in range(drawn.height):
        out.write(whole[row * drawn.stride : row * drawn.stride + drawn.width])


if __name__ == "__main__":
    read(*sys.argv[1:])
