"""Deputes: nominated in one form, confirmed by an officer, agreed to by the depute; and what is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.deputes.models import Nomination
from portal.deputes.rules import problem_with
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import StandIn
from portal.notifications.models import Email
from tests.cast import NOW, Cast, anywhere
from tests.check_in.test_deputes import keep_note
from tests.visitor import text_of

NEW = {"name": "Dora Depute", "email": "dora@new.test", "why": "She knows the board well", "only": ""}


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("me@x.test", "That is your own email address"),
        ("rep@x.test", "They are already a rep on this group"),
        ("twice@x.test", "You have already nominated them"),
        ("new@x.test", ""),
    ],
)
def test_who_cannot_be_a_depute(email: str, words: str) -> None:
    assert problem_with(email, "me@x.test", {"rep@x.test"}, {"twice@x.test"}).startswith(words)
    assert bool(words) == bool(problem_with(email, "me@x.test", {"rep@x.test"}, {"twice@x.test"}))


def nominate(visit: Any, cast: Cast, **changed: str) -> Any:
    form = {**NEW, "group": str(cast.northfirth.things["group_id"]), **changed}
    return visit("northfirth.rep").post("/deputes/new", form)


def told(app: Flask, template: str) -> list[Any]:
    with app.app_context():
        statement = select(Email.person_id, Email.facts).where(Email.template == template).order_by(Email.id)
        return [person for person, facts in db.session.execute(anywhere(statement)) if facts["depute"] == "Dora Depute"]


def newest(app: Flask) -> Nomination:
    with app.app_context():
        return db.session.scalars(anywhere(select(Nomination).where(Nomination.email == "dora@new.test"))).one()


def decide(visit: Any, app: Flask, **form: str) -> Any:
    return visit("northfirth.officer").post(f"/deputes/{newest(app).id}/decide", form)


def test_from_nomination_to_agreement(app: Flask, visit: Any, cast: Cast) -> None:
    assert nominate(visit, cast).status_code == 302
    assert told(app, "depute-nominated") == [cast.northfirth.people["officer"]]
    assert "Dora Depute To be confirmed" in text_of(visit("northfirth.rep").get("/deputes"))
    officer = visit("northfirth.officer")
    assert "Dora Depute: confirm as depute" in text_of(officer.get("/boards/northfirth/desk"))
    assert "Dora Depute for CANARYNORTH Rep, CANARYNORTH Main Group To be confirmed" in text_of(
        officer.get("/boards/northfirth/deputes")
    )
    page = officer.get(f"/deputes/{newest(app).id}/decide")
    assert "She knows the board well" in text_of(page)
    assert decide(visit, app, answer="yes").status_code == 302
    assert told(app, "depute-confirmed") == [cast.northfirth.people["rep"]]
    with app.app_context():
        dora = db.session.scalars(select(Person).where(Person.email == "dora@new.test")).one()
    assert told(app, "depute-asked") == [dora.id]
    depute = _as(app, dora)
    assert "Agree to be a depute" in text_of(depute.get("/"))
    assert "You stand in for CANARYNORTH Rep Please answer" in text_of(depute.get("/deputes"))
    for page in ("northfirth.rep", "/deputes"), ("northfirth.officer", "/boards/northfirth/deputes"):
        assert "Dora Depute Invited to join" in text_of(visit(page[0]).get(page[1]))
    seats = "/boards/northfirth/reps"
    page = text_of(officer.get(seats))
    assert "No depute" in page
    assert "Dora Depute Invited to join" in page
    assert told(app, "depute-agreed") == []
    assert depute.post(f"/deputes/{newest(app).id}/agree").status_code == 302
    assert told(app, "depute-agreed") == [cast.northfirth.people["rep"]]
    assert "Depute: Dora Depute" in text_of(officer.get(seats))
    assert "Dora Depute Agreed" in text_of(visit("northfirth.rep").get("/deputes"))
    assert "You agreed" in text_of(depute.get("/deputes"))
    assert newest(app).agreed_at
    assert "Dora Depute Agreed" in text_of(officer.get("/boards/northfirth/deputes"))


def _as(app: Flask, person: Person) -> Any:
    from tests.visitor import Visitor

    return Visitor(app, person.id)


def test_for_one_meeting_the_depute_stands_in_once_they_agreed_and_reads_its_papers(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    nominate(visit, cast, only=str(things["coming_id"]))
    decide(visit, app, answer="yes")
    with app.app_context():
        at_meeting = select(StandIn.person_id).where(StandIn.meeting_id == things["coming_id"])
        dora = db.session.scalars(select(Person).where(Person.email == "dora@new.test")).one()
        assert db.session.scalars(at_meeting).all() == []
    _as(app, dora).post(f"/deputes/{newest(app).id}/agree")
    with app.app_context():
        assert db.session.scalars(at_meeting).all() == [dora.id]
    depute = _as(app, dora)
    assert depute.get(f"/meetings/{things['coming_id']}").status_code == 200
    assert depute.get(f"/meetings/{things['meeting_id']}").status_code == 404


def test_a_reason_beside_a_yes_is_not_dropped(app: Flask, visit: Any, cast: Cast) -> None:
    nominate(visit, cast)
    page = decide(visit, app, answer="yes", reason="Too far away")
    assert "You chose yes, so nobody would read this reason" in text_of(page)
    assert "Too far away" in page.text
    assert newest(app).status == "asked"


def test_an_officer_says_no_and_why(app: Flask, visit: Any, cast: Cast) -> None:
    nominate(visit, cast)
    page = decide(visit, app, answer="no", reason="")
    assert "Say why not" in text_of(page)
    assert decide(visit, app, answer="no", reason="They work for the council").status_code == 302
    assert told(app, "depute-declined") == [cast.northfirth.people["rep"]]
    assert "They work for the council" in text_of(visit("northfirth.rep").get("/deputes"))
    assert visit("northfirth.officer").get(f"/deputes/{newest(app).id}/decide").status_code == 302, "it is decided"


def test_taking_a_nomination_back(app: Flask, visit: Any, cast: Cast) -> None:
    nominate(visit, cast)
    decide(visit, app, answer="yes")
    assert visit("northfirth.rep").post(f"/deputes/{newest(app).id}/withdraw").status_code == 302
    assert len(told(app, "nomination-withdrawn")) == 1
    assert "Dora Depute" not in text_of(visit("northfirth.rep").get("/deputes"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"email": "rep@northfirth.test"}, "That is your own email address"),
        ({"email": "nominee@northfirth.test"}, "You have already nominated them"),
        ({"email": "nobody"}, "Enter an email address in the correct format"),
        ({"name": ""}, "Enter their name"),
        ({"why": ""}, "Say in a few words why they are a good choice"),
        ({"group": "x"}, "Select the group"),
        ({"only": "x"}, "Choose from the list"),
    ],
)
def test_what_cannot_be_is_said_plainly(
    app: Flask, visit: Any, cast: Cast, changed: dict[str, str], words: str
) -> None:
    page = nominate(visit, cast, **changed)
    assert page.status_code == 200
    assert words in text_of(page)
    typed = re.sub(r"\s+", " ", page.text)
    assert changed.get("why", "She knows the board well") in typed


def test_a_rep_of_the_same_group_cannot_be_a_depute(app: Flask, visit: Any, cast: Cast) -> None:
    from datetime import timedelta

    from portal.boards.models import Seat
    from portal.boards.seats import actions as seats_actions
    from portal.infra.unit_of_work import unit_of_work
    from tests.cast import TODAY, person

    with app.app_context(), unit_of_work():
        seat = db.session.get_one(Seat, cast.northfirth.things["seat_id"])
        other = person("other@northfirth.test", "Olga Other")
        seats_actions.appoint(seat, other, "unpaid_carer", TODAY, TODAY + timedelta(days=9))
    assert "They are already a rep on this group" in text_of(nominate(visit, cast, email="other@northfirth.test"))


def test_a_depute_who_cannot_go_says_so_and_rep_and_officer_hear(app: Flask, visit: Any, cast: Cast) -> None:
    depute = visit("northfirth.depute")
    page = depute.get("/deputes")
    assert "Meetings you’re standing in at CANARYNORTH Main Group" in text_of(page)
    where = re.search(r'action="(/meetings/[^"]+/cannot)"', page.text)
    assert where
    assert visit("southmoor.depute").client.get(where[1].removesuffix("/cannot")).status_code == 404
    assert depute.post(where[1]).status_code == 302
    with app.app_context():
        statement = select(Email.person_id).where(Email.template == "depute-cannot").order_by(Email.id)
        mails = db.session.scalars(anywhere(statement)).all()
    assert set(mails) == {cast.northfirth.people["rep"]}, "staff have an email of their own"
    assert "You go to" not in text_of(depute.get("/deputes"))


def confirmed(app: Flask, cast: Cast) -> str:
    """The cast's nomination is confirmed; its depute is down for the first meeting already."""
    with app.app_context(), unit_of_work():
        one = db.session.get_one(Nomination, cast.northfirth.things["nomination_id"])
        one.status, one.decided_at, one.agreed_at = "confirmed", NOW, NOW
        return f"/deputes/{one.id}/withdraw"


