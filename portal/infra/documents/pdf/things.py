"""What all that reads PDFs shares: pieces of any kind, and going on when one is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Thing = Any  # a piece of a PDF: no type says what somebody's file holds
Found = TypeVar("Found")
BROKEN = (RuntimeError, AttributeError, TypeError, ValueError, KeyError, IndexError)  # what damaged trees lead to


def kept(find: Callable[[], Found]) -> Found | None:
    """What is found; None of a file too damaged for it."""
    import pikepdf

    try:
        return find()
    except (pikepdf.PikepdfError, *BROKEN):
        return None
