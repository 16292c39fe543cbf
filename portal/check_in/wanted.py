"""Who of a board has been asked about the coming meetings, and who has answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from portal.accounts.models import Person
from portal.check_in.models import CheckIn
from portal.infra.wanted import wants
from portal.meetings.models import Meeting
from portal.meetings.rules import PLANNED

CHECK_IN = "check_in"
AHEAD = timedelta(days=60)


def of_board(board_id: UUID, today: date) -> Iterator[Select[Any]]:
    """Asked about meetings ahead: `day` is the meeting's, `other_day` the day for which they answered."""
    of: dict[str, Any] = {"person_id": CheckIn.person_id, "moment": CheckIn.asked_at, "day": Meeting.meets_on}
    of |= {"other_day": CheckIn.answered_for, "label": CheckIn.coming, "name": Person.name}
    rows = wants(CHECK_IN, CheckIn.meeting_id, CheckIn.board_id, **of)
    rows = rows.join(Meeting, Meeting.id == CheckIn.meeting_id).join(Person, Person.id == CheckIn.person_id)
    ahead = (Meeting.meets_on.between(today, today + AHEAD), Meeting.status == PLANNED, CheckIn.asked_at.is_not(None))
    yield rows.where(CheckIn.board_id == board_id, Meeting.board_id == board_id, *ahead)
