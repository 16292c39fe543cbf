"""How a request stands, in the few words that lists and pages say beside its hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.core import clock
from portal.replacement_care.requests.came_of import Outcome, came_of
from portal.replacement_care.requests.rules import ARRANGED, CANCELLED, STATUS_WORDS, TOLD

if TYPE_CHECKING:
    from portal.replacement_care.models import CareRequest

CHANGED = "Change not accepted yet"


def care_state(care: CareRequest) -> str:
    """'Being arranged'; once its day is over, what came of it as figures count it; of a change that it is not accepted.

    Of what was arranged it says more than they do: whether it took place.
    """
    if care.is_change:
        return CHANGED
    if care.status in TOLD or (care.on_day < clock.today() and care.status != CANCELLED):
        outcome = came_of(care.status, care.arranged_at is not None)
        words: str = outcome.value
        if outcome is not Outcome.ARRANGED:
            return words
    return STATUS_WORDS[care.status]


def care_status(care: CareRequest) -> str:
    """The same on pages of its rep, who may have agreed to other times."""
    is_other = care.wanted_span is not None and care.status == ARRANGED
    return f"{care_state(care)}{' at other times than you asked for' if is_other else ''}"
