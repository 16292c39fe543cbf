"""The officer's desk: each rep with everything due, this week's work, filters, CSV, and few queries for many reps."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.roles import CLERK
from portal.accounts.models import Person
from portal.boards.models import Board, Group
from portal.boards.people.actions import give_role
from portal.boards.seats import actions as seats_actions
from portal.check_in import actions as check_ins
from portal.expenses.models import Claim
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.mentoring.pairs import actions as mentoring
from portal.replacement_care.models import StoodAside
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests.rules import proposed
from portal.training.records import actions as records_actions
from tests.cast import NOW, TODAY, Cast, anywhere, person
from tests.expenses.claiming import TAXI, add, begin, press
from tests.papers.test_pages import queries_on
from tests.visitor import text_of

DESK = "/boards/northfirth/desk"


def officer_of(cast: Cast) -> Person:
    return db.session.get_one(Person, cast.person("northfirth.officer"))


def add_reps(app: Flask, cast: Cast, number: int) -> None:
    """Reps with everything: an induction, a request for care, a wish for a mentor, training to confirm."""
    board = cast.northfirth
    with app.app_context(), unit_of_work():
        group, meeting = db.session.get_one(Group, board.things["group_id"]), meeting_by_id(board.things["meeting_id"])
        for n in range(number):
            rep = person(f"many{n}@northfirth.test", f"Rep {n:02}")
            seat = seats_actions.create_seat(group, f"Seat {n}", TODAY - timedelta(days=10))
            days = TODAY - timedelta(days=9), TODAY + timedelta(days=600)
            seats_actions.appoint(seat, rep, "unpaid_carer", *days).made_at = NOW - timedelta(days=9)
            care.ask(
                uuid4(), board.id, rep.id, rep.id, proposed(meeting.starts_at, 0), {"what": "meeting", "title": "x"}
            )
            mentoring.ask_for_mentor(board.id, rep.id, rep.id, [], "")
            records_actions.add_record(uuid4(), board.id, rep.id, {"title": "Chairing", "done_on": TODAY}, None)
            check_ins.check_in_of(meeting, rep.id).asked_at = NOW


def test_each_rep_stands_there_with_everything_due(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    page = text_of(visit("northfirth.officer").get(DESK))
    assert "CANARYNORTH Rep" in page
    assert "CANARYNORTH course" in page, "required, and not had"
    assert "CANARYNORTH Mentor" in page
    assert "last met Tuesday 3 March" in page
    assert "CANARYNORTH Depute (depute): confirm CANARYNORTH learned" in page
    assert "CANARYNORTH Depute" not in page.split("Claims to decide")[1], "only reps of the board have a line"


def test_what_to_do_is_one_link_each_and_the_most_urgent_first(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    add_reps(app, cast, 1)
    officer = visit("northfirth.officer")
    page = text_of(officer.get(DESK))
    week = page.split("To do")[1].split("Next meetings")[0]
    for words in (
        "Rep 00: Meet the person you can ask Late Was due by Friday 27 February",
        "Rep 00: find a mentor",
        "Rep 00: confirm Chairing",
        "CANARYNORTH Rep: may need support with mentoring",
        "CANARYNORTH Nominee: confirm as depute",
    ):
        assert words in week
    assert "Read what your role is" not in week.split("Rep 00")[1], "that is for the rep"
    assert week.index("Rep 00: Meet the person") < week.index("Rep 00: find a mentor")
    assert "CANARYNORTH Depute (depute): ask if they" not in week, "not before three days are left"
    links = officer.get(DESK).text.split("To do")[1].split('id="reps"')[0]
    for address in links.split('href="')[1:]:
        assert officer.client.get(address.split('"')[0].replace("&amp;", "&")).status_code == 200


def test_care_is_seen_by_number_and_never_by_whoever_stands_aside(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    add_reps(app, cast, 1)
    officer = visit("northfirth.officer")
    assert "1 to arrange" in text_of(officer.get(f"{DESK}?show=care"))
    assert "Rep 00: arrange care" in text_of(officer.get(DESK))
    with app.app_context(), unit_of_work():
        found = db.session.scalars(select(Person).where(Person.name == "Rep 00")).one()
        me = cast.northfirth.people["officer"]
        db.session.add(StoodAside(board_id=cast.northfirth.id, person_id=me, of_id=found.id, since=NOW))
    assert "None of the reps match what you chose" in text_of(officer.get(f"{DESK}?show=care"))
    assert "Rep 00: arrange care" not in text_of(officer.get(DESK))


def test_care_for_a_near_day_goes_before_a_step_that_is_late(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    add_reps(app, cast, 1)
    at(NOW + timedelta(days=8))
    page = text_of(visit("northfirth.officer").get(DESK)).split("To do")[1]
    assert page.index("Rep 00: arrange care") < page.index("Rep 00: Meet the person")


def test_the_late_steps_of_a_rep_are_one_line(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    add_reps(app, cast, 1)
    page = text_of(visit("northfirth.officer").get(DESK)).split("To do")[1].split("Next meetings")[0]
    assert page.count("Rep 00: Meet the person you can ask") == 1


def test_what_waits_since_a_day_is_under_no_day(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    add_reps(app, cast, 1)
    page = text_of(visit("northfirth.officer").get(DESK)).split("To do")[1]
    assert page.index("Waiting") < page.index("Rep 00: confirm Chairing")


def rows_of(answer: Any) -> Any:
    return csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))


def test_what_is_shown_can_be_taken_away(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    add_reps(app, cast, 3)
    officer = visit("northfirth.officer")
    rows = list(rows_of(officer.client.get(f"{DESK}.csv?show=no_mentor&sort=name")))
    assert [row["name"] for row in rows] == ["Rep 00", "Rep 01", "Rep 02"]
    assert rows[0]["induction"] == "0 of 8, late"
    every = list(rows_of(officer.client.get(f"{DESK}.csv")))
    assert len(every) == 4


@pytest.mark.same_anywhere
def test_sixty_reps_cost_no_more_queries_than_one(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    officer = visit("northfirth.officer")
    few = queries_on(app, officer, DESK)
    add_reps(app, cast, 60)
    assert queries_on(app, officer, DESK) == few
    assert "61 reps" in text_of(officer.get(DESK))


def test_papers_read_or_not_are_not_shown(visit: Any, cast: Cast, rolled_back: Any) -> None:
    page = text_of(visit("northfirth.officer").get(DESK)).lower()
    assert "unread" not in page
    assert "papers read" not in page


def test_the_desk_says_what_is_due_and_first_pages_what_is_their_own(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    add_reps(app, cast, 2)
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))
    assert "Rep 01: Meet the person you can ask" in page
    assert "Read and agree your role description" in text_of(visit("northfirth.rep").get("/"))
    assert page.count("find a mentor") == 3
    assert "CANARYNORTH Rep: may need support with mentoring" in page
    at(NOW + timedelta(days=31))
    assert "Is mentoring helping you?" in text_of(visit("northfirth.mentor").get("/"))


def test_a_depute_has_a_name_on_the_desk_too(app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any) -> None:
    depute, meeting_id = cast.northfirth.people["depute"], cast.northfirth.things["meeting_id"]
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(meeting_id)
        check_ins.check_in_of(meeting, depute).asked_at = NOW
        care.ask(
            uuid4(),
            cast.northfirth.id,
            depute,
            depute,
            proposed(NOW + timedelta(days=8), 0),
            {"what": "event", "title": "x"},
        )
    at(NOW + timedelta(days=7))
    week = text_of(visit("northfirth.officer").get(DESK)).split("To do")[1].split("Next meetings")[0]
    assert "CANARYNORTH Depute (depute): ask if they’re coming, 3 days left" in week
    assert "CANARYNORTH Depute (depute): arrange care for Wednesday 11 March" in week


def test_what_another_board_confirms_is_not_seen(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    """Somebody who sits here and learned something there."""
    with app.app_context(), unit_of_work():
        learned = {"title": "SOUTHLEARNED", "done_on": TODAY}
        records_actions.add_record(uuid4(), cast.southmoor.id, cast.northfirth.people["rep"], learned, None)
    assert "SOUTHLEARNED" not in text_of(visit("northfirth.officer").get(DESK))


def test_nobody_is_told_to_arrange_or_confirm_what_is_their_own(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    """An officer who is a rep too sees in the table how they stand, and another officer does the rest."""
    board, me = cast.northfirth, cast.northfirth.people["officer"]
    with app.app_context(), unit_of_work():
        group, meeting = db.session.get_one(Group, board.things["group_id"]), meeting_by_id(board.things["meeting_id"])
        seat = seats_actions.create_seat(group, "Mine", TODAY - timedelta(days=10))
        officer = db.session.get_one(Person, me)
        seats_actions.appoint(seat, officer, "unpaid_carer", TODAY, TODAY + timedelta(days=600))
        care.ask(uuid4(), board.id, me, me, proposed(meeting.starts_at, 0), {"what": "meeting", "title": "x"})
        records_actions.add_record(uuid4(), board.id, me, {"title": "MYCOURSE", "done_on": TODAY}, None)
    visitor = visit("northfirth.officer")
    for page in (text_of(visitor.get(DESK)), text_of(visitor.get("/"))):
        assert "MYCOURSE" not in page
        assert "CANARYNORTH Officer: arrange care" not in page
    assert "CANARYNORTH Officer" in text_of(visitor.get(f"{DESK}?show=care")).split("reps Show")[1]


def claims_to_decide(visit: Any) -> int:
    rows = csv.DictReader(io.StringIO(visit("northfirth.officer").get(f"{DESK}.csv").text.lstrip("\ufeff")))
    return sum(int(row["claims to decide"]) for row in rows)


def test_a_claim_that_waits_for_the_rep_is_not_one_to_decide(app: Flask, visit: Any, cast: Cast) -> None:
    before = claims_to_decide(visit)
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    assert claims_to_decide(visit) == before + 1
    with app.app_context(), unit_of_work():
        db.session.scalars(
            anywhere(select(Claim).where(Claim.id == claim.id).order_by(Claim.id))
        ).one().status = "queried"
    assert claims_to_decide(visit) == before


def test_the_first_page_of_an_officer_is_the_desk(visit: Any) -> None:
    response = visit("northfirth.officer").client.get("/")
    assert response.location == DESK


def test_whoever_does_other_work_too_keeps_a_first_page_of_all_of_it(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    with app.app_context(), unit_of_work():
        give_role(db.session.get_one(Board, cast.northfirth.id), officer_of(cast), CLERK)
    page = visit("northfirth.officer").get("/")
    assert "Confirm CANARYNORTH Nominee as depute" in text_of(page)
    assert DESK in page.text, "and the way to the desk"


def test_what_another_board_offers_an_officer_is_on_the_desk(visit: Any, rolled_back: Any) -> None:
    """Nothing of their own is only on a first page that they do not have."""
    offer = {"name": "An Officer", "email": "officer@northfirth.test", "role": CLERK}
    visit("southmoor.admin").post("/boards/southmoor/people/new", offer)
    assert "Answer the invitation from CANARYSOUTH" in text_of(visit("northfirth.officer").get(DESK))


def test_the_desk_shows_empty_seats_and_terms_that_end(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, cast.northfirth.things["group_id"])
        seats_actions.create_seat(group, "Empty seat", TODAY - timedelta(days=10))
        seat = seats_actions.create_seat(group, "Ending seat", TODAY - timedelta(days=10))
        days = TODAY - timedelta(days=9), TODAY + timedelta(days=50)
        seats_actions.appoint(seat, person("ending@northfirth.test", "Ending Rep"), "unpaid_carer", *days)
    page = text_of(visit("northfirth.officer").get(DESK))
    assert "Empty seat, CANARYNORTH Main Group Vacant Vacant since" in page
    assert "Ending Rep Term ends in 50 days" in page
