"""Who hears by email of claims. Amounts stand in the text and never in a subject."""

from __future__ import annotations

from datetime import timedelta

from portal.access.roles import ADMIN, APPROVER, OFFICER
from portal.boards import queries as board_queries
from portal.boards.emails import administrators, clerks, holders, name_of, of_board
from portal.core import clock
from portal.core.money import pounds
from portal.core.names import name_key
from portal.core.text import count_words, day_words, short_day_words
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.rules import names_of, shares, what_was_declined
from portal.expenses.events import (
    AttendanceAsked,
    ClaimDeadlineSoon,
    ClaimDecided,
    ClaimEvent,
    ClaimInPayment,
    ClaimOutOfPayment,
    ClaimPaid,
    ClaimPrompted,
    ClaimQueried,
    ClaimSent,
    ClaimsOverPromise,
    ClaimsToDecide,
    ClaimToConfirm,
    FinanceAddressMissing,
    PayeesChanged,
    PolicyPublished,
    RunCancelled,
    RunMade,
)
from portal.expenses.models import Claim
from portal.expenses.payments import eyes, new_payees
from portal.expenses.payments import queries as payments_queries
from portal.expenses.policies import comparing
from portal.expenses.policies import queries as policies_queries
from portal.expenses.questions import queries as questions_queries
from portal.infra.notification import Facts, Notification, Recipient, each, only_an_address, the_person
from portal.infra.unit_of_work import acting
from portal.meetings.emails import of_meeting


def approvers(event: ClaimsToDecide | ClaimsOverPromise) -> list[Recipient]:
    return holders(event.board_id, APPROVER)


def other_administrators(event: ClaimsOverPromise) -> list[Recipient]:
    """They look after approvers, and decide on no claim."""
    approvers = holders(event.board_id, APPROVER)
    return [one for one in holders(event.board_id, ADMIN) if one not in approvers]


def whose_reference(event: PayeesChanged) -> list[Recipient]:
    """People are told; a provider of care has no account."""
    return each(event.person_ids)


def other_approvers(event: PayeesChanged) -> list[Recipient]:
    """But for whoever changed it; the administrators, where nobody else approves."""
    roles = (
        [one for one in holders(event.board_id, role) if one.person_id != acting.get()] for role in (APPROVER, ADMIN)
    )
    return next((found for found in roles if found), [])


def other_approvers_and_administrators(event: PolicyPublished) -> list[Recipient]:
    """But for whoever published it."""
    return [one for one in holders(event.board_id, APPROVER, ADMIN) if one.person_id != acting.get()]


def policy_published(event: PolicyPublished) -> Facts:
    """From which day on, whether that day is past, and what it changes where that is said in a few lines."""
    by = acting.get()
    changes = comparing.changes_of(policies_queries.policy_by_id(event.board_id, event.policy_id))
    facts = {"first_day": day_words(event.from_on), "is_past": event.from_on < clock.today()}
    facts |= {"changes": comparing.in_short(changes), "is_changed": bool(changes and changes.every)}
    return {**of_board(event), **facts, "by_whom": name_of(by) if by else ""}


def payees_changed(event: PayeesChanged) -> Facts:
    """Whose references: never what they are."""
    providers = dict(payments_queries.providers(event.board_id))
    people = sorted(board_queries.people_named(event.person_ids).values(), key=name_key)
    theirs = [f"{providers[one]} (care provider)" for one in event.provider_ids if one in providers]
    by = acting.get()
    return {**of_board(event), "payees": [*people, *theirs], "by_whom": name_of(by) if by else ""}


def of_claim(event: ClaimEvent) -> Facts:
    """A claim by its number and day."""
    claim = claims_queries.claim_by_id(event.board_id, event.claim_id)
    cost, asked, approved = claims_queries.totals([claim.id]).get(claim.id, (0, 0, 0))
    policy = policies_queries.policy_on(claim.board_id, claim.happened_on)
    facts: Facts = {
        "claim_id": claim.id.hex,
        "reference": claim.reference,
        "title": claim.title,
        "status": claim.status,
    }
    facts |= {"day": short_day_words(claim.happened_on), "asked": pounds(asked), "approved": pounds(approved)}
    facts |= {"pay_days": count_words(policy.pay_days if policy else 0, "day"), **_question(claim)}
    facts |= {"total_cost": pounds(cost), "shares": shares(cost, asked, approved).words, "has_lines": cost > 0}
    facts["was_there"] = claim.meeting_id is None or claim.is_attendance_confirmed
    return {**of_board(event), **facts, "paid_on": day_words(claim.paid_on) if claim.paid_on else ""}


def _question(claim: Claim) -> Facts:
    """What waits for an answer, and the names of the lines that it is about."""
    asked = questions_queries.open_question(claim)
    names = names_of(claims_queries.named(claims_queries.lines(claim.id))) if asked else {}
    about = "; ".join(name for key, name in names.items() if asked and asked.is_about(key))
    return {"question": asked.question if asked else "", "about_line": about}