@pytest.mark.parametrize("goes", ["yes", "no"])
def test_removing_a_depute_asks_about_their_meetings_and_closes_notes_at_once(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], goes: str
) -> None:
    path, rep, depute = confirmed(app, cast), visit("northfirth.rep"), visit("northfirth.depute")
    note = keep_note(app, cast, "NOTEWORDS ask about respite")
    rep.post(f"/meetings/{things['meeting_id']}/hand-over", {"notes": [note]})
    paper = f"/papers/{things['paper_id']}"
    assert "NOTEWORDS" in depute.get(paper).text
    page = rep.post(path)
    assert "select whether they should still go" in text_of(page), "nothing is decided for the rep"
    assert "NOTEWORDS" in depute.get(paper).text
    assert rep.post(path, {f"goes-{things['meeting_id']}": goes}).status_code == 302
    seen = depute.client.get(paper)
    assert seen.status_code == (200 if goes == "yes" else 404)
    assert "NOTEWORDS" not in seen.text
    with app.app_context():
        kinds = ("depute-removed", "nomination-withdrawn", "stand-down")
        sent = db.session.scalars(anywhere(select(Email).where(Email.template.in_(kinds)).order_by(Email.id))).unique()
        heard = {(one.template, one.person_id) for one in sent}
    people = cast.northfirth.people
    removed = {("depute-removed", people["officer"]), ("nomination-withdrawn", people["depute"])}
    assert heard == removed | ({("stand-down", people["depute"])} if goes == "no" else set())


