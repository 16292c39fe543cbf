"""Finding who was at the last meetings of a rep's groups, as it is on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.boards.models import Appointment
from portal.check_in.models import CheckIn
from portal.check_in.rules import ATTENDED, CAME, CAME_ONLINE
from portal.core import clock
from portal.infra.database import db
from portal.meetings.models import Meeting, StandIn
from portal.meetings.rules import PLANNED


@dataclass(frozen=True)
class Attendance:
    """A meeting that has begun, what is on record of a rep there, and the name of the depute who went instead."""

    meeting: Meeting
    attended: str
    depute: str | None

    @property
    def was_there(self) -> bool:
        """They were, or a depute for them."""
        return self.attended in (CAME, CAME_ONLINE)

    @property
    def words(self) -> str:
        """'Came online'; '' where nothing is recorded."""
        return dict(ATTENDED).get(self.attended, "")


def last_meetings(board_id: UUID, rep_id: UUID, most: int) -> Sequence[Attendance]:
    """Of the groups on which a rep sat on the day; the last one first. One that did not take place is left out."""
    sat = exists().where(
        Appointment.board_id == Meeting.board_id,
        Appointment.group_id == Meeting.group_id,
        Appointment.person_id == rep_id,
        Meeting.meets_on.between(Appointment.from_on, Appointment.until_on),
    )
    answer = and_(CheckIn.board_id == Meeting.board_id, CheckIn.meeting_id == Meeting.id, CheckIn.person_id == rep_id)
    instead = and_(
        StandIn.board_id == Meeting.board_id, StandIn.meeting_id == Meeting.id, StandIn.on_behalf_of_id == rep_id
    )
    statement = (
        select(Meeting, CheckIn.attended, Person.name)
        .outerjoin(CheckIn, answer)
        .outerjoin(StandIn, instead)
        .outerjoin(Person, Person.id == StandIn.person_id)
        .where(Meeting.board_id == board_id, Meeting.status == PLANNED, Meeting.starts_at <= clock.now())
        .where(sat.correlate(Meeting))
        .options(joinedload(Meeting.group))
        .order_by(Meeting.starts_at.desc(), Meeting.id)
    )
    rows = db.session.execute(statement.limit(most))
    return [Attendance(meeting, attended or "", depute) for meeting, attended, depute in rows]
