"""Documents for a meeting of each place, as they are drawn and as they are read."""

from __future__ import annotations

from datetime import date

import pypdfium2

from portal.demonstration.documents import Context, Head, contexts

MEETINGS = {"northfirth": date(2026, 12, 9), "southmoor": date(2027, 5, 5), "general": date(2027, 2, 3)}
CHART = """```chart
kind = "stacked"
title = "Carers known"
unit = "people"
labels = ["Apr", "May"]
[series]
"Adults" = [31, 28]
"Young people" = [20, 22]
```
"""


def context(world: str = "northfirth", day: date | None = None, **more: object) -> Context:
    return contexts.of(world, day or MEETINGS[world], **more)


def drawn(head: Head, body: str, at: Context) -> bytes:
    from portal.demonstration.documents import drawing  # reportlab is heavy, and every test is collected at once

    return drawing.drawn(head, body, at)


def pages_of(pdf: bytes) -> list[str]:
    """What is written on each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
