"""What was cancelled or refused has a way to ask again; whose it is and what waits for whom is told apart."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.replacement_care.requests import actions
from tests.cast import Cast, anywhere
from tests.check_in.test_check_in import has_depute
from tests.replacement_care.asking import ARRANGE, asked, do, request_of
from tests.visitor import text_of


def test_what_is_for_no_meeting_is_asked_for_again_as_it_was(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    one, rep = asked(app, visit, cast, travel=""), visit("northfirth.rep")
    do(rep, one, "cancel", 1)
    page = rep.get(f"/care/{one.id}")
    assert "request this care again. The form begins with the same day and times" in text_of(page)
    path = f"/care/new?what=event&board={cast.northfirth.id}&again={one.id}"
    assert path in page.text.replace("&amp;", "&")
    form = rep.get(path)
    assert "The form below begins with the same day and times" in text_of(form)
    assert all(typed in form.text for typed in ('value="Carers week"', 'value="09:00"', 'value="20"', "NOTEWORDS"))
    other = visit("northfirth.depute").get(path)
    assert "NOTEWORDS" not in other.text, "nobody begins with what another wrote"


def test_what_was_refused_can_be_asked_for_again(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    one, rep = asked(app, visit, cast), visit("northfirth.rep")
    do(visit("northfirth.officer"), one, "cannot", 1, answer="Nobody is free", sure="y")
    assert "you can also request care again" in text_of(rep.get(f"/care/{one.id}"))


def test_one_reads_that_oneself_is_to_confirm(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    do(officer, one, "take", 1)
    do(officer, one, "arrange", 2, **{**ARRANGE, "from_hour": "10am"}, anyway="y")
    assert request_of(app, cast).to_agree == "rep"
    for path in ("/care", f"/care/{one.id}"):
        page = text_of(visit("northfirth.rep").get(path))
        assert "For you to confirm" in page
        assert "Rep to confirm" not in page
    assert "Rep to confirm" in text_of(officer.get("/care/to-arrange"))


def test_two_requests_for_one_meeting_are_told_apart_in_emails(app: Flask, cast: Cast, rolled_back: Any) -> None:
    north = cast.northfirth
    has_depute(app, cast)
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(north.things["meeting_id"])
        for name in ("rep", "depute"):
            actions.ask_for_meeting(meeting, north.people[name])
        for name in ("rep", "depute"):
            actions.call_off_for_meeting(meeting, north.people[name])
    with app.app_context():
        told = select(Email).where(Email.template == "care-called-off", Email.person_id == north.people["officer"])
        words = [words_of(one) for one in db.session.scalars(anywhere(told.order_by(Email.id))).unique()]
    starts = sorted(one.text.split(" request")[0].rpartition("\n")[2] for one in words)
    assert starts == ["A depute’s", "A rep’s"]
    assert {one.subject.split(" request")[0] for one in words} == set(starts)


def test_what_a_rep_wrote_is_read_before_a_refusal_is_typed(app: Flask, visit: Any, cast: Cast) -> None:
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    path, box = f"/care/{one.id}/arrange", 'name="answer"'
    assert box not in officer.get(path).text
    do(officer, one, "take", 1)
    page = officer.get(path)
    assert box not in page.text
    assert "Read what the rep told us first." in text_of(page)
    assert "Nobody is free" in do(officer, one, "cannot", 2, answer="Nobody is free").text, "what was typed stays"
    officer.get(f"/care/{one.id}/text")
    assert box in officer.get(path).text
