"""The picture on the cover of a plan: hills, and water before them, in colours that differ from board to board."""

from __future__ import annotations

from zlib import crc32

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from portal.demonstration.documents.drawing.flow import Paint

PALETTES = (  # sky, sun, three hills and the shore
    ("#1f3a5f", "#e9b872", "#2b4f7d", "#3f6f8f", "#4b9aa8", "#dfe9ec"),
    ("#23413a", "#f0c987", "#2f5a4c", "#4c7a5c", "#86a86b", "#e8eddf"),
    ("#3b2f52", "#f2b5a0", "#54416f", "#7a5c86", "#a9839c", "#efe6ec"),
    ("#27424f", "#f4d58d", "#3a5d6b", "#6b8a8c", "#b39b78", "#f1ebdf"),
)
HILLS = (  # height at the left, and the bends to the right edge
    (236, ((120, 330, 200, 300, 300, 250), (390, 205, 480, 330, 600, 270))),
    (200, ((90, 250, 220, 190, 320, 215), (430, 240, 500, 200, 600, 228))),
    (170, ((140, 205, 240, 160, 350, 172), (440, 184, 520, 196, 600, 176))),
    (128, ((150, 160, 260, 112, 360, 130), (450, 148, 530, 122, 600, 140))),
    (104, ((160, 128, 270, 92, 370, 106), (460, 120, 530, 98, 600, 112))),
)
FIRST = {"northfirth": 0, "southmoor": 1}


def landscape(board_key: str) -> Paint:
    """Over the whole page, wherever it is drawn."""
    number = FIRST.get(board_key, crc32(board_key.encode()) % len(PALETTES))

    def paint(canvas: Canvas, _width: float, _height: float) -> None:
        left, bottom = canvas.absolutePosition(0, 0)
        canvas.saveState()
        canvas.translate(-left, -bottom)
        _paint(canvas, PALETTES[number])
        canvas.restoreState()

    return paint


def _paint(canvas: Canvas, colours: tuple[str, ...]) -> None:
    wide = canvas._pagesize[0] / A4[0]
    canvas.scale(wide, 1)
    canvas.setFillColor(HexColor(colours[0]))
    canvas.rect(0, 0, A4[0], A4[1], stroke=0, fill=1)
    canvas.setFillColor(HexColor(colours[1]))
    canvas.ellipse(452 - 46 / wide, 272, 452 + 46 / wide, 364, stroke=0, fill=1)  # round however wide the page
    for colour, (start, bends) in zip([*colours[2:], "#ffffff"], HILLS, strict=True):
        path = canvas.beginPath()
        path.moveTo(-2, -2)
        path.lineTo(-2, start)
        for bend in bends:
            path.curveTo(*bend)
        path.lineTo(600, -2)
        path.close()
        canvas.setFillColor(HexColor(colour))
        canvas.drawPath(path, stroke=0, fill=1)
