"""What a text may name: the place, the days around a meeting, and the shared figures.

Beside what a world has: board_key, group, item, revised, locality (a name), locality_number, meeting_day, previous_day,
next_day, day(n), month(n), fy, fy_(n), year, quarter, quarter_fy (the year that quarter is of),
months_of_quarter, f, and m, t, n, pct.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from portal.demonstration.documents import wording
from portal.demonstration.documents.scaling import facts_for
from portal.demonstration.documents.worlds import World, world_of

WEEKS_BETWEEN = timedelta(weeks=8)
MORE = {"group": "board", "item": "", "revised": False, "locality": 0}


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


def _days(meeting: date, previous: date | None, next_: date | None) -> dict[str, object]:
    previous, next_ = previous or meeting - WEEKS_BETWEEN, next_ or meeting + WEEKS_BETWEEN
    start = _year_of(meeting)
    first = _months_on(meeting, -3 - (meeting.month - 1) % 3)  # of the quarter that ended before the meeting
    return {
        "meeting_day": wording.long_day_words(meeting),
        "previous_day": wording.long_day_words(previous),
        "next_day": wording.long_day_words(next_),
        "day": lambda days: wording.day_words(meeting + timedelta(days=days)),
        "month": lambda months: wording.month_words(*_months_on(meeting, months)),
        "fy": wording.financial_year(start),
        "fy_": lambda years: wording.financial_year(start + years),
        "year": meeting.year,
        "quarter": (first[1] - 4) % 12 // 3 + 1,
        "quarter_fy": wording.financial_year(first[0] if first[1] >= 4 else first[0] - 1),
        "months_of_quarter": [wording.MONTHS[first[1] - 1 + n] for n in range(3)],
    }


def _formats() -> dict[str, object]:
    return {"m": wording.millions, "t": wording.in_table, "n": wording.count, "pct": wording.share}


def _year_of(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def _months_on(day: date, months: int) -> tuple[int, int]:
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1
