"""Whoever still has to hear of a new meeting hears of it once, as it is by then, and of no change to it before."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar
from sqlalchemy import update

from portal.accounts.rules import AT_ONCE, DAILY, USUAL
from portal.infra.database import db
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.meetings.test_old_tabs import fields_of
from tests.notifications.post_office import PostOffice
from tests.notifications.test_mail import post_office  # noqa: F401 - a fixture
from tests.notifications.test_still_true import (
    CALLED,
    CANCELLED,
    DAYS,
    MOVED,
    answers,
    call,
    cancel,
    emails,
    morning,
    move,
    send_all,
    states,
    wants,
)
from tests.visitor import text_of

REP = "rep@northfirth.test"


def put_off(work: Any, meeting_id: UUID, days: int, place: str = "Town Hall") -> None:
    with work():
        meeting = meeting_by_id(meeting_id)
        meetings.change(meeting, meeting.version, TODAY + timedelta(days=days), time(14), place, "", meeting.kind)


def about(office: PostOffice, meeting_id: UUID) -> list[Any]:
    found = [one for one in office.to(REP) if one.get_body(("plain",))]
    return [one for one in found if str(meeting_id) in one.get_body(("plain",)).get_content()]


@pytest.mark.parametrize("choice", [USUAL, DAILY, AT_ONCE])
def test_one_true_email_of_a_meeting_that_was_moved_before_it_was_told(
    work: Any,
    cast: Cast,
    at: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
    choice: str,
) -> None:
    rep = wants(work, cast, choice)
    meeting_id = call(work, cast)
    put_off(work, meeting_id, DAYS + 1, "New Hall")
    send_all()
    assert states(MOVED, rep) == []
    assert states(MOVED, cast.northfirth.people["officer"]) == ["sent"], "officers are told of no new meeting"
    morning(at)
    send_all()
    [email] = about(post_office, meeting_id)
    body = email.get_body(("plain",)).get_content()
    assert "2pm" in body
    assert "New Hall" in body
    assert "Town Hall" not in body
    assert "changed" not in email["Subject"].lower()
    entries = [
        Calendar.from_ical(one.get_content()) for one in email.walk() if one.get_content_type() == "text/calendar"
    ]
    assert {one.events[0].start.date() for one in entries} == {TODAY + timedelta(days=DAYS + 1)}


@pytest.mark.parametrize("days", [1, 3])
def test_of_one_that_is_moved_near_they_hear_at_once(
    work: Any,
    cast: Cast,
    post_office: PostOffice,  # noqa: F811 - the fixture
    days: int,
) -> None:
    """No email of tomorrow morning is early enough."""
    rep = wants(work, cast, DAILY)
    meeting_id = call(work, cast)
    assert states(CALLED, rep) == ["held"]
    put_off(work, meeting_id, days)
    send_all()
    assert (states(CALLED, rep), states(MOVED, rep)) == (["sent"], [])
    [email] = about(post_office, meeting_id)
    assert email["Subject"].startswith("New meeting")


def test_it_is_worth_sending_until_the_meeting_as_it_is_now(work: Any, cast: Cast) -> None:
    rep = wants(work, cast, DAILY)
    meeting_id = call(work, cast)
    put_off(work, meeting_id, 2)
    [email] = emails(CALLED, rep)
    assert email.expires_at.replace(tzinfo=UTC) == datetime.combine(TODAY + timedelta(days=2), time(14), UTC)


def test_whoever_answered_hears_of_the_change(work: Any, cast: Cast) -> None:
    rep = wants(work, cast, DAILY)
    meeting_id = call(work, cast)
    answers(work, meeting_id, rep)
    put_off(work, meeting_id, DAYS + 1)
    assert (states(CALLED, rep), states(MOVED, rep)) == (["expired"], ["waiting"])


def test_whoever_may_have_had_it_hears_of_the_change(work: Any, cast: Cast) -> None:
    rep = wants(work, cast, AT_ONCE)
    meeting_id = call(work, cast)
    with work():
        db.session.execute(anywhere(update(Email).where(Email.template == CALLED).values(tries=1)))
    put_off(work, meeting_id, DAYS + 1)
    assert states(MOVED, rep) == ["waiting"]


def test_whoever_had_another_email_about_it_hears_of_the_change(work: Any, cast: Cast) -> None:
    rep = wants(work, cast, DAILY)
    meeting_id = call(work, cast)
    with work():
        [held] = emails(CALLED, rep)
        copied = {name: getattr(held, name) for name in ("board_id", "meeting_id", "person_id", "facts", "expires_at")}
        more = {"asked_at": NOW, "not_before": NOW, "status": "sent", "message_id": "<x@x>"}
        db.session.add(Email(template="papers-published", key="another", **copied, **more))
    put_off(work, meeting_id, DAYS + 1)
    assert (states(CALLED, rep), states(MOVED, rep)) == (["expired"], ["waiting"])


def test_moved_and_then_cancelled_it_never_was(work: Any, cast: Cast) -> None:
    rep = wants(work, cast, DAILY)
    meeting_id = call(work, cast)
    move(work, meeting_id)
    cancel(work, meeting_id)
    assert states(CALLED, rep) == ["expired"]
    assert states(MOVED, rep) == states(CANCELLED, rep) == []


def test_the_page_says_to_how_many_emails_go(visit: Any, work: Any, cast: Cast) -> None:
    """An email that waits, and will have the new day, is one of them."""
    wants(work, cast, DAILY)
    meeting_id = call(work, cast)
    clerk = visit("northfirth.clerk")
    typed = {**fields_of(clerk, f"/meetings/{meeting_id}/change"), "place": "New Hall"}
    page = clerk.post(f"/meetings/{meeting_id}/change", typed, follow_redirects=True)
    assert " will be told in the daily email" in text_of(page)
