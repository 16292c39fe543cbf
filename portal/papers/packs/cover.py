"""The first pages of a pack: what it is, what is not in it, and its contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from portal.core.text import count_words
from portal.infra.documents import printing
from portal.infra.documents.pdf.joining import TO_PART
from portal.papers.packs.rules import Contents

PAGE = ParagraphStyle("page", printing.BODY, alignment=2)
COLUMNS = (16 * mm, 132 * mm, 22 * mm)


def front(contents: Contents, firsts: Sequence[int], front_pages: int, address: str) -> bytes:
    """A PDF of the cover and contents; its links to papers are made to lead there when all is joined."""
    subtitle = f"{contents.board}, {contents.when}"
    return printing.document(title(contents), subtitle, _story(contents, firsts, front_pages, address))


def title(contents: Contents) -> str:
    return f"Papers for {contents.group}"


def _story(contents: Contents, firsts: Sequence[int], front_pages: int, address: str) -> Iterator[Flowable]:
    yield printing.heading("What is in this file")
    for sentence in _sentences(contents, front_pages):
        yield Paragraph(escape(sentence), printing.WORDS)
    link = f"<link href={quoteattr(address)} color='#0b57a4'>{escape(address)}</link>"
    yield Paragraph(
        "This file has no structure for screen readers. The words of every paper are on its own page in the portal, "
        f"which you get to from {link}",
        printing.WORDS,
    )
    yield printing.heading("Contents")
    yield _table(contents, firsts)


def _sentences(contents: Contents, front_pages: int) -> Iterator[str]:
    what, pages = contents.amount.what, count_words(contents.pages, "page")
    before = count_words(front_pages, "page")
    yield (
        f"{what[:1].upper()}{what[1:]}: {pages}, after {before} of cover and contents. Every page has its "
        "number in this file at the foot, and the numbers below and in the bookmarks are the same."
    )
    if contents.has_restricted:
        yield "Some of the papers are restricted. Do not pass this file on."
    if contents.leaves_out:
        yield "Papers of restricted items are not in it."
    if contents.has_minutes:
        yield "The minutes of this meeting are not in it: they have their own place on the page of the meeting."


def _table(contents: Contents, firsts: Sequence[int]) -> Flowable:
    rows = [[_bold("Item"), _bold("Paper"), Paragraph('<font name="Bold">Page</font>', PAGE)]]
    for part, (entry, first) in enumerate(zip(contents.entries, firsts, strict=True), start=1):
        words = escape(entry.title) + (" (restricted)" if entry.is_restricted else "")
        called = f'<link href="{TO_PART}{part}" color="#0b57a4">{words}</link>'
        rows.append(
            [
                Paragraph(escape(entry.number), printing.BODY),
                Paragraph(called, printing.BODY),
                Paragraph(str(first), PAGE),
            ]
        )
    lines = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, "#b1b4b6"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return Table(rows, colWidths=COLUMNS, style=lines, repeatRows=1)


def _bold(words: str) -> Flowable:
    return Paragraph(f'<font name="Bold">{escape(words)}</font>', printing.BODY)
