"""Finding who wants to stop being a rep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.access.permissions import STEPPING_DOWN_OWN, STEPPING_DOWN_SETTLE
from portal.access.roles import ADMIN, OFFICER, ROLE_NAMES
from portal.boards import queries as boards
from portal.core.text import together
from portal.infra.database import db
from portal.infra.sight import Sight, seen_with
from portal.role_profiles.models import StepDownRequest
from portal.role_profiles.stepping_down.rules import ASKED


def _whole(statement: Select[StepDownRequest]) -> Select[StepDownRequest]:
    whole = (StepDownRequest.group, StepDownRequest.person, StepDownRequest.appointment)
    return statement.options(*map(joinedload, whole))


@seen_with(STEPPING_DOWN_OWN)
def own_request(sight: Sight, step_down_id: UUID) -> StepDownRequest | None:
    """One that this rep made."""
    limits = sight.of(StepDownRequest)
    return db.session.scalar(_whole(select(StepDownRequest).where(StepDownRequest.id == step_down_id, limits)))


@seen_with(STEPPING_DOWN_SETTLE)
def request_to_settle(sight: Sight, step_down_id: UUID) -> StepDownRequest | None:
    """One of a board of this officer's, open or not."""
    limits = sight.of(StepDownRequest)
    return db.session.scalar(_whole(select(StepDownRequest).where(StepDownRequest.id == step_down_id, limits)))


def request_by_id(board_id: UUID, step_down_id: UUID) -> StepDownRequest:
    """One of a board, for emails."""
    one = (StepDownRequest.board_id == board_id, StepDownRequest.id == step_down_id)
    return db.session.scalars(_whole(select(StepDownRequest).where(*one))).one()


def open_requests_of(person_id: UUID) -> dict[UUID, StepDownRequest]:
    """What a rep has asked and is not settled, by appointment."""
    theirs = (StepDownRequest.person_id == person_id, StepDownRequest.status == ASKED)
    statement = select(StepDownRequest).where(*theirs).order_by(StepDownRequest.asked_at, StepDownRequest.id)
    return {one.appointment_id: one for one in db.session.scalars(_whole(statement))}


def open_requests_for(board_id: UUID, appointment_id: UUID) -> Sequence[StepDownRequest]:
    one = (StepDownRequest.board_id == board_id, StepDownRequest.appointment_id == appointment_id)
    statement = select(StepDownRequest).where(*one, StepDownRequest.status == ASKED)
    return db.session.scalars(statement.order_by(StepDownRequest.id)).all()


@dataclass(frozen=True)
class Told:
    """Who hears of it: as what they hear, and (id, name) of each."""

    people: list[tuple[UUID, str]]
    role: str
    are_officers: bool

    @property
    def words(self) -> str:
        """'Ann Fraser (engagement officer)'; '' where there is nobody."""
        return f"{together([name for _, name in self.people])} ({self.role})" if self.people else ""


def told(board_id: UUID) -> Told:
    """The officers of a board, or where there are none its administrators."""
    if officers := boards.people_with_role(board_id, OFFICER):
        return Told(officers, ROLE_NAMES[OFFICER], are_officers=True)
    return Told(boards.people_with_role(board_id, ADMIN), ROLE_NAMES[ADMIN], are_officers=False)
