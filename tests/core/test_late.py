"""What was recorded late: each row counts once, in the quarter in which it was recorded."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.core.calendar import quarter
from portal.core.late import Recorded, by_quarter_recorded, is_late_record

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
ROWS = st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=30)


def test_a_row_is_late_from_the_31st_day_on() -> None:
    happened = date(2026, 3, 1)
    assert not is_late_record(happened, happened + timedelta(days=30))
    assert is_late_record(happened, happened + timedelta(days=31))
    assert not is_late_record(happened, None)


def test_rows_are_counted_by_the_day_they_were_recorded() -> None:
    rows = [(date(2025, 12, 30), date(2026, 1, 2)), (date(2025, 10, 1), date(2026, 1, 2)), (date(2026, 1, 1), None)]
    assert by_quarter_recorded([*rows, (date(2026, 3, 31), date(2026, 4, 1))]) == [
        Recorded("2026 Q2", 1, 0),
        Recorded("2026 Q1", 2, 1),
    ]


@given(ROWS)
def test_the_quarters_add_up_to_the_rows(rows: list[tuple[date, date | None]]) -> None:
    found = by_quarter_recorded(rows)
    recorded = [(happened, on) for happened, on in rows if on]
    assert sum(one.rows for one in found) == len(recorded)
    assert sum(one.late for one in found) == sum(is_late_record(*row) for row in rows)
    assert all(0 <= one.late <= one.rows for one in found)
    assert [one.quarter for one in found] == sorted({quarter(on) for _, on in recorded}, reverse=True)
