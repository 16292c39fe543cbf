"""Whether the board has paid the invoice for some care, which is then what it is: paying is of what stands above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.capability import gathered
from portal.core.text import date_words

if TYPE_CHECKING:
    from datetime import date

    from portal.replacement_care.models import CareRequest


def paid_on(care: CareRequest) -> date | None:
    """The day on which a run that holds its invoice was paid; None where none was."""
    days = [one.paid_care(care.board_id, care.id) for one in gathered().capabilities if one.paid_care]
    return next((day for day in days if day), None)


def why_no_invoice(care: CareRequest, may_cost: bool) -> str:
    """Why no invoice can be entered for this care any more, or at all, as a sentence; '' where one can."""
    if not may_cost:
        return "No invoice is expected for this care."
    day = paid_on(care)
    return f"The invoice was paid on {date_words(day)}, so it cannot be changed here." if day else ""
