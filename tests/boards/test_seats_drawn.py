"""Seats over time: what is vacant in the table is hatched in the picture."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import lxml.html

from portal.boards.seats.charts import over_time
from portal.boards.seats.rules import SeatDays, vacancies
from tests.visitor import text_of

FIRST, TODAY = date(2024, 1, 1), date(2026, 1, 1)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def seat(*taken: tuple[date, date], closed_on: date | None = None, created_on: date = FIRST) -> SeatDays:
    return SeatDays(uuid4(), uuid4(), created_on, closed_on, tuple(taken))


def drawn(*seats: SeatDays) -> Any:
    return over_time([("Seat", one) for one in seats], FIRST, TODAY)


def spans(one: SeatDays) -> list[str]:
    return [each.kind for each in drawn(one).rows[0].spans]


def test_a_seat_in_which_nobody_sat_is_hatched_from_end_to_end() -> None:
    assert spans(seat()) == ["vacant"]


def test_a_seat_that_became_vacant_is_hatched_from_then() -> None:
    assert spans(seat(YEAR)) == ["part", "vacant"]


def test_a_gap_between_two_people_is_hatched() -> None:
    assert spans(seat(YEAR, (date(2025, 6, 1), date(2027, 5, 31)))) == ["part", "vacant", "part"]


def test_the_stretches_follow_each_other_without_a_gap() -> None:
    found = drawn(seat(YEAR, (date(2025, 6, 1), date(2027, 5, 31)))).rows[0].spans
    assert [one.end for one in found[:-1]] == [one.start for one in found[1:]]


def test_the_days_are_those_of_the_table() -> None:
    one = seat(YEAR, (date(2025, 6, 1), date(2025, 6, 30)))
    days = sum(empty.days(TODAY) for empty in vacancies(one, TODAY))
    assert drawn(one).rows[0].said == f"{days} days vacant"


def test_a_seat_that_was_never_vacant_says_so() -> None:
    assert drawn(seat((FIRST, TODAY))).rows[0].said == "never vacant"


def test_a_seat_that_was_closed_ends_on_that_day() -> None:
    last = drawn(seat(closed_on=date(2025, 1, 1))).rows[0].spans[-1]
    assert 45 < last.end < 55


def test_a_seat_that_was_closed_before_is_left_out() -> None:
    assert drawn(seat(closed_on=FIRST)) is None


def test_a_seat_that_is_yet_to_come_is_left_out() -> None:
    assert drawn(seat(created_on=date(2026, 2, 1))) is None


def test_a_vacancy_that_ends_after_today_is_drawn_until_today() -> None:
    assert drawn(seat((date(2026, 3, 1), date(2027, 3, 1)))).rows[0].spans[-1].end == 96


def test_the_sentence_counts_what_is_vacant_today() -> None:
    assert drawn(seat(), seat((FIRST, TODAY))).sentence == "1 of 2 seats is vacant today."


def test_the_first_day_of_each_year_is_on_the_line() -> None:
    assert [words for _, words in drawn(seat()).axis] == ["2025", "2026"]


def test_the_picture_of_a_seat_names_nobody(visit: Any) -> None:
    page = visit("northfirth.officer").get("/boards/northfirth/reps")
    figures = lxml.html.fromstring(page.text).xpath("//figure")
    assert "Northfirth rep" not in " ".join(one.text_content() for one in figures)
    assert "vacant today" in text_of(page)
