"""What stands around one's own meetings, on the first page and on the meeting's: care, support meeting, notes."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.access.roles import Viewer
from portal.accounts.models import Person
from portal.boards.people.actions import give_role
from portal.boards.queries import board_by_id, groups
from portal.core.calendar import moment
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.papers.models import Note, Paper
from portal.papers.reading import actions as reading
from portal.replacement_care.requests import actions as care
from portal.support_meetings import actions as support_meetings
from tests.cast import Cast
from tests.replacement_care.asking import mails
from tests.visitor import text_of


def share_note(app: Flask, cast: Cast) -> None:
    """The rep shares a note with the depute who stands in for them."""
    things, rep = cast.northfirth.things, Viewer(cast.northfirth.people["rep"])
    with app.app_context(), unit_of_work():
        reading.keep_note(rep, db.session.get_one(Paper, things["paper_id"]), "NOTEWORDS")
        db.session.flush()
        note_id = db.session.scalars(select(Note.id).where(Note.person_id == rep.id)).one()
        reading.hand_over(rep, meeting_by_id(things["meeting_id"]), [note_id])


def test_a_depute_hears_that_notes_are_shared_and_no_word_of_them(app: Flask, visit: Any, cast: Cast) -> None:
    depute, says = visit("northfirth.depute"), "CANARYNORTH Rep has shared notes with you on:"
    assert says not in text_of(depute.get("/"))
    share_note(app, cast)
    for path in ("/", f"/meetings/{cast.northfirth.things['meeting_id']}"):
        assert says in text_of(depute.get(path))
        assert "NOTEWORDS" not in depute.get(path).text
    assert mails(app, cast, "notes-shared", "depute") == 1
    share_note(app, cast)
    assert mails(app, cast, "notes-shared", "depute") == 1, "nothing new was shared"
    for other in ("northfirth.rep", "northfirth.officer", "southmoor.depute"):
        assert says not in text_of(visit(other).get("/"))


def test_nor_does_a_depute_of_somebody_else_hear_of_them(app: Flask, visit: Any, cast: Cast) -> None:
    """Two deputes at one meeting: each reads the notes of the rep for whom they go."""
    north, says = cast.northfirth, "has shared notes with you on:"
    with app.app_context(), unit_of_work():
        give_role(board_by_id(north.id), db.session.get_one(Person, north.people["clerk"]), "depute")
        meeting = meeting_by_id(north.things["meeting_id"])
        meetings.let_stand_in(meeting, north.people["clerk"], north.people["approver"])
    share_note(app, cast)
    path = f"/meetings/{north.things['meeting_id']}"
    assert "standing in for CANARYNORTH Approver" in text_of(visit("northfirth.clerk").get(path))
    for page in ("/", path):
        assert says in text_of(visit("northfirth.depute").get(page))
        assert says not in text_of(visit("northfirth.clerk").get(page)), page


def set_support(app: Flask, cast: Cast, day: date, hour: time, thing: str = "coming_id") -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(cast.northfirth.things[thing])
        support_meetings.set_support(meeting, 1, moment(day, hour), "Library", "")


def test_a_support_meeting_is_coming_up_on_the_first_page(app: Flask, visit: Any, cast: Cast) -> None:
    set_support(app, cast, date(2026, 3, 9), time(14))
    page = text_of(visit("northfirth.rep").get("/"))
    assert "Monday 9 March, 2pm, before CANARYNORTH Main Group" in page
    assert "Support meeting before CANARYNORTH Main Group" in page, "on the card of its meeting"
    assert "2pm on Monday 9 March" not in text_of(visit("southmoor.rep").get("/"))
    assert "2pm on Monday 9 March" not in text_of(visit("northfirth.clerk").get("/"))


def test_the_rep_is_told_what_a_support_meeting_overlaps(app: Flask, visit: Any, cast: Cast) -> None:
    set_support(app, cast, date(2026, 3, 9), time(14))
    words = "It overlaps CANARYNORTH Main Group, which starts at 1:30pm."
    rep, path = visit("northfirth.rep"), f"/meetings/{cast.northfirth.things['coming_id']}"
    assert words not in text_of(rep.get("/"))
    with app.app_context(), unit_of_work():
        meetings.schedule(groups(cast.northfirth.id)[0], date(2026, 3, 9), time(13, 30))
    for page in ("/", path, f"{path}/support"):
        assert words in text_of(rep.get(page)), page


def test_care_is_linked_from_its_meeting(app: Flask, visit: Any, cast: Cast) -> None:
    coming = cast.northfirth.things["coming_id"]
    with app.app_context(), unit_of_work():
        one = care.ask_for_meeting(meeting_by_id(coming), cast.northfirth.people["rep"])
        where = f"/care/{one.id}"
    rep = visit("northfirth.rep")
    for page in ("/", f"/meetings/{coming}"):
        assert f'href="{where}"' in rep.get(page).text
        assert "Replacement care: requested" in text_of(rep.get(page))
    assert where not in visit("northfirth.depute").get("/").text
    rep.post(f"{where}/cancel", {"version": "1"})
    assert where not in rep.get("/").text
