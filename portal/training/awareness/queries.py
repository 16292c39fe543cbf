"""Finding Carer Awareness that took place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.access.permissions import CORRECTIONS_WRITE
from portal.boards import queries as boards
from portal.core import clock
from portal.deputes import queries as deputes
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with
from portal.training.awareness.rules import (
    ALL,
    AWARENESS_COUNTS_FOR,
    counts_today,
    problem_with_members,
    problem_with_number,
    problems_with_numbers,
)
from portal.training.models import (
    AwarenessCount,
    AwarenessDelivered,
    AwarenessSession,
    OtherMembers,
)

DELIVERED_WITHIN = timedelta(days=366)


def awareness_of_board(board_id: UUID) -> Sequence[AwarenessSession]:
    """When Carer Awareness was held on a board, the latest first."""
    statement = select(AwarenessSession).where(AwarenessSession.board_id == board_id)
    return db.session.scalars(statement.order_by(AwarenessSession.held_on.desc(), AwarenessSession.id).limit(60)).all()


def delivered_by(board_id: UUID) -> dict[UUID, list[str]]:
    """The names of the reps who delivered it, by session."""
    statement = select(AwarenessDelivered).where(AwarenessDelivered.board_id == board_id)
    found: dict[UUID, list[str]] = {}
    for one in db.session.scalars(
        statement.options(joinedload(AwarenessDelivered.person)).order_by(AwarenessDelivered.id)
    ):
        found.setdefault(one.session_id, []).append(one.person.name)
    return found


def deliverers(board_id: UUID, session_id: UUID) -> Sequence[UUID]:
    """Who delivered one session."""
    statement = select(AwarenessDelivered.person_id).where(
        AwarenessDelivered.board_id == board_id, AwarenessDelivered.session_id == session_id
    )
    return db.session.scalars(statement.order_by(AwarenessDelivered.person_id)).all()


def delivered_between(first: date, last: date) -> Sequence[AwarenessDelivered]:
    """Who delivered Carer Awareness in these days, on every board: for the clock."""
    statement = select(AwarenessDelivered).join(AwarenessDelivered.session)
    statement = statement.where(AwarenessSession.held_on.between(first, last), AwarenessSession.withdrawn_on.is_(None))
    statement = statement.options(joinedload(AwarenessDelivered.session)).order_by(AwarenessDelivered.id)
    return db.session.scalars(across_boards(statement, CrossBoardReason.CLOCK)).all()


def had_awareness(board_id: UUID, today: date) -> Counter[UUID]:
    """How many other members had it within three years, by group."""
    statement = (
        select(AwarenessCount.group_id, func.sum(AwarenessCount.members))
        .join(AwarenessSession, AwarenessSession.id == AwarenessCount.session_id)
        .where(AwarenessCount.board_id == board_id, AwarenessSession.held_on > today - AWARENESS_COUNTS_FOR)
        .where(AwarenessSession.withdrawn_on.is_(None))
        .group_by(AwarenessCount.group_id)
    )
    rows = db.session.execute(statement.order_by(AwarenessCount.group_id))
    return Counter({group_id: int(number) for group_id, number in rows})


def every_session(board_id: UUID) -> tuple[dict[UUID, tuple[date, bool]], dict[tuple[UUID, UUID], int]]:
    """By session the day it was held and whether it took place; by session and group how many had it."""
    held = select(AwarenessSession).where(AwarenessSession.board_id == board_id).order_by(AwarenessSession.id)
    sessions = {one.id: (one.held_on, one.withdrawn_on is None) for one in db.session.scalars(held)}
    counted = select(AwarenessCount).where(AwarenessCount.board_id == board_id).order_by(AwarenessCount.id)
    return sessions, {(one.session_id, one.group_id): one.members for one in db.session.scalars(counted)}


def other_members(board_id: UUID) -> dict[UUID, OtherMembers]:
    """How many other members each group has, where somebody wrote it down."""
    statement = select(OtherMembers).where(OtherMembers.board_id == board_id).order_by(OtherMembers.id)
    return {one.group_id: one for one in db.session.scalars(statement)}


def wrong_numbers(board_id: UUID, held_on: date | None, numbers: Mapping[UUID, int]) -> dict[UUID, str]:
    """By group, what is wrong with how many had it for the first time at a session of a day."""
    today = clock.today()
    if held_on is None or not counts_today(held_on, today):
        return {}
    members = {key: one.members for key, one in other_members(board_id).items()}
    return problems_with_numbers(numbers, had_awareness(board_id, today), members)


def too_few_members(board_id: UUID, numbers: Mapping[UUID, int]) -> dict[UUID, str]:
    """By group, why it cannot have so few other members."""
    had_it = had_awareness(board_id, clock.today())
    said = {key: problem_with_members(number, had_it[key]) for key, number in numbers.items()}
    return {key: problem for key, problem in said.items() if problem}


@seen_with(CORRECTIONS_WRITE)
def session_to_correct(sight: Sight, session_id: UUID) -> AwarenessSession | None:
    statement = select(AwarenessSession).where(AwarenessSession.id == session_id, sight.of(AwarenessSession))
    return db.session.scalar(statement)


def counts(session_id: UUID) -> dict[UUID, int]:
    """How many members of each group had it at a session."""
    statement = select(AwarenessCount).where(AwarenessCount.session_id == session_id).order_by(AwarenessCount.id)
    return {one.group_id: one.members for one in db.session.scalars(statement)}


def count_of(session_id: UUID, group_id: UUID) -> AwarenessCount | None:
    one = (AwarenessCount.session_id == session_id, AwarenessCount.group_id == group_id)
    return db.session.scalar(select(AwarenessCount).where(*one))


def can_correct(_board_id: UUID, session_id: UUID, was: str, now: str) -> bool:
    """Whether the number of a group, or that a session took place, is what it was, and can be put right: not where more
    would have had it by now than there are."""
    session = db.session.get(AwarenessSession, session_id)
    if session is None or session.withdrawn_on:
        return False
    what, number = now.split(":")
    return what == ALL or _can_be(session, UUID(what), int(was.split(":")[1]), int(number))


def _can_be(session: AwarenessSession, group_id: UUID, was: int, number: int) -> bool:
    row, today = count_of(session.id, group_id), clock.today()
    if (row.members if row else 0) != was:
        return False
    if number <= was or not counts_today(session.held_on, today):
        return True
    members = other_members(session.board_id).get(group_id)
    had_it = had_awareness(session.board_id, today)[group_id]
    return not problem_with_number(number, had_it - was, members.members if members else 0)


def who_delivers(board_id: UUID, today: date) -> dict[UUID, tuple[str, tuple[tuple[date, date], ...] | None]]:
    """Who may have delivered it in the last year: name and terms of each rep, by name; None of deputes who agreed."""
    reps = boards.terms_since(board_id, today - DELIVERED_WITHIN)
    agreed = boards.people_named(deputes.agreed_deputes(board_id))
    found: dict[UUID, tuple[str, tuple[tuple[date, date], ...] | None]] = {
        key: (name, None) for key, name in agreed.items()
    }
    found = {**{key: (name, tuple(terms)) for key, (name, terms) in reps.items()}, **found}
    return dict(sorted(found.items(), key=lambda one: (one[1][0].lower(), one[0])))
