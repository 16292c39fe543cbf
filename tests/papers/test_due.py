"""With the clock moved: reminders come on the right mornings, at 8am London time, and on no others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.boards.actions import set_paper_target
from portal.boards.queries import board_by_id, groups
from portal.capabilities import GATHERED
from portal.core.clock import LONDON, london_day
from portal.infra.database import db
from portal.meetings.actions import add_item, cancel, schedule
from portal.meetings.models import Meeting
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.scheduler.run import do_what_is_due, due_now
from tests.cast import Cast, anywhere, publish
from tests.visitor import text_of

HOUR = timedelta(hours=1)
OF_THESE = ("portal.meetings.due", "portal.papers.due")
TELLING_HOURS = (0, 7, 8)  # UTC, on the half hour: before and after 8am in London, summer and winter


@pytest.fixture(autouse=True)
def _only_of_meetings_and_papers(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Months are lived through here, and what other capabilities look for each time would take most of it."""
    due = {name: find for name, find in GATHERED.due.items() if find.__module__ in OF_THESE}
    assert len(due) > 3
    monkeypatch.setitem(app.extensions, "capabilities", replace(GATHERED, due=due))


def new_meeting(work: Any, cast: Cast, meets_on: date) -> Meeting:
    with work():
        group = groups(cast.northfirth.id)[0]
        meeting = schedule(group, meets_on, time(10))
        add_item(meeting, title="Budget")
        add_item(meeting, title="Welcome", is_verbal=True)
    return meeting


def live_through(at: Any, first: date, last: date, hours: Sequence[int] = TELLING_HOURS) -> None:
    """Let these days pass, with the scheduler looking at some hours of each, on the half hour."""
    now = datetime.combine(first, time(0, 30), tzinfo=UTC)
    while london_day(now) <= last:
        if now.hour in hours:
            at(now)
            do_what_is_due()
        now += HOUR


def mornings(template: str, meeting: Meeting, person: Any) -> list[tuple[date, int]]:
    """(day, London hour) of each email of one kind to one person."""
    statement = select(Email.asked_at).where(
        Email.template == template, Email.meeting_id == meeting.id, Email.person_id == person
    )
    found = [moment.astimezone(LONDON) for moment in db.session.scalars(statement.order_by(Email.asked_at))]
    return [(moment.date(), moment.hour) for moment in found]


@pytest.mark.same_anywhere
def test_officers_are_reminded_on_the_right_mornings_across_the_clock_change(work: Any, cast: Cast, at: Any) -> None:
    """A meeting on Monday 2 November 2026; the clocks go back on Sunday 25 October."""
    meets_on = date(2026, 11, 2)
    at(datetime(2026, 9, 1, tzinfo=UTC))
    meeting = new_meeting(work, cast, meets_on)
    live_through(at, date(2026, 10, 10), date(2026, 10, 23))
    live_through(at, date(2026, 10, 24), date(2026, 10, 26), hours=range(24))
    live_through(at, date(2026, 10, 27), meets_on + timedelta(days=3))
    before = [14, 10, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    expected = [(meets_on - timedelta(days=days), 8) for days in before]
    for role in ("officer", "clerk"):
        assert mornings("papers-due", meeting, cast.northfirth.people[role]) == expected
    assert mornings("papers-due", meeting, cast.northfirth.people["rep"]) == []
    assert mornings("papers-due", meeting, cast.southmoor.people["officer"]) == []


def test_a_target_that_is_no_working_day_is_said_the_working_day_before(work: Any, cast: Cast, at: Any) -> None:
    """A meeting on Monday 7 December 2026: the target is Monday 30 November, St Andrew's Day, so also Friday 27."""
    meets_on = date(2026, 12, 7)
    at(datetime(2026, 9, 1, tzinfo=UTC))
    meeting = new_meeting(work, cast, meets_on)
    live_through(at, date(2026, 11, 25), date(2026, 12, 1))
    days = [day for day, _ in mornings("papers-due", meeting, cast.northfirth.people["officer"])]
    assert days == [date(2026, 11, 27), date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1)]


@pytest.mark.same_anywhere
def test_reminders_stop_when_everything_is_published(work: Any, cast: Cast, at: Any) -> None:
    meets_on = date(2026, 11, 2)
    at(datetime(2026, 9, 1, tzinfo=UTC))
    meeting = new_meeting(work, cast, meets_on)
    live_through(at, date(2026, 10, 15), date(2026, 10, 23))
    at(datetime(2026, 10, 23, 15, tzinfo=UTC))
    publish(meeting, {"1 Budget.pdf": 2})
    live_through(at, date(2026, 10, 24), meets_on)
    days = [day for day, _ in mornings("papers-due", meeting, cast.northfirth.people["officer"])]
    assert days == [date(2026, 10, 19), date(2026, 10, 23)]


def test_a_reminder_says_what_is_missing_by_when_and_the_record(work: Any, cast: Cast, at: Any, visit: Any) -> None:
    at(datetime(2026, 9, 1, tzinfo=UTC))
    meeting = new_meeting(work, cast, date(2026, 11, 2))
    live_through(at, date(2026, 10, 19), date(2026, 10, 19))
    told = select(Email.facts).where(Email.meeting_id == meeting.id, Email.template == "papers-due")
    facts = db.session.scalars(told.order_by(Email.id).limit(1)).one()
    assert facts["missing"] == ["The agenda", "1 Budget"]
    assert facts["deadline"] == "by 11:59pm on Monday 26 October"
    assert facts["record"] == "2 of 2 papers"
    assert facts["count"] == "the agenda and 1 paper"
    at(datetime(2026, 10, 25, 9, tzinfo=UTC))
    for role in ("clerk", "officer"):
        line = re.findall(r"[^.]*2 November\s+Missing: [^.\n]*", text_of(visit(f"northfirth.{role}").get("/")))
        assert facts["count"] in " ".join(line), f"{role} reads the same count on the first page as in the email"


