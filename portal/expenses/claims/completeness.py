"""A claim's lines as the rules look at them before sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from portal.expenses.categories import BY_KEY
from portal.expenses.claims.rules import LineToCheck
from portal.expenses.models import ClaimLine, Receipt
from portal.expenses.pricing import TermsOn

Receipts = Mapping[UUID, Sequence[Receipt]]  # of each line


def lines_to_check(lines: Sequence[ClaimLine], look: TermsOn, receipts: Receipts) -> list[LineToCheck]:
    found = []
    for one in lines:
        terms = look(one.category, one.spent_on)
        over = terms.receipt_over if terms else None
        words = BY_KEY[one.category].words
        is_filled = bool(one.cost or one.tenths)
        found.append(LineToCheck(words, one.cost, bool(receipts[one.id]), one.no_receipt_because, over, is_filled))
    return found


def as_sent(lines: Sequence[ClaimLine], receipts: Receipts) -> dict[str, list[object]]:
    """Each line as the approver is about to see it, by its id: kind, day, pence, and how many receipts."""
    return {str(one.id): [one.category, str(one.spent_on), one.covered, len(receipts[one.id])] for one in lines}
