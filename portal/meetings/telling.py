"""Who is emailed that a meeting changes, said before and after: made from the emails themselves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING

from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.emailed import NOBODY
from portal.infra.guard import viewer
from portal.infra.unit_of_work import EmailTo, emails_written, tried_out
from portal.infra.versions import EditConflict
from portal.infra.web.emailed import emailed
from portal.meetings import actions, queries
from portal.meetings.emails import EMAILS

if TYPE_CHECKING:
    from portal.meetings.models import Meeting

OF_MEETINGS = frozenset(one.email for one in EMAILS)
TRIED_AT = time(10)  # an hour that no change of the clocks skips


def told_of(meeting: Meeting) -> str:
    """Of the emails about meetings alone: who hears that care goes with one is for nobody else to count."""
    return _words(meeting, _of_meetings())


def if_cancelled(meeting: Meeting) -> str:
    return _beforehand(meeting, lambda: actions.cancel(meeting, meeting.version, ""))


def if_adjourned(meeting: Meeting) -> str:
    day = clock.today() + timedelta(days=1)
    return _beforehand(meeting, lambda: actions.adjourn(meeting, meeting.version, day, TRIED_AT, ""))


def if_not_held(meeting: Meeting) -> str:
    return _beforehand(meeting, lambda: actions.mark_not_held(meeting, meeting.version, ""))


def if_moved(meeting: Meeting) -> str:
    """Whoever has yet to hear of the meeting hears of its new day with that; so it says who, and not when."""
    day = max(meeting.meets_on, clock.today()) + timedelta(days=1)
    same = (meeting.place, meeting.link, meeting.kind)
    said = _beforehand(meeting, lambda: actions.change(meeting, meeting.version, day, TRIED_AT, *same), says_when=False)
    return said if said in ("", NOBODY) else f"If you change the day, the time or where it is held, {said}"


def _beforehand(meeting: Meeting, change: Callable[[], None], says_when: bool = True) -> str:
    """It is done, and taken back; '' where it cannot be done any more."""
    said = ""
    with tried_out(), suppress(actions.Settled, EditConflict):
        change()
        told = _of_meetings()
        said = _words(meeting, told if says_when else [replace(one, at=None, is_daily=False) for one in told])
    queries.meeting_by_id(meeting.id)  # with its names again, which taking back has forgotten
    return said


def _of_meetings() -> list[EmailTo]:
    return [one for one in emails_written() if one.about in OF_MEETINGS]


def _words(meeting: Meeting, emails: list[EmailTo]) -> str:
    return emailed(board_queries.known_to(viewer(), meeting.board_id), emails)
