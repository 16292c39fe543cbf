"""The list of requests under what each waits for: the counts are those of an officer's next steps and of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from portal.replacement_care.requests.rules import UNARRANGED

if TYPE_CHECKING:
    from portal.replacement_care.models import CareRequest

TO_ARRANGE, TO_ANSWER, ARRANGED = "To arrange", "Changes to answer", "Arranged"
NOT_IN_TIME, OVER = "Not arranged in time", "Over, and waiting for the rep"


def by_what_waits(found: Sequence[CareRequest], now: datetime) -> list[tuple[str, list[CareRequest]]]:
    """Open requests, in their order; what nothing waits for is left out."""
    groups: dict[str, list[CareRequest]] = {key: [] for key in (TO_ARRANGE, TO_ANSWER, NOT_IN_TIME, ARRANGED, OVER)}
    for one in found:
        groups[_what_waits(one, now)].append(one)
    return [(title, requests) for title, requests in groups.items() if requests]


def _what_waits(one: CareRequest, now: datetime) -> str:
    if one.ends_at <= now:
        return NOT_IN_TIME if one.was_not_arranged else OVER
    if one.is_change:
        return TO_ANSWER
    return TO_ARRANGE if one.status in UNARRANGED else ARRANGED