def claim_decided(event: ClaimDecided) -> Facts:
    """With the lines that were not approved. Why is for the portal alone: what is typed there may tell of health."""
    lines = claims_queries.lines(event.claim_id)
    names = names_of(claims_queries.named(lines, to_approver=True))
    declined = [one for one in lines if one.covered and not one.approved]
    words = [what_was_declined(names[one.id], one.cost, one.covered) for one in declined]
    total = pounds(sum(one.covered for one in declined))
    return {**of_claim(event), "not_approved": words, "not_approved_total": total}


def claim_deadline(event: ClaimDeadlineSoon) -> Facts:
    return {**of_claim(event), "send_by": short_day_words(clock.today() + timedelta(days=event.days))}


def claims_waiting(event: ClaimsToDecide | ClaimsOverPromise) -> Facts:
    return {**of_board(event), "count": count_words(event.waiting, "claim")}


def claims_of_others(event: ClaimsOverPromise) -> Facts:
    """Without the way to the claims, which they may not open."""
    return {**claims_waiting(event), "board_key": ""}


def finance(event: RunMade | RunCancelled) -> str:
    return board_queries.board_by_id(event.board_id).finance_email


def run_made(event: RunMade) -> Facts:
    """A run by its number and what it comes to; nobody is named.

    `approved_by_one`: invoices that no second approver can pay, so that whoever put them into the run does.
    """
    run = payments_queries.run_by_id(event.board_id, event.run_id)
    claims, invoices = payments_queries.claims_in(run), payments_queries.supplier_lines(run)
    found = payments_queries.run_sums([run])[run.id]
    alone = sum(one.is_decided_alone or (one.is_by_one and not one.seconded_by_id) for one in claims)
    by_one = alone + sum(one.is_by_one for one in invoices)
    facts: Facts = {"run_id": run.id.hex, "number": run.number, "total": pounds(found.pence), "by_one": by_one}
    new, without = new_payees.to_check(run)
    facts |= {"approved_by_one": eyes.invoices_of_one(run), "references": new, "without_reference": without}
    return {**of_board(event), **facts, "holds": found.counted}


def run_cancelled(event: RunCancelled) -> Facts:
    """Of a run that finance was told of, or a rep as being paid: it is not to be paid."""
    run = payments_queries.run_by_id(event.board_id, event.run_id)
    return {**of_board(event), "run_id": run.id.hex, "number": run.number, "total": pounds(event.pence)}


EMAILS = (
    Notification(
        PolicyPublished,
        other_approvers_and_administrators,
        "policy-published",
        policy_published,
        always=True,
        at_once=True,
        answered_by="",
    ),
    Notification(ClaimPrompted, the_person, "claim-prompted", of_claim, worth_days=14),
    Notification(
        ClaimToConfirm, the_person, "claim-to-confirm", of_claim, always=True, worth_days=14, answered_by=OFFICER
    ),
    Notification(ClaimSent, the_person, "claim-sent", of_claim),
    Notification(ClaimQueried, the_person, "claim-queried", of_claim, always=True),
    Notification(ClaimDecided, the_person, "claim-decided", claim_decided, always=True),
    Notification(ClaimInPayment, the_person, "claim-in-payment", of_claim),
    Notification(ClaimOutOfPayment, the_person, "claim-out-of-payment", of_claim),
    Notification(ClaimPaid, the_person, "claim-paid", of_claim, always=True),
    Notification(ClaimsToDecide, approvers, "claims-to-decide", claims_waiting, always=True, worth_days=1),
    Notification(
        ClaimsOverPromise,
        approvers,
        "claims-over-promise",
        claims_waiting,
        always=True,
        worth_days=6,
    ),
    Notification(
        ClaimsOverPromise,
        other_administrators,
        "claims-over-promise",
        claims_of_others,
        always=True,
        worth_days=6,
    ),
    Notification(RunMade, only_an_address, "run-made", run_made, always=True, to_address=finance),
    Notification(RunCancelled, only_an_address, "run-cancelled", run_cancelled, always=True, to_address=finance),
    Notification(
        FinanceAddressMissing, administrators, "finance-address-missing", of_board, always=True, answered_by=""
    ),
    Notification(PayeesChanged, whose_reference, "payee-reference-changed", payees_changed, always=True, at_once=True),
    Notification(PayeesChanged, other_approvers, "payees-changed", payees_changed, always=True, at_once=True),
    Notification(AttendanceAsked, clerks, "attendance-asked", of_meeting, always=True, answered_by=""),
    Notification(ClaimDeadlineSoon, the_person, "claim-deadline", claim_deadline, always=True, worth_days=3),
)
