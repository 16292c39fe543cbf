"""Pages of a document: their frames, heads and feet."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pikepdf
from reportlab import rl_config
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from portal.demonstration.documents.drawing import faces
from portal.demonstration.documents.drawing.canvas import Later, PaperCanvas
from portal.demonstration.documents.drawing.marks import Element

WIDE = landscape(A4)
MARGIN, HEAD, FOOT = 64.0, 68.0, 64.0
WIDTH = A4[0] - 2 * MARGIN


def bound(
    flow: Sequence[Flowable],
    dress: Later,
    root: Element | None,
    title: str,
    author: str,
    size: tuple[float, float] = A4,
    margins: tuple[float, float, float] = (MARGIN, HEAD, FOOT),
) -> bytes:
    """The document, with its title and language, and each page dressed."""
    out, (side, head, foot) = io.BytesIO(), margins
    frame = Frame(side, foot, size[0] - 2 * side, size[1] - head - foot, 0, 0, 0, 0)
    made = BaseDocTemplate(out, pagesize=size, title=title, author=author, lang="en-GB", invariant=1, pageCompression=1)
    made.creator, made.displayDocTitle = "Committee services", 1
    made.addPageTemplates([PageTemplate("page", [frame])])

    def canvas(*args: object, **more: object) -> PaperCanvas:
        one = PaperCanvas(*args, **more)
        one.root, one.dress = root, dress
        return one

    with as_bytes():
        made.build(list(flow), canvasmaker=canvas)
    return _packed(out)


@contextmanager
def as_bytes() -> Iterator[None]:
    """Streams as they are: written as letters, as reportlab does, they are a quarter longer."""
    before, rl_config.useA85 = rl_config.useA85, 0
    try:
        yield
    finally:
        rl_config.useA85 = before


def _packed(made: io.BytesIO) -> bytes:
    """Its many small objects in few streams: half as long."""
    out = io.BytesIO()
    with pikepdf.open(made) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def dressed(running: str, foot: str, first: int = 1) -> Later:
    """A running head from the second page, and a foot with the page's number. Pages before the first have none."""

    def dress(canvas: PaperCanvas) -> None:
        width, height = canvas._pagesize
        if canvas.number < first:
            return
        canvas.setStrokeColor(faces.RULE)
        canvas.setLineWidth(0.5)
        canvas.setFillColor(faces.GREY)
        canvas.setFont(faces.PLAIN, 7.6)
        if canvas.number > 1:
            canvas.drawString(MARGIN, height - 42, _cut(canvas, running, width - 2 * MARGIN))
            canvas.line(MARGIN, height - 49, width - MARGIN, height - 49)
        canvas.line(MARGIN, 46, width - MARGIN, 46)
        canvas.drawString(MARGIN, 34, _cut(canvas, foot, width - 2 * MARGIN - 90))
        canvas.drawRightString(width - MARGIN, 34, f"Page {canvas.number} of {canvas.total}")

    return dress


def _cut(canvas: PaperCanvas, text: str, width: float) -> str:
    if canvas.stringWidth(text, faces.PLAIN, 7.6) <= width:
        return text
    while canvas.stringWidth(text + "…", faces.PLAIN, 7.6) > width:
        text = text[:-1]
    return text.rstrip(" ,") + "…"
