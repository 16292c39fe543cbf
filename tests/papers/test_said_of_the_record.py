"""A paper that was withdrawn: what its page says of the figures of notice, before its meeting and after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.papers.withdrawing.rules import ERROR
from tests.cast import NOW
from tests.papers.withdrawing import Outside, withdraw
from tests.visitor import text_of

HAD = "It was sent 10 days before"


def page(visit: Any, things: dict[str, Any]) -> str:
    return text_of(visit("northfirth.rep").get(f"/papers/{things['paper_id']}"))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, f"{HAD}, and we’ll count that after the meeting."),
        (10, f"{HAD}, and we’ll count that after the meeting."),
        (11, f"{HAD}, and we still count that."),
    ],
)
def test_the_record_lists_no_meeting_that_is_to_come(
    here: Outside, visit: Any, things: dict[str, Any], at: Any, days: int, said: str
) -> None:
    withdraw(things, ERROR)
    at(NOW + timedelta(days=days))
    assert said in page(visit, things)


def test_of_a_meeting_that_was_cancelled_the_record_shows_nothing(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    withdraw(things, ERROR)
    with here(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        meetings.cancel(meeting, meeting.version, "Snow")
    shown = page(visit, things)
    assert HAD not in shown
    assert "count that" not in shown
