"""A claim's lines as the rules look at them before sending."""

from __future__ import annotations

from collections.abc import Sequence

from portal.expenses import queries
from portal.expenses.categories import BY_KEY
from portal.expenses.models import Claim, ClaimLine
from portal.expenses.pricing import terms_on
from portal.expenses.rules import LineToCheck


def lines_to_check(claim: Claim, lines: Sequence[ClaimLine]) -> list[LineToCheck]:
    look, receipts = terms_on(claim), queries.receipts(claim.id)
    found = []
    for one in lines:
        terms = look(one.category, one.spent_on)
        over = terms.receipt_over if terms else None
        words = BY_KEY[one.category].words
        found.append(LineToCheck(words, one.cost, bool(receipts[one.id]), one.no_receipt_because, over))
    return found
