"""Finding check-ins: one's own, by a mailed link, of a meeting, and what was said last time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.access.decide import reach
from portal.access.permissions import CHECK_IN_ANSWER
from portal.access.roles import Asker
from portal.accounts.models import Person
from portal.check_in.models import CheckIn
from portal.core import clock
from portal.infra.database import db
from portal.infra.scope import within
from portal.meetings.models import Meeting
from portal.meetings.rules import PLANNED, is_over


def by_link(check_in_id: UUID, generation: str) -> CheckIn | None:
    """What a mailed link is about, while its meeting is ahead and the link has not been replaced."""
    statement = select(CheckIn).where(CheckIn.id == check_in_id).options(*_everything())
    found: CheckIn | None = db.session.scalar(statement)
    if found is None or found.person.disabled_at or generation != str(found.generation):
        return None
    return found if is_ahead(found.meeting) else None


def is_ahead(meeting: Meeting) -> bool:
    """Whether it still makes sense to say if one comes."""
    return meeting.status == PLANNED and not is_over(meeting.starts_at, clock.now())


def _everything() -> tuple[Any, ...]:
    meeting = joinedload(CheckIn.meeting)
    return joinedload(CheckIn.person), meeting.joinedload(Meeting.board), meeting.joinedload(Meeting.group)


def check_in(meeting_id: UUID, person_id: UUID) -> CheckIn | None:
    statement = select(CheckIn).where(CheckIn.meeting_id == meeting_id, CheckIn.person_id == person_id)
    found: CheckIn | None = db.session.scalar(statement.options(*_everything()))
    return found


def of_meeting(meeting_id: UUID) -> dict[UUID, CheckIn]:
    """The check-ins of a meeting, by person."""
    statement = select(CheckIn).where(CheckIn.meeting_id == meeting_id).options(joinedload(CheckIn.person))
    found = db.session.scalars(statement.join(Person, Person.id == CheckIn.person_id).order_by(func.lower(Person.name)))
    return {one.person_id: one for one in found}


def last_answer(person_id: UUID, group_id: UUID, but_meeting: UUID) -> CheckIn | None:
    """What somebody answered for the last meeting of a group before this one."""
    statement = select(CheckIn).where(
        CheckIn.person_id == person_id,
        CheckIn.group_id == group_id,
        CheckIn.meeting_id != but_meeting,
        CheckIn.answered_at.is_not(None),
    )
    return db.session.scalar(statement.order_by(CheckIn.answered_at.desc(), CheckIn.id).limit(1))


def to_answer(person: Asker, meetings: Sequence[Meeting]) -> dict[UUID, CheckIn]:
    """Check-ins of a rep for some coming meetings that were asked, by meeting."""
    ids = [meeting.id for meeting in meetings]
    if not ids or not reach(person, CHECK_IN_ANSWER):
        return {}
    statement = select(CheckIn).where(
        CheckIn.meeting_id.in_(ids), CheckIn.person_id == person.id, within(reach(person, CHECK_IN_ANSWER), CheckIn)
    )
    return {one.meeting_id: one for one in db.session.scalars(statement.order_by(CheckIn.id))}


def open_check_ins(person_id: UUID) -> Sequence[CheckIn]:
    """What somebody can still answer, for sending its links again."""
    statement = select(CheckIn).join(Meeting, Meeting.id == CheckIn.meeting_id)
    statement = statement.where(
        CheckIn.person_id == person_id, Meeting.starts_at > clock.now(), Meeting.status == PLANNED
    )
    return db.session.scalars(statement.order_by(Meeting.starts_at, CheckIn.id)).all()
