"""A small file for each document of the demonstration, without the work of drawing it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from portal.demonstration.history import plans
from portal.demonstration.library import Made, Order, Shelf
from portal.papers.preparing.checking import Found

SMALL = b"%PDF-1.7\n% a document of the demonstration, which no test opens: "


def small(shelf: Shelf, order: Order) -> Made:
    head = plans.head_of(order)
    content = SMALL + order.mark.encode() + b"\n%%EOF\n"
    path = shelf.folder / f"{hashlib.sha256(content).hexdigest()}.pdf"
    path.write_bytes(content)
    return Made(path, Found(pages=2, texts=("Carers", "and more"), tagged=head.tagged, title=True), head)


@contextmanager
def small_files() -> Iterator[None]:
    """Of what is told inside, no document is drawn and no pack is built."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Shelf, "want", lambda *_: None)
        patch.setattr(Shelf, "get", small)
        patch.setattr("portal.demonstration.history.papers.build_packs", lambda: None)
        yield
