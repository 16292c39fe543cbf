"""The one request that "the same as last time" means, whatever page offers it, and the query that finds it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, select

from portal.infra.database import db
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.queries import with_names
from portal.replacement_care.requests.rules import CANCELLED, MEETING


def usual(person_id: UUID, board_id: UUID) -> CareRequest | None:
    """The request that "the same as last time" is like, for every page and for what is sent: what they usually need."""
    statement = select(CareRequest).where(may_be_last(person_id, board_id)).order_by(*LAST_FIRST)
    return db.session.scalar(with_names(statement.limit(1)))


def may_be_last(person_id: UUID, board_id: UUID) -> ColumnElement[bool]:
    """As a part of a statement: those for a meeting of a board that somebody did not cancel."""
    own = (CareRequest.person_id == person_id, CareRequest.board_id == board_id, CareRequest.what == MEETING)
    return and_(*own, CareRequest.status != CANCELLED)


_SAYS_NOTHING = and_(CareRequest.place == "", CareRequest.who == "", CareRequest.sealed_kind == "")
# The newest first, after any that says more of what is needed than its times.
LAST_FIRST = (case((_SAYS_NOTHING, 1), else_=0), CareRequest.asked_at.desc(), CareRequest.id)


def last_times(person_id: UUID, board_ids: Collection[UUID]) -> dict[UUID, CareRequest]:
    """The same of several boards, of those that have one."""
    found = {key: usual(person_id, key) for key in set(board_ids)}
    return {key: one for key, one in found.items() if one}