def test_people_without_a_seat_are_not_lost(visit: Any) -> None:
    assert visit("northfirth.clerk").get("/deputes").status_code == 403
    assert "You are not a depute" in text_of(visit("former").get("/deputes"))


def test_whoever_was_only_invited_is_not_said_to_be_asked(app: Flask, visit: Any, cast: Cast) -> None:
    nominate(visit, cast)
    officer = visit("northfirth.officer")
    done = officer.post(f"/deputes/{newest(app).id}/decide", {"answer": "yes"}, follow_redirects=True)
    page = text_of(done)
    assert "Dora Depute Invited to join" in page
    assert "We’ve invited Dora Depute, who is asked to agree once they join." in page
    assert "We’ve asked Dora Depute to agree" not in page


def test_who_hears_of_the_role_of_a_depute_is_named_and_it_is_said_of_what(app: Flask, visit: Any, cast: Cast) -> None:
    nominate(visit, cast)
    path = f"/deputes/{newest(app).id}/decide"
    page = text_of(visit("northfirth.officer").post(path, {"answer": "yes"}, follow_redirects=True))
    told, of_role = page.split("About the new role: ")
    assert "CANARYNORTH Rep and Dora Depute will be emailed." in told
    assert re.match(r"[^.]*CANARYNORTH Admin[^.]* will be emailed at 8:10am on Wednesday 4 March\.", of_role)
