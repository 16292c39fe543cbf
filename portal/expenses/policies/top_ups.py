"""Claims that a policy published later, with an earlier start, would pay more. They stay as they are: a list."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.prices import price_now
from portal.expenses.models import Claim
from portal.expenses.payments import queries as payments_queries
from portal.expenses.policies import queries


@dataclass(frozen=True)
class TopUp:
    """A claim, and how many pence more it would come to now."""

    claim: Claim
    more: int


def top_ups(board_id: UUID) -> list[TopUp]:
    """Sent claims of days for which the newest policy was published only afterwards, and which it would pay more."""
    newest = max(queries.policies(board_id), key=lambda one: one.published_at, default=None)  # type: ignore[arg-type, return-value]  # published ones have a moment
    if newest is None or newest.published_at is None:
        return []
    found = []
    for claim in payments_queries.sent_before(board_id, newest.published_at, newest.from_on):
        lines = claims_queries.lines(claim.id)
        more = sum(one.covered for one in price_now(claim, lines).values()) - sum(one.covered for one in lines)
        if more > 0:
            found.append(TopUp(claim, more))
    return found
