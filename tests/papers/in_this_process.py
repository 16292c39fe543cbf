"""Putting packs together without starting a child for each: what it makes is the same, as other tests show."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
import pytest

from portal.infra.documents import making
from portal.infra.documents.pdf.joining import asked

in_child = making.made_in_child


def made_here(request: str, paths: Sequence[str]) -> tuple[dict[str, Any], bytes]:
    try:
        whole = asked(request, paths)
    except pikepdf.PdfError as error:
        raise making.NotMade from error
    out = io.BytesIO()
    whole.save(out)
    return {"pages": len(whole.pages)}, out.getvalue()


@pytest.fixture(scope="session", autouse=True)
def packs_are_put_together_here() -> Iterator[None]:
    """A child takes a quarter of a second, and many tests publish papers."""
    making.made_in_child = made_here
    yield
    making.made_in_child = in_child


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limited child of production, for the tests of it."""
    monkeypatch.setattr(making, "made_in_child", in_child)
