"""Whether the day on which a request was made is enough to know it by, where no email may say what it is for."""

from __future__ import annotations

from datetime import date, time, timedelta

from sqlalchemy import exists, select

from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.text import hour_words, short_day_words
from portal.infra.database import db
from portal.replacement_care.models import CareRequest


def made_words(care: CareRequest) -> str:
    """'made on Friday 27 November'; with its hour where another of its board, for no meeting, was made on that day."""
    day = london_day(care.asked_at)
    on = f"on {short_day_words(day)}"
    return f"made at {hour_words(care.asked_at)} {on}" if _has_others(care, day) else f"made {on}"


def _has_others(care: CareRequest, day: date) -> bool:
    others = (CareRequest.board_id == care.board_id, CareRequest.id != care.id, CareRequest.meeting_id.is_(None))
    begins, ends = moment(day, time(0)), moment(day + timedelta(days=1), time(0))
    on_the_day = (CareRequest.asked_at >= begins, CareRequest.asked_at < ends)
    return bool(db.session.scalar(select(exists().where(*others, *on_the_day))))
