"""What a line lacks that an approver should see before they pay it: a receipt, or somebody who looked at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.core.clock import london_day
from portal.core.text import together
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.completeness import lines_to_check
from portal.expenses.claims.prices import terms_on
from portal.expenses.claims.rules import DECIDED
from portal.expenses.models import Claim, ClaimLine, Receipt

NOT_LOOKED_AT = "No officer has looked at its receipt"
NO_RECEIPT = "There is no receipt, and the policy asks for one"


def unproven(claim: Claim, lines: Sequence[ClaimLine]) -> dict[UUID, str]:
    """What each line lacks, as a sentence; what is paid without it is paid on purpose, whichever of the two it is."""
    checked = lines_to_check(lines, terms_on(claim), claims_queries.receipts(claim.id))
    lacking = {line.id: NO_RECEIPT for line, found in zip(lines, checked, strict=True) if found.lacks_receipt}
    return {**lacking, **not_looked_at(claims_queries.receipts(claim.id))}


@dataclass(frozen=True)
class ApprovedUnseen:
    """A line that was approved while nobody had checked its locked receipts, and when somebody did since."""

    words: str
    checked_on: date | None


def approved_unseen(claim: Claim, lines: Sequence[ClaimLine], by: Sequence[str]) -> dict[UUID, ApprovedUnseen]:
    """By line; nothing before the decision. `by` are the names of those who decided."""
    if claim.status not in DECIDED or claim.decided_at is None:
        return {}
    receipts, found = claims_queries.receipts(claim.id), {}
    for line in lines:
        of_line = receipts.get(line.id, [])
        unseen = [one for one in of_line if one.sealed_key and not _seen_by(one, claim.decided_at)]
        if line.approved and unseen:
            some = "the receipt" if len(of_line) == 1 else f"{len(unseen)} of {len(of_line)} receipts"
            words = f"Approved before anyone checked {some}. Decided by {together(by)}"
            later = [one.checked_at for one in unseen if one.checked_at]
            on = london_day(max(later)) if len(later) == len(unseen) else None
            found[line.id] = ApprovedUnseen(words, on)
    return found


def _seen_by(receipt: Receipt, moment: datetime) -> bool:
    return receipt.checked_at is not None and receipt.checked_at <= moment


def not_looked_at(receipts: Mapping[UUID, Sequence[Receipt]]) -> dict[UUID, str]:
    """By line, that officers have not looked at its locked receipts, or not at all of them."""
    found = {}
    for line_id, of_line in receipts.items():
        waiting = sum(bool(one.sealed_key) and one.checked_at is None for one in of_line)
        if waiting:
            some = f"{waiting} of {len(of_line)} receipts {'has' if waiting == 1 else 'have'} not been looked at"
            found[line_id] = NOT_LOOKED_AT if len(of_line) == 1 else some
    return found
