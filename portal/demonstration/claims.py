"""The demonstration's expenses: a policy for each board, and on Northfirth claims in every state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from portal.boards.models import Board
from portal.core import clock
from portal.core.values import Typed
from portal.demonstration.made_papers import made_paper
from portal.demonstration.moments import at
from portal.expenses.claims import actions as claims_actions
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims import receipts as claims_receipts
from portal.expenses.decisions import actions as decisions_actions
from portal.expenses.models import Claim
from portal.expenses.payments import actions as payments_actions
from portal.expenses.policies import actions as policies_actions
from portal.expenses.policies import queries as policies_queries
from portal.expenses.policies.defaults import CAR_RATE_CHANGED_ON

OLD_RATE, NEW_RATE = 45, 55  # pence a mile
NOT_COVERED = "Time to prepare, phone bills and loss of earnings. We look at this again in spring."
Line = tuple[str, Typed, bool]  # category, what was typed, and whether there is a receipt
BUS: Line = ("public_transport", {"paid": 640}, True)
DRIVE: Line = ("car", {"tenths": 248, "is_return": True, "note": "Home to the town hall"}, False)
PARKING: Line = ("parking", {"paid": 450}, True)
CARE: Line = ("replacement_care", {"minutes": 240, "paid": 5200}, True)
MEAL: Line = ("subsistence", {"paid": 1480}, True)


def publish_policies(board: Board) -> None:
    """One with the mileage rate of old, and one since the day on which it changed."""
    draft = policies_actions.begin_draft(board)
    car = policies_queries.terms_of(board.id, [draft.id])[draft.id]["car"]
    policies_actions.change_terms(draft, car, {"rate": OLD_RATE})
    typed = {"decided_by": "The finance team of the partnership", "not_covered": NOT_COVERED, "pay_days": 20}
    letters = "NF" if board.key == "northfirth" else "SM"
    policies_actions.change_draft(draft, draft.version, {**typed, "prefix": letters, "cost_code": "HSCP-4410"})
    policies_actions.publish(draft, draft.version, CAR_RATE_CHANGED_ON - timedelta(days=365))
    newer = policies_actions.begin_draft(board)
    policies_actions.change_terms(
        newer, policies_queries.terms_of(board.id, [newer.id])[newer.id]["car"], {"rate": NEW_RATE}
    )
    policies_actions.publish(newer, newer.version, CAR_RATE_CHANGED_ON)


def fill(board: Board, rep_id: UUID, depute_id: UUID, approver_id: UUID) -> None:
    """A paid claim, one in a run, one approved in part, one with a question, two that wait, and one not sent."""
    _pay(board, rep_id, approver_id)
    partly = _sent(board, rep_id, "Visit to a day centre", 60, [BUS, MEAL])
    _decide(partly, approver_id, ("subsistence",))
    in_run = _sent(board, depute_id, "Carers’ forum", 90, [BUS])
    _decide(in_run, approver_id, ())
    payments_actions.make_run(board.id, approver_id, [in_run.id])
    asked = _sent(board, rep_id, "Talk at the college", 20, [BUS])
    decisions_actions.ask(asked, asked.version, approver_id, "Was this a single or a return?")
    _sent(board, rep_id, "Budget workshop", 12, [DRIVE, PARKING, CARE])
    _sent(board, depute_id, "Budget workshop", 12, [BUS])
    _with_lines(board, rep_id, "Carers’ week stall", 5, [DRIVE])


def _pay(board: Board, rep_id: UUID, approver_id: UUID) -> None:
    """A claim sent ten days after its day, decided in a week, and paid two days after its run was made."""
    now = clock.now()
    with at(now - timedelta(days=140)):
        paid = _sent(board, rep_id, "Carers’ forum", 10, [DRIVE, PARKING])
    with at(now - timedelta(days=133)):
        _decide(paid, approver_id, ())
        run = payments_actions.make_run(board.id, approver_id, [paid.id])
    with at(now - timedelta(days=131)):
        payments_actions.mark_paid(run, clock.today(), approver_id)


def _with_lines(board: Board, person_id: UUID, title: str, days_ago: int, lines: Sequence[Line]) -> Claim:
    day = clock.today() - timedelta(days=days_ago)
    claim = claims_actions.begin(uuid4(), board.id, person_id, "event", title, day)
    for category, typed, has_receipt in lines:
        line = claims_actions.save_line(claim, uuid4(), {"category": category, "spent_on": day, **typed})
        if has_receipt:
            paper, mark = made_paper(f"Receipt {title}", 1), uuid4().hex * 2
            claims_receipts.add_receipt(claim, line, "Receipt.pdf", "application/pdf", paper, mark)
    return claim


def _sent(board: Board, person_id: UUID, title: str, days_ago: int, lines: Sequence[Line]) -> Claim:
    claim = _with_lines(board, person_id, title, days_ago, lines)
    claims_actions.send(claim, claim.version)
    return claim


def _decide(claim: Claim, approver_id: UUID, declined: Sequence[str]) -> None:
    answers = {
        one.id: (one.category not in declined, "Lunch was there" if one.category in declined else "")
        for one in claims_queries.lines(claim.id)
    }
    decisions_actions.decide(claim, claim.version, approver_id, answers)
