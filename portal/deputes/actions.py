"""Every change to nominations."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, or_

from portal.access.roles import DEPUTE, Viewer
from portal.boards import queries as board_queries
from portal.boards.models import Group
from portal.boards.offers.actions import invite_to
from portal.boards.people import actions as people_actions
from portal.core import clock
from portal.core.values import EventFacts
from portal.deputes import queries
from portal.deputes.events import (
    DeputeAgreed,
    DeputeConfirmed,
    DeputeDeclined,
    DeputeNominated,
    NominationWithdrawn,
)
from portal.deputes.models import Nomination
from portal.deputes.rules import CONFIRMED, DECLINED, WITHDRAWN
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.meetings.rules import has_opened
from portal.role_descriptions import actions as role_actions
from portal.role_descriptions import queries as roles


def nominate(rep: Viewer, group: Group, name: str, email: str, why: str, only_meeting_id: UUID | None) -> Nomination:
    nomination = Nomination(board_id=group.board_id, group_id=group.id, on_behalf_of_id=rep.id)
    nomination.name, nomination.email, nomination.why = name, email, why
    nomination.only_meeting_id, nomination.nominated_at = only_meeting_id, clock.now()
    db.session.add(nomination)
    db.session.flush()
    record(DeputeNominated(**_event_ids(nomination)))
    return nomination


def _event_ids(nomination: Nomination) -> dict[str, UUID]:
    return {
        "board_id": nomination.board_id,
        "nomination_id": nomination.id,
        "group_id": nomination.group_id,
        "on_behalf_of_id": nomination.on_behalf_of_id,
    }


def confirm(nomination: Nomination, officer_id: UUID) -> None:
    """The depute gets an account, if they have none, and the role, and is asked to agree."""
    _decide(nomination, CONFIRMED, officer_id)
    depute = invite_to(nomination.board_id, nomination.email, nomination.name)
    nomination.person_id = depute.id
    people_actions.give_role(board_queries.board_by_id(nomination.board_id), depute, DEPUTE)
    record(DeputeConfirmed(**_event_ids(nomination), person_id=depute.id))


def decline(nomination: Nomination, officer_id: UUID, reason: str) -> None:
    _decide(nomination, DECLINED, officer_id)
    nomination.reason = reason
    record(DeputeDeclined(**_event_ids(nomination)))


def _decide(nomination: Nomination, status: str, officer_id: UUID) -> None:
    nomination.status, nomination.decided_at, nomination.decided_by_id = status, clock.now(), officer_id


def agree(nomination: Nomination) -> None:
    """The depute agrees to the role as it is written now, and goes to the meeting if it is for one. Twice is once."""
    if nomination.status != CONFIRMED or nomination.person_id is None:
        return
    if written := roles.current(nomination.board_id, nomination.group_id):
        role_actions.agree(written, nomination.person_id)
    if nomination.agreed_at is None:
        nomination.agreed_at = clock.now()
        record(DeputeAgreed(**_event_ids(nomination), person_id=nomination.person_id))
        _go_to_the_one_meeting(nomination, nomination.person_id)


def _go_to_the_one_meeting(nomination: Nomination, depute_id: UUID) -> None:
    if nomination.only_meeting_id:
        meeting = meeting_queries.meeting_by_id(nomination.only_meeting_id)
        if not has_opened(meeting, clock.now()):
            meetings.let_stand_in(meeting, depute_id, nomination.on_behalf_of_id)


@records_nothing("that the account was erased is recorded")
def forget_person(person_id: UUID) -> None:
    """An account ended: nominations that name its owner, or were made by them, go with it. The trail has its line."""
    theirs = or_(Nomination.person_id == person_id, Nomination.on_behalf_of_id == person_id)
    db.session.execute(delete(Nomination).where(theirs))


def withdraw(nomination: Nomination, still_at: Collection[UUID] = ()) -> None:
    """The rep takes the nomination back. The depute still goes to these meetings, and to no other for the rep."""
    if nomination.status == WITHDRAWN:
        return
    nomination.status, nomination.decided_at = WITHDRAWN, clock.now()
    rows = queries.stand_ins_of(nomination)
    for row in queries.coming_stand_ins_of(nomination):
        if row.meeting_id not in still_at:
            meetings.end_stand_in(row)
    every = tuple(row.meeting_id for row in rows)
    still = tuple(key for key in every if key in still_at)
    of: EventFacts = _event_ids(nomination)
    record(NominationWithdrawn(**of, person_id=nomination.person_id, meetings=every, still_at=still))
