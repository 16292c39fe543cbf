"""Finding what waits for a decision, and what an approver may look at twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Result, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.access.decide import reach
from portal.access.permissions import CLAIMS_DECIDE
from portal.access.roles import CLERK, Viewer
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.text import together
from portal.expenses.claims.queries import not_of, with_person
from portal.expenses.claims.rules import IN_PAYMENT, QUERIED, SEEN_BY_BOARD, SENT, TO_PAY
from portal.expenses.decisions.rules import attendance_question
from portal.expenses.models import Claim, ClaimLine, ExpensePolicy, FirstDecision, Receipt
from portal.expenses.policies.queries import policies
from portal.infra.database import db
from portal.infra.occasions import fired
from portal.infra.scope import CrossBoardReason, across_boards, within
from portal.meetings.queries import meeting_by_id


@dataclass(frozen=True)
class Unconfirmed:
    """Nobody has confirmed that the person of a claim was at its meeting: who can, and if they were asked today."""

    clerks: dict[UUID, str]
    is_asked: bool
    is_recorded: bool  # who came is recorded, and this person is not among them

    @property
    def names(self) -> str:
        return together(list(self.clerks.values()))


def unconfirmed(claim: Claim) -> Unconfirmed | None:
    """None where there is nothing to confirm."""
    if claim.meeting_id is None or claim.is_attendance_confirmed:
        return None
    clerks = board_queries.people_with_role(claim.board_id, CLERK)
    is_asked = bool(fired([attendance_question(claim.meeting_id, clock.today())]))
    return Unconfirmed(dict(clerks), is_asked, meeting_by_id(claim.meeting_id).attendance_at is not None)


def first_decision(claim: Claim) -> FirstDecision | None:
    """What an approver said of a claim as it is now, where another has to agree."""
    this = (FirstDecision.board_id == claim.board_id, FirstDecision.claim_id == claim.id)
    statement = select(FirstDecision).where(*this, FirstDecision.version == claim.version)
    return db.session.scalar(statement.options(joinedload(FirstDecision.by)))


def deciders(claim: Claim) -> list[str]:
    """Who decided a claim, and who agreed."""
    return deciders_of([claim])[claim.id]


def deciders_of(claims: Sequence[Claim]) -> dict[UUID, list[str]]:
    """The same of several, by claim."""
    ids = {one.id: [by for by in (one.decided_by_id, one.seconded_by_id) if by] for one in claims}
    everyone = {by for of_claim in ids.values() for by in of_claim}
    names = board_queries.people_named(everyone) if everyone else {}
    return {key: [names[by] for by in of_claim] for key, of_claim in ids.items()}


def to_decide(person: Viewer) -> Sequence[Claim]:
    """Claims that wait for this approver, the oldest first; never their own."""
    statement = select(Claim).where(
        within(reach(person, CLAIMS_DECIDE), Claim), Claim.status == SENT, not_of(person.id)
    )
    statement = with_person(statement.order_by(Claim.sent_at, Claim.id).limit(200))
    return db.session.scalars(statement.options(joinedload(Claim.first).joinedload(FirstDecision.by))).all()


def waiting_for_answer(person: Viewer) -> Sequence[Claim]:
    """Claims that this approver could decide once their people have answered a question, by the day of the claim."""
    statement = select(Claim).where(
        within(reach(person, CLAIMS_DECIDE), Claim), Claim.status == QUERIED, not_of(person.id)
    )
    return db.session.scalars(with_person(statement.order_by(Claim.happened_on, Claim.id).limit(200))).all()


def waiting_by_board() -> dict[UUID, int]:
    """How many claims wait for a decision, on every board: for the clock."""
    statement = select(Claim.board_id, func.count(Claim.id)).where(Claim.status == SENT).group_by(Claim.board_id)
    rows = db.session.execute(across_boards(statement.order_by(Claim.board_id), CrossBoardReason.CLOCK))
    return {board: number for board, number in rows}  # noqa: C416 - rows are not pairs to mypy


def over_promise(today: date) -> dict[UUID, int]:
    """How many claims wait for payment longer than the policy of their day promises, by board: for the clock."""
    statement = select(Claim.board_id, Claim.happened_on, Claim.sent_at, Claim.earlier_days).where(
        Claim.status.in_((SENT, *TO_PAY, IN_PAYMENT))
    )
    found: dict[UUID, int] = defaultdict(int)
    said: dict[UUID, Sequence[ExpensePolicy]] = {}
    every = across_boards(statement.order_by(Claim.id), CrossBoardReason.CLOCK)
    rows: Any = db.session.execute(every)  # what was sent has its moment, which mypy cannot know
    for board_id, day, sent_at, earlier in rows:
        if board_id not in said:
            said[board_id] = policies(board_id)
        promise = next((one.pay_days for one in said[board_id] if one.from_on <= day), None)
        found[board_id] += promise is not None and earlier + (today - clock.london_day(sent_at)).days > promise
    return {board_id: number for board_id, number in found.items() if number}


Others = dict[UUID, list[Claim]]  # claims of which a line should be looked at beside one of this claim


@dataclass(frozen=True)
class SameReceipt:
    """A receipt whose very bytes came with another line: of this claim, or of one sent before or after it."""

    receipt_id: UUID
    claim: Claim
    other_line_id: UUID
    when: str


def same_receipts(claim: Claim) -> dict[UUID, list[SameReceipt]]:
    """By line of a claim, its receipts that are the same as others."""
    mine, other = aliased(Receipt), aliased(Receipt)
    statement = (
        select(mine.line_id, mine.id, other.line_id, Claim)
        .join(other, and_(other.board_id == mine.board_id, other.sha256 == mine.sha256, other.line_id != mine.line_id))
        .join(Claim, Claim.id == other.claim_id)
        .where(mine.claim_id == claim.id, or_(Claim.status.in_(SEEN_BY_BOARD), Claim.id == claim.id))
    )
    found: dict[UUID, list[SameReceipt]] = defaultdict(list)
    order = (mine.line_id, mine.created_at, mine.id, Claim.sent_at, Claim.id, other.line_id)
    for line_id, receipt_id, other_id, one in db.session.execute(statement.order_by(*order)):
        same = SameReceipt(receipt_id, one, other_id, _when(one, claim))
        if same not in found[line_id]:
            found[line_id].append(same)
    return found


def _when(other: Claim, this: Claim) -> str:
    if other.id == this.id:
        return "here"
    sent = [(one.sent_at, one.reference or "") for one in (other, this) if one.sent_at]
    return "before" if sent[1:] and sent[0] < sent[1] else "after"


def same_lines(claim: Claim) -> Others:
    """The lines of a claim for which another claim of the same person has one of the same day, kind and cost."""
    mine, other = aliased(ClaimLine), aliased(ClaimLine)
    statement = (
        select(mine.id, Claim)
        .join(other, and_(other.person_id == mine.person_id, other.claim_id != mine.claim_id))
        .join(Claim, Claim.id == other.claim_id)
        .where(mine.claim_id == claim.id, Claim.board_id == claim.board_id, Claim.status.in_(SEEN_BY_BOARD))
        .where(other.category == mine.category, other.spent_on == mine.spent_on, other.cost == mine.cost)
    )
    return _by_line(db.session.execute(statement.order_by(mine.id, Claim.sent_at, Claim.id)))


def _by_line(rows: Result[UUID, Claim]) -> Others:
    found: Others = defaultdict(list)
    for line_id, claim in rows:
        if claim not in found[line_id]:
            found[line_id].append(claim)
    return found
