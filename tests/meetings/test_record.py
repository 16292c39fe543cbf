"""What is on record of a meeting stays: it is neither moved, cancelled nor adjourned when its day is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.boards import actions as boards
from portal.boards.models import Board
from portal.check_in.recording import actions as check_ins
from portal.infra.database import db
from portal.meetings import actions, queries
from portal.meetings.actions import Settled
from portal.meetings.models import AgendaItem, Meeting
from portal.meetings.queries import meeting_by_id
from portal.meetings.rules import NOT_HELD, PLANNED
from portal.notifications.models import Email
from portal.papers.notice.queries import notice_of
from portal.replacement_care.models import CareRequest
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.visitor import text_of

DAY = TODAY + timedelta(days=10)  # of the cast's meeting, at 10am
BEGUN = datetime(2026, 3, 13, 11, tzinfo=UTC)
OVER = datetime(2026, 3, 14, 9, tzinfo=UTC)
LATER = DAY + timedelta(days=20)


def told(template: str) -> list[Any]:
    return list(
        db.session.scalars(anywhere(select(Email.person_id).where(Email.template == template).order_by(Email.id)))
    )


CHANGES = {
    "moved": lambda m: actions.change(m, m.version, LATER, time(10), "", "", "ordinary"),
    "cancelled": lambda m: actions.cancel(m, m.version, "Snow"),
    "adjourned": lambda m: actions.adjourn(m, m.version, LATER, time(10), "No quorum"),
    "not held": lambda m: actions.mark_not_held(m, m.version, "No quorum"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_meeting_that_is_over_changes_no_more(work: Any, things: dict[str, Any], at: Any, change: Any) -> None:
    at(OVER)
    meeting = meeting_by_id(things["meeting_id"])
    with pytest.raises(Settled, match="This meeting is over, so its day and time can no longer be changed"), work():
        change(meeting)
    assert (meeting.meets_on, meeting.status) == (DAY, PLANNED)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("proof", ["attendance", "minutes"])
def test_nor_does_one_with_attendance_or_minutes(
    work: Any, cast: Cast, things: dict[str, Any], at: Any, change: Any, proof: str
) -> None:
    at(BEGUN)
    meeting = meeting_by_id(things["meeting_id"])
    with work():
        if proof == "attendance":
            check_ins.confirm_attendance(meeting, [(cast.person("northfirth.rep"), "came")])
        else:
            actions.mark_minutes_published(meeting, approved=False)
    with pytest.raises(Settled, match="can no longer be changed"), work():
        change(meeting)


def test_one_that_began_is_adjourned_until_midnight_and_keeps_its_first_day(
    work: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    meeting = meeting_by_id(things["meeting_id"])
    with pytest.raises(Settled, match="has not begun"), work():
        actions.adjourn(meeting, meeting.version, LATER, time(10), "No quorum")
    at(BEGUN)
    with work():
        actions.adjourn(meeting, meeting.version, LATER, time(10), "No quorum")
    assert (meeting.meets_on, meeting.opened_on) == (LATER, DAY)
    assert [one.held_on for one in queries.sittings(meeting.id)] == [DAY]
    at(OVER)
    found = notice_of(meeting)
    assert found
    assert (found.opened_on, sorted(found.days)) == (DAY, [10, 10]), "notice is measured to the first day"
    assert cast.northfirth.people["rep"] in told("meeting-adjourned")


def test_the_next_sitting_may_be_moved_and_cancelled_and_the_first_day_stays(
    work: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    at(BEGUN)
    meeting = meeting_by_id(things["meeting_id"])
    with work():
        actions.adjourn(meeting, meeting.version, LATER, time(10), "No quorum")
        actions.change(meeting, meeting.version, LATER + timedelta(days=1), time(9), "", "", "ordinary")
    assert (meeting.meets_on, meeting.opened_on) == (LATER + timedelta(days=1), DAY)
    with work():
        actions.cancel(meeting, meeting.version, "All was said by email")
    assert (meeting.meets_on, meeting.opened_on, meeting.status) == (DAY, DAY, PLANNED)
    assert queries.sittings(meeting.id) == []
    assert cast.northfirth.people["rep"] in told("sitting-cancelled")


def test_care_of_the_first_day_stays_when_a_meeting_is_adjourned(work: Any, things: dict[str, Any], at: Any) -> None:
    of_meeting = select(CareRequest.on_day).where(CareRequest.meeting_id == things["meeting_id"])
    of_meeting = of_meeting.where(CareRequest.status.in_(("asked", "arranging", "arranged"))).order_by(
        CareRequest.on_day
    )
    before = list(db.session.scalars(of_meeting))
    at(BEGUN)
    meeting = meeting_by_id(things["meeting_id"])
    with work():
        actions.adjourn(meeting, meeting.version, LATER, time(10), "No quorum")
    assert before
    assert list(db.session.scalars(of_meeting)) == [*before, *[LATER] * len(before)]


def test_one_that_did_not_take_place_stays_in_the_record(
    work: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    at(BEGUN)
    meeting = meeting_by_id(things["meeting_id"])
    with work():
        actions.mark_not_held(meeting, meeting.version, "No quorum")
    assert meeting.status == NOT_HELD
    at(OVER)
    found = notice_of(meeting)
    assert found
    assert (found.is_held, found.met, found.days_to_minutes) == (False, 2, None)
    assert cast.northfirth.people["rep"] in told("meeting-not-held")


def test_no_meeting_is_moved_into_the_past(work: Any, things: dict[str, Any]) -> None:
    meeting = meeting_by_id(things["meeting_id"])
    with pytest.raises(Settled, match="is over"), work():
        actions.change(meeting, meeting.version, TODAY - timedelta(days=1), time(10), "", "", "ordinary")


def test_the_pages_say_why_and_offer_what_is_possible(visit: Any, things: dict[str, Any], at: Any) -> None:
    page, clerk = f"/meetings/{things['meeting_id']}", visit("northfirth.clerk")
    for way in ("adjourn", "not-held"):
        assert clerk.get(f"{page}/{way}").status_code == 302
    assert "This meeting has not begun" in text_of(clerk.get(page))
    at(BEGUN)
    clerk = visit("northfirth.clerk")
    assert "It did not take place" in text_of(clerk.get(page))
    assert "Cancel the meeting" not in text_of(clerk.get(page))
    wrong = {"meets_on": ["13", "3", "2026"], "hour": "2pm", "reason": "x", "version": "1"}
    assert "Enter a day after today" in text_of(clerk.post(f"{page}/adjourn", wrong))
    at(OVER)
    clerk = visit("northfirth.clerk")
    for way in ("change", "cancel", "adjourn", "not-held"):
        refused = text_of(clerk.post(f"{page}/{way}", {"reason": "x", "place": "y", "version": "1"}))
        assert "This meeting is over" in refused, way
    assert "Adjourn" not in text_of(clerk.get(page)).replace("Adjourned", "")


def test_what_counts_of_an_agenda_stays_once_the_meeting_has_begun(work: Any, things: dict[str, Any], at: Any) -> None:
    meeting = meeting_by_id(things["meeting_id"])
    with work():
        waits = actions.add_item(meeting, title="Never came")
    at(OVER)
    with_meeting = select(AgendaItem).where(AgendaItem.id == waits.id).options(joinedload(AgendaItem.meeting))
    before = notice_of(meeting)
    with pytest.raises(Settled, match="stays on record"), work():
        actions.change_item(db.session.scalars(with_meeting).one(), is_verbal=True)
    with pytest.raises(Settled, match="its agenda stays"), work():
        actions.remove_item(db.session.scalars(with_meeting).one())
    with work():
        actions.add_item(meeting, title="Added afterwards")
    assert notice_of(meeting) == before
    assert before
    assert before.never == 1


def test_a_meeting_put_on_the_calendar_afterwards_is_not_measured(
    visit: Any, work: Any, things: dict[str, Any], cast: Cast, app: Flask
) -> None:
    from portal.boards.queries import groups

    with work():
        late = actions.schedule(groups(cast.northfirth.id)[0], date(2026, 2, 3), time(10))
        actions.add_item(late, title="Old business")
    assert notice_of(late) is None


def test_a_target_measures_only_meetings_whose_papers_were_not_due(
    work: Any, things: dict[str, Any], cast: Cast, at: Any
) -> None:
    """The cast's meeting is in 10 days: at 7 days its papers are due in 3, at 21 they would have been due long ago."""
    board = db.session.get_one(Board, cast.northfirth.id)
    meeting, coming = meeting_by_id(things["meeting_id"]), meeting_by_id(things["coming_id"])
    with work():
        boards.set_paper_target(board, 21, None)
    db.session.expire_all()
    assert (meeting.target_days, coming.target_days) == (7, 21)
    at(OVER)
    with work():
        boards.set_paper_target(board, 1, None)
    db.session.expire_all()
    assert (meeting.target_days, coming.target_days) == (7, 1)


