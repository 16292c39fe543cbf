"""Which seat somebody new gets: one rule, from the days on which each seat is there and taken."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.boards.people.import_rules import BoardAsItIs, Row, read_rows
from portal.boards.people.seating import GroupToFill
from portal.boards.seats.rules import SeatDays, overlaps, seat_for, vacancies

TODAY = date(2026, 11, 25)
LATER = date(2027, 1, 1), date(2029, 12, 31)
GROUP = uuid4()


NO_SEAT = "Audit Committee has no seat free"
TWICE = "This person is in the list twice, for the same group and days. Remove one of the rows"
ALREADY = "This person has this role already on some of these days. Remove the row, or change its days"
WHAT_TO_DO = ". Add a seat to the group, or change these days"


def seat(*taken: tuple[date, date], created_on: date = date(2026, 1, 1), closed_on: date | None = None) -> SeatDays:
    return SeatDays(uuid4(), GROUP, created_on, closed_on, taken)


def rep(name: str, start: str = "", end: str = "", group: str = "Audit Committee") -> dict[str, str]:
    who = {"name": name, "email": f"{name.lower()}@seats.test", "role": "carer rep", "group": group}
    return {**who, "from": start, "until": end}


def read(rows: list[dict[str, str]], *seats: SeatDays, **terms: Any) -> list[Row]:
    by_email = {f"{name}@seats.test": theirs for name, theirs in terms.items()}
    board = BoardAsItIs({"audit committee": GroupToFill("Audit Committee", seats, by_email)})
    return read_rows(rows, board, TODAY)


def test_a_rep_whose_term_begins_later_gets_an_empty_seat_and_keeps_it() -> None:
    only = seat()
    [first, second] = read([rep("One", "1/1/2027", "31/12/2029"), rep("Two", "1/1/2027", "31/12/2029")], only)
    assert (first.seat_id, first.problems) == (only.seat_id, ())
    assert second.problems == (f"{NO_SEAT} from 1 January 2027 to 31 December 2029{WHAT_TO_DO}",)
    [until_then, over_it] = read(
        [rep("Three", "", "31/12/2026"), rep("Four", "", "1/1/2027")], only.with_term(*LATER), seat(LATER)
    )
    assert not until_then.problems
    assert over_it.problems == (f"{NO_SEAT} from 25 November 2026 to 1 January 2027{WHAT_TO_DO}",)


def test_a_successor_follows_on_the_day_after_the_last_and_in_the_same_seat() -> None:
    now, empty = seat((date(2025, 10, 1), date(2028, 4, 8)), created_on=date(2025, 10, 1)), seat()
    successor = rep("Next", "09/04/2028", "08/04/2031")
    [row] = read([successor], empty, now)
    assert row.seat_id == now.seat_id, "and the empty one stays for whoever begins before"
    [row] = read([{**successor, "from": "08/04/2028", "until": "07/04/2031"}], now)
    assert row.problems == (f"{NO_SEAT} from 8 April 2028 to 7 April 2031{WHAT_TO_DO}",)


def test_a_seat_is_given_only_while_it_is_there() -> None:
    young, closed = seat(created_on=date(2027, 1, 1)), seat(closed_on=date(2027, 6, 1))
    assert young.problem_with(date(2026, 12, 31), date(2027, 3, 1)).startswith("This seat begins on 1 January 2027")
    assert young.problem_with(date(2027, 1, 1), date(2027, 3, 1)) == ""
    assert closed.problem_with(date(2027, 1, 1), date(2027, 6, 1)).startswith("This seat closes on 1 June 2027")
    assert closed.problem_with(date(2027, 1, 1), date(2027, 5, 31)) == ""
    [row] = read([rep("One", "1/12/2026", "1/12/2028")], young, closed)
    assert row.problems == (f"{NO_SEAT} from 1 December 2026 to 1 December 2028{WHAT_TO_DO}",)


def test_a_group_without_seats_says_so() -> None:
    assert read([rep("One")])[0].problems == ("There is no seat on Audit Committee. Add one first",)


def test_nobody_sits_twice_on_one_group_at_once_and_may_sit_again_afterwards() -> None:
    seats = [seat(), seat()]
    twice = [rep("One", "1/1/2027", "31/12/2027"), rep("One", "31/12/2027", "1/6/2028")]
    assert read(twice, *seats)[1].problems == (TWICE,)
    again = [rep("One", "1/1/2027", "31/12/2027"), rep("One", "1/1/2028", "1/6/2028")]
    assert [row.problems for row in read(again, *seats)] == [(), ()]
    [row] = read([rep("One", "1/1/2027", "31/12/2027")], *seats, one=[LATER])
    assert row.problems == (ALREADY,)


def test_a_row_with_another_problem_still_takes_its_days() -> None:
    """So that everything is said at once, and not after the first problem is put right."""
    spoilt = {**rep("One", "1/1/2027", "31/12/2029"), "email": "one"}
    [_, second] = read([spoilt, rep("Two", "1/1/2027", "31/12/2029")], seat())
    assert "no seat free" in second.problems[0]


LISTS = {
    "future-1": [rep("F1", "01/01/2027", "31/12/2029")],
    "future-2": [rep("F2", "01/01/2027", "31/12/2029")],
    "two-future-reps": [rep("F3", "01/01/2027", "31/12/2029"), rep("F4", "01/01/2027", "31/12/2029")],
    "from-today": [rep("Today")],
    "successor": [rep("Next", "09/04/2028", "08/04/2031")],
}


@pytest.mark.parametrize("seats", [1, 2, 3, 6])
def test_lists_fit_in_any_order_as_long_as_there_are_seats(seats: int) -> None:
    for order in permutations(LISTS):
        there, taken = [seat() for _ in range(seats)], 0
        for name in order:
            rows = read(LISTS[name], *there)
            fits = not any(row.problems for row in rows)
            assert fits is (taken + len(rows) <= seats), (order, name)
            if fits:
                taken += len(rows)
                for row in rows:
                    term = date.fromisoformat(row.from_on), date.fromisoformat(row.until_on)
                    there = [one.with_term(*term) if one.seat_id == row.seat_id else one for one in there]


days = st.integers(0, 900).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
terms = st.tuples(days, st.integers(0, 700)).map(lambda t: (t[0], t[0] + timedelta(days=t[1])))


@st.composite
def some_seats(draw: st.DrawFn) -> list[SeatDays]:
    seats = []
    for _ in range(draw(st.integers(0, 4))):
        one = seat(created_on=draw(days), closed_on=draw(st.none() | days))
        for term in draw(st.lists(terms, max_size=3)):
            one = one if one.problem_with(*term) else one.with_term(*term)
        seats.append(one)
    return seats


@given(st.lists(terms, max_size=3), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_each_day_of_a_seat_up_to_today_is_taken_or_in_one_vacancy(
    taken_on: list[tuple[date, date]], today: date
) -> None:
    one = seat(*taken_on)
    empty = vacancies(one, today)
    for day in (one.created_on + timedelta(days) for days in range((today - one.created_on).days + 1)):
        taken = any(start <= day <= end for start, end in taken_on)
        within = [each for each in empty if each.from_on <= day and (each.until_on is None or day < each.until_on)]
        assert len(within) == (not taken), day


@given(some_seats(), st.lists(terms, max_size=6))
def test_each_row_gets_a_seat_exactly_when_one_is_free_and_no_seat_is_given_twice(
    seats: list[SeatDays], wanted: list[tuple[date, date]]
) -> None:
    rows = read([rep(f"P{n}", a.isoformat(), b.isoformat()) for n, (a, b) in enumerate(wanted)], *seats)
    now: dict[UUID, SeatDays] = {one.seat_id: one for one in seats}
    for row, term in zip(rows, wanted, strict=True):
        free = [
            one.seat_id
            for one in now.values()
            if one.created_on <= term[0]
            and (one.closed_on is None or term[1] < one.closed_on)
            and not overlaps(*term, one.taken)
        ]
        assert (row.seat_id is None) is not bool(free)
        assert bool(row.problems) is not bool(free)
        if row.seat_id:
            assert row.seat_id in free
            now[row.seat_id] = now[row.seat_id].with_term(*term)


@given(some_seats(), terms)
def test_the_seat_that_fits_most_closely_is_taken(seats: list[SeatDays], term: tuple[date, date]) -> None:
    found = seat_for(seats, *term)
    for one in seats:
        if not one.problem_with(*term):
            assert found
            assert found.days_left_empty(*term) <= one.days_left_empty(*term)
