"""What was asked for, what was offered instead, and what was said of either: each as what it is."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.audit.models import AuditLine
from portal.core.calendar import moment
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from portal.meetings.queries import meeting_by_id
from portal.replacement_care.models import CarePolicy, CareRequest
from portal.replacement_care.requests import actions
from portal.replacement_care.requests.earlier_times import left_out
from portal.replacement_care.requests.queries import request_by_id
from portal.replacement_care.requests.rules import Span
from tests.cast import NOW, Cast, anywhere
from tests.replacement_care.asking import ARRANGE, ASK, asked, do, request_of
from tests.visitor import text_of

FIRST = "Friday 20 March, from 9am to 2pm (5 hours). Sent on Tuesday 3 March"


def taken(app: Flask, visit: Any, cast: Cast) -> tuple[Any, Any, CareRequest]:
    """Care from 9am to 2pm, taken by an officer who read everything."""
    one = asked(app, visit, cast)
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    do(officer, one, "take", 1)
    officer.get(f"/care/{one.id}/text")
    return rep, officer, one


def arranged(app: Flask, visit: Any, cast: Cast, **typed: Any) -> tuple[Any, Any, CareRequest]:
    rep, officer, one = taken(app, visit, cast)
    assert do(officer, one, "arrange", 2, **{**ARRANGE, **typed}).status_code == 302
    return rep, officer, one


def change(rep: Any, app: Flask, cast: Cast, **typed: object) -> None:
    one = request_of(app, cast)
    assert rep.post(f"/care/{one.id}/change", {**ASK, **typed, "version": str(one.version)}).status_code == 302


def of_rep(rep: Any, one: CareRequest) -> str:
    return text_of(rep.get(f"/care/{one.id}"))


def of_officer(officer: Any, one: CareRequest) -> str:
    return text_of(officer.get(f"/care/{one.id}/arrange"))


def test_the_journey_is_said_to_be_in_the_times_asked_for_where_others_are_offered(
    app: Flask, visit: Any, cast: Cast
) -> None:
    rep, officer, one = taken(app, visit, cast)
    assert "1 hour 20 minutes, included in these times" in of_rep(rep, one)
    do(officer, one, "arrange", 2, **{**ARRANGE, "from_hour": "noon"}, anyway="y")
    assert "1 hour 20 minutes, included in the times you asked for" in of_rep(rep, one)
    do(rep, one, "agree", 3)
    assert "1 hour 20 minutes, included in the times you asked for" in of_rep(rep, one)
    change(rep, app, cast, until_hour="3pm")
    assert "1 hour 20 minutes, included in these times" in of_rep(rep, one), "the rep gave these times"


def test_the_rep_reads_what_was_asked_for_first_and_each_change_with_its_day(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    rep, officer, one = taken(app, visit, cast)
    assert FIRST in of_rep(rep, one)
    assert "Changed on" not in of_rep(rep, one)
    at(NOW + timedelta(days=1))
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    change(rep, app, cast, until_hour="3pm")
    change(rep, app, cast, until_hour="3pm", note="OTHERWORDS")
    at(NOW + timedelta(days=2))
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    change(rep, app, cast, until_hour="4pm", note="OTHERWORDS")
    do(officer, one, "agree-times", request_of(app, cast).version)
    changes = (
        "Changed on Wednesday 4 March to Friday 20 March, from 9am to 3pm (6 hours) "
        "Changed on Thursday 5 March to Friday 20 March, from 9am to 4pm (7 hours) When"
    )
    assert f"{FIRST} {changes}" in of_rep(rep, one)
    page = of_officer(officer, one)
    assert "First asked for Friday 20 March, from 9am to 2pm (5 hours). Sent on Tuesday 3 March" in page


def test_nobody_reads_in_the_trail_when_somebody_needs_care(app: Flask, visit: Any, cast: Cast) -> None:
    rep, _, one = taken(app, visit, cast)
    change(rep, app, cast, until_hour="3pm")
    with app.app_context():
        asked = select(AuditLine).where(AuditLine.event.like("CareAsked%")).order_by(AuditLine.number)
        lines = db.session.scalars(anywhere(asked)).all()
        of_it = [line for line in lines if line.facts["request_id"] == str(one.id)]
        assert ["2026-03-20" in line.about_people["times"] for line in of_it] == [True, True]
        assert not any("2026-03-20" in str(line.facts) for line in of_it)
    page = text_of(visit("northfirth.admin").get("/boards/northfirth/audit"))
    assert "Asked for care" in page
    assert "2026-03-20" not in page


def test_care_that_moved_with_its_meeting_was_not_changed_by_the_rep(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(cast.northfirth.things["coming_id"])
        care = actions.ask_for_meeting(meeting, cast.northfirth.people["rep"])
        key, was_at = care.id, meeting.starts_at
    with app.app_context(), unit_of_work():
        care = request_by_id(cast.northfirth.id, key)
        moved = Meeting(meets_on=care.on_day + timedelta(days=1), starts_at=was_at + timedelta(days=1))
        actions.follow(care, moved, was_at)
    page = text_of(visit("northfirth.rep").get(f"/care/{key}"))
    assert "Moved with the meeting on Tuesday 3 March to" in page
    assert "Changed on" not in page


def test_a_change_whose_first_times_nobody_kept_does_not_pass_for_the_first(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    """Requests of before the trail held times, and those whose times were erased from it."""
    rep, _, one = taken(app, visit, cast)
    at(NOW + timedelta(days=1))
    rep = visit("northfirth.rep")
    change(rep, app, cast, until_hour="3pm")
    with app.app_context(), unit_of_work():
        of_care = AuditLine.event.in_(["CareAsked", "CareAskedAgain"])
        db.session.execute(anywhere(update(AuditLine).where(of_care).values(sealed_personal=None, personal_salt="")))
    page = of_rep(rep, one)
    assert "Carers week. First sent on Tuesday 3 March" in page
    assert "Since Wednesday 4 March: Friday 20 March, from 9am to 3pm (6 hours)" in page


@pytest.mark.parametrize("from_hour", ["9am", "10am"])
def test_the_first_page_says_that_care_is_at_other_times(app: Flask, visit: Any, cast: Cast, from_hour: str) -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(cast.northfirth.things["coming_id"])
        care = actions.ask_for_meeting(meeting, cast.northfirth.people["rep"])
        key, day = care.id, [str(part) for part in (care.on_day.day, care.on_day.month, care.on_day.year)]
        actions.change(care, care.version, Span(*(moment(care.on_day, time(hour)) for hour in (9, 14))), {})
        version = care.version
    officer, rep = visit("northfirth.officer"), visit("northfirth.rep")
    typed = {**ARRANGE, "day": day, "from_hour": from_hour, "version": str(version), "anyway": "y"}
    assert officer.post(f"/care/{key}/arrange", typed).status_code == 302
    others = "Replacement care: arranged at other times than you asked for"
    for agreed in (False, True):
        if agreed:
            rep.post(f"/care/{key}/agree", {"version": str(version + 1)})
        for page in ("/", f"/meetings/{cast.northfirth.things['coming_id']}"):
            said = text_of(rep.get(page))
            assert (others in said) is (from_hour == "10am"), page
            assert "Replacement care: arranged" in said


def test_a_change_to_answer_is_not_counted_as_care_to_arrange(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    rep, officer, _ = arranged(app, visit, cast)
    change(rep, app, cast, until_hour="3pm")
    page = text_of(officer.get("/boards/northfirth/desk"))
    assert page.count("answer a change to care for Friday 20 March") == 1
    assert page.count("arrange care for") == 1, "the one of the cast"
    at(NOW + timedelta(days=10))
    desk = text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))
    assert "CANARYNORTH Rep: answer a change to care for Friday 20 March" in desk
    assert "CANARYNORTH Rep: arrange care for Friday 20 March" not in desk


@pytest.mark.parametrize("typed", [{}, {"from_hour": "8:30am", "until_hour": "3pm"}])
def test_care_that_covers_all_of_the_times_is_arranged_at_once(
    app: Flask, visit: Any, cast: Cast, typed: dict[str, Any]
) -> None:
    _, officer, one = taken(app, visit, cast)
    assert do(officer, one, "arrange", 2, **{**ARRANGE, **typed}).status_code == 302


HOURS = [
    ({"from_hour": "9:35am"}, "It begins 35 minutes later than the rep asked for. Correct the times, or tick the box"),
    ({"until_hour": "1:25pm"}, "It ends 35 minutes earlier than the rep asked for. Correct the times"),
    (
        {"from_hour": "9:01am", "until_hour": "1pm"},
        "It begins 1 minute later and ends 1 hour earlier than the rep asked for",
    ),
]


@pytest.mark.parametrize(("typed", "says"), HOURS)
def test_care_that_leaves_out_some_of_the_times_is_offered_on_purpose(
    app: Flask, visit: Any, cast: Cast, typed: dict[str, Any], says: str
) -> None:
    _, officer, one = taken(app, visit, cast)
    answer = do(officer, one, "arrange", 2, **{**ARRANGE, **typed})
    assert says in text_of(answer)
    assert "I want to offer these other times anyway" in text_of(answer)
    assert request_of(app, cast).status == "arranging"
    assert do(officer, one, "arrange", 2, **{**ARRANGE, **typed}, anyway="y").status_code == 302
    again = {**ARRANGE, **typed, "arrangement": "Another number"}
    assert do(officer, one, "arrange", 3, **again).status_code == 302, "the times stay as they were offered"


def test_every_minute_counts_alike_at_both_ends() -> None:
    asked_for = Span(NOW, NOW + timedelta(hours=3))
    minute = timedelta(minutes=1)
    assert left_out(asked_for, asked_for) == ""
    assert left_out(asked_for, Span(NOW - minute, asked_for.ends_at + minute)) == ""
    assert left_out(asked_for, Span(NOW + minute, asked_for.ends_at)).startswith("It begins 1 minute later")
    assert left_out(asked_for, Span(NOW, asked_for.ends_at - minute)).startswith("It ends 1 minute earlier")


def test_a_price_that_nobody_gave_is_not_filled_in(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        statement = update(CarePolicy).where(CarePolicy.board_id == cast.northfirth.id)
        db.session.execute(statement.values(hourly_rate=1800))
    rep, officer, one = arranged(app, visit, cast, cost="54")
    assert 'value="54.00"' in officer.get(f"/care/{one.id}/arrange").text
    change(rep, app, cast, until_hour="1pm")
    page = officer.get(f"/care/{one.id}/arrange")
    assert 'value="72' not in page.text
    assert 'value="54' not in page.text
    says = (
        "It was £54.00 for the earlier times. The new times come to £72.00 by your care policy: 4 hours at £18.00 an "
        "hour. Leave blank to keep £54.00"
    )
    assert text_of(page).count(says) == 1, "where the change is accepted"
    assert text_of(officer.get(f"/care/{one.id}/arrange?differently=1")).count(says) == 1, "where it is arranged anew"