def test_a_change_of_the_target_has_a_day_that_is_not_past(visit: Any, cast: Cast, work: Any) -> None:
    admin, path = visit("northfirth.admin"), "/boards/northfirth/settings"
    version = admin.get(path).text.split('name="version"')[1].split('value="')[1].split('"')[0]
    typed = {"paper_target_days": "10", "clear_notice_days": "5", "public_access_days": "3", "check_in_days": "12"}
    typed |= {"reminder_days": "21, 14", "version": version, "contact": ""}
    past = {**typed, "target_from": ["1", "3", "2026"]}
    assert "What was promised for past meetings stays" in text_of(admin.post(path, past))
    later = {**typed, "target_from": ["1", "4", "2026"], "target_seen": "10 2026-04-01 2026-04-11"}
    assert admin.post(path, later).status_code == 302
    page = text_of(admin.get("/boards/northfirth"))
    assert (
        "Papers should be published 7 days before each meeting. For meetings from Saturday 11 April 2026: 10 days"
        in page
    )


def test_the_feed_says_cancelled_of_what_did_not_take_place() -> None:
    from portal.access.roles import Viewer
    from portal.boards.models import Group
    from portal.meetings.feed import calendar_feed

    board = Board(short_name="North", key="north", name="North")
    of = {"meets_on": DAY, "opened_on": DAY, "first_meets_on": DAY, "starts_at": BEGUN, "version": 2}
    meeting = Meeting(**of, place="", link="", status=NOT_HELD)
    meeting.board, meeting.group = board, Group(name="Main")
    feed = calendar_feed(Viewer(meeting.id), [meeting], [], "https://x.test", NOW)
    assert b"STATUS:CANCELLED" in feed
    assert b"papers-" not in feed
