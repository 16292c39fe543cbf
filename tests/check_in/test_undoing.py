"""Ten minutes in which "I can't come" can be undone: all is as it was, nobody was told, and no word was shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from portal.check_in.models import CheckInUndo
from portal.check_in.rules import tell_at
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from portal.notifications.models import Email
from portal.replacement_care.arranging import actions as arranging
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.actions import call_off_for_meeting
from portal.scheduler.run import do_chores
from tests.cast import NOW, Cast, anywhere
from tests.check_in.test_check_in import CARE, FIRST, answer_of, asked, has_depute, link, mails, stand_ins
from tests.visitor import text_of

__all__ = ["asked"]  # a fixture
TOLD = ("rep-cannot-come", "care-called-off", "stand-in", "stand-down", "apologies-undone")
Minute = Callable[[int], None]


@pytest.fixture
def minute(rolled_back: Any) -> Minute:
    """Put the clock so many minutes after NOW."""
    return lambda minutes: clock.use(lambda: NOW + timedelta(minutes=minutes))


def request_of(app: Flask, cast: Cast) -> CareRequest:
    with app.app_context():
        mine = (CareRequest.person_id == cast.northfirth.people["rep"], CareRequest.what == "meeting")
        newest = (
            select(CareRequest).where(*mine).order_by(CareRequest.asked_at.desc(), CareRequest.status, CareRequest.id)
        )
        one = db.session.scalars(newest).first()
        assert one
        return one


def note_of(app: Flask, one: CareRequest) -> str:
    with app.app_context():
        return one.note


def arranged(app: Flask, visit: Any, cast: Cast, path: str) -> CareRequest:
    """The rep comes, and the officer has arranged care."""
    visit("northfirth.rep").post(path, FIRST)
    one = request_of(app, cast)
    with app.app_context(), unit_of_work():
        care = db.session.get_one(CareRequest, one.id)
        officer = cast.northfirth.people["officer"]
        arranging.take(care, care.version, officer)
        arranging.arrange(care, care.version, officer, care.span, {"arrangement": "Agency"})
    return request_of(app, cast)


def undo(app: Flask, visit: Any, cast: Cast) -> str:
    answer = visit("northfirth.rep").post(f"/check-ins/{answer_of(app, cast).id}/undo", follow_redirects=True)
    return text_of(answer)


def written(app: Flask, cast: Cast) -> list[str]:
    """Which of the emails about apologies there are for the cast's meeting since NOW."""
    with app.app_context():
        told = select(Email.template).where(Email.template.in_(TOLD), Email.asked_at > NOW)
        return sorted(db.session.scalars(anywhere(told.order_by(Email.id))))


def test_in_minute_nine_all_is_as_it_was_and_nobody_is_told(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], minute: Minute
) -> None:
    depute, path = has_depute(app, cast), f"/meetings/{things['meeting_id']}"
    with app.app_context(), unit_of_work():
        call_off_for_meeting(db.session.get_one(Meeting, things["meeting_id"]), depute)  # whom nobody called yet
    care, before = arranged(app, visit, cast, f"{path}/check-in"), answer_of(app, cast)
    told = written(app, cast)
    visit("northfirth.rep").post(f"{path}/cannot")
    assert stand_ins(app, things) == [depute]
    assert request_of(app, cast).status == "cancelled"
    minute(14)
    page = text_of(visit("northfirth.rep").get(path))
    assert (
        "CANARYNORTH Depute is down to go for you. They have not answered yet. "
        "You, Bo Both, CANARYNORTH Clerk, CANARYNORTH Depute and CANARYNORTH Officer will be emailed at 10:15am today."
        in page
    )
    assert "You can undo this until" in page
    assert "Everything is as it was before" in undo(app, visit, cast)
    assert stand_ins(app, things) == []
    assert written(app, cast) == told
    after, again = answer_of(app, cast), request_of(app, cast)
    same = ("coming", "care", "printed", "answered_at", "answered_for", "emergency_at", "sealed_address")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert (again.id, again.status, note_of(app, again), again.officer_id) == (
        care.id,
        "arranged",
        CARE,
        care.officer_id,
    )


