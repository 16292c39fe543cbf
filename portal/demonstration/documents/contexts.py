"""What a text may name: the place, the days around a meeting, and the shared figures.

A document without days (`undated`) serves each meeting of its quarter: the days of meetings are empty, and what comes
before or after the meeting is counted from the first or the last Wednesday of the quarter.

Beside what a world has: board_key, group, audit (what the board calls that committee), item, revised, approved, items
and venue (of a meeting, for its minute), carers (who of them was there, if others than in the world), locality (a
name), locality_number, meeting_day, previous_day, next_day (of the Board), again (when the group meets next), day(n)
(or the last working day before it), month(n), fy, fy_(n), year, quarter, quarter_fy (the year that quarter is of),
months_of_quarter, f, and m, t, n, pct; earlier(a list of three years): the three before it; care_reform (the Act, or
the Bill that it was), and vote: whether those who represent carers "do" or "will", or "".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from portal.core.calendar import working_day_by
from portal.demonstration.documents import wording
from portal.demonstration.documents.scaling import earlier, facts_for
from portal.demonstration.documents.worlds import World, world_of

WEEKS_BETWEEN = timedelta(weeks=8)
ORDER_MADE = date(2025, 12, 15)  # by then it was known who votes from September 2026
ASSENT, BILL, ACT = date(2025, 7, 22), "National Care Service (Scotland) Bill", "Care Reform (Scotland) Act 2025"
MORE = {
    "group": "board",
    "item": "",
    "revised": False,
    "approved": False,
    "again": "",
    "items": (),
    "venue": "",
    "carers": (),
    "called": "",
    "audit": "Audit Committee",
    "locality": 0,
}


@dataclass(frozen=True)
class Context:
    """One board and one of its meetings."""

    board_key: str
    world: World
    meeting_day: date
    words: dict[str, object]

    def word(self, name: str) -> str:
        return str(self.words[name])


def of(
    board_key: str, meeting_day: date, previous_day: date | None = None, next_day: date | None = None, **more: object
) -> Context:
    world = world_of(board_key)
    known: dict[str, object] = MORE | more
    number, size = int(str(known["locality"])), float(str(known.get("factor", world.factor)))
    words = {**world.words, **known, **_days(meeting_day, previous_day, next_day), **_formats()}
    words |= {"board_key": board_key, "f": facts_for(size)}
    localities = world.words["localities"]
    assert isinstance(localities, list)
    words |= {"locality": localities[number], "locality_number": number}
    return Context(board_key, world, meeting_day, words)


def undated(board_key: str, meeting_day: date, **more: object) -> Context:
    """For each meeting of the quarter in which the day is; `month(0)` is the month of the day."""
    found = of(board_key, meeting_day, None, None, **more)
    return replace(found, words={**found.words, **_without_days(meeting_day)})


def _without_days(meeting: date) -> dict[str, object]:
    first = meeting.replace(month=(meeting.month - 1) // 3 * 3 + 1, day=1)
    last = date(*_months_on(first, 3), 1) - timedelta(days=1)
    first += timedelta(days=(2 - first.weekday()) % 7)
    last -= timedelta(days=(last.weekday() - 2) % 7)

    def from_(offset: int) -> date:
        return first if offset < 0 else last

    return {
        "meeting_day": "",
        "previous_day": "",
        "next_day": "",
        "day": lambda days: wording.day_words(working_day_by(from_(days) + timedelta(days=days))),
        "month": lambda months: wording.month_words(*_months_on(from_(months) if months else meeting, months)),
    }


def _days(meeting: date, previous: date | None, next_: date | None) -> dict[str, object]:
    previous, next_ = previous or meeting - WEEKS_BETWEEN, next_ or meeting + WEEKS_BETWEEN
    start = _year_of(meeting)
    first = _months_on(meeting, -3 - (meeting.month - 1) % 3)  # of the quarter that ended before the meeting
    return {
        "meeting_day": wording.long_day_words(meeting),
        "previous_day": wording.long_day_words(previous),
        "next_day": wording.long_day_words(next_),
        "day": lambda days: wording.day_words(working_day_by(meeting + timedelta(days=days))),
        "month": lambda months: wording.month_words(*_months_on(meeting, months)),
        "fy": wording.financial_year(start),
        "fy_": lambda years: wording.financial_year(start + years),
        "year": meeting.year,
        "care_reform": ACT if meeting >= ASSENT else BILL,
        "vote": "" if meeting < ORDER_MADE else "will" if meeting < date(2026, 9, 1) else "do",
        "quarter": (first[1] - 4) % 12 // 3 + 1,
        "quarter_fy": wording.financial_year(first[0] if first[1] >= 4 else first[0] - 1),
        "months_of_quarter": [wording.MONTHS[first[1] - 1 + n] for n in range(3)],
    }


def _formats() -> dict[str, object]:
    return {
        "m": wording.millions,
        "t": wording.in_table,
        "n": wording.count,
        "pct": wording.share,
        "earlier": earlier,
    }


def _year_of(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def _months_on(day: date, months: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1
