"""After the meeting the clerk says who came."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from portal.boards.models import Group
from portal.check_in.models import CheckIn
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.models import Meeting
from portal.notifications.models import Email
from tests.cast import NOW, Cast, anywhere
from tests.check_in.test_check_in import answer_of
from tests.visitor import text_of


def test_a_meeting_that_is_off_asks_nobody(app: Flask, cast: Cast, visit: Any, things: dict[str, Any]) -> None:
    clerk, rep = visit("northfirth.clerk"), visit("northfirth.rep")
    page = clerk.get(f"/meetings/{things['coming_id']}/cancel").text
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    clerk.post(f"/meetings/{things['coming_id']}/cancel", {"reason": "Snow", "version": version})
    assert rep.get(f"/meetings/{things['coming_id']}/check-in").status_code == 302
    assert rep.post(f"/meetings/{things['coming_id']}/cannot").status_code == 302
    with app.app_context():
        told = select(Email).where(Email.template == "rep-cannot-come")
        assert not db.session.scalars(anywhere(told)).all()


def test_the_clerk_says_who_came(app: Flask, cast: Cast, visit: Any, things: dict[str, Any], at: Any) -> None:
    path, rep = f"/meetings/{things['meeting_id']}/attendance", cast.person("northfirth.rep")
    assert "when the meeting has begun" in text_of(visit("northfirth.clerk").get(path))
    visit("northfirth.clerk").post(path, {f"attended-{rep}": "absent"})
    at(datetime(2026, 3, 13, 13, 0, tzinfo=UTC))
    clerk = visit("northfirth.clerk")
    assert "CANARYNORTH Depute (for CANARYNORTH Rep)" in text_of(clerk.get(path))
    assert clerk.post(path, {f"attended-{rep}": "came", f"attended-{uuid4()}": "came"}).status_code == 302
    assert answer_of(app, cast).attended == "came"
    assert "Came" in text_of(clerk.get(f"/meetings/{things['meeting_id']}/coming"))


def test_a_choice_that_is_missing_is_said_at_its_box_and_nobody_is_taken_to_have_come(
    app: Flask, cast: Cast, visit: Any, things: dict[str, Any], at: Any
) -> None:
    """Also of a rep who joined after the page was opened."""
    path, rep = f"/meetings/{things['meeting_id']}/attendance", cast.person("northfirth.rep")
    at(datetime(2026, 3, 13, 13, 0, tzinfo=UTC))
    clerk = visit("northfirth.clerk")
    missing = clerk.post(path, {f"attended-{cast.person('southmoor.rep')}": "came"})
    assert "CANARYNORTH Depute (for CANARYNORTH Rep): select whether they came" in text_of(missing)
    assert f'href="#attended-{rep}"' in missing.text
    with app.app_context():
        assert db.session.get_one(Meeting, things["meeting_id"]).attendance_at is None
    assert clerk.post(path, {f"attended-{rep}": ["absent", "came"]}).status_code == 302
    clerk.post(path)
    assert answer_of(app, cast).attended == "absent"


def test_it_is_not_offered_before_the_meeting_has_begun(visit: Any, things: dict[str, Any], at: Any) -> None:
    """13 March at 10am."""
    path = f"/meetings/{things['meeting_id']}/coming"
    for moment, is_offered in (
        (NOW, False),
        (datetime(2026, 3, 13, 9, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 13, 10, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 20, 10, 0, tzinfo=UTC), True),
    ):
        at(moment)
        page = visit("northfirth.clerk").get(path).text
        assert (f'href="/meetings/{things["meeting_id"]}/attendance"' in page) is is_offered, moment


def chosen(page: str) -> list[str]:
    """What is chosen on a page of radio buttons."""
    return [tag for tag in re.findall(r"<input[^>]*>", page) if 'type="radio"' in tag and " checked" in tag]


def test_nothing_is_chosen_beforehand_for_whoever_never_answered(
    visit: Any, cast: Cast, things: dict[str, Any], at: Any
) -> None:
    path, rep = f"/meetings/{things['coming_id']}/attendance", cast.person("northfirth.rep")
    answered = visit("northfirth.rep")
    at(datetime(2026, 4, 20, 13, 0, tzinfo=UTC))
    clerk = visit("northfirth.clerk")
    page = clerk.get(path).text
    assert f'name="attended-{rep}"' in page
    assert chosen(page) == []
    at(NOW)
    answered.post(f"/meetings/{things['coming_id']}/cannot")
    at(datetime(2026, 4, 20, 13, 0, tzinfo=UTC))
    assert chosen(clerk.get(path).text) == [], "what was said before is proposed, and not chosen"
    assert "Before the meeting: sent apologies" in text_of(clerk.get(path))


def test_what_was_said_before_is_recorded_only_where_the_clerk_says_so(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any, rolled_back: Any
) -> None:
    rep = cast.person("northfirth.rep")
    visit("northfirth.rep").post(f"/meetings/{things['coming_id']}/cannot")
    at(datetime(2026, 4, 20, 13, 0, tzinfo=UTC))
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['coming_id']}/attendance"
    boxes = sorted(set(re.findall(r'name="(attended-[^"]+)"', clerk.get(path).text)))
    others = {box: "came" for box in boxes if box != f"attended-{rep}"}
    assert "select whether they came" in text_of(clerk.post(path, others))
    assert answer_of(app, cast, "coming_id").attended == ""
    said = text_of(clerk.post(path, {**others, "as_said": "y"}, follow_redirects=True))
    assert answer_of(app, cast, "coming_id").attended == "apologies"
    assert "Attendance saved." in said
    assert "Sent apologies: CANARYNORTH Rep." in said


def test_what_was_chosen_for_others_is_kept_when_one_is_missing(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any, rolled_back: Any
) -> None:
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, things["group_id"])
        held = meetings.schedule(group, (NOW - timedelta(days=14)).date(), NOW.time()).id
    clerk, path = visit("northfirth.clerk"), f"/meetings/{held}/attendance"
    boxes = sorted(set(re.findall(r'name="(attended-[^"]+)"', clerk.get(path).text)))
    assert len(boxes) > 1
    page = clerk.post(path, dict.fromkeys(boxes[1:], "absent")).text
    assert len(chosen(page)) == len(boxes) - 1


def test_two_clerks_at_once_undo_nothing_of_anybody(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any, rolled_back: Any
) -> None:
    """Each person is recorded once: the clerk who comes second is told of whom."""
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, things["group_id"])
        held = meetings.schedule(group, (NOW - timedelta(days=14)).date(), NOW.time()).id
    clerk, path = visit("northfirth.clerk"), f"/meetings/{held}/attendance"
    boxes = sorted(set(re.findall(r'name="(attended-[^"]+)"', clerk.get(path).text)))
    clerk.post(path, {**dict.fromkeys(boxes, "came"), boxes[0]: "absent"})
    late = text_of(clerk.post(path, {**dict.fromkeys(boxes, "came"), boxes[1]: "online"}, follow_redirects=True))
    assert "were recorded after you opened this page. If that is wrong, correct it." in late
    with app.app_context():
        of_meeting = select(CheckIn.person_id, CheckIn.attended).where(CheckIn.meeting_id == held).order_by(CheckIn.id)
        recorded = {f"attended-{key}": how for key, how in db.session.execute(anywhere(of_meeting))}
    assert {box: recorded[box] for box in boxes} == {**dict.fromkeys(boxes, "came"), boxes[0]: "absent"}
