"""Opening files and putting packs together without starting a child for each: it comes to the same, as others show."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pikepdf
import pytest

from portal.infra.documents import making
from portal.infra.documents.pdf.joining import asked
from portal.papers.preparing import checking, inspect_pdf

in_child = making.made_in_child


def made_here(request: str, paths: Sequence[str]) -> tuple[dict[str, Any], bytes]:
    try:
        whole = asked(request, paths)
    except pikepdf.PdfError as error:
        raise making.NotMade from error
    out = io.BytesIO()
    whole.save(out)
    return {"pages": len(whole.pages)}, out.getvalue()


def looked_into_here(_module: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    with tempfile.NamedTemporaryFile() as file, tempfile.NamedTemporaryFile() as made:
        file.write(content)
        file.flush()
        return inspect_pdf.inspect(file.name, made.name), made.read()


@contextmanager
def files_are_looked_into_here() -> Iterator[None]:
    """For many files of our own: a child takes a sixth of a second for each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "run_making", looked_into_here)
        yield


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
