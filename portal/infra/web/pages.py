"""What a view hands to the template of its page, and what is asked once while the page is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import g, has_request_context, request

Kept = TypeVar("Kept")
PageFacts = dict[str, Any]  # anything that a page shows, by the name that its template uses


def kept_for_page(name: str, empty: Callable[[], Kept]) -> Kept:
    """What several parts of a page ask, so that they ask it once; empty at first, and wherever something may change."""
    if not has_request_context() or request.method != "GET":
        return empty()
    kept: Kept = g.setdefault(f"kept_for_page_{name}", empty())
    return kept
