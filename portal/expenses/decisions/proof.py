"""What a line lacks that an approver should see before they pay it: a receipt, or somebody who looked at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.completeness import lines_to_check
from portal.expenses.claims.prices import terms_on
from portal.expenses.models import Claim, ClaimLine, Receipt

NOT_LOOKED_AT = "No officer has looked at its receipt"
NO_RECEIPT = "There is no receipt, and the policy asks for one"


def unproven(claim: Claim, lines: Sequence[ClaimLine]) -> dict[UUID, str]:
    """What each line lacks, as a sentence; what is paid without it is paid on purpose, whichever of the two it is."""
    checked = lines_to_check(lines, terms_on(claim), claims_queries.receipts(claim.id))
    lacking = {line.id: NO_RECEIPT for line, found in zip(lines, checked, strict=True) if found.lacks_receipt}
    return {**lacking, **not_looked_at(claims_queries.receipts(claim.id))}


def not_looked_at(receipts: Mapping[UUID, Sequence[Receipt]]) -> dict[UUID, str]:
    """By line, that officers have not looked at its locked receipts, or not at all of them."""
    found = {}
    for line_id, of_line in receipts.items():
        waiting = sum(bool(one.sealed_key) and one.checked_at is None for one in of_line)
        if waiting:
            some = f"{waiting} of {len(of_line)} receipts {'has' if waiting == 1 else 'have'} not been looked at"
            found[line_id] = NOT_LOOKED_AT if len(of_line) == 1 else some
    return found
