"""What is so of notice: days, the target, and lateness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.core.text import count_words

MINUTES_DUE_AFTER_DAYS = 14
MOST_PICTURED = 40  # meetings that are shown at once, if they are of several quarters
QUARTERS_SHOWN = 4

DEFINITION = (
    "Notice is the number of whole days from the day a paper was first published to the day the meeting opened.",
    "Each meeting is measured by the target that held on the day by which its papers were due. A paper meets the "
    "target if it had at least that many days.",
    "A changed version does not count again. One that came later than the target is counted as replaced late.",
    "A withdrawn paper keeps the notice that it had on the day it was withdrawn. What is published in its place is "
    "measured by its own day.",
    "A pack’s notice is that of its last paper.",
    "A paper that was not published when the day of the meeting was over counts as never published.",
    "For a moved meeting, days count to the day it was held, and for an adjourned one to its first day. If a meeting "
    "did not take place, they count to the day it was planned for.",
    "Cancelled meetings, verbal items, and meetings added after their day are left out.",
)


def notice_days(published_on: date, opened_on: date) -> int:
    """Whole London days’ notice. 3 March for 10 March gives 7."""
    return (opened_on - published_on).days


def target_day(opened_on: date, target_days: int) -> date:
    """The last day on which a paper meets the target."""
    return opened_on - timedelta(days=target_days)


def is_late(published_on: date, opened_on: date, target_days: int) -> bool:
    return notice_days(published_on, opened_on) < target_days


def notice_words(published_on: date, opened_on: date) -> str:
    """When a paper was sent: '7 days before', 'on the day' or 'after the meeting'."""
    days = notice_days(published_on, opened_on)
    if days > 0:
        return f"{count_words(days, 'day')} before"
    return "after the meeting" if days < 0 else "on the day"


def minutes_due_on(met_on: date) -> date:
    """The last day on which draft minutes are in time."""
    return met_on + timedelta(days=MINUTES_DUE_AFTER_DAYS)


@dataclass(frozen=True)
class MinutesOwed:
    """Of meetings that were held and whose draft minutes are due: how many had them in time, and how many have none."""

    due: int
    in_time: int
    missing: int
    oldest: int  # days past its day of whichever has had none for longest


def minutes_owed(held: Iterable[tuple[date, date | None]], today: date) -> MinutesOwed:
    """Of meetings as (last sitting, first draft): one without a draft is late once its day is over."""
    due = [(minutes_due_on(sat_on), came_on) for sat_on, came_on in held if minutes_due_on(sat_on) < today]
    late = [(today - due_on).days for due_on, came_on in due if came_on is None]
    in_time = sum(1 for due_on, came_on in due if came_on is not None and came_on <= due_on)
    return MinutesOwed(len(due), in_time, len(late), max(late, default=0))


def replaced_words(replaced_on: date, opened_on: date) -> str:
    """When a paper was replaced: 'Replaced, 1 day before the meeting'. Its notice stays that of its first version."""
    days = notice_days(replaced_on, opened_on)
    if days > 0:
        return f"Replaced, {count_words(days, 'day')} before the meeting"
    return "Replaced after the meeting" if days < 0 else "Replaced on the day of the meeting"


def quarters_shown(quarters: Sequence[str]) -> list[str]:
    """Of the quarter of each meeting, the latest first: those whose meetings a page shows at once.

    The last four, or as many of them as have few enough meetings to be read; the latest one always.
    """
    shown: list[str] = []
    for name in dict.fromkeys(quarters):
        wanted = [*shown, name]
        if shown and (len(wanted) > QUARTERS_SHOWN or sum(map(quarters.count, wanted)) > MOST_PICTURED):
            break
        shown = wanted
    return shown
