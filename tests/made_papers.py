"""Plain pages as a real PDF, for whatever only needs a file."""

from __future__ import annotations

import io

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
