"""Letters and styles. The letters come with reportlab, and each document brings those that it uses."""

from __future__ import annotations

from functools import cache, lru_cache

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus.paraparser import ParaFrag

from portal.demonstration.documents.blocks import Run

PLAIN, BOLD, ITALIC, BOLD_ITALIC = "Paper", "Paper-Bold", "Paper-Italic", "Paper-BoldItalic"
FILES = {PLAIN: "Vera.ttf", BOLD: "VeraBd.ttf", ITALIC: "VeraIt.ttf", BOLD_ITALIC: "VeraBI.ttf"}
TYPED, TYPED_BOLD = "Times-Roman", "Times-Bold"  # of what will be a picture, and brings no letters

INK, GREY, FAINT, RULE = HexColor("#1a1a1a"), HexColor("#555f6b"), HexColor("#eef1f5"), HexColor("#aab4c0")
NAVY, SHADE, PAPER = HexColor("#1f3a5f"), HexColor("#dfe6ee"), white

BODY = ParagraphStyle("body", fontName=PLAIN, fontSize=10, leading=14.4, textColor=INK, spaceAfter=7, allowWidows=0)
# Vera is wide: at 10 points it is as large on paper as Arial at 11


class _Measured(TTFont):  # type: ignore[misc]
    """Letters whose words are measured once."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file)
        self._width = lru_cache(maxsize=100_000)(lambda text: TTFont.stringWidth(self, text, 1))

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802 - reportlab's name
        return float(self._width(text)) * size


@cache
def ready() -> None:
    """Letters are read once for a process."""
    for name, file in FILES.items():
        pdfmetrics.registerFont(_Measured(name, file))


def letters() -> frozenset[int]:
    """Those that can be drawn."""
    return frozenset(pdfmetrics.getFont(PLAIN).face.charToGlyph)


def face(run: Run, style: ParagraphStyle) -> str:
    if style.fontName.startswith("Times"):
        return TYPED_BOLD if run.bold else str(style.fontName)
    bold = run.bold or style.fontName == BOLD
    return (BOLD_ITALIC if run.italic else BOLD) if bold else (ITALIC if run.italic else PLAIN)


def bold_of(style: ParagraphStyle) -> str:
    return TYPED_BOLD if style.fontName.startswith("Times") else BOLD


def pieces(runs: tuple[Run, ...], style: ParagraphStyle) -> list[ParaFrag]:
    """What reportlab makes paragraphs of."""
    made = []
    for run in runs:
        piece = ParaFrag(
            text=run.text,
            fontName=face(run, style),
            fontSize=style.fontSize,
            textColor=NAVY if run.link else style.textColor,
            rise=0,
            greek=0,
            link=[],
            us_lines=[],
        )
        if run.is_break:
            piece.lineBreak = True
        made.append(piece)
    return made or pieces((Run(" "),), style)


def like(name: str, parent: ParagraphStyle = BODY, **changed: object) -> ParagraphStyle:
    return ParagraphStyle(name, parent, **changed)


INDENT = 34.0  # of numbered paragraphs
H1 = like("h1", fontName=BOLD, fontSize=12.4, leading=16, textColor=NAVY, spaceBefore=11, spaceAfter=6)
H2 = like("h2", H1, fontSize=10.8, leading=15, textColor=INK, spaceBefore=6, spaceAfter=4)
H3 = like("h3", H2, fontSize=10, textColor=GREY)
PLAN_H1 = like("plan-h1", H1, fontSize=18, leading=23, spaceBefore=18, spaceAfter=15)
PLAN_H2 = like("plan-h2", H1, fontSize=12.5, leading=17, spaceBefore=10, spaceAfter=5)
PLAN_H3 = like("plan-h3", H2)
NUMBERED = like("numbered", leftIndent=INDENT, bulletIndent=0, bulletFontName=PLAIN, bulletFontSize=10)
NUMBERED_H1 = like("numbered-h1", H1, leftIndent=INDENT, bulletFontName=BOLD, bulletFontSize=12.4, bulletColor=NAVY)
NUMBERED_H2 = like("numbered-h2", H2, leftIndent=INDENT)
NUMBERED_H3 = like("numbered-h3", H3, leftIndent=INDENT)
CAPTION = like("caption", fontName=BOLD, fontSize=9.4, leading=12.5, spaceBefore=4, spaceAfter=4)
CELL = like("cell", fontSize=8.5, leading=11.3, spaceAfter=0)
SMALL = like("small", fontSize=8, leading=11, textColor=GREY)
COVER = like("cover", fontName=BOLD, fontSize=29, leading=37, textColor=white, spaceAfter=0)
SLIDE = like("slide", fontSize=20, leading=29, spaceAfter=12)
SLIDE_H1 = like("slide-h1", fontName=BOLD, fontSize=26, leading=32, textColor=NAVY, spaceAfter=16)
SLIDE_CAPTION = like("slide-caption", fontName=BOLD, fontSize=14, leading=19, spaceAfter=6)
SLIDE_CELL = like("slide-cell", fontSize=17, leading=23, spaceAfter=0)
LETTER = like("letter", fontName=TYPED, fontSize=12, leading=16.5, spaceAfter=9, alignment=4)
LETTER_H1 = like("letter-h1", LETTER, fontName=TYPED_BOLD, spaceBefore=8, alignment=0)
TEAL = HexColor("#4b9aa8")
COLOURS: tuple[Color, ...] = tuple(
    map(HexColor, ("#1f3a5f", "#d9822b", "#4b9aa8", "#8a4f7d", "#93a84b", "#7a869a", "#c05746", "#2f6f4f"))
)
MASTHEAD = like("masthead", fontName=BOLD, fontSize=15, leading=19, textColor=NAVY, spaceAfter=2)
MASTHEAD_SMALL = like("masthead-small", MASTHEAD, fontSize=11.5, leading=15)
TITLE = like("title", fontName=BOLD, fontSize=15, leading=20, spaceBefore=2, spaceAfter=2)
HEAD_TABLE = like("head-cell", CELL, fontSize=9.4, leading=13)
COVER_SMALL = like("cover-small", fontSize=15, leading=21, textColor=white)
LETTER_TITLE = like("letter-title", LETTER_H1, fontSize=15, leading=20, alignment=1)
COVER_BOARD = like("cover-board", COVER_SMALL, fontSize=13, leading=18)
COVER_FOOT = like("cover-foot", SMALL, fontName=BOLD, fontSize=9.4, leading=13, textColor=NAVY)
