"""Finding claims, their lines and receipts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from portal.access.decide import reach
from portal.access.permissions import CLAIMS_OWN, CLAIMS_READ
from portal.access.roles import Viewer
from portal.boards.models import Appointment, StaffRole
from portal.expenses.claims.rules import (
    DRAFT,
    LONGEST_DEADLINE,
    OPEN_TO_CHANGE,
    SEEN_BY_BOARD,
    Named,
    last_day_to_send,
)
from portal.expenses.claims.same_event import Event, same_event
from portal.expenses.models import Claim, ClaimLine, Receipt
from portal.expenses.policies.queries import days_to_send, deadline_days
from portal.infra.database import db
from portal.infra.kept import AnyDay
from portal.infra.scope import CrossBoardReason, across_boards, within
from portal.infra.sight import Sight, seen_with


def in_sight(person: Viewer) -> ColumnElement[bool]:
    """One's own claims, and for approvers those of others that were sent."""
    own = within(reach(person, CLAIMS_OWN), Claim)
    of_board = and_(
        within(reach(person, CLAIMS_READ), Claim), Claim.status.in_(SEEN_BY_BOARD), Claim.person_id != person.id
    )
    return or_(own, of_board)


def with_person(statement: Select[Claim]) -> Select[Claim]:
    return statement.options(joinedload(Claim.person), joinedload(Claim.run), joinedload(Claim.helped_by))


def not_of(person_id: UUID | BindParameter[UUID]) -> ColumnElement[bool]:
    """Claims that somebody may decide and pay: neither their own nor made by them for somebody."""
    return and_(Claim.person_id != person_id, or_(Claim.helped_by_id.is_(None), Claim.helped_by_id != person_id))


@seen_with(CLAIMS_READ, whose=lambda claim: None if claim.status in SEEN_BY_BOARD else (claim.person_id,))
def claim(sight: Sight, claim_id: UUID) -> Claim | None:
    """A claim within a person's sight."""
    return db.session.scalar(with_person(select(Claim).where(Claim.id == claim_id, in_sight(sight.person))))


def claim_by_id(board_id: UUID, claim_id: UUID) -> Claim:
    """One of a board, for emails."""
    one = (Claim.board_id == board_id, Claim.id == claim_id)
    return db.session.scalars(with_person(select(Claim).where(*one))).one()


def own_claims(person: Viewer) -> Sequence[Claim]:
    """Somebody's own claims, the newest first."""
    statement = select(Claim).where(within(reach(person, CLAIMS_OWN), Claim), Claim.person_id == person.id)
    order = (Claim.happened_on.desc(), Claim.created_at.desc(), Claim.id)
    return db.session.scalars(with_person(statement.order_by(*order))).all()


def unsent_with_deadline(today: date) -> list[tuple[Claim, int]]:
    """Claims with something in them that are not sent, with the days in which to send them: for the clock."""
    statement = select(Claim, deadline_days()).where(unsent(today)).order_by(Claim.board_id, Claim.id)
    rows = db.session.execute(across_boards(statement, CrossBoardReason.CLOCK))
    return [(claim, days) for claim, days in rows if days]


def unsent(today: AnyDay) -> ColumnElement[bool]:
    """Claims with something in them that are not sent, and can still be late."""
    has_lines = exists().where(ClaimLine.claim_id == Claim.id)
    return and_(Claim.status == DRAFT, has_lines, Claim.happened_on >= today - LONGEST_DEADLINE)


def last_days(claims: Iterable[Claim]) -> dict[UUID, date]:
    """Until when each claim that was never sent is to be sent; one for a day without a policy has no such day."""
    unsent = [one for one in claims if one.status == DRAFT and one.sent_at is None]
    days = days_to_send((one.board_id, one.happened_on) for one in unsent)
    found = ((one, days.get((one.board_id, one.happened_on))) for one in unsent)
    return {one.id: last_day_to_send(one.happened_on, given) for one, given in found if given is not None}


def own_claim_by_id(person_id: UUID, claim_id: UUID) -> Claim | None:
    return db.session.scalar(select(Claim).where(Claim.id == claim_id, Claim.person_id == person_id))


def of_person(person_id: UUID) -> Select[Claim]:
    """Every claim of somebody."""
    return select(Claim).where(Claim.person_id == person_id).order_by(Claim.id)


def claim_for_meeting(person_id: UUID, meeting_id: UUID) -> Claim | None:
    statement = select(Claim).where(Claim.person_id == person_id, Claim.meeting_id == meeting_id)
    return db.session.scalar(statement)


def last_sent(person_id: UUID, board_id: UUID, but: UUID) -> Claim | None:
    """The last claim of somebody for a meeting of a board that was sent: what they usually claim."""
    statement = select(Claim).where(
        Claim.person_id == person_id, Claim.board_id == board_id, Claim.id != but, Claim.sent_at.is_not(None)
    )
    statement = statement.where(Claim.what == "meeting").order_by(Claim.happened_on.desc(), Claim.id).limit(1)
    return db.session.scalar(statement)


def lines(claim_id: UUID) -> Sequence[ClaimLine]:
    statement = select(ClaimLine).where(ClaimLine.claim_id == claim_id)
    return db.session.scalars(statement.order_by(ClaimLine.spent_on, ClaimLine.created_at, ClaimLine.id)).all()


