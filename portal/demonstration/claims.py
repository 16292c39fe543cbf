"""The demonstration's expenses: a policy for each board, and on Northfirth claims in every state."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from portal.boards.models import Board
from portal.core import clock
from portal.core.calendar import is_working_day, last_working_day_before, moment
from portal.core.values import Typed
from portal.demonstration.made_papers import made_paper
from portal.demonstration.moments import at
from portal.expenses.claims import actions as claims_actions
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims import receipts as claims_receipts
from portal.expenses.decisions import actions as decisions_actions
from portal.expenses.models import Claim, ExpensePolicy
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
    """One with the mileage rate of old, and one since the day on which it changed; each published before it held."""
    holds_from = CAR_RATE_CHANGED_ON - timedelta(days=365)
    with at(_before(holds_from)):
        draft = policies_actions.begin_draft(board)
        _set_car_rate(board, draft, OLD_RATE)
        typed = {"decided_by": "The finance team of the partnership", "not_covered": NOT_COVERED, "pay_days": 20}
        letters = "NF" if board.key == "northfirth" else "SM"
        policies_actions.change_draft(draft, draft.version, {**typed, "prefix": letters, "cost_code": "HSCP-4410"})
        policies_actions.publish(draft, draft.version, holds_from)
    with at(_before(CAR_RATE_CHANGED_ON)):
        newer = policies_actions.begin_draft(board)
        _set_car_rate(board, newer, NEW_RATE)
        policies_actions.publish(newer, newer.version, CAR_RATE_CHANGED_ON)


def _before(day: date) -> datetime:
    """Two weeks before a day, or now if that is still to come."""
    return min(clock.now(), moment(day - timedelta(days=14), time(10)))


def _set_car_rate(board: Board, draft: ExpensePolicy, pence: int) -> None:
    car = policies_queries.terms_of(board.id, [draft.id])[draft.id]["car"]
    policies_actions.change_terms(draft, car, {"rate": pence})


def fill(board: Board, rep_id: UUID, depute_id: UUID, approver_id: UUID, other_id: UUID) -> None:
    """A paid claim, one in a run, one approved in part, one with a question, two that wait, and one not sent.

    Of the two approvers, one decides what the other pays, and the other way round.
    In the order in which they were sent. The days are days ago, of the event and of the sending.
    """
    payments_actions.keep_payees(board.id, {rep_id: "S10482", depute_id: "S10517"})
    paid = _sent(board, rep_id, "Carers’ forum", (150, 140), [DRIVE, PARKING])
    _decide(paid, approver_id, 133)
    with _on(132):
        run = payments_actions.make_run(board.id, other_id, [paid.id])
    with _on(127):
        payments_actions.mark_paid(run, clock.today(), other_id)
    in_run = _sent(board, depute_id, "Carers’ forum", (21, 14), [BUS])
    partly = _sent(board, rep_id, "Visit to a day centre", (60, 12), [BUS, MEAL])
    asked = _sent(board, rep_id, "Talk at the college", (20, 11), [BUS])
    with _on(9):
        decisions_actions.ask(asked, asked.version, approver_id, "Was this a single or a return?")
    _decide(in_run, other_id, 8)
    with _on(6):
        payments_actions.make_run(board.id, approver_id, [in_run.id])
    _decide(partly, other_id, 5, ("subsistence",))
    _sent(board, depute_id, "Young carers’ workshop", (12, 4), [BUS])
    _sent(board, rep_id, "Young carers’ workshop", (12, 3), [DRIVE, PARKING, CARE])
    _begun(board, rep_id, "Carers’ week stall", (7, 2), [DRIVE])


def _on(days_ago: int) -> AbstractContextManager[None]:
    """On a morning so many days ago, or on the last working day before it."""
    today = clock.today()
    day = today - timedelta(days=days_ago)
    return at(moment(day if is_working_day(day) else last_working_day_before(day), time(10)))


def _begun(board: Board, person_id: UUID, title: str, days_ago: tuple[int, int], lines: Sequence[Line]) -> Claim:
    """A claim for something, begun on a later day."""
    day = clock.today() - timedelta(days=days_ago[0])
    with _on(days_ago[1]):
        claim = claims_actions.begin(uuid4(), board.id, person_id, "event", title, day)
        for category, typed, has_receipt in lines:
            line = claims_actions.save_line(claim, uuid4(), {"category": category, "spent_on": day, **typed})
            if has_receipt:
                paper, mark = made_paper(f"Receipt {title}", 1), uuid4().hex * 2
                claims_receipts.add_receipt(claim, line, "Receipt.pdf", "application/pdf", paper, mark)
    return claim


def _sent(board: Board, person_id: UUID, title: str, days_ago: tuple[int, int], lines: Sequence[Line]) -> Claim:
    claim = _begun(board, person_id, title, days_ago, lines)
    with _on(days_ago[1]):
        claims_actions.send(claim, claim.version)
    return claim


def _decide(claim: Claim, approver_id: UUID, days_ago: int, declined: Sequence[str] = ()) -> None:
    answers = {
        one.id: (one.category not in declined, "Lunch was there" if one.category in declined else "")
        for one in claims_queries.lines(claim.id)
    }
    with _on(days_ago):
        decisions_actions.decide(claim, claim.version, approver_id, answers)
