"""What is so of papers that are not here yet: by which day they are due, and whether they are late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from portal.core.text import near_day_words
from portal.meetings.rules import PLANNED
from portal.papers.notice.rules import target_day
from portal.papers.preparing.rules import is_ready, missing_words


class OfMeeting(Protocol):
    """A meeting, as far as its papers are due."""

    @property
    def status(self) -> str: ...

    @property
    def opened_on(self) -> date: ...

    @property
    def target_days(self) -> int: ...

    @property
    def agenda_published_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class StillDue:
    """What is missing of a meeting's agenda and papers, and the day by which all of it should be there."""

    is_agenda_published: bool
    papers: int  # those of items that readers see
    target: date

    def is_late(self, today: date) -> bool:
        return today > self.target

    def words(self, today: date) -> str:
        """'8 papers are late and not here yet. They were due by …'; until then, when papers are due."""
        day = near_day_words(self.target, today)
        if not self.is_late(today):
            return f"Papers are due by {day}."
        what = missing_words(self.is_agenda_published, self.papers)
        is_one = self.papers + (not self.is_agenda_published) == 1
        late, due = (
            ("is late and not here yet", "It was due") if is_one else ("are late and not here yet", "They were due")
        )
        return f"{what[:1].upper()}{what[1:]} {late}. {due} by {day}."


def still_due(meeting: OfMeeting, today: date, papers: Callable[[], int]) -> StillDue | None:
    """What readers of a meeting that has not opened yet wait for; None where everything is there.

    `papers` counts those that are missing, and is not asked about other meetings.
    """
    if meeting.status != PLANNED or meeting.opened_on < today:
        return None
    target = target_day(meeting.opened_on, meeting.target_days)
    found = StillDue(meeting.agenda_published_at is not None, papers(), target)
    return None if is_ready(found.is_agenda_published, found.papers) else found
