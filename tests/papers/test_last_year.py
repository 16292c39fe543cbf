"""Are papers on time now? The last twelve months stand beside all the time on record."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from portal.papers.notice.boards_sheet import COLUMNS, Corrected, row
from portal.papers.notice.every_board import of_last_year, of_some
from portal.papers.notice.queries import MeetingNotice, Share
from tests.cast import TODAY

NOBODY = UUID(int=0)


def meeting(days_ago: int, *notice: int) -> MeetingNotice:
    day = TODAY - timedelta(days=days_ago)
    published = tuple(day - timedelta(days=one) for one in notice)
    times = {"first_meets_on": day, "is_held": True, "target": 7, "measured_to": (day,) * len(notice)}
    came = {"published_on": published, "never": 0, "replaced_on": (), "minutes_on": None, "sat_last_on": day}
    return MeetingNotice(NOBODY, NOBODY, "Northfirth", "Main Group", day, **times, **came)


def test_a_meeting_of_a_year_ago_is_no_longer_of_the_last_twelve_months() -> None:
    meetings = [meeting(364), meeting(365), meeting(700)]
    assert of_last_year(meetings, TODAY) == meetings[:1]


def test_a_board_that_slipped_is_seen_to() -> None:
    one = of_some([meeting(20, 3, 2), meeting(600, 9, 9)], "northfirth", "Northfirth", TODAY)
    assert (one.share.percent, one.lately.percent) == (50, 0)


def test_a_corrected_share_of_twelve_months_has_the_uncorrected_one_beside_it() -> None:
    one = of_some([meeting(20, 9, 9)], "northfirth", "Northfirth", TODAY)
    late = Share("all", 0, 2)
    found = dict(zip(COLUMNS, row(one, Corrected(1, ["moved"], late, late)), strict=True))
    assert (found["percent, last 12 months"], found["percent_uncorrected, last 12 months"]) == (100, 0)
