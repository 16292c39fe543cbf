"""Seats over time, as a picture: when somebody sat in each, and when it was vacant. It names no one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portal.boards.seats.rules import SeatDays, Vacancy, vacancies
from portal.core import charts
from portal.core.charts import Chart, Row, Scale, Span
from portal.core.text import count_words, date_words

VACANT, SAT = "vacant", "part"
LEGEND = ((f"bar:{SAT}", "Someone in the seat"), (f"bar:{VACANT}", "Vacant"))


def over_time(seats: Sequence[tuple[str, SeatDays]], first: date, today: date) -> Chart | None:
    """Every seat, with its name, from a day until today; those that were closed before are left out."""
    there = [(name, seat) for name, seat in seats if seat.created_on <= today and (seat.closed_on or today) > first]
    if not there or first >= today:
        return None
    scale = Scale(first.toordinal(), today.toordinal())
    empty = [(name, seat, _lately(seat, first, today)) for name, seat in there]
    vacant = sum(1 for _, _, found in empty if any(one.until_on is None or one.until_on > today for one in found))
    verb = "is" if vacant == 1 else "are"
    sentence = f"{vacant} of {count_words(len(there), 'seat')} {verb} vacant today."
    rows = tuple(_row(scale, name, seat, found, today) for name, seat, found in empty)
    return Chart(sentence, rows, LEGEND, _years(scale, first, today))


def _lately(seat: SeatDays, first: date, today: date) -> list[Vacancy]:
    return [one for one in vacancies(seat, today) if one.until_on is None or one.until_on >= first]


def _years(scale: Scale, first: date, today: date) -> tuple[tuple[float, str], ...]:
    """The first day of each year, but one that is close to an end of the line."""
    begins = [date(year, 1, 1) for year in range(first.year + 1, today.year + 1)]
    return tuple((scale.at(day.toordinal()), str(day.year)) for day in begins)


def _row(scale: Scale, name: str, seat: SeatDays, found: Sequence[Vacancy], today: date) -> Row:
    end = min(seat.closed_on or today, today)
    days = sum(one.days(today) for one in found)
    said = [_vacancy_words(one, today) for one in found]
    return Row(
        name,
        f"{count_words(days, 'day')} vacant" if days else "never vacant",
        f"Vacant {count_words(len(found), 'time')}." if found else "Never vacant.",
        " ".join(said),
        spans=tuple(_spans(scale, seat.created_on, end, found)),
    )


def _vacancy_words(one: Vacancy, today: date) -> str:
    until = f"until {date_words(one.until_on)}" if one.until_on else "and still vacant"
    return f"From {date_words(one.from_on)} {until}: {count_words(one.days(today), 'day')}."


def _spans(scale: Scale, start: date, end: date, found: Sequence[Vacancy]) -> list[Span]:
    """What was vacant, and between that what was not."""
    spans, day = [], start
    for one in found:
        until = min(one.until_on or end, end)
        spans += [(SAT, day, one.from_on), (VACANT, one.from_on, until)]
        day = until
    spans.append((SAT, day, end))
    drawn = [charts.span(scale, kind, begins.toordinal(), ends.toordinal()) for kind, begins, ends in spans]
    return [one for one in drawn if one.width > 0]
