"""Who hears of a request is named, and each request that is to come is on the first page."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.replacement_care.requests import actions
from tests.cast import Cast
from tests.replacement_care.asking import ASK, asked, do, new, request_of
from tests.visitor import text_of

OFFICER = "CANARYNORTH Officer will be emailed"


def test_the_rep_reads_the_name_of_the_officer_who_hears(app: Flask, visit: Any, cast: Cast) -> None:
    rep = visit("northfirth.rep")
    new(rep, cast)
    one = request_of(app, cast)
    assert OFFICER in text_of(rep.get(f"/care/{one.id}"))
    rep.post(f"/care/{one.id}/change", {**ASK, "until_hour": "3pm", "version": "1"})
    assert OFFICER in text_of(rep.get(f"/care/{one.id}"))
    do(rep, one, "cancel", 2)
    assert OFFICER in text_of(rep.get(f"/care/{one.id}"))


def test_the_officer_reads_the_name_of_the_rep_who_hears(app: Flask, visit: Any, cast: Cast) -> None:
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    do(officer, one, "take", 1)
    assert "CANARYNORTH Rep will be emailed" in text_of(officer.get(f"/care/{one.id}/arrange"))


def test_the_first_page_has_every_request_that_is_to_come(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(cast.northfirth.things["coming_id"])
        at_meeting = actions.ask_for_meeting(meeting, cast.northfirth.people["rep"]).id
    rep = visit("northfirth.rep")
    new(rep, cast)
    event = request_of(app, cast).id
    page = rep.get("/")
    for key in (at_meeting, event):
        assert page.text.count(f"/care/{key}") == 1
    assert "Your other replacement care Carers week, Friday 20 March Requested, 9am to 2pm" in text_of(page)
