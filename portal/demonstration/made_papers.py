"""Made-up papers as real PDFs: documents of a board, and plain pages for whatever only needs a file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from portal.boards.models import Board
from portal.demonstration import documents
from portal.demonstration.documents import contexts

PARAGRAPH = (
    "This paper is made up for the demonstration. It says what was done since the last meeting, "
    "what it cost, and what members are asked to agree. Carers were asked for their views, and what they said "
    "is in the second part. Nothing in it is about a real person or a real place."
)


def made_paper(title: str, pages: int) -> bytes:
    """A PDF of some pages, with a title, text on each page, and page numbers."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    styles, story = getSampleStyleSheet(), []
    for number in range(1, pages + 1):
        story += [Paragraph(title if number == 1 else f"{title}, part {number}", styles["Heading1"])]
        for _ in range(5):
            story += [Paragraph(PARAGRAPH, styles["BodyText"]), Spacer(1, 12)]
        story += [PageBreak()] if number < pages else []
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title=title, author="Northfirth", invariant=1).build(story)
    return out.getvalue()


@dataclass(frozen=True)
class Document:
    """A board paper as a clerk has it: what it is called, what it is for, and the file."""

    title: str
    purpose: str
    content: bytes

    @property
    def file(self) -> tuple[str, bytes]:
        return self.as_file(self.title)

    def as_file(self, name: str) -> tuple[str, bytes]:
        return f"{name.replace('/', '-').replace(':', ' -')}.pdf", self.content


def document(board: Board, meets_on: date, key: str) -> Document:
    """One of the made-up board papers, for the meeting of a board on a day."""
    at = contexts.of(board.key, meets_on)
    head = documents.head(key, at)
    return Document(head.title, head.purpose, documents.render(key, at))
