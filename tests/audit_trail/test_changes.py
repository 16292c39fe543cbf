"""The trail says from what, to what, of whatever was changed."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from sqlalchemy import select, update

from portal.boards import actions as boards
from portal.boards.models import Group, Seat
from portal.boards.seats import actions as seats
from portal.core import clock
from portal.core.changes import ChangeEvent
from portal.core.events import every_event
from portal.core.text import moment_words
from portal.infra.database import db
from portal.meetings import actions as meetings
from portal.meetings.agendas import actions as agendas
from portal.meetings.models import Meeting, StandingItem
from portal.replacement_care.models import CareProvider
from portal.replacement_care.policy import actions as policies
from portal.training.courses import actions as courses
from portal.training.inductions import actions as inductions
from portal.training.models import InductionStep, TrainingSession
from portal.training.sessions import actions as sessions
from tests.cast import TODAY, Cast
from tests.visitor import text_of

PATH = "/boards/northfirth/audit"
SAYS_IT_ITSELF = {
    "AccessChanged": "it is abstract",
    "CalendarAddressChanged": "an address that opens somebody’s calendar is a secret",
    "ClaimChanged": "what somebody writes before they send a claim is their own affair",
    "EmailChanged": "it has both addresses as fields of its own",
    "KnownAsChanged": "how somebody likes to be called is their own affair",
    "MentorChanged": "a mentor’s line is private: nobody is told whose it is",
    "NextTalkChanged": "it has both days as fields of its own",
    "PaperTargetSet": "it has both numbers of days as fields of its own",
    "PasswordChanged": "a password is a secret",
    "PayeesChanged": "by what finance knows somebody stands in no trail, only that it changed",
    "PreferencesChanged": "which emails somebody gets is their own affair",
    "PublicProfileChanged": "it says what is shown from now on",
    "RoleChanged": "each version of a role is kept and can be read beside the one before",
    "SettingsChanged": "it has both values of each setting as fields of its own",
    "SupportMeetingSet": "it is a new meeting, or says what it was",
    "TalkChanged": "when two people talked is their own affair",
    "WorkPhoneChanged": "a phone number stands in no trail, only that it changed",
}


def test_each_event_of_a_change_says_from_what_to_what() -> None:
    """By its name: a change that is made in future says so too, or says here why not."""
    ends = ("Changed", "Set", "Moved", "Adjourned")
    found = {one for one in every_event() if one.__name__.endswith(ends) and one.__module__.startswith("portal.")}
    mute = {one.__name__ for one in found if not issubclass(one, ChangeEvent)}
    assert mute <= SAYS_IT_ITSELF.keys()
    assert not {one.__name__ for one in found if issubclass(one, ChangeEvent)} & SAYS_IT_ITSELF.keys()


def test_groups_and_seats(visit: Any, cast: Cast, work: Any) -> None:
    things = cast.northfirth.things
    with work():
        group = db.session.get_one(Group, things["group_id"])
        boards.change_group(group, group.name, "spg", None)
        seat = db.session.get_one(Seat, things["seat_id"])
        seats.change_seat(seat, "Carers’ seat", seat.created_on, TODAY + timedelta(days=1))
    admin = visit("northfirth.admin")
    assert "kind: was The board itself, now Strategic planning group" in text_of(
        admin.get(f"{PATH}?event=GroupChanged")
    )
    page = text_of(admin.get(f"{PATH}?event=SeatChanged"))
    assert "name: was CANARYNORTH Empty seat, now Carers’ seat" in page
    assert "with a vote from: was empty, now 4 March 2026" in page


def test_courses_sessions_and_steps_of_inductions(visit: Any, cast: Cast, work: Any) -> None:
    board_id = cast.northfirth.id
    with work():
        course = courses.add_course(board_id, {"title": "Reading papers", "for_whom": ["rep"], "minutes": 30})
        courses.change_course(course, {"minutes": 45, "for_whom": ["rep", "depute"]})
        courses.close_course(course)
        session = db.session.scalars(select(TrainingSession).where(TrainingSession.board_id == board_id)).first()
        sessions.change(session, session.version, {"place": "Town Hall", "places": session.places + 1})
        inductions.add_step(board_id, "Meet the chair", "officer", 10)
        steps = select(InductionStep).where(InductionStep.board_id == board_id)
        inductions.close_step(db.session.scalars(steps.where(InductionStep.title == "Meet the chair")).one())
    admin = visit("northfirth.admin")
    page = text_of(admin.get(f"{PATH}?event=CourseChanged"))
    assert "minutes: was 30, now 45, for: was Reps, now Reps and Deputes" in page
    assert "closed" in page
    assert "now Town Hall" in text_of(admin.get(f"{PATH}?event=SessionChanged"))
    assert "“Meet the chair”, removed" in text_of(admin.get(f"{PATH}?event=InductionPlanChanged"))


def test_policies_and_providers_of_care(visit: Any, cast: Cast, work: Any) -> None:
    board_id = cast.northfirth.id
    with work():
        typed = {"name": "Ann’s Care", "contact": "Ann, 01463 496 000", "lead_days": 5, "hourly_rate": 1850}
        policies.keep_provider(board_id, None, typed)
        provider = db.session.scalars(
            select(CareProvider).where(CareProvider.board_id == board_id, CareProvider.name == "Ann’s Care")
        ).one()
        policies.keep_provider(board_id, provider, {**typed, "hourly_rate": 2000, "contact": "Bo"})
    page = text_of(visit("northfirth.admin").get(f"{PATH}?event=CareProviderChanged"))
    assert "rate an hour: was £18.50, now £20.00" in page
    assert "contact: was Ann, 01463 496 000, now Bo" in page


def test_standing_items(visit: Any, cast: Cast, work: Any) -> None:
    things = cast.northfirth.things
    with work():
        item = db.session.get_one(StandingItem, things["standing_item_id"])
        agendas.change_standing_item(item, {"purpose": "noting"})
        agendas.remove_standing_item(item)
    page = text_of(visit("northfirth.admin").get(f"{PATH}?event=StandingItemsChanged"))
    assert "“CANARYNORTH Apologies”, purpose: was empty, now For noting" in page
    assert "“CANARYNORTH Apologies”, removed" in page


def test_a_meeting_that_moved_or_sits_again(visit: Any, cast: Cast, work: Any) -> None:
    meeting_id = cast.northfirth.things["meeting_id"]
    with work():
        meeting = db.session.get_one(Meeting, meeting_id)
        day, was = meeting.meets_on + timedelta(days=7), moment_words(meeting.starts_at)
        meetings.change(meeting, meeting.version, day, time(14), "Town Hall", "https://call.test/2", meeting.kind)
        now = moment_words(meeting.starts_at)
    admin = visit("northfirth.admin")
    page = text_of(admin.get(f"{PATH}?event=MeetingMoved"))
    assert f"time: was {was}, now {now}" in page
    assert "now Town Hall" in page
    assert "now https://call.test/2" in page
    with work():
        db.session.execute(update(Meeting).where(Meeting.id == meeting_id).values(starts_at=clock.now()))
        db.session.execute(update(Meeting).where(Meeting.id == meeting_id).values(meets_on=TODAY))
        meeting = db.session.get_one(Meeting, meeting_id)
        meetings.adjourn(meeting, meeting.version, TODAY + timedelta(days=7), time(9), "The weather")
        was, now = moment_words(clock.now()), moment_words(meeting.starts_at)
    assert f"time: was {was}, now {now}" in text_of(admin.get(f"{PATH}?event=MeetingAdjourned"))
    with work():
        meeting = db.session.get_one(Meeting, meeting_id)
        meetings.cancel(meeting, meeting.version, "Too few can come")
    assert f"time: was {now}, now {was}" in text_of(admin.get(f"{PATH}?event=SittingCancelled"))
