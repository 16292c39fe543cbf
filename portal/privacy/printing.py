"""A plain PDF of headings and labelled lines."""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import HRFlowable, Paragraph, SimpleDocTemplate

Section = tuple[str, Sequence[Sequence[tuple[str, str]]]]


def printed(title: str, subtitle: str, sections: Sequence[Section]) -> bytes:
    """A document: each section a heading, then for each row its labels and values."""
    for name, file in (("Plain", "Vera.ttf"), ("Bold", "VeraBd.ttf")):  # they come with reportlab
        pdfmetrics.registerFont(TTFont(name, file))
    body = ParagraphStyle("body", fontName="Plain", fontSize=10, leading=14, splitLongWords=True)
    heading = ParagraphStyle("heading", fontName="Bold", fontSize=13, leading=18, spaceBefore=14, spaceAfter=6)
    story = [Paragraph(escape(title), ParagraphStyle("title", heading, fontSize=18, leading=24))]
    story.append(Paragraph(escape(subtitle), body))
    for what, rows in sections:
        story.append(Paragraph(f"{escape(what)} ({len(rows)})", heading))
        for row in rows:
            lines = (f'<font name="Bold">{escape(label)}:</font> {escape(value)}' for label, value in row)
            story += [Paragraph(line, body) for line in lines]
            story.append(HRFlowable(width="100%", spaceBefore=3, spaceAfter=3))
    out = io.BytesIO()
    margins = {f"{side}Margin": 20 * mm for side in ("left", "right", "top", "bottom")}
    SimpleDocTemplate(out, pagesize=A4, title=title, author="Carer Rep Portal", **margins).build(story)
    return out.getvalue()
