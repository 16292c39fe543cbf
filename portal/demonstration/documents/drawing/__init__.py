"""Documents on paper. Everything below is heavy: it is imported when a document is drawn."""

from __future__ import annotations

from portal.demonstration.documents.blocks import blocks_of
from portal.demonstration.documents.contexts import Context
from portal.demonstration.documents.drawing import faces, looks
from portal.demonstration.documents.reading import Head


def drawn(head: Head, body: str, context: Context) -> bytes:
    faces.ready()
    return looks.LOOKS[head.look](head, blocks_of(body), context)
