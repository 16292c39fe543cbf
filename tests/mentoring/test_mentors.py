"""Mentors who leave, whose role or account ends, who offer themselves after a year, or come from a carers centre."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts import actions as accounts
from portal.accounts.models import Person
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.mentoring.models import Mentor, MentoringNote, MentoringSession, MentorRequest, Pair
from portal.mentoring.pairs import actions as pairs_actions
from portal.notifications.models import Email
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast, anywhere
from tests.mentoring.test_pages import OFFER, mails, match, only, pairs
from tests.visitor import text_of


def test_a_mentor_who_leaves_leaves_nobody_alone(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    people = cast.northfirth.people
    match(app, visit, cast)
    visit("northfirth.officer").post(f"/mentors/{cast.northfirth.things['mentor_id']}/leave")
    assert [one.status for one in pairs(app, people["rep"])] == ["ended"]
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/mentoring"))
    assert "CANARYNORTH Rep Needs a mentor" in page
    assert "CANARYNORTH Depute Needs a mentor" in page
    assert mails(app, "mentor-left") == [people["officer"]]
    mentor = visit("northfirth.mentor").client
    assert mentor.get("/mentoring").status_code == 403, "the role has ended"


def test_the_role_that_ends_takes_the_pairs_along(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    """An administrator ends the role on the page of people."""
    from portal.boards.models import StaffRole
    from portal.boards.people import actions as people_actions

    people = cast.northfirth.people
    with app.app_context(), unit_of_work():
        held = select(StaffRole).where(StaffRole.person_id == people["mentor"], StaffRole.role == "mentor")
        people_actions.end_role(db.session.scalars(held).one())
    assert [one.status for one in pairs(app, people["rep"])] == ["ended"]
    assert mails(app, "mentor-left") == [people["officer"]]


def test_a_rep_of_a_year_is_asked_once_and_an_officer_says_yes(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    people = cast.northfirth.people
    rep = visit("northfirth.rep")
    rep.post(f"/mentoring/pairs/{cast.northfirth.things['pair_id']}/end", {"then": "nothing"})
    assert "Would you help someone new?" not in text_of(rep.get("/mentoring"))
    refused = rep.post("/mentoring/offer", OFFER, follow_redirects=True)
    assert "once you have been a rep for a year" in text_of(refused)
    for day in (164, 165, 166, 200):  # 200 days are over already
        at(NOW + timedelta(days=day))
        with app.app_context():
            do_what_is_due()
    assert mails(app, "become-mentor").count(people["rep"]) == 1
    rep = visit("northfirth.rep")
    rep.post("/mentoring/offer", OFFER)
    own = only(app, Mentor, person_id=people["rep"])
    assert own.confirmed_at is None
    officer = visit("northfirth.officer")
    path = f"/mentoring/requests/{cast.northfirth.things['mentor_request_id']}/match"
    assert "CANARYNORTH Rep" not in text_of(officer.get(path)), "not before an officer has said yes"
    officer.post(f"/mentors/{own.id}/confirm")
    assert "CANARYNORTH Rep" in text_of(officer.get(path))
    assert mails(app, "mentor-confirmed").count(people["rep"]) == 1


def test_a_closed_account_leaves_nobody_alone(app: Flask, cast: Cast, rolled_back: Any) -> None:
    people = cast.northfirth.people
    with app.app_context(), unit_of_work():
        accounts.disable(db.session.get_one(Person, people["mentor"]))
    assert [one.status for one in pairs(app, people["rep"])] == ["ended"]
    assert mails(app, "mentor-left") == [people["officer"]]


def test_an_account_that_ends_takes_its_words_along(app: Flask, cast: Cast, rolled_back: Any) -> None:
    people = cast.northfirth.people
    with app.app_context(), unit_of_work():
        pairs_actions.forget_person(people["rep"])
    with app.app_context():
        assert db.session.scalars(select(MentoringNote).where(MentoringNote.person_id == people["rep"])).all() == []
        kept = db.session.scalars(select(MentorRequest).where(MentorRequest.person_id == people["rep"])).all()
        assert {one.sealed_wish for one in kept} == {""}
        ended = db.session.get_one(Pair, cast.northfirth.things["pair_id"])
        assert ended.sealed_own_aim == ""
        met = db.session.scalars(select(MentoringSession).where(MentoringSession.pair_id == ended.id)).all()
        assert {one.sealed_next_step for one in met} == {""}
    assert [one.status for one in pairs(app, people["rep"])] == ["ended"]


def test_someone_new_from_a_carers_centre_is_invited(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    typed = {**OFFER, "name": "Cat Centre", "email": "cat@centre.test", "kind": "centre"}
    officer = visit("northfirth.officer")
    assert "Select at least one way to talk" in text_of(
        officer.post("/boards/northfirth/mentors/new", {**typed, "ways": []})
    )
    officer.post("/boards/northfirth/mentors/new", typed)
    page = text_of(officer.get("/boards/northfirth/mentoring"))
    assert "Cat Centre Invited, not yet accepted" in page


def templates_to(app: Flask, email: str) -> list[str]:
    with app.app_context():
        own = anywhere(select(Email.template).join(Person, Person.id == Email.person_id))
        return sorted(db.session.scalars(own.where(Person.email == email).order_by(Email.id)))


def test_whoever_an_officer_adds_gets_one_email_and_accepted_no_offer(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    officer, typed = visit("northfirth.officer"), {**OFFER, "kind": "centre"}
    for name, email in (("Cat Centre", "cat@centre.test"), ("CANARYNORTH Clerk", "clerk@northfirth.test")):
        officer.post("/boards/northfirth/mentors/new", {**typed, "name": name, "email": email})
    trail = " ".join(text_of(visit("northfirth.admin").get("/boards/northfirth/audit")).split())
    assert trail.count("Added someone as a mentor CANARYNORTH Officer") >= 2
    assert templates_to(app, "cat@centre.test") == ["invitation"]
    assert templates_to(app, "clerk@northfirth.test").count("mentor-confirmed") == 1


def propose(visit: Any, cast: Cast) -> None:
    """The officer asks the depute and the mentor, who has a pair already."""
    things, officer = cast.northfirth.things, visit("northfirth.officer")
    officer.post(f"/mentors/{things['mentor_id']}", {**OFFER, "most": "2"})
    officer.post(f"/mentoring/requests/{things['mentor_request_id']}/match", {"mentor": things["mentor_id"]})


@pytest.mark.parametrize("who", ["mentor", "officer"])
def test_whoever_is_on_hold_has_nothing_new_to_answer(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, who: str
) -> None:
    people, mentor_id = cast.northfirth.people, cast.northfirth.things["mentor_id"]
    propose(visit, cast)
    mentor, asked = visit("northfirth.mentor"), "Could you be a mentor for CANARYNORTH Depute?"
    assert asked in text_of(mentor.get("/mentoring"))
    path = f"/mentoring/as-mentor/{mentor_id}" if who == "mentor" else f"/mentors/{mentor_id}"
    page = visit(f"northfirth.{who}").post(path, {**OFFER, "most": "2", "is_on_hold": "y"}, follow_redirects=True)
    says = {"mentor": "We answered “Not now” for you to 1 new match.", "officer": "1 new match did not go ahead."}
    assert says[who] in text_of(page)
    assert asked not in text_of(mentor.get("/mentoring"))
    assert "a mentoring match" not in text_of(mentor.get("/"))
    assert [one.status for one in pairs(app, people["depute"])] == ["declined"]
    assert [one.status for one in pairs(app, people["rep"])] == ["running"], "whoever they mentor stays"
    assert people["depute"] in mails(app, "match-off")
    assert (people["officer"] in mails(app, "match-off")) is (who == "mentor")
    board = text_of(visit("northfirth.officer").get("/boards/northfirth/mentoring"))
    assert "CANARYNORTH Depute Needs a mentor" in board


def test_a_yes_that_was_said_before_stays(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    propose(visit, cast)
    mentor = visit("northfirth.mentor")
    [pair] = [one for one in pairs(app, cast.northfirth.people["depute"]) if one.status == "proposed"]
    mentor.post(f"/mentoring/pairs/{pair.id}/answer", {"answer": "yes"})
    typed = {**OFFER, "most": "2", "is_on_hold": "y"}
    path = f"/mentoring/as-mentor/{cast.northfirth.things['mentor_id']}"
    said = text_of(mentor.post(path, typed, follow_redirects=True))
    assert "You have already said yes to CANARYNORTH Depute, who has not answered yet. That match stays open." in said
    officer = visit("northfirth.officer")
    said = text_of(officer.post(f"/mentors/{cast.northfirth.things['mentor_id']}", typed, follow_redirects=True))
    assert "They said yes to CANARYNORTH Depute before. That match is still open." in said
    assert "CANARYNORTH Depute Waiting for CANARYNORTH Depute to answer" in said
    assert [one.status for one in pairs(app, cast.northfirth.people["depute"])] == ["proposed"]


def test_a_request_says_who_sees_it(visit: Any, cast: Cast, rolled_back: Any) -> None:
    depute = visit("northfirth.depute")
    page = text_of(depute.get("/mentoring"))
    assert "Only your board’s officers see this request: CANARYNORTH Officer." in page
    assert "Southmoor" not in page
    assert "will see your name, and nothing that you write here" in text_of(depute.get("/mentoring/ask"))
    propose(visit, cast)
    assert "Only the two of you and your board’s officers can see it." in text_of(depute.get("/mentoring"))


def test_nobody_is_offered_who_cannot_be_asked(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    """Who has not accepted their invitation, or can talk in no way that suits both."""
    officer, things = visit("northfirth.officer"), cast.northfirth.things
    cat = {**OFFER, "name": "Cat Centre", "email": "cat@centre.test", "kind": "centre"}
    said = text_of(officer.post("/boards/northfirth/mentors/new", cat, follow_redirects=True))
    assert "Cat Centre is invited as mentor" in said
    path = f"/mentoring/requests/{things['mentor_request_id']}/match"
    page = text_of(officer.get(path))
    assert "Cat Centre: invited, not yet accepted" in page
    assert "Ask both about Cat Centre" not in page
    invited = only(app, Mentor, person_id=person_called(app, "Cat Centre"))
    assert "Choose again" in text_of(officer.post(path, {"mentor": invited.id}))
    with app.app_context(), unit_of_work():
        request = db.session.get_one(MentorRequest, things["mentor_request_id"])
        request.ways = ["phone"]
        db.session.get_one(Mentor, things["mentor_id"]).ways = ["in_person"]
    page = text_of(officer.get(path))
    assert "CANARYNORTH Mentor: no way of talking that suits both" in page
    assert "Ask both about CANARYNORTH Mentor" not in page


def person_called(app: Flask, name: str) -> Any:
    with app.app_context():
        return db.session.scalars(select(Person.id).where(Person.name == name)).one()
