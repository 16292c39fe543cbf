"""Figures of attendance: quarters add up to what was recorded, and months to what was corrected."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from portal.check_in import queries
from portal.check_in.models import CheckIn
from portal.check_in.rules import ABSENT, APOLOGIES, ATTENDANCE, CAME, CAME_ONLINE, absent_running
from portal.core import clock
from portal.core.clock import london_day
from portal.core.late import by_quarter_recorded
from portal.corrections.models import Correction
from portal.corrections.queries import rows_by_month
from portal.infra.database import db
from portal.meetings.models import Meeting
from tests.cast import NOW, TODAY, Cast

HOW = st.sampled_from([CAME, CAME_ONLINE, APOLOGIES, ABSENT])
RECORDED = st.lists(st.tuples(HOW, st.none() | st.integers(0, 60)), max_size=3)
CORRECTED = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 200)), max_size=10)


@pytest.mark.same_anywhere
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RECORDED, CORRECTED)
def test_quarters_and_months_add_up_to_their_rows(
    app: Flask,
    rolled_back: Any,
    cast: Cast,
    recorded: list[tuple[str, int | None]],
    corrected: list[tuple[int, int]],
) -> None:
    north = cast.northfirth
    before = TODAY - timedelta(days=60)
    with app.app_context():
        nested = rolled_back.begin_nested()
        try:
            meeting_id, clerk = north.things["meeting_id"], north.people["clerk"]
            of = {"board_id": north.id, "meeting_id": meeting_id}
            held = update(Meeting).where(Meeting.board_id == north.id, Meeting.id == meeting_id)
            db.session.execute(held.values(meets_on=before, opened_on=before))
            meeting = db.session.get_one(Meeting, meeting_id)
            own = update(CheckIn).where(CheckIn.board_id == north.id).values(attended="", attendance_on=None)
            db.session.execute(own)
            for person, (how, later) in zip(("officer", "admin", "approver"), recorded, strict=False):
                on = None if later is None else before + timedelta(days=later)
                more = {"coming": "", "care": "", "travel": "", "attended": how, "attendance_on": on}
                who = {"person_id": north.people[person], "group_id": meeting.group_id}
                db.session.add(CheckIn(**of, **who, **more))
            made = [(UUID(int=key), NOW - timedelta(days=ago)) for key, ago in corrected]
            for key, moment in made:
                words = dict.fromkeys(("about", "was", "now", "was_value", "now_value", "sealed_line"), "")
                by = {"asked_by_id": clerk, "decided_by_id": clerk, "asked_at": moment, "decided_at": moment}
                row = {"kind": ATTENDANCE, "is_of_board": False, "status": "made", "reason": "typed", "thing_id": key}
                db.session.add(Correction(board_id=north.id, **words, **by, **row))
            db.session.flush()
            quarters = by_quarter_recorded(queries.attendance_recorded(north.id, clock.today()))
            days = [later for _, later in recorded if later is not None]
            assert sum(one.rows for one in quarters) == len(days)
            assert sum(one.late for one in quarters) == sum(later > 30 for later in days)
            months = rows_by_month(north.id, ATTENDANCE)
            assert sum(number for _, number in months) == len({(f"{london_day(at):%B %Y}", key) for key, at in made})
            assert all(1 <= number <= len({key for key, _ in made}) for _, number in months)
            assert len(months) == len({month for month, _ in months})
        finally:
            db.session.rollback()
            nested.rollback()


@given(st.lists(HOW, max_size=12))
def test_nobody_missed_more_meetings_running_than_there_were(attended: list[str]) -> None:
    running = absent_running(attended)
    assert 0 <= running <= len(attended)
    assert all(one in (APOLOGIES, ABSENT) for one in attended[:running])
    assert attended[running : running + 1] in ([], [CAME], [CAME_ONLINE])