@seen_with(CLAIMS_READ)
def line(sight: Sight, line_id: UUID) -> ClaimLine | None:
    """A line of a claim within a person's sight."""
    statement = select(ClaimLine).join(Claim, Claim.id == ClaimLine.claim_id)
    return db.session.scalar(statement.where(ClaimLine.id == line_id, in_sight(sight.person)))


def receipts(claim_id: UUID) -> dict[UUID, list[Receipt]]:
    """The receipts of a claim, by line."""
    found: dict[UUID, list[Receipt]] = defaultdict(list)
    statement = select(Receipt).where(Receipt.claim_id == claim_id).order_by(Receipt.created_at, Receipt.id)
    for one in db.session.scalars(statement):
        found[one.line_id].append(one)
    return found


@seen_with(CLAIMS_READ, whose=lambda receipt: (receipt.person_id,) if receipt.sealed_key else None)
def receipt(sight: Sight, receipt_id: UUID) -> Receipt | None:
    """A receipt within sight: one's own; of others only where it cannot tell of somebody's care."""
    statement = select(Receipt).join(Claim, Claim.id == Receipt.claim_id).where(Receipt.id == receipt_id)
    open_to_all = or_(Receipt.sealed_key == "", Receipt.person_id == sight.person.id)
    return db.session.scalar(statement.where(in_sight(sight.person), open_to_all))


def same_files(receipt: Receipt) -> Sequence[Receipt]:
    """Other receipts of a board with the very bytes of one, whose ever they are."""
    statement = select(Receipt).where(Receipt.board_id == receipt.board_id, Receipt.sha256 == receipt.sha256)
    return db.session.scalars(statement.where(Receipt.id != receipt.id).order_by(Receipt.id)).all()


def of_same_event(claim: Claim, statuses: Sequence[str]) -> Sequence[Claim]:
    """Other claims of the same person to the same board for the same event.

    Somebody's officer may have written one, or it was begun twice.
    """
    alike = Claim.happened_on == claim.happened_on
    statement = select(Claim).where(
        Claim.board_id == claim.board_id,
        Claim.person_id == claim.person_id,
        Claim.id != claim.id,
        Claim.status.in_(statuses),
        or_(alike, Claim.meeting_id == claim.meeting_id) if claim.meeting_id else alike,
    )
    found = db.session.scalars(statement.order_by(Claim.created_at, Claim.id))
    return [one for one in found if same_event(_event(one), _event(claim))]


def _event(claim: Claim) -> Event:
    return Event(claim.what, claim.title, claim.happened_on, claim.meeting_id)


def named(lines: Iterable[ClaimLine], *, to_approver: bool = False) -> dict[UUID, Named]:
    """What tells each line from the others. An approver knows it by what is covered: the rest is the rep's alone."""
    return {
        one.id: Named(one.category, one.spent_on, one.covered if to_approver else one.cost, (one.tenths, one.minutes))
        for one in lines
    }


def other_lines(claim: Claim) -> list[ClaimLine]:
    """The lines of the same person's other claims on a board that are sent or settled: they use up bands and caps."""
    statement = (
        select(ClaimLine)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(Claim.person_id == claim.person_id, Claim.board_id == claim.board_id, Claim.id != claim.id)
        .where(Claim.status.in_(SEEN_BY_BOARD))
    )
    return list(db.session.scalars(statement.order_by(ClaimLine.spent_on, ClaimLine.id)))


def totals(claim_ids: Iterable[UUID]) -> dict[UUID, tuple[int, int, int]]:
    """(cost, covered, approved) pence of each claim."""
    cost, covered = func.sum(ClaimLine.cost), func.sum(ClaimLine.covered)
    statement = select(ClaimLine.claim_id, cost, covered, func.sum(func.coalesce(ClaimLine.approved, 0)))
    statement = statement.where(ClaimLine.claim_id.in_(list(claim_ids))).group_by(ClaimLine.claim_id)
    rows = db.session.execute(statement.order_by(ClaimLine.claim_id))
    return {key: (int(a or 0), int(b or 0), int(c or 0)) for key, a, b, c in rows}


def next_number(board_id: UUID, year: int) -> int:
    statement = select(func.max(Claim.number)).where(Claim.board_id == board_id, Claim.year == year)
    return (db.session.scalar(statement) or 0) + 1


def role_began(person_id: UUID, board_id: UUID) -> date | None:
    """The first day on which somebody had a seat or role on a board."""
    seats = select(func.min(Appointment.from_on)).where(
        Appointment.person_id == person_id, Appointment.board_id == board_id
    )
    held = (StaffRole.person_id == person_id, StaffRole.board_id == board_id, StaffRole.waits_since.is_(None))
    roles = select(func.min(StaffRole.from_on)).where(*held)
    days = [db.session.scalar(seats), db.session.scalar(roles)]
    return min((day for day in days if day), default=None)


def open_claims(board_id: UUID) -> Sequence[Claim]:
    """Claims of a board that can still change, for pricing them again."""
    statement = select(Claim).where(Claim.board_id == board_id, Claim.status.in_(OPEN_TO_CHANGE))
    return db.session.scalars(statement.order_by(Claim.created_at, Claim.id)).all()
