"""What readers are told of papers that are not here yet: on the meeting's page, on Home and in the reminder."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from portal.infra.database import db
from portal.meetings.actions import add_item
from portal.meetings.models import Meeting
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.papers.still_due.rules import StillDue
from portal.scheduler.run import do_what_is_due
from tests.cast import Cast, publish
from tests.papers.test_due import new_meeting
from tests.visitor import text_of

DUE_BY = date(2026, 10, 26)  # for a meeting on 2 November
BEFORE, AFTER = datetime(2026, 10, 26, 9, tzinfo=UTC), datetime(2026, 10, 27, 9, tzinfo=UTC)
LATE = "1 paper is late and not here yet. It was due by Monday 26 October."
NOT_YET = "Papers are due by Monday 26 October."


@pytest.fixture
def half_there(work: Any, cast: Cast, at: Any) -> Meeting:
    """A meeting with an agenda and one of its two papers."""
    at(datetime(2026, 9, 1, tzinfo=UTC))
    meeting = new_meeting(work, cast, date(2026, 11, 2))
    with work():
        add_item(meeting, title="Winter plan")
    publish(meeting, {"Agenda.pdf": 1, "1 Budget.pdf": 2})
    return meeting


@pytest.mark.parametrize(
    ("is_agenda_published", "papers", "said"),
    [
        (True, 8, "8 papers are late and not here yet. They were due by Monday 26 October."),
        (True, 1, LATE),
        (False, 0, "The agenda is late and not here yet. It was due by Monday 26 October."),
        (False, 2, "The agenda and 2 papers are late and not here yet. They were due by Monday 26 October."),
    ],
)
def test_after_their_day_it_is_said_what_is_late(is_agenda_published: bool, papers: int, said: str) -> None:
    due = StillDue(is_agenda_published, papers, DUE_BY)
    assert due.words(date(2026, 10, 27)) == said
    assert due.words(DUE_BY) == NOT_YET


def test_the_page_of_the_meeting_says_by_when_papers_are_due_and_then_that_they_are_late(
    half_there: Meeting, visit: Any, at: Any
) -> None:
    path = f"/meetings/{half_there.id}"
    at(BEFORE)
    page = text_of(visit("northfirth.rep").get(path))
    assert NOT_YET in page
    assert "No paper yet" in page
    at(AFTER)
    page = text_of(visit("northfirth.rep").get(path))
    assert LATE in page
    assert "Not here yet, late" in page
    assert "No paper yet" not in page


def test_none_sent_late_and_not_here_are_two_things(half_there: Meeting, visit: Any, at: Any) -> None:
    at(AFTER)
    page = text_of(visit("northfirth.rep").get(f"/meetings/{half_there.id}?show=late"))
    assert "None of the papers here was sent late. 1 paper is not here yet." in page


def test_once_all_are_there_nothing_is_said(half_there: Meeting, visit: Any, at: Any) -> None:
    at(datetime(2026, 10, 20, 6, tzinfo=UTC))
    publish(half_there, {"3 Winter plan.pdf": 1})
    at(AFTER)
    page = text_of(visit("northfirth.rep").get(f"/meetings/{half_there.id}"))
    assert "26 October" not in page


@pytest.mark.usefixtures("rep_goes")
def test_the_card_of_the_next_meeting_says_it(half_there: Meeting, visit: Any, at: Any) -> None:
    at(AFTER)
    rep = visit("northfirth.rep")
    assert f"/meetings/{half_there.id}" in rep.get("/").text
    assert LATE in text_of(rep.get("/"))


def test_the_reminder_two_days_before_says_it(half_there: Meeting, at: Any) -> None:
    at(datetime(2026, 10, 31, 9, tzinfo=UTC))
    do_what_is_due()
    sent = select(Email).where(Email.meeting_id == half_there.id, Email.template == "meeting-soon")
    email = db.session.scalars(sent.order_by(Email.id)).first()
    assert email is not None
    assert LATE in words_of(email).text
