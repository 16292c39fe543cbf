"""What the invoice for some care waits for, and whether the board has paid it: paying is of what stands above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.capability import gathered
from portal.core.text import date_words
from portal.replacement_care.requests.rules import CANCELLED, NOT_HELD, OPEN, TOOK_PLACE

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


def invoice_waits(care: CareRequest) -> str:
    """Why approvers do not see an invoice that is entered, as a sentence; '' where they do, or the rep pays it."""
    if not (care.invoice and care.is_paid_by_board):
        return ""
    if care.status == NOT_HELD:
        return "Approvers do not see this invoice, because the rep said that care did not take place."
    cost = "" if care.cost else "its cost is entered and "
    return f"Approvers see this invoice once {cost}the rep says that care took place." if care.status in OPEN else ""


def may_cost(care: CareRequest) -> bool:
    """An invoice comes after the day, or after care was called off; what the rep paid is for a claim."""
    return bool(
        (care.status == CANCELLED and care.arranged_at) or (care.status == TOOK_PLACE and care.is_paid_by_board)
    )
