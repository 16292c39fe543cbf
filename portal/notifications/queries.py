"""Finding emails: to send, to bundle, and to show an officer or clerk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from portal.access.decide import reach
from portal.access.permissions import EMAILS_READ
from portal.access.roles import CLERK, OFFICER, Viewer
from portal.boards.models import Appointment
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with
from portal.notifications.models import Email

SHOWN = 200


def email(email_id: UUID) -> Email | None:
    return db.session.get(Email, email_id)


def _in_sight(person: Viewer, board_id: UUID) -> Any:
    """An officer sees the emails of the board's reps and their meetings; a clerk those of meetings."""
    of_meetings = Email.meeting_id.is_not(None)
    reps = select(Appointment.person_id).where(Appointment.board_id == board_id)
    clauses = []
    if board_id in person.boards_with(OFFICER):
        clauses += [of_meetings, Email.person_id.in_(reps)]
    if board_id in person.boards_with(CLERK):
        clauses.append(of_meetings)
    return and_(Email.board_id == board_id, or_(*clauses)) if clauses else None


def _shown(person: Viewer, board_id: UUID) -> Select[Email] | None:
    limits = _in_sight(person, board_id) if board_id in reach(person, EMAILS_READ).boards else None
    return None if limits is None else select(Email).where(limits)


def emails_of_board(person: Viewer, board_id: UUID, meeting_id: UUID | None = None) -> Sequence[Email]:
    """The newest emails that a person may see, of a board or one of its meetings."""
    statement = _shown(person, board_id)
    if statement is None:
        return []
    if meeting_id:
        statement = statement.where(Email.meeting_id == meeting_id)
    return db.session.scalars(statement.order_by(Email.asked_at.desc(), Email.id).limit(SHOWN)).all()


@seen_with(EMAILS_READ)
def email_in_sight(sight: Sight, email_id: UUID) -> Email | None:
    found = db.session.get(Email, email_id)
    if found is None or found.board_id is None:
        return None
    statement = _shown(sight.person, found.board_id)
    return db.session.scalar(statement.where(Email.id == email_id)) if statement is not None else None


def held_by_person(now: datetime) -> dict[UUID, list[Email]]:
    """Emails that wait for the daily one, by person."""
    statement = select(Email).where(Email.status == "held", Email.expires_at > now)
    statement = across_boards(statement, CrossBoardReason.CLOCK)
    held: dict[UUID, list[Email]] = defaultdict(list)
    for one in db.session.scalars(statement.order_by(Email.person_id, Email.asked_at, Email.id)):
        held[one.person_id].append(one)
    return held


def emails_by_id(ids: Sequence[str]) -> Sequence[Email]:
    statement = select(Email).where(Email.id.in_([UUID(one) for one in ids]))
    return db.session.scalars(statement.order_by(Email.asked_at, Email.id)).all()


def keys_written(people: Iterable[UUID], keys: Iterable[str]) -> set[str]:
    """Those of some keys, of emails to some people, under which there is one."""
    statement = select(Email.key).where(Email.person_id.in_(list(people)), Email.key.in_(list(keys)))
    return set(db.session.scalars(statement.order_by(Email.key)))
