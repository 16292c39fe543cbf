"""What somebody was and is no more: as their first page tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.access.roles import REP, ROLE_NAMES
from portal.boards.access.rules import has_read_enough
from portal.boards.asking import access_of
from portal.boards.models import Appointment, Board, BoardAccess, Group, StaffRole
from portal.boards.rules import PAPERS_STAY_DAYS
from portal.boards.seats.rules import GAVE_UP
from portal.core.text import with_article
from portal.infra.database import db


@dataclass(frozen=True)
class Ended:
    """A role that is over. The group is a rep's; the board is empty of a role on none."""

    role: str
    group: str
    board: str
    until_on: date
    reads_until: date | None = None  # past papers, of a rep to whom nobody closed them

    @property
    def words(self) -> str:
        """'a carer rep on Joint Board (Northfirth)'."""
        name = with_article(ROLE_NAMES[self.role])
        if self.group:
            return f"{name} on {self.group} ({self.board})"
        return f"{name} at {self.board}" if self.board else name


def ended_lately(person_id: UUID, today: date) -> list[Ended]:
    """What ended within the days that past papers stay, or else what ended last; the latest first."""
    found = [*_terms(person_id, today), *_roles(person_id, today)]
    found = sorted(found, key=lambda one: (-one.until_on.toordinal(), one.board, one.group, one.role))
    lately = [one for one in found if one.until_on >= today - timedelta(days=PAPERS_STAY_DAYS)]
    return lately or found[:1]


def _terms(person_id: UUID, today: date) -> list[Ended]:
    """The last term on each group."""
    shown = (Group.name, Board.short_name, Appointment.until_on, BoardAccess.reading_ended_on)
    statement = select(*shown).join(Group, Group.id == Appointment.group_id)
    statement = statement.join(Board, Board.id == Appointment.board_id).outerjoin(BoardAccess, access_of(Appointment))
    statement = statement.where(Appointment.person_id == person_id, Appointment.until_on < today)
    statement = statement.where(Appointment.left_because.not_in(tuple(GAVE_UP)))
    rows = db.session.execute(statement.order_by(Appointment.until_on, Appointment.id))
    last = {(group, board): (until_on, closed_on) for group, board, until_on, closed_on in rows}
    return [
        Ended(REP, group, board, until_on, _reads_until(until_on, closed_on, today))
        for (group, board), (until_on, closed_on) in last.items()
    ]


def _reads_until(until_on: date, closed_on: date | None, today: date) -> date | None:
    last = until_on + timedelta(days=PAPERS_STAY_DAYS)
    return last if last >= today and not has_read_enough(until_on, closed_on) else None


def _roles(person_id: UUID, today: date) -> list[Ended]:
    """The last time of each role, without those that another administrator was asked for and that never began."""
    statement = select(StaffRole.role, Board.short_name, StaffRole.until_on)
    statement = statement.outerjoin(Board, Board.id == StaffRole.board_id)
    statement = statement.where(StaffRole.person_id == person_id, StaffRole.until_on < today)
    statement = statement.where(StaffRole.waits_since.is_(None), StaffRole.from_on <= today)
    rows = db.session.execute(statement.order_by(StaffRole.until_on, StaffRole.id))
    last = {(role, board or ""): until_on for role, board, until_on in rows if until_on}
    return [Ended(role, "", board, until_on) for (role, board), until_on in last.items()]
