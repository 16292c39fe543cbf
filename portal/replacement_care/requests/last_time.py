"""What "the same as last time" asks for besides its times, said to its person before they press it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.core.money import pounds
from portal.replacement_care.requests.rules import KINDS, PLACES

if TYPE_CHECKING:
    from portal.replacement_care.models import CareRequest
    from portal.replacement_care.requests.rules import Span

WHO_SAID = {
    "arranged": "By someone your officer arranges",
    "known": "By someone you know",
    "service": "By the service you usually have",
}  # as the person chose it, said back to them


def is_without_journey(last: CareRequest | None, span: Span) -> bool:
    """Whether there was a journey last time, and there is none in what is asked for now."""
    return last is not None and bool(last.travel_minutes) and not span.travel_minutes


def last_words(last: CareRequest | None) -> str:
    """'At home. Looking after a child. By someone you know.' What was typed is not asked for again."""
    if last is None:
        return ""
    chosen = [dict(PLACES).get(last.place), dict(KINDS).get(last.kind), WHO_SAID.get(last.who)]
    cost = f"About {pounds(last.estimate)}" if last.estimate else ""
    return " ".join(f"{words}." for words in (*chosen, cost) if words)
