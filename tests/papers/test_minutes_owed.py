"""Draft minutes that never came are late: where their days are counted, in its file, and for the clerk."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.papers.notice.rules import minutes_owed
from tests.cast import NOW
from tests.visitor import text_of

MET = NOW + timedelta(days=10)  # when the meeting of the cast is
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(("days", "overdue"), [(14, 0), (15, 1), (37, 23), (200, 186)])
def test_a_meeting_past_its_day_without_draft_minutes_counts_as_late(
    visit: Any, things: dict[str, Any], at: Any, days: int, overdue: int
) -> None:
    at(MET + timedelta(days=days))
    rep, clerk = visit("northfirth.rep"), visit("northfirth.clerk")
    page = text_of(rep.get("/boards/northfirth/notice"))
    said = re.search(
        r"\d meetings? still ha(?:ve none, the oldest is|s none,) (\d+) days? past the day they were", page
    )
    assert (int(said[1]) if said else 0) == overdue
    assert ("had them within 14 days" in page) == bool(overdue)
    rows = csv.DictReader(StringIO(rep.client.get("/boards/northfirth/notice.csv").data.decode("utf-8-sig")))
    [row] = [one for one in rows if one["met_on"] == f"{MET.date()}"]
    late, missing = row["draft_minutes_days_late"], row["draft_minutes_missing"]
    assert row["days_to_draft_minutes"] == "none yet"
    assert (late, missing) == ((str(overdue), "yes") if overdue else ("none yet", "no"))
    home = text_of(clerk.get("/"))
    assert "Publish draft minutes of CANARYNORTH Main Group, Friday 13 March" in home
    if overdue:
        assert "Was due by Friday 27 March" in home


@given(st.lists(st.tuples(DAYS, st.none() | DAYS)), DAYS)
def test_every_meeting_whose_minutes_are_due_had_them_in_time_late_or_not_at_all(
    held: list[tuple[date, date | None]], today: date
) -> None:
    owed = minutes_owed(held, today)
    came_late = sum(
        1 for sat, came in held if sat + timedelta(14) < today and came is not None and came > sat + timedelta(14)
    )
    assert owed.due == owed.in_time + owed.missing + came_late
    assert (owed.oldest > 0) == bool(owed.missing)