def test_in_minute_eleven_it_is_too_late_and_the_words_are_gone(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], minute: Minute
) -> None:
    path = f"/meetings/{things['coming_id']}"
    rep, check_in = visit("northfirth.rep"), f"{path}/check-in"
    rep.post(check_in, FIRST)
    rep.post(f"{path}/cannot")
    with app.app_context():
        one = db.session.scalars(anywhere(select(CheckInUndo))).one()
        assert CARE in one.words
        assert "CAREWORDS" not in one.sealed_words + str(one.was)
        assert not db.session.scalar(
            text("SELECT count(*) FROM care_requests WHERE status='cancelled' AND sealed_note <> ''")
        )
    minute(11)
    assert "Undo" not in text_of(rep.get(path))
    assert "The ten minutes are over" in text_of(
        rep.post(f"/check-ins/{answer_of(app, cast, 'coming_id').id}/undo", follow_redirects=True)
    )
    assert "Officer (engagement officer), Bo Both (clerk) and CANARYNORTH Clerk (clerk) know" in text_of(rep.get(path))
    with app.app_context():
        do_chores()
        assert db.session.scalars(anywhere(select(CheckInUndo))).all() == [], "although nobody looked"


def test_in_minute_five_the_officer_who_had_acted_is_asked_again(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], minute: Minute
) -> None:
    path, officer = f"/meetings/{things['meeting_id']}", visit("northfirth.officer")
    care = arranged(app, visit, cast, f"{path}/check-in")
    visit("northfirth.rep").post(f"{path}/cannot")
    minute(5)
    page = officer.get(f"/care/{care.id}/arrange")
    assert "it is no longer needed" in text_of(page)
    version = request_of(app, cast).version
    assert officer.post(f"/care/{care.id}/provider-told", {"version": str(version)}).status_code == 302
    assert "The provider was told" in text_of(officer.get(f"/care/{care.id}/arrange"))
    said = undo(app, visit, cast)
    assert "CANARYNORTH Officer had already acted on them, so we have asked CANARYNORTH Officer to arrange" in said
    again = request_of(app, cast)
    assert again.id != care.id
    assert (again.status, again.officer_id, note_of(app, again)) == ("arranging", care.officer_id, CARE)
    asked_again = [
        one for one in mails(app, "care-asked", care.officer_id) if one.asked_at > NOW + timedelta(minutes=4)
    ]
    assert len(asked_again) == 1
    assert asked_again[0].not_before <= NOW + timedelta(minutes=5), "at once"
    with app.app_context():
        assert db.session.get_one(CareRequest, care.id).provider_told_at, "what was done stays"


def test_a_depute_who_had_said_yes_is_told(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], minute: Minute
) -> None:
    depute, path = has_depute(app, cast), f"/meetings/{things['meeting_id']}"
    visit("northfirth.rep").post(f"{path}/cannot")
    minute(8)
    visit("northfirth.depute").post(f"{path}/check-in", {**FIRST, "care": "no", "cancel_care": "y"})
    assert "CANARYNORTH Depute had said they would go. We have told them you are coming" in undo(app, visit, cast)
    assert mails(app, "stand-down", depute)
    assert stand_ins(app, things) == []


