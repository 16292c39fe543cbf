"""The picture on the cover of a plan: hills, and water before them."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from portal.demonstration.documents.drawing import faces

SKY, SUN = faces.NAVY, HexColor("#e9b872")
HILLS = (  # colour, height at the left, and the bends to the right edge
    ("#2b4f7d", 236, ((120, 330, 200, 300, 300, 250), (390, 205, 480, 330, 600, 270))),
    ("#3f6f8f", 200, ((90, 250, 220, 190, 320, 215), (430, 240, 500, 200, 600, 228))),
    ("#4b9aa8", 170, ((140, 205, 240, 160, 350, 172), (440, 184, 520, 196, 600, 176))),
    ("#dfe9ec", 128, ((150, 160, 260, 112, 360, 130), (450, 148, 530, 122, 600, 140))),
    ("#ffffff", 104, ((160, 128, 270, 92, 370, 106), (460, 120, 530, 98, 600, 112))),
)


def landscape(canvas: Canvas, width: float, _height: float) -> None:
    """Over the whole page, wherever it is drawn."""
    left, bottom = canvas.absolutePosition(0, 0)
    canvas.saveState()
    canvas.translate(-left, -bottom)
    canvas.scale(canvas._pagesize[0] / A4[0], 1)
    canvas.setFillColor(SKY)
    canvas.rect(0, 0, A4[0], A4[1], stroke=0, fill=1)
    canvas.setFillColor(SUN)
    flat = 46 * A4[0] / canvas._pagesize[0]  # round again when the picture is drawn wider
    canvas.ellipse(452 - flat, 272, 452 + flat, 364, stroke=0, fill=1)
    for colour, start, bends in HILLS:
        path = canvas.beginPath()
        path.moveTo(-2, -2)
        path.lineTo(-2, start)
        for bend in bends:
            path.curveTo(*bend)
        path.lineTo(600, -2)
        path.close()
        canvas.setFillColor(HexColor(colour))
        canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
