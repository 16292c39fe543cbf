"""Everything held about somebody, on paper: headings and labelled lines."""

from __future__ import annotations

from collections.abc import Sequence

from portal.infra.documents import printing
from portal.infra.documents.printing import Story

Section = tuple[str, Sequence[Sequence[tuple[str, str]]]]


def printed(title: str, subtitle: str, sections: Sequence[Section]) -> bytes:
    """A document: each section a heading, then for each row its labels and values."""
    return printing.document(title, subtitle, _story(sections))


def _story(sections: Sequence[Section]) -> Story:
    for what, rows in sections:
        yield printing.heading(f"{what} ({len(rows)})")
        for row in rows:
            yield from printing.labelled(row)
