"""What a page shows or lets be done beyond its door, by hand from the requirements: the table decides that too."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask

from portal.access.decide import can
from portal.access.roles import OFFICER
from portal.accounts.models import Person
from portal.boards import actions as boards
from portal.boards import queries as board_queries
from portal.boards.models import Appointment, Board
from portal.boards.people import actions as people_actions
from portal.core.text import short_day_words
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.training.inductions.rules import TO_MARK
from tests import cast as cast_module
from tests.architecture.matrix import viewer_of
from tests.cast import TODAY, Cast


def test_who_marks_which_step_of_an_induction(visit: Any, cast: Cast) -> None:
    """Each their own, and the officer all of them."""
    app: Flask = visit("").app
    with app.app_context():
        theirs = db.session.get_one(Appointment, cast.northfirth.things["appointment_id"])
    viewers = {name: viewer_of(app, cast, f"northfirth.{name}") for name in cast.northfirth.people}
    marks = {owner: {name for name, one in viewers.items() if can(one, TO_MARK[owner], theirs)} for owner in TO_MARK}
    assert marks == {"rep": {"rep", "officer"}, "clerk": {"clerk", "officer"}, "officer": {"officer"}}


def test_who_sees_which_emails_were_sent_to_reps(visit: Any, cast: Cast) -> None:
    """A clerk sees those about meetings; what else a rep was told, only the officer sees."""
    page = {name: visit(f"northfirth.{name}").get("/boards/northfirth/emails").text for name in ("officer", "clerk")}
    assert {name: "days to read: CANARYNORTH" in text for name, text in page.items()} == {
        "officer": True,
        "clerk": True,
    }
    assert {name: "Mentor is now your mentor" in text for name, text in page.items()} == {
        "officer": True,
        "clerk": False,
    }


def test_who_asks_for_a_mentor(visit: Any, cast: Cast) -> None:
    """Whoever sits or stands in; somebody who only mentors has no officer to ask."""
    page = {name: visit(f"northfirth.{name}").get("/mentoring/ask").text for name in ("rep", "depute", "mentor")}
    sees_form = {name for name, text in page.items() if "Your officer will find someone" in text}
    assert sees_form == {"rep", "depute"}
    assert "You have no officer to ask" in page["mentor"]


def test_for_which_meetings_one_claims(visit: Any, cast: Cast) -> None:
    """Where they sit or stand in, and not all those of which they know as an officer."""
    rep, board_id = cast.northfirth.people["rep"], cast.northfirth.id
    mine, other = _past_meetings(visit("").app, rep, board_id)
    page = visit("northfirth.rep").get("/claims/new").text
    assert mine in page
    assert other not in page


def _past_meetings(app: Flask, rep_id: UUID, board_id: UUID) -> tuple[str, str]:
    """The rep is an officer too; a meeting of their group and one of another, in words."""
    days = TODAY - timedelta(days=12), TODAY - timedelta(days=13)
    with app.app_context(), unit_of_work():
        board = db.session.get_one(Board, board_id)
        people_actions.give_role(board, db.session.get_one(Person, rep_id), OFFICER)
        own = board_queries.groups(board_id)[0]
        cast_module._call(own, days[0])
        cast_module._call(boards.create_group(board, "CANARYNORTH Other Group", "board"), days[1])
    return f"{own.name}, {short_day_words(days[0])}", f"CANARYNORTH Other Group, {short_day_words(days[1])}"
