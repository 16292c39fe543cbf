"""What a line lacks that an approver should see before they pay it: a receipt, or somebody who looked at it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.completeness import lines_to_check
from portal.expenses.claims.prices import terms_on
from portal.expenses.models import Claim, ClaimLine

NOT_LOOKED_AT = "No officer has looked at its receipt"
NO_RECEIPT = "There is no receipt, and the policy asks for one"


def unproven(claim: Claim, lines: Sequence[ClaimLine]) -> dict[UUID, str]:
    """What each line lacks, as a sentence; what is paid without it is paid on purpose, whichever of the two it is."""
    checked = lines_to_check(lines, terms_on(claim), claims_queries.receipts(claim.id))
    lacking = {line.id: NO_RECEIPT for line, found in zip(lines, checked, strict=True) if found.lacks_receipt}
    return {**lacking, **dict.fromkeys(claims_queries.unchecked_care(claim.id), NOT_LOOKED_AT)}