def test_a_reminder_counts_what_the_page_of_the_meeting_and_the_desk_count(
    work: Any, cast: Cast, at: Any, visit: Any
) -> None:
    """The agenda is never one of the papers: neither while it is missing, nor when it is there as a file of its own."""
    at(datetime(2026, 9, 1, tzinfo=UTC))
    meeting = new_meeting(work, cast, date(2026, 11, 2))
    with work():
        add_item(meeting, title="Agenda plan")
        add_item(meeting, title="Winter plan")
    for day, files, said, items in (
        (19, {}, "the agenda and 3 papers", "3 items have no published paper"),
        (23, {"Agenda.pdf": 1, "1 Budget.pdf": 2}, "2 papers", "2 items have no published paper"),
        (25, {"4 Winter plan.pdf": 2}, "1 paper", "1 item has no published paper"),
    ):
        at(datetime(2026, 10, day, 6, tzinfo=UTC))
        publish(meeting, files) if files else None
        at(datetime(2026, 10, day, 9, tzinfo=UTC))
        do_what_is_due()
        told = select(Email).where(Email.meeting_id == meeting.id, Email.template == "papers-due")
        email = db.session.scalars(told.order_by(Email.asked_at.desc(), Email.id).limit(1)).one()
        assert email.facts["count"] == said
        assert words_of(email).subject.startswith(f"Due: {said} missing for ")
        papers = [one for one in email.facts["missing"] if one != "The agenda"]
        assert len(email.facts["missing"]) - len(papers) == said.count("agenda"), "named once"
        clerk = visit("northfirth.clerk")
        page = text_of(clerk.get(f"/meetings/{meeting.id}"))
        assert items in page
        assert page.count("No paper yet") == len(papers)
        assert all(one in page for one in papers)
        assert ("There are no papers yet" in page) == ("The agenda" in email.facts["missing"])
        for visitor in (clerk, visit("northfirth.officer")):
            assert f"2 November Missing: {said}." in text_of(visitor.get("/")).replace("Late", "")


@pytest.mark.same_anywhere
def test_a_cancelled_meeting_reminds_nobody(work: Any, cast: Cast, at: Any) -> None:
    at(datetime(2026, 9, 1, tzinfo=UTC))
    meeting = new_meeting(work, cast, date(2026, 11, 2))
    with work():
        cancel(meeting, meeting.version, "Snow")
    live_through(at, date(2026, 10, 15), date(2026, 11, 3))
    for template in ("papers-due", "meeting-soon"):
        assert mornings(template, meeting, cast.northfirth.people["officer"]) == []


@pytest.mark.same_anywhere
def test_the_boards_own_reminder_days_count(work: Any, cast: Cast, at: Any) -> None:
    at(datetime(2026, 9, 1, tzinfo=UTC))
    board = board_by_id(cast.northfirth.id)
    with work():
        set_paper_target(board, 10, None)
        board.reminder_days = [21]
    meeting = new_meeting(work, cast, date(2026, 11, 2))
    live_through(at, date(2026, 10, 1), date(2026, 10, 22))
    days = [day for day, _ in mornings("papers-due", meeting, cast.northfirth.people["officer"])]
    assert days == [date(2026, 10, 12)]


@pytest.mark.same_anywhere
def test_the_clerk_is_asked_for_minutes_after_14_days_then_weekly(work: Any, cast: Cast, at: Any) -> None:
    at(datetime(2026, 9, 1, tzinfo=UTC))
    meeting = new_meeting(work, cast, date(2026, 10, 1))
    live_through(at, date(2026, 10, 2), date(2026, 10, 30))
    clerk = [day for day, _ in mornings("minutes-due", meeting, cast.northfirth.people["clerk"])]
    assert clerk == [date(2026, 10, 15), date(2026, 10, 22), date(2026, 10, 29)]
    assert mornings("minutes-due", meeting, cast.northfirth.people["officer"]) == []


@pytest.mark.same_anywhere
def test_reps_hear_of_a_meeting_two_days_before(work: Any, cast: Cast, at: Any) -> None:
    at(datetime(2026, 9, 1, tzinfo=UTC))
    meeting = new_meeting(work, cast, date(2026, 10, 26))
    live_through(at, date(2026, 10, 20), date(2026, 10, 27))
    assert mornings("meeting-soon", meeting, cast.northfirth.people["rep"]) == [(date(2026, 10, 24), 8)]


def test_what_is_due_can_be_asked_without_doing_it(work: Any, cast: Cast, at: Any, app: Any) -> None:
    at(datetime(2026, 9, 1, tzinfo=UTC))
    new_meeting(work, cast, date(2026, 11, 2))
    words = [one.words for one in due_now(datetime(2026, 10, 19, 12, tzinfo=UTC))]
    assert "Papers due for Northfirth, CANARYNORTH Main Group, 2026-11-02" in words
    assert not db.session.scalars(anywhere(select(Email).where(Email.template == "papers-due"))).all()
