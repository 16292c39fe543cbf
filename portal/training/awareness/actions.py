"""Keeping that Carer Awareness took place, and how many other members groups have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import record
from portal.training.awareness import queries
from portal.training.events import (
    AwarenessHeld,
    OtherMembersCounted,
)
from portal.training.models import (
    AwarenessCount,
    AwarenessDelivered,
    AwarenessSession,
    OtherMembers,
)


def hold_awareness(
    session_id: UUID,
    board_id: UUID,
    typed: Typed,
    delivered_by: Collection[UUID],
    members: Mapping[UUID, int],
) -> None:
    """Carer Awareness that took place: which reps gave it, and how many members by group. Sent twice, kept once."""
    if db.session.get(AwarenessSession, session_id) is not None:
        return
    db.session.add(AwarenessSession(id=session_id, board_id=board_id, **typed))
    db.session.flush()
    of = {"board_id": board_id, "session_id": session_id}
    db.session.add_all(AwarenessDelivered(**of, person_id=one) for one in delivered_by)
    db.session.add_all(AwarenessCount(**of, group_id=key, members=n) for key, n in members.items() if n)
    db.session.flush()
    record(AwarenessHeld(**of))


def count_other_members(board_id: UUID, members: Mapping[UUID, int]) -> None:
    """How many other members each group has."""
    known = queries.other_members(board_id)
    changed = {key: number for key, number in members.items() if key not in known or known[key].members != number}
    for group_id, number in changed.items():
        one = known.get(group_id) or OtherMembers(board_id=board_id, group_id=group_id)
        one.members = number
        db.session.add(one)
    db.session.flush()
    if changed:
        record(OtherMembersCounted(board_id=board_id))
