"""Support meetings with the agenda beside them, points that stay private, and how a meeting was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import select

from portal.check_in import actions as check_ins
from portal.check_in.rules import Answers
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.scheduler.run import do_what_is_due
from portal.support_meetings.models import MeetingFeedback, Point
from tests.cast import NOW, Cast, anywhere, person
from tests.cast_support import BROUGHT, OWN_POINT
from tests.visitor import text_of

WHEN = {"day": ["9", "3", "2026"], "hour": "2pm", "place": "Library"}


def mails(app: Flask, template: str) -> list[UUID]:
    with app.app_context():
        statement = select(Email.person_id).where(Email.template == template).order_by(Email.person_id)
        return list(db.session.scalars(anywhere(statement)))


def test_a_support_meeting_is_in_the_calendar_of_whoever_sees_it(visit: Any, cast: Cast, rolled_back: Any) -> None:
    things = cast.northfirth.things
    visit("northfirth.officer").post(f"/meetings/{things['coming_id']}/support/arrange", WHEN)

    def feed(who: str) -> str:
        path = visit(who).get("/account/calendar").text.split("/calendar/")[1].split(".ics")[0]
        return str(visit("").get(f"/calendar/{path}.ics").text).replace("\r\n ", "")

    rep = feed("northfirth.rep")
    assert "SUMMARY:Support meeting before CANARYNORTH Main Group" in rep
    assert "DTSTART;TZID=Europe/London:20260309T140000" in rep
    assert "Support meeting before" not in feed("northfirth.clerk")
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['coming_id']}/cancel"
    version = clerk.get(path).text.split('name="version"')[1].split('value="')[1].split('"')[0]
    assert clerk.post(path, {"reason": "Snow", "version": version}).status_code == 302
    assert "SUMMARY:Cancelled: Support meeting before CANARYNORTH Main Group" in feed("northfirth.rep")


def test_an_officer_sets_one_against_a_meeting_and_reps_are_told(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    path = f"/meetings/{cast.northfirth.things['coming_id']}/support"
    officer, people = visit("northfirth.officer"), cast.northfirth.people
    before = mails(app, "support-set").count(people["rep"])
    assert "There is no support meeting." in text_of(visit("northfirth.rep").get(path))
    officer.post(f"{path}/arrange", WHEN)
    assert mails(app, "support-set").count(people["rep"]) == before + 1
    assert "2pm on Monday 9 March 2026" in text_of(visit("northfirth.rep").get(path))
    stale = officer.post(f"{path}/arrange", {**WHEN, "hour": "4pm", "version": "7"})
    assert "This was changed since you opened this page" in text_of(stale)
    officer.post(f"{path}/call-off")
    assert mails(app, "support-off").count(people["rep"]) == 1
    assert "There is no support meeting." in text_of(visit("northfirth.rep").get(path))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"day": ["3", "3", "2026"], "hour": "9am"}, "Enter a time in the future"),
        ({"place": ""}, "Enter the place, or a link to join online"),
        ({"link": "javascript:x"}, "Enter a link that starts with https://"),
    ],
)
def test_what_makes_no_sense_is_refused(
    visit: Any, cast: Cast, rolled_back: Any, wrong: dict[str, Any], message: str
) -> None:
    path = f"/meetings/{cast.northfirth.things['coming_id']}/support/arrange"
    assert message in text_of(visit("northfirth.officer").post(path, {**WHEN, **wrong}))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": ["2", "3", "2026"]}, "day"),
        ({"day": ["9", "9", "2026"]}, "day"),
        ({"day": ["3", "3", "2026"], "hour": "9am"}, "hour"),
    ],
)
def test_what_is_wrong_stands_under_the_field_that_is_wrong(
    visit: Any, cast: Cast, rolled_back: Any, wrong: dict[str, Any], field: str
) -> None:
    path = f"/meetings/{cast.northfirth.things['coming_id']}/support/arrange"
    page = lxml.html.fromstring(visit("northfirth.officer").post(path, {**WHEN, **wrong}).text)
    errors = [one.get("id") for one in page.xpath("//p[contains(@class, 'govuk-error-message')]")]
    assert errors == [f"{field}-error"]


def test_the_day_before_is_told(app: Flask, cast: Cast, rolled_back: Any, at: Any) -> None:
    at(NOW + timedelta(days=8))  # the meeting is on the 13th, the support meeting on the 12th
    with app.app_context():
        do_what_is_due()
    assert mails(app, "support-tomorrow").count(cast.northfirth.people["rep"]) == 1


def test_a_point_is_private_until_it_is_brought(visit: Any, cast: Cast, rolled_back: Any) -> None:
    path = f"/meetings/{cast.northfirth.things['meeting_id']}"
    rep, depute, officer = (visit(f"northfirth.{who}") for who in ("rep", "depute", "officer"))
    assert OWN_POINT in text_of(depute.get(f"{path}/support"))
    for visitor in (rep, officer):
        page = text_of(visitor.get(f"{path}/support"))
        assert OWN_POINT not in page
        assert BROUGHT in page
    once = {"once": str(uuid4())}
    for _ in range(2):
        depute.post(f"{path}/points", {"text": "Ask about ASKEDPOINT", "item": "", "is_brought": "y", **once})
    page = text_of(officer.get(f"{path}/support"))
    assert page.count("ASKEDPOINT") == 1
    assert "CANARYNORTH Budget" in page, "the agenda is beside it"
    assert "Write your point" in text_of(rep.post(f"{path}/points", {"text": " ", "item": ""}))
    assert visit("northfirth.clerk").client.get(f"{path}/support").status_code == 403
    assert visit("northfirth.mentor").client.get(f"{path}/support").status_code == 404


def test_a_point_is_sealed_and_removed_by_whoever_wrote_it(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    point = cast.northfirth.things["point_id"]
    with app.app_context():
        assert OWN_POINT not in db.session.get_one(Point, point).sealed_text
    assert visit("northfirth.rep").post(f"/points/{point}/remove").status_code == 404
    assert visit("northfirth.depute").post(f"/points/{point}/remove").status_code == 302


def test_a_meeting_that_is_cancelled_takes_its_support_meeting_along(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    meeting = cast.northfirth.things["meeting_id"]
    clerk = visit("northfirth.clerk")
    page = clerk.get(f"/meetings/{meeting}/cancel")
    version = page.text.split('name="version"')[1].split('value="')[1].split('"')[0]
    clerk.post(f"/meetings/{meeting}/cancel", {"reason": "Snow", "version": version})
    assert mails(app, "support-off").count(cast.northfirth.people["rep"]) == 1


def test_whoever_came_is_asked_how_it_was(app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any) -> None:
    me, meeting_id = cast.northfirth.people["rep"], cast.northfirth.things["meeting_id"]
    early = visit("northfirth.rep").post(f"/meetings/{meeting_id}/how-it-was", {}, follow_redirects=True)
    assert "for three weeks after a meeting" in text_of(early)
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(meeting_id)
        check_ins.answer(
            check_ins.check_in_of(meeting, me), meeting, Answers("in_person", "no", "", "", "", "no", "", "")
        )
    for days in (11, 12):
        at(NOW + timedelta(days=days))
        with app.app_context():
            do_what_is_due()
    assert mails(app, "meeting-feedback").count(me) == 1
    rep = visit("northfirth.rep")
    wrong = rep.post(f"/meetings/{meeting_id}/how-it-was", {"spoke": "perhaps"})
    assert "Select whether you could say what you wanted to say" in text_of(wrong)
    for spoke in ("yes", "no"):  # said again, the later counts
        rep.post(f"/meetings/{meeting_id}/how-it-was", {"spoke": spoke, "understood": "yes", "explained": "partly"})
    with app.app_context():
        mine = select(MeetingFeedback).where(MeetingFeedback.meeting_id == meeting_id, MeetingFeedback.person_id == me)
        assert [one.spoke for one in db.session.scalars(mine)] == ["no"]


def test_officers_see_each_answer_and_the_board_totals_of_five(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    path, things = "/boards/northfirth/how-meetings-are", cast.northfirth.things
    at(NOW + timedelta(days=60))  # the next quarter
    assert "Answered no" in text_of(visit("northfirth.officer").get(path))
    clerk = text_of(visit("northfirth.clerk").get(path))
    assert "CANARYNORTH Rep" not in clerk
    assert "To protect privacy, we do not show answers" in clerk
    with app.app_context(), unit_of_work():
        for number in range(10):
            someone = person(f"voice{number}@northfirth.test", f"Voice {number}")
            of = {"board_id": cast.northfirth.id, "group_id": things["group_id"], "meeting_id": things["meeting_id"]}
            said = {"spoke": "no" if number < 5 else "yes", "understood": "yes", "explained": "yes"}
            db.session.add(MeetingFeedback(**of, person_id=someone.id, **said, answered_at=NOW))
    clerk = text_of(visit("northfirth.clerk").get(path))
    assert "Yes: 5, Partly: 0, No: 6" in clerk
    assert "Yes: 11" not in clerk, "what everybody answered is nobody's secret any more"
    assert "Voice" not in clerk
    once = "Only the latest answer of each person counts, from the last four whole quarters."
    assert f"{once} So a “No” that is listed below" in text_of(visit("northfirth.officer").get(path))


def headed(page: Any) -> tuple[str, str]:
    """The heading of a page and its title in the browser."""
    tree = lxml.html.fromstring(page.text)
    return " ".join(tree.xpath("//h1")[0].text_content().split()), tree.xpath("//title")[0].text.split(" – ")[0].strip()


def test_two_of_one_week_are_headed_and_mailed_by_their_day_and_time(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    things, officer, rep = cast.northfirth.things, visit("northfirth.officer"), visit("northfirth.rep")
    first, second = f"/meetings/{things['meeting_id']}/support", f"/meetings/{things['coming_id']}/support"
    new = "Arrange a support meeting, before CANARYNORTH Main Group, Sunday 12 April"
    assert headed(officer.get(f"{second}/arrange")) == (new, new)
    assert headed(rep.get(second))[0] == "Before CANARYNORTH Main Group, Sunday 12 April"
    officer.post(f"{second}/arrange", {**WHEN, "day": ["12", "3", "2026"]})
    words = [
        "Support meeting, 10am on Thursday 12 March, before CANARYNORTH Main Group, Friday 13 March",
        "Support meeting, 2pm on Thursday 12 March, before CANARYNORTH Main Group, Sunday 12 April",
    ]
    for path, heading in zip((first, second), words, strict=True):
        assert headed(rep.get(path)) == (heading, heading)
        change = heading.replace("Support", "Change the support")
        assert headed(officer.get(f"{path}/arrange")) == (change, change)
    officer.post(f"{first}/call-off")
    officer.post(f"{second}/call-off")
    with app.app_context():
        written = select(Email).where(Email.template == "support-off", Email.person_id == cast.northfirth.people["rep"])
        subjects = {words_of(one).subject for one in db.session.scalars(anywhere(written).order_by(Email.id))}
    assert subjects == {
        f"Support meeting cancelled: {hour} on 12 March, CANARYNORTH Main Group (Northfirth)"
        for hour in ("10am", "2pm")
    }
    trail = text_of(visit("northfirth.admin").get("/boards/northfirth/audit?event=SupportMeetingCalledOff"))
    assert "Cancelled a support meeting: CANARYNORTH Main Group, Sunday 12 April, at 2pm on Thursday 12 March" in trail


def newest(app: Flask, cast: Cast) -> str:
    with app.app_context():
        of_rep = (Email.template == "support-set", Email.person_id == cast.northfirth.people["rep"])
        statement = select(Email).where(*of_rep).order_by(Email.asked_at.desc(), Email.id)
        found = {words_of(one).text for one in db.session.scalars(anywhere(statement)).unique()}
        return "\n".join(sorted(found))


def test_a_support_meeting_that_moved_says_what_it_was(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    path = f"/meetings/{cast.northfirth.things['coming_id']}/support/arrange"
    officer = visit("northfirth.officer")
    said = text_of(officer.post(path, WHEN, follow_redirects=True))
    assert "CANARYNORTH Rep" in said, "whoever is emailed is named"
    assert "Was:" not in newest(app, cast)
    officer.post(path, {**WHEN, "hour": "4pm", "place": "Town hall", "version": "1"})
    told = newest(app, cast)
    assert "Was: 2pm on Monday 9 March 2026\nNow: 4pm on Monday 9 March 2026" in told
    assert "Place: was Library, now Town hall" in told


def test_half_past_nine_on_the_day_of_a_meeting_at_ten_is_in_the_morning(
    visit: Any, things: dict[str, Any], rolled_back: Any
) -> None:
    path = f"/meetings/{things['meeting_id']}/support/arrange"
    sent = {**WHEN, "day": ["13", "3", "2026"], "hour": "9:30", "anyway": "y", "version": "1"}
    page = visit("northfirth.officer").post(path, sent)
    assert "Do you mean" not in page.text
    assert page.status_code == 302
