"""What boards have of everything that they need: one SELECT for any number of them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, Label, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal.access.permissions import SET_UP_READ
from portal.access.roles import ADMIN, APPROVER, CLERK, OFFICER
from portal.accounts.models import Person
from portal.accounts.queries import is_withdrawn
from portal.boards import data_protection
from portal.boards.models import Appointment, Board, Group, Seat, StaffRole
from portal.expenses.models import ExpensePolicy
from portal.infra.database import db
from portal.infra.sight import Sight, seen_with
from portal.infra.todo import Rows
from portal.meetings.models import Meeting
from portal.replacement_care.models import CarePolicy
from portal.role_descriptions.models import RoleDescription
from portal.set_up.rules import Facts
from portal.training.models import InductionStep


@seen_with(SET_UP_READ)
def board(sight: Sight, board: str) -> Board | None:
    """A board by its key, for its administrators and for coordinators, whether it has joined or not."""
    return db.session.scalar(select(Board).where(Board.key == board, sight.of(Board)))


def facts(board_ids: Iterable[UUID]) -> dict[UUID, Facts]:
    """What some boards have, by board."""
    statement = of_boards().where(Board.id.in_(list(board_ids))).order_by(Board.id)
    return {one.board_id: one for one in (Facts(*row) for row in db.session.execute(statement))}


def of_boards() -> Rows:
    """The facts of boards, for whichever of them a WHERE clause is added."""
    named = (Board.id.label("board_id"), Board.key.label("board"), Board.short_name.label("board_name"))
    said = ((Board.__table__.c[name] != "").label(name) for name in ("contact", *data_protection.NEEDED))
    open_group, open_seat = Group.closed_on.is_(None), Seat.closed_on.is_(None)
    return select(
        *named,
        *said,
        *_places(Group, "group_id", "has_groups", open_group),
        *_places(Seat, "seat_id", "has_seats", open_seat),
        *(_has_role(role).label(role) for role in (OFFICER, CLERK, APPROVER)),
        _has(RoleDescription, RoleDescription.published_at.is_not(None)).label("role"),
        _has(ExpensePolicy, ExpensePolicy.published_at.is_not(None)).label("expenses"),
        _has(CarePolicy).label("care"),
        _has(InductionStep, InductionStep.closed_at.is_(None)).label("induction"),
        _has(Meeting).label("meeting"),
        _has(Appointment, _can_join(Appointment)).label("rep"),
        _has_role(ADMIN).label("administrator_invited"),
        or_(_has_joined(), _has(Appointment)).label("is_begun"),
    )


def _places(
    model: type[Group | Seat], first: str, several: str, is_open: ColumnElement[bool]
) -> tuple[Label[UUID], Label[bool]]:
    """The first of a board's groups or seats, and whether there are others."""
    of_board = select(model.id).where(model.board_id == Board.id, is_open)
    number = select(func.count(model.id)).where(model.board_id == Board.id, is_open)
    return (
        of_board.order_by(model.id).limit(1).correlate(Board).scalar_subquery().label(first),
        (number.correlate(Board).scalar_subquery() > 1).label(several),
    )


AnyOfBoard = (
    type[Group] | type[RoleDescription] | type[ExpensePolicy] | type[CarePolicy] | type[InductionStep] | type[Meeting]
)


def _has(model: AnyOfBoard | type[Appointment] | type[StaffRole], *where: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(model.board_id == Board.id, *where).correlate(Board)


def _has_role(role: str) -> ColumnElement[bool]:
    """Whether somebody was ever given a role, and did not decline it."""
    return _has(StaffRole, StaffRole.role == role, StaffRole.waits_since.is_(None), _can_join(StaffRole))


def _can_join(model: type[Appointment] | type[StaffRole]) -> ColumnElement[bool]:
    return model.person_id.not_in(select(Person.id).where(is_withdrawn()))


def _has_joined() -> ColumnElement[bool]:
    someone = aliased(Person)
    joined = select(someone.id).where(someone.joined_at.is_not(None))
    return _has(StaffRole, StaffRole.person_id.in_(joined))
