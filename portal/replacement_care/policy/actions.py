"""Every change to a board's policy of care and its providers."""

from __future__ import annotations

from uuid import UUID

from portal.boards.models import Board
from portal.core import clock
from portal.core.changes import Changes
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import record
from portal.infra.versions import assign, save_unless_changed
from portal.replacement_care.events import (
    CarePolicyChanged,
    CareProviderChanged,
)
from portal.replacement_care.models import CarePolicy, CareProvider
from portal.replacement_care.policy import queries


def keep_policy(board: Board, version: int, typed: Typed) -> None:
    """Raises EditConflict when somebody else changed it first."""
    found = queries.policy(board.id)
    changed: Changes = {}
    if found is None:
        found = CarePolicy(board_id=board.id, version=version or 1, changed_at=clock.now(), **typed)
        db.session.add(found)
        db.session.flush()
    elif changed := save_unless_changed(found, version, **typed):
        found.changed_at = clock.now()
    else:
        return
    done = "" if changed else "said for the first time"
    record(CarePolicyChanged(board_id=board.id, done=done, **CarePolicyChanged.says(changed)))


def keep_provider(board_id: UUID, found: CareProvider | None, typed: Typed) -> None:
    is_new = found is None
    if found is None:
        found = CareProvider(board_id=board_id)
        db.session.add(found)
    changed = assign(found, **typed)
    db.session.flush()
    if changed:
        says: Typed = {"done": "added"} if is_new else CareProviderChanged.says(changed)
        record(CareProviderChanged(board_id=board_id, provider_id=found.id, **says))


def close_provider(found: CareProvider) -> None:
    """The board works with them no longer; what they did stays."""
    found.closed_at = clock.now()
    record(CareProviderChanged(board_id=found.board_id, provider_id=found.id, done="closed"))
