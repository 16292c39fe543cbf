"""The one request that "the same as last time" means, whatever page offers it, and the query that finds it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, select

from portal.infra.database import db
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.queries import with_names
from portal.replacement_care.requests.rules import CANCELLED, MEETING


def usual(person_id: UUID, board_id: UUID) -> CareRequest | None:
    """The request that "the same as last time" is like, for every page and for what is sent: what they usually need."""
    return db.session.scalar(with_names(of_last_times(select(CareRequest), person_id, board_id).limit(1)))


def of_last_times(statement: Select[Any], person_id: UUID, board_id: UUID) -> Select[Any]:
    """Those for a meeting of a board that somebody did not cancel: the newest first, after any that says more of what
    is needed than its times.
    """
    own = (CareRequest.person_id == person_id, CareRequest.board_id == board_id, CareRequest.what == MEETING)
    says_nothing = and_(CareRequest.place == "", CareRequest.who == "", CareRequest.sealed_kind == "")
    order = (case((says_nothing, 1), else_=0), CareRequest.asked_at.desc(), CareRequest.id)
    return statement.where(*own, CareRequest.status != CANCELLED).order_by(*order)


def last_times(person_id: UUID, board_ids: Collection[UUID]) -> dict[UUID, CareRequest]:
    """The same of several boards, of those that have one."""
    found = {key: usual(person_id, key) for key in set(board_ids)}
    return {key: one for key, one in found.items() if one}
