"""How long answers and attendance are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, update

from portal.check_in.models import NEEDS, CheckIn, CheckInUndo
from portal.infra.database import rows_changed
from portal.infra.scope import CrossBoardReason, across_boards
from portal.meetings.models import Meeting
from portal.retention.rule import RetentionRule


def _told_of_needs(before: datetime) -> ColumnElement[bool]:
    held = exists().where(Meeting.id == CheckIn.meeting_id, Meeting.meets_on < before.date())
    return and_(held, or_(*(getattr(CheckIn, name) != "" for name in NEEDS)))


def _forget_needs(which: ColumnElement[bool]) -> int:
    """Take care, travel, address and needs out; whether somebody came stays."""
    emptied = update(CheckIn).where(which).values(**dict.fromkeys(NEEDS, ""))
    return rows_changed(across_boards(emptied, CrossBoardReason.CLOCK))


RETENTION = (
    RetentionRule(
        CheckIn,
        "Whether you came, and what you needed for it: care, travel, address, help (encrypted)",
        "What you needed, for 18 months after the meeting; whether you came, for as long as the meeting itself",
        days=548,
        is_over=_told_of_needs,
        told=True,
        empty=_forget_needs,
        secret=("generation",),
    ),
    RetentionRule(
        CheckInUndo,
        "What you had answered, and written about care, before you said that you cannot come (encrypted)",
        "Ten minutes, in which you can undo it; a day at most",
        days=1,
        is_over=lambda before: CheckInUndo.ends_at < before,
        secret=("was", "sealed_words"),
    ),
)
