"""A depute who was called: asked at once what they need, able to say no, and given the notes that the rep chose."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.deputes.models import Nomination
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import StandIn
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.papers.models import Note
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast, anywhere
from tests.check_in.test_check_in import FIRST, has_depute, link, mails
from tests.visitor import text_of


def depute_link(app: Flask, cast: Cast) -> str:
    """The path in the depute's email; the rep's own helper, for another person."""
    north = cast.northfirth
    swapped = Cast(north, cast.southmoor)
    kept, north.people["rep"] = north.people["rep"], north.people["depute"]
    try:
        return link(app, swapped)
    finally:
        north.people["rep"] = kept


def stand_ins(app: Flask, cast: Cast) -> list[StandIn]:
    with app.app_context():
        return list(
            db.session.scalars(select(StandIn).where(StandIn.meeting_id == cast.northfirth.things["meeting_id"]))
        )


def test_a_depute_is_asked_once_and_answers_for_themselves(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context():
        do_what_is_due()
    depute = cast.northfirth.people["depute"]
    assert len(mails(app, "check-in", depute)) == 1
    page = visit("").get(depute_link(app, cast))
    assert "No, my depute will" not in page.text
    assert "Thank you" in text_of(visit("").post(depute_link(app, cast), FIRST))
    page = text_of(visit("northfirth.officer").get(f"/meetings/{cast.northfirth.things['meeting_id']}/coming"))
    assert "CANARYNORTH Depute (for CANARYNORTH Rep) Coming" in page
    clerk = text_of(visit("northfirth.clerk").get(f"/meetings/{cast.northfirth.things['meeting_id']}/coming"))
    assert "Cover is needed" in clerk
    assert "CAREWORDS" not in clerk


@pytest.mark.parametrize("way", ["link", "signed in", "one press"])
def test_a_depute_who_cannot_come_says_so(app: Flask, visit: Any, cast: Cast, way: str) -> None:
    meeting = cast.northfirth.things["meeting_id"]
    no = {**FIRST, "coming": "no", "printed": "no"}
    with app.app_context():
        do_what_is_due()
    if way == "link":
        page = visit("").post(depute_link(app, cast), no)
        assert page.status_code == 200
        assert "You can open the link again" not in text_of(page)
    elif way == "signed in":
        assert visit("northfirth.depute").post(f"/meetings/{meeting}/check-in", no).headers["Location"] == "/"
    else:
        assert visit("northfirth.depute").post(f"/meetings/{meeting}/cannot").headers["Location"] == "/"
    assert stand_ins(app, cast) == []
    with app.app_context():
        told = select(Email.template, Email.person_id).where(Email.meeting_id == meeting)
        told = told.where(Email.template.in_(("depute-cannot", "depute-cannot-staff", "depute-apologies")))
        people = cast.northfirth.people
        assert {(template, key) for template, key in db.session.execute(told.order_by(Email.id))} >= {
            ("depute-cannot", people["rep"]),
            ("depute-cannot-staff", people["officer"]),
            ("depute-cannot-staff", people["clerk"]),
            ("depute-apologies", people["depute"]),
        }
    assert visit("northfirth.depute").client.get(f"/meetings/{meeting}").status_code == 404


def test_a_depute_has_no_depute(visit: Any, app: Flask, cast: Cast) -> None:
    page = visit("northfirth.depute").post(
        f"/meetings/{cast.northfirth.things['meeting_id']}/check-in", {**FIRST, "coming": "depute"}
    )
    assert "Select whether you are coming" in text_of(page)


def test_the_link_of_somebody_who_no_longer_stands_in_is_dead(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context():
        do_what_is_due()
    path = depute_link(app, cast)
    visit("northfirth.officer").post(f"/stand-ins/{cast.northfirth.things['stand_in_id']}/end")
    assert visit("").get(path).status_code == 404


def keep_note(app: Flask, cast: Cast, text: str) -> str:
    from portal.access.roles import Viewer
    from portal.papers.models import Paper
    from portal.papers.reading.actions import keep_note as keep

    rep = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        keep(Viewer(rep), db.session.get_one(Paper, cast.northfirth.things["paper_id"]), text)
        db.session.flush()
        return str(db.session.scalars(select(Note.id).where(Note.person_id == rep)).one())


def test_a_depute_reads_the_notes_that_were_handed_over_and_no_others(app: Flask, visit: Any, cast: Cast) -> None:
    things, rep, depute = cast.northfirth.things, visit("northfirth.rep"), visit("northfirth.depute")
    note = keep_note(app, cast, "NOTEWORDS ask about respite")
    paper, path = f"/papers/{things['paper_id']}", f"/meetings/{things['meeting_id']}/hand-over"
    assert "NOTEWORDS" not in depute.get(paper).text
    assert "Budget" in text_of(rep.get(path))
    assert rep.post(path, {"notes": [note]}).status_code == 302
    assert "NOTEWORDS ask about respite" in text_of(depute.get(paper))
    assert "You and CANARYNORTH Depute can read it, with whatever you add" in text_of(rep.get(paper))
    for other in ("northfirth.officer", "northfirth.clerk", "northfirth.admin"):
        assert "NOTEWORDS" not in visit(other).get(paper).text
    assert "NOTEWORDS" not in depute.client.get("/account/data.json").text
    rep.post(path, {"notes": []})
    assert "NOTEWORDS" not in depute.get(paper).text
    rep.post(path, {"notes": [note]})
    visit("northfirth.officer").post(f"/stand-ins/{things['stand_in_id']}/end")
    assert depute.client.get(paper).status_code == 404


def test_notes_of_somebody_else_cannot_be_handed_over(app: Flask, visit: Any, cast: Cast) -> None:
    note = keep_note(app, cast, "NOTEWORDS mine")
    path = f"/meetings/{cast.northfirth.things['meeting_id']}/hand-over"
    visit("northfirth.depute").post(path, {"notes": [note]})
    with app.app_context():
        assert not db.session.scalars(anywhere(select(Note.is_handed_over))).one()


def test_a_rep_whose_own_term_ended_is_not_asked(app: Flask, cast: Cast) -> None:
    from portal.check_in.queries import is_asked

    with app.app_context():
        meeting = meeting_by_id(cast.northfirth.things["meeting_id"])
        assert is_asked(meeting, cast.northfirth.people["rep"])
        assert not is_asked(meeting, cast.person("former"))
        assert not is_asked(meeting, cast.southmoor.people["rep"])


def test_the_meeting_of_a_depute_who_cannot_come_says_so_and_undoes_it(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    depute, path = visit("northfirth.depute"), f"/meetings/{cast.northfirth.things['meeting_id']}"
    with app.app_context(), unit_of_work():
        nomination = db.session.get_one(Nomination, cast.northfirth.things["nomination_id"])
        nomination.status, nomination.person_id = "confirmed", cast.northfirth.people["depute"]
        nomination.agreed_at = NOW
    assert depute.get(path).status_code == 200
    depute.post(f"{path}/cannot")
    paper = cast.northfirth.things["paper_id"]
    for address in (f"/papers/{paper}", f"/papers/{paper}/file", path, f"{path}/check-in"):
        page = depute.client.get(address)
        assert page.status_code == 404
        assert "You are no longer standing in at this meeting" in text_of(page)
    undo = re.search(r'action="(/check-ins/[^"]+/undo)"', page.text)
    assert undo
    assert f'href="{path}"' not in depute.get(undo[1]).text, "no way back to what is out of sight"
    for who in ("mentor", "approver"):
        assert "stand in" not in text_of(visit(f"southmoor.{who}").get(path))
    at(NOW + timedelta(minutes=11))
    depute = visit("northfirth.depute")
    page = text_of(depute.get(path))
    assert "You are no longer standing in at this meeting" in page
    assert "Undo my apologies" not in page
    assert "tell the rep you were standing in for, or your officer" in page


def test_a_meeting_that_one_was_never_to_go_to_is_not_found(visit: Any, cast: Cast) -> None:
    for who in ("northfirth.mentor", "southmoor.rep", "southmoor.depute"):
        page = visit(who).get(f"/meetings/{cast.northfirth.things['meeting_id']}")
        assert page.status_code == 404
        assert "Page not found" in text_of(page)


def test_nobody_is_told_that_they_can_see_what_they_cannot(visit: Any) -> None:
    page = visit("northfirth.officer").get("/mentoring")
    assert page.status_code == 403
    assert "You do not have access to this" in text_of(page)
    assert "You can see this" not in text_of(page)


@pytest.mark.usefixtures("rep_goes")
def test_a_depute_is_offered_to_whom_has_one_who_agreed(app: Flask, visit: Any, cast: Cast) -> None:
    path, words = f"/meetings/{cast.northfirth.things['meeting_id']}/check-in", "No, my depute will"
    has_depute(app, cast)
    assert words in visit("northfirth.rep").get(path).text
    with app.app_context(), unit_of_work():
        db.session.get_one(Nomination, cast.northfirth.things["nomination_id"]).agreed_at = None
    page = visit("northfirth.rep").get(path).text
    assert words not in page
    assert "Yes, in person" in page
