"""How long notes about supporting a rep are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, exists

from portal.boards.models import Appointment
from portal.rep_pages.models import SupportNote
from portal.retention.rule import RetentionRule


def _has_left(before: datetime) -> ColumnElement[bool]:
    """The rep sits on no group of the board any more, and will on none."""
    sits = exists().where(
        Appointment.board_id == SupportNote.board_id,
        Appointment.person_id == SupportNote.person_id,
        Appointment.until_on >= before.date(),
    )
    return ~sits.correlate(SupportNote)


RETENTION = (
    RetentionRule(
        SupportNote,
        "What your officers noted about supporting you, encrypted",
        "2 days after your appointment ended",
        days=1,  # a last day is over once it has passed everywhere
        is_over=_has_left,
    ),
)
