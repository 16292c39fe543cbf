"""Somebody who was given a role or seat has declined it: an administrator finds somebody else, or ends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, or_, select, true

from portal.access.permissions import PEOPLE_MANAGE
from portal.accounts.models import Person
from portal.accounts.queries import is_withdrawn
from portal.boards.models import Appointment, Board, StaffRole
from portal.core.clock import london_day
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import SINCE, Line


@dataclass(frozen=True)
class Declined:
    """Somebody with a role or seat that has not ended, who has declined their invitation."""

    board_id: UUID
    board: str
    board_name: str
    person_name: str
    at: datetime


def _declined(who: Whoever) -> Rows:
    of_board = (Board.id.label("board_id"), Board.key.label("board"), Board.short_name.label("board_name"))
    rows = select(*of_board, Person.name.label("person_name"), Person.invitation_declined_at.label("at"))
    role = exists().where(StaffRole.person_id == Person.id, StaffRole.board_id == Board.id)
    role = role.where(or_(StaffRole.until_on.is_(None), StaffRole.until_on >= who.today))
    seat = exists().where(Appointment.person_id == Person.id, Appointment.board_id == Board.id)
    seat = seat.where(Appointment.until_on >= who.today)
    has_declined = (Person.invitation_declined_at.is_not(None), is_withdrawn(), Person.erased_at.is_(None))
    return rows.join(Person, true()).where(who.within(PEOPLE_MANAGE, Board), *has_declined, or_(role, seat))


def _find_another(found: Sequence[Declined], _today: date) -> Iterator[Line]:
    for one in found:
        title = f"{one.person_name} has declined the invitation to {one.board_name}"
        words = "Appoint or invite someone else, or end what they were invited to"
        yield Line(london_day(one.at), title, words, {"board": one.board}, day_is=SINCE)


DECLINED = ToDo(
    "invitation declined",
    Whom.STAFF,
    Declined,
    _declined,
    first_page=Says("boards.people", _find_another, names_board=True),
)
