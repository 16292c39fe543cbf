"""What an approver may want to look at twice. Warnings never refuse anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.core import clock
from portal.core.limits import miles_words, time_words
from portal.core.money import pounds
from portal.expenses.categories import CARE
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.rules import DECIDED, USUAL_MOST_MILES, equal_lines, last_day_to_send
from portal.expenses.decisions.proof import NOT_LOOKED_AT, not_looked_at
from portal.expenses.models import Claim, ClaimLine
from portal.expenses.payments import new_payees
from portal.expenses.payments import queries as payments_queries
from portal.expenses.policies import queries as policies_queries
from portal.expenses.questions import queries as questions_queries
from portal.replacement_care.models import CarePolicy
from portal.replacement_care.policy import queries as care_policies
from portal.replacement_care.requests.limits import estimate_words, worked_out
from portal.replacement_care.requests.rules import EACH_TIME, estimate


def warnings_of(
    claim: Claim, lines: Sequence[ClaimLine], care: CarePolicy | None = None
) -> dict[UUID | None, list[str]]:
    """Sentences by line; under None those about the whole claim. `care` is the board's care policy."""
    found: dict[UUID | None, list[str]] = defaultdict(list)
    for line_id, alike in equal_lines(claims_queries.named(lines)).items():
        found[line_id].append(f"{alike} expenses in this claim are the same")
    for one in lines:
        if one.tenths > USUAL_MOST_MILES * 10:
            found[one.id].append(f"{miles_words(one.tenths)} are more than usual")
        if less := care_pays(one, care):
            found[one.id].append(less.to_approver)
    waiting = {} if claim.status in DECIDED else not_looked_at(claims_queries.receipts(claim.id))
    for line_id, words in waiting.items():
        found[line_id].append("No officer has looked at the receipt for care yet" if words == NOT_LOOKED_AT else words)
    policy = policies_queries.policy_on(claim.board_id, claim.happened_on)
    sent = clock.london_day(_first_sent(claim) or clock.now())
    if policy and sent > last_day_to_send(claim.happened_on, policy.deadline_days):
        found[None].append(f"It was sent after the deadline of {policy.deadline_days} days")
    if words := _of_payee(claim):
        found[None].append(words)
    return found


def _of_payee(claim: Claim) -> str:
    run = payments_queries.run_by_id(claim.board_id, claim.run_id) if claim.run_id else None
    called = f"run {run.number}" if run else ""
    return new_payees.said_of(claim.board_id, run=run, run_called=called)(claim.person_id)


def comes_to_by_care_policy(lines: Sequence[ClaimLine], care: CarePolicy | None) -> dict[UUID, str]:
    """What the care policy comes to for each line of replacement care: '4 hours × £18.00 = £72.00'."""
    if care is None or not care.is_provided or care.hourly_rate is None:
        return {}
    of_care = [one for one in lines if one.category == CARE and one.minutes and care.is_known_on(one.spent_on)]
    return {one.id: worked_out(one.minutes, care.hourly_rate, care.cap) for one in of_care}


@dataclass(frozen=True)
class CarePays:
    """What a board's care policy pays for one expense, where that is less than the expenses policy covers of it."""

    most: str  # '£36.00'
    why: str  # '2 hours at £18.00 an hour'; '' where it is the limit alone
    per: str  # 'for 2 hours', 'each time'

    @property
    def to_approver(self) -> str:
        how = f" ({self.why})" if self.why else f" {self.per}"
        return f"Over the care policy, which pays {self.most}{how}"

    def to_claimant(self, claimed: str) -> str:
        return f"The care policy pays {self.most} {self.per}. {claimed}, so the approver may ask why"


def care_pays(line: ClaimLine, care: CarePolicy | None) -> CarePays | None:
    """None where replacement care costs no more than the care policy says, or where nobody knows what it said."""
    if line.category != CARE or care is None or not care.is_provided or not care.is_known_on(line.spent_on):
        return None
    most = estimate(line.minutes, care.hourly_rate, care.cap)
    if care.hourly_rate is not None and most is not None and line.covered > most:
        why = estimate_words(line.minutes, care.hourly_rate, care.cap)
        return CarePays(pounds(most), why, f"for {time_words(line.minutes)}")
    is_over = care.cap is not None and line.covered > care.cap
    return CarePays(f"at most {pounds(care.cap or 0)}", "", EACH_TIME) if is_over else None


def over_care(claim: Claim, lines: Sequence[ClaimLine], claimed: str) -> dict[UUID, str]:
    """For whose claim it is, and their officer: by line, that replacement care costs more than the care policy pays.

    `claimed` begins what they read of the amount: 'You claimed'.
    """
    if not any(one.category == CARE for one in lines):
        return {}
    care = care_policies.policy(claim.board_id)
    pays = {one: care_pays(one, care) for one in lines}
    return {one.id: less.to_claimant(f"{claimed} {pounds(one.cost)}") for one, less in pays.items() if less}


def _first_sent(claim: Claim) -> datetime | None:
    """When it was sent, or before the first question about it: an answer makes no claim late."""
    if claim.first_sent_at:
        return claim.first_sent_at
    asked = [one.asked_at for one in questions_queries.questions(claim)]
    return min((one for one in (claim.sent_at, *asked) if one), default=None)
