"""Finding descriptions, the national model, and who has agreed to what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from portal.boards.models import Appointment
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.role_descriptions.models import RoleAgreement, RoleDescription, RoleModel

PersonId = Any  # the id of a person, or a column of another table that holds one


def current_model() -> RoleModel | None:
    """The newest published version of the national model."""
    statement = select(RoleModel).where(RoleModel.published_at.is_not(None))
    return db.session.scalar(statement.order_by(RoleModel.number.desc()).limit(1))


def draft_model() -> RoleModel | None:
    return db.session.scalar(select(RoleModel).where(RoleModel.published_at.is_(None)).order_by(RoleModel.number))


def models() -> Sequence[RoleModel]:
    """The published versions of the national model, newest first."""
    statement = select(RoleModel).where(RoleModel.published_at.is_not(None))
    return db.session.scalars(statement.order_by(RoleModel.number.desc())).all()


def versions(board_id: UUID, group_id: UUID) -> Sequence[RoleDescription]:
    """The published versions of a group's description, newest first."""
    statement = select(RoleDescription).where(
        RoleDescription.board_id == board_id,
        RoleDescription.group_id == group_id,
        RoleDescription.published_at.is_not(None),
    )
    return db.session.scalars(statement.order_by(RoleDescription.number.desc())).all()


def current(board_id: UUID, group_id: UUID) -> RoleDescription | None:
    return next(iter(versions(board_id, group_id)), None)


def draft(board_id: UUID, group_id: UUID) -> RoleDescription | None:
    """The version of a group that nobody but its writers sees yet."""
    statement = select(RoleDescription).where(
        RoleDescription.board_id == board_id, RoleDescription.group_id == group_id
    )
    return db.session.scalar(statement.where(RoleDescription.published_at.is_(None)))


def description(board_id: UUID, description_id: UUID) -> RoleDescription:
    """One version, for emails."""
    one = (RoleDescription.board_id == board_id, RoleDescription.id == description_id)
    return db.session.scalars(select(RoleDescription).where(*one)).one()


def last_number(board_id: UUID, group_id: UUID) -> int:
    statement = select(func.max(RoleDescription.number)).where(
        RoleDescription.board_id == board_id, RoleDescription.group_id == group_id
    )
    return db.session.scalar(statement) or 0


def _newest() -> ColumnElement[int]:
    """The number of the newest published version of the same group."""
    other = aliased(RoleDescription)
    newest = select(func.max(other.number)).where(
        other.group_id == RoleDescription.group_id, other.published_at.is_not(None)
    )
    return newest.correlate(RoleDescription).scalar_subquery()


def is_newest() -> ColumnElement[bool]:
    """Whether a description is the newest published one of its group."""
    return RoleDescription.published_at.is_not(None) & (RoleDescription.number == _newest())


def current_of_board(board_id: UUID) -> dict[UUID, RoleDescription]:
    """The newest published description of each group that has one, by group."""
    statement = select(RoleDescription).where(RoleDescription.board_id == board_id, is_newest())
    return {one.group_id: one for one in db.session.scalars(statement.order_by(RoleDescription.group_id))}


def versions_of_groups(groups: Collection[UUID]) -> dict[UUID, list[RoleDescription]]:
    """The published versions of each of some groups' descriptions, the first one first; nothing of a group without."""
    of = (RoleDescription.group_id.in_(list(groups)), RoleDescription.published_at.is_not(None))
    found: dict[UUID, list[RoleDescription]] = {}
    for one in db.session.scalars(select(RoleDescription).where(*of).order_by(RoleDescription.number)):
        found.setdefault(one.group_id, []).append(one)
    return found


def agreements(board_id: UUID, group_id: UUID, person_id: UUID) -> dict[UUID, datetime]:
    """When somebody agreed to versions of a group's description, by version."""
    statement = select(RoleAgreement.description_id, RoleAgreement.agreed_at).where(
        RoleAgreement.board_id == board_id, RoleAgreement.group_id == group_id, RoleAgreement.person_id == person_id
    )
    rows = db.session.execute(statement.order_by(RoleAgreement.agreed_at))
    return {key: moment for key, moment in rows}  # noqa: C416 - rows are not pairs to mypy


def agreed_to(ids: Iterable[UUID]) -> dict[tuple[UUID, UUID], datetime]:
    """When each person agreed to some versions, by (version, person)."""
    statement = select(RoleAgreement.description_id, RoleAgreement.person_id, RoleAgreement.agreed_at)
    statement = statement.where(RoleAgreement.description_id.in_(list(ids)))
    rows = db.session.execute(statement.order_by(RoleAgreement.agreed_at, RoleAgreement.id))
    return {(version, person): moment for version, person, moment in rows}


def not_agreed(person: PersonId) -> ColumnElement[bool]:
    """Whether this person, an id or a column, has yet to agree to this version."""
    agreed = exists().where(RoleAgreement.description_id == RoleDescription.id, RoleAgreement.person_id == person)
    return ~agreed.correlate_except(RoleAgreement)


def to_agree(person_id: UUID, groups: Collection[UUID]) -> Sequence[RoleDescription]:
    """The newest versions of some groups that somebody has not agreed to."""
    if not groups:
        return []
    statement = select(RoleDescription).where(
        RoleDescription.group_id.in_(list(groups)), is_newest(), not_agreed(person_id)
    )
    return db.session.scalars(statement.order_by(RoleDescription.published_at, RoleDescription.id)).all()


@dataclass(frozen=True)
class Waiting:
    """A version that somebody has not agreed to; `agreed_before` says that they agreed to an earlier one."""

    description: RoleDescription
    person_id: UUID
    agreed_before: bool


def with_earlier(person: PersonId) -> Select[RoleDescription, UUID, bool]:
    """Descriptions with a person, a column, and whether they agreed to an earlier version."""
    earlier = exists().where(RoleAgreement.group_id == RoleDescription.group_id, RoleAgreement.person_id == person)
    return select(RoleDescription, person, earlier.correlate_except(RoleAgreement))


def waiting_reps(today: date) -> list[Waiting]:
    """Every rep in a seat today who has not agreed to the newest description of the group: for the clock."""
    statement = (
        with_earlier(Appointment.person_id)
        .join(Appointment, Appointment.group_id == RoleDescription.group_id)
        .where(is_newest(), Appointment.from_on <= today, Appointment.until_on >= today)
        .where(not_agreed(Appointment.person_id))
        .order_by(RoleDescription.id, Appointment.person_id)
    )
    return [Waiting(*row) for row in db.session.execute(across_boards(statement, CrossBoardReason.CLOCK))]


def earlier_agreement(board_id: UUID, description: RoleDescription, person_id: UUID) -> RoleDescription | None:
    """The last version before this one that somebody agreed to."""
    statement = select(RoleDescription).join(RoleAgreement, RoleAgreement.description_id == RoleDescription.id)
    statement = statement.where(
        RoleDescription.board_id == board_id,
        RoleDescription.group_id == description.group_id,
        RoleDescription.number < description.number,
        RoleAgreement.person_id == person_id,
    )
    return db.session.scalar(statement.order_by(RoleDescription.number.desc()).limit(1))
