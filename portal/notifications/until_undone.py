"""For templates: who will be emailed of what can still be undone, from the emails that wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from portal.core.emailed import YOU
from portal.infra.guard import viewer
from portal.infra.unit_of_work import EmailTo
from portal.infra.web.emailed import emailed
from portal.notifications import queries


class Undoable(Protocol):
    """What somebody can still undo."""

    @property
    def id(self) -> UUID: ...
    @property
    def board_id(self) -> UUID: ...
    @property
    def emails_at(self) -> datetime: ...


def emailed_unless_undone(undo: Undoable, known: Mapping[UUID, str]) -> str:
    """The same sentence as the one with which it was done; whoever is `known` is named."""
    emails = [EmailTo(person_id, at=at) for person_id, at in queries.waiting_for_undo(undo.board_id, undo.id)]
    return emailed({**known, viewer().id: YOU}, emails)