def test_within_three_hours_people_hear_at_once_and_hear_of_the_undo(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    clock.use(lambda: datetime(2026, 3, 13, 7, 1, tzinfo=UTC))  # the meeting is at 10am
    visit("northfirth.rep").post(f"/meetings/{things['meeting_id']}/cannot")
    assert {one.not_before for one in mails(app, "rep-cannot-come")} == {clock.now()}
    undo(app, visit, cast)
    heard = {one.person_id for one in mails(app, "apologies-undone")}
    assert heard == {one.person_id for one in mails(app, "rep-cannot-come") or mails(app, "apologies-undone")}
    assert cast.northfirth.people["officer"] in heard


def test_before_that_emails_wait_ten_minutes(app: Flask, visit: Any, cast: Cast, things: dict[str, Any]) -> None:
    clock.use(lambda: datetime(2026, 3, 13, 6, 59, tzinfo=UTC))
    visit("northfirth.rep").post(f"/meetings/{things['meeting_id']}/cannot")
    assert {one.not_before - clock.now() for one in mails(app, "rep-cannot-come")} == {timedelta(minutes=10)}


@given(st.integers(0, 60 * 24 * 40))
def test_apologies_never_wait_longer_than_ten_minutes_nor_beyond_the_meeting(minutes: int) -> None:
    starts_at = NOW + timedelta(minutes=minutes)
    assert NOW <= tell_at(NOW, starts_at) <= NOW + timedelta(minutes=10)
    assert tell_at(NOW, starts_at) <= max(NOW, starts_at)


def test_it_is_undone_from_the_mailed_link_without_showing_a_word(
    app: Flask, visit: Any, cast: Cast, asked: None
) -> None:
    path = link(app, cast)
    visit("").post(path, FIRST)
    page = visit("").post(f"{path}/cannot")
    assert "Undo my apologies" in page.text
    undone = visit("").post(f"{path}/undo")
    assert "Everything is as it was before" in text_of(undone)
    for word in ("CAREWORDS", "TRAVELHOME", "ADDRESS"):
        assert word not in page.text + undone.text
    assert note_of(app, request_of(app, cast)) == CARE
    assert "nothing to undo" in text_of(visit("").post(f"{path}/undo"))


@pytest.mark.usefixtures("rep_goes")
@pytest.mark.parametrize(
    ("who", "status"),
    [("southmoor.rep", 404), ("northfirth.depute", 404), ("northfirth.officer", 404), ("northfirth.clerk", 404)],
)
def test_nobody_undoes_it_for_somebody_else(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], who: str, status: int
) -> None:
    visit("northfirth.rep").post(f"/meetings/{things['meeting_id']}/cannot")
    where = f"/check-ins/{answer_of(app, cast).id}/undo"
    stranger = visit(who)
    assert stranger.client.post(where, data={"csrf_token": stranger.csrf_token()}).status_code == status
    assert answer_of(app, cast).coming == "no"


def test_another_answer_within_the_ten_minutes_undoes_it_first(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    rep, path = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}"
    rep.post(f"{path}/cannot")
    rep.post(f"{path}/check-in", {**FIRST, "coming": "online", "care": "no"})
    assert answer_of(app, cast).coming == "online"
    assert not mails(app, "rep-cannot-come"), "nobody hears of apologies that are not true any more"


def test_no_asks_nothing_more_and_sends_apologies(app: Flask, visit: Any, cast: Cast, things: dict[str, Any]) -> None:
    path = f"/meetings/{things['meeting_id']}"
    assert visit("northfirth.rep").post(f"{path}/check-in", {"coming": "no"}).status_code == 302
    assert answer_of(app, cast).coming == "no"
    assert {one.person_id for one in mails(app, "rep-cannot-come")} >= {cast.northfirth.people["officer"]}


def test_a_meeting_that_moved_meanwhile_takes_the_care_along(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], minute: Minute
) -> None:
    path = f"/meetings/{things['meeting_id']}"
    visit("northfirth.rep").post(f"{path}/check-in", FIRST)
    visit("northfirth.rep").post(f"{path}/cannot")
    minute(3)
    with app.app_context(), unit_of_work():
        one = db.session.get_one(Meeting, things["meeting_id"])
        one.meets_on, one.starts_at = one.meets_on + timedelta(days=1), one.starts_at + timedelta(days=1)
    undo(app, visit, cast)
    assert request_of(app, cast).on_day.isoformat() == "2026-03-14"


@pytest.mark.usefixtures("rep_goes")
def test_pages_of_the_meeting_say_what_was_answered(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], minute: Minute
) -> None:
    rep, path = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}"
    places = ("/", path, "/boards/northfirth/meetings", "/care")
    for where in places:
        assert "You said you" not in text_of(rep.get(where))
    rep.post(f"{path}/cannot")
    assert "Undo my apologies" in rep.get(f"{path}/check-in").text
    minute(30)
    for where in places:
        page = text_of(rep.get(where))
        assert "You said you can’t come. CANARYNORTH Officer (engagement officer)" in page, where
        assert "Change your answer" in page
    assert f"{path}/cannot" not in rep.get(path).text
    form = rep.get(f"{path}/check-in")
    assert "We have your apologies If you can come after all, choose how above" in text_of(form)
    assert f"{path}/cannot" not in form.text
    assert f"{path}/cannot" not in rep.get("/").text
    rep.post(f"{path}/check-in", {**FIRST, "care": "no"})
    assert "You said you’re coming in person. CANARYNORTH Officer" in text_of(rep.get("/"))
