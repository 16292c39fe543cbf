"""Plain PDFs for paper: a title, and headings, words in Markdown and labelled lines below it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from markdown_it.token import Token
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, HRFlowable, Paragraph, SimpleDocTemplate

from portal.infra.documents.markdown import parsed

Story = Iterator[Flowable]  # what a document is made of, from top to bottom
BODY = ParagraphStyle("body", fontName="Plain", fontSize=10, leading=14, splitLongWords=True)
WORDS = ParagraphStyle("words", BODY, fontSize=11, leading=16, spaceAfter=7)
POINT = ParagraphStyle("point", WORDS, leftIndent=6 * mm, bulletIndent=1 * mm, spaceAfter=2)
HEADING = ParagraphStyle("heading", fontName="Bold", fontSize=13, leading=18, spaceBefore=14, spaceAfter=6)
TITLE = ParagraphStyle("title", HEADING, fontSize=18, leading=24)
INLINE = {"strong_open": '<font name="Bold">', "strong_close": "</font>", "softbreak": "<br/>", "hardbreak": "<br/>"}


def document(title: str, subtitle: str, story: Iterable[Flowable]) -> bytes:
    """A document on A4 under a title and a line below it."""
    _register_fonts()
    out = io.BytesIO()
    margins = {f"{side}Margin": 20 * mm for side in ("left", "right", "top", "bottom")}
    head = [Paragraph(escape(title), TITLE), Paragraph(escape(subtitle), BODY)]
    paper = SimpleDocTemplate(out, pagesize=A4, title=title, author="Carer Rep Portal", lang="en-GB", **margins)
    paper.build([*head, *story])
    return out.getvalue()


def _register_fonts() -> None:
    for name, file in (("Plain", "Vera.ttf"), ("Bold", "VeraBd.ttf")):  # they come with reportlab
        pdfmetrics.registerFont(TTFont(name, file))


def heading(words: str) -> Flowable:
    _register_fonts()
    return Paragraph(escape(words), HEADING)


def labelled(row: Sequence[tuple[str, str]]) -> Iterator[Flowable]:
    """Labels and values, a line each, and a rule below them."""
    _register_fonts()
    for label, value in row:
        yield Paragraph(f'<font name="Bold">{escape(label)}:</font> {escape(value)}', BODY)
    yield HRFlowable(width="100%", spaceBefore=3, spaceAfter=3)


def markdown(text: str) -> Iterator[Flowable]:
    """Paragraphs and points of lists."""
    _register_fonts()
    bullets: list[str] = []
    for token in parsed(text):
        if token.type == "list_item_open":
            bullets.append("•" if token.markup in "-*+" else f"{token.info}.")
        elif token.type == "list_item_close":
            bullets.pop()
        elif token.type == "inline":
            words = "".join(_inline(one) for one in token.children or ())
            yield Paragraph(words, POINT, bulletText=bullets[-1]) if bullets else Paragraph(words, WORDS)


def _inline(token: Token) -> str:
    if token.type == "link_close":
        return "</link>"
    if token.type == "link_open":
        return f'<link href="{escape(str(token.attrGet("href")), {chr(34): "&quot;"})}" color="#0b57a4">'
    return INLINE.get(token.type, escape(token.content))
