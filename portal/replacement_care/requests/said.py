"""How a request stands, in the few words that lists and pages of its rep say beside its hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.replacement_care.requests.rules import ARRANGED, STATUS_WORDS

if TYPE_CHECKING:
    from portal.replacement_care.models import CareRequest

CHANGED = "Change not accepted yet"


def care_status(care: CareRequest) -> str:
    """'Being arranged'; of what was arranged and then changed by the rep, that the change is not accepted yet."""
    if care.is_change:
        return CHANGED
    is_other = care.wanted_span is not None and care.status == ARRANGED
    return f"{STATUS_WORDS[care.status]}{' at other times than you asked for' if is_other else ''}"
