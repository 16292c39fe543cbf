"""Asking for a mentor, matching, a pair's plan, sessions and notes, the pulse, ending, and mentors who leave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.audit.models import AuditLine
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.mentoring.matching import actions as matching_actions
from portal.mentoring.models import Mentor, MentoringNote, MentoringPulse, MentoringSession, MentorRequest, Pair
from portal.mentoring.pairs import actions as pairs_actions
from portal.notifications.models import Email
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast, anywhere
from tests.cast_support import PRIVATE, SHARED
from tests.visitor import text_of

SESSION = {"held_on": ["3", "3", "2026"], "minutes": "50", "way": "phone", "topics": ["papers"]}
OFFER = {"offers": "Papers", "ways": ["phone"], "most": "1"}


def mails(app: Flask, template: str) -> list[UUID]:
    """To whom an email went, by their ids."""
    with app.app_context():
        statement = select(Email.person_id).where(Email.template == template).order_by(Email.person_id)
        return list(db.session.scalars(anywhere(statement)))


def pairs(app: Flask, person_id: UUID) -> list[Pair]:
    with app.app_context():
        return list(
            db.session.scalars(anywhere(select(Pair).where(Pair.person_id == person_id).order_by(Pair.proposed_at)))
        )


def only(app: Flask, model: Any, **having: Any) -> Any:
    with app.app_context():
        return db.session.scalars(anywhere(select(model).filter_by(**having))).one()


def match(app: Flask, visit: Any, cast: Cast, answers: tuple[str, str] = ("yes", "yes")) -> Pair:
    """The depute, who waits for a mentor, and the mentor of Northfirth."""
    things = cast.northfirth.things
    visit("northfirth.officer").post(
        f"/mentoring/requests/{things['mentor_request_id']}/match", {"mentor": things["mentor_id"]}
    )
    [pair] = pairs(app, cast.northfirth.people["depute"])
    for who, answer in zip(("depute", "mentor"), answers, strict=True):
        visit(f"northfirth.{who}").post(f"/mentoring/pairs/{pair.id}/answer", {"answer": answer})
    [pair] = pairs(app, cast.northfirth.people["depute"])
    return pair


def test_two_people_are_matched_and_both_say_yes(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    people, things = cast.northfirth.people, cast.northfirth.things
    page = text_of(visit("northfirth.officer").get(f"/mentoring/requests/{things['mentor_request_id']}/match"))
    assert "1 of 2 places taken" in page
    assert "CANARYNORTH offers" in page
    assert "They wrote: CANARYNORTH too" in page
    before = mails(app, "mentor-asked")
    officer, mentor = visit("northfirth.officer"), visit("northfirth.mentor")
    address = f"/mentoring/requests/{things['mentor_request_id']}/match"
    officer.post(address, {"mentor": things["mentor_id"]})
    [pair] = pairs(app, people["depute"])
    assert "1 of 2 places taken, 1 asked" in text_of(officer.get("/boards/northfirth/mentoring"))
    asks = "Could you be a mentor for CANARYNORTH Depute? An engagement officer suggested this match."
    assert asks in text_of(mentor.get("/mentoring"))
    for who in (visit("northfirth.depute"), mentor):
        who.post(f"/mentoring/pairs/{pair.id}/answer", {"answer": "yes"})
    [pair] = pairs(app, people["depute"])
    assert pair.status == "running"
    new = list(mails(app, "mentor-asked"))
    for one in before:
        new.remove(one)
    assert sorted(new) == sorted([people["depute"], people["mentor"]])
    assert people["depute"] in mails(app, "mentor-matched")
    assert "CANARYNORTH Mentor" in text_of(visit("northfirth.rep").get("/role")), "the mentor stands on the role"


def test_a_no_gives_no_reason_and_the_officer_looks_again(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    pair = match(app, visit, cast, ("yes", "no"))
    assert pair.status == "declined"
    people = cast.northfirth.people
    told = mails(app, "match-off")
    assert people["depute"] in told
    assert people["officer"] in told
    assert people["mentor"] not in told
    officer = text_of(visit("northfirth.officer").get("/boards/northfirth/mentoring"))
    assert "CANARYNORTH Depute Needs a mentor" in officer


@pytest.mark.same_anywhere
@pytest.mark.parametrize("days", [6, 7, 14])
def test_nobody_waits_unanswered(app: Flask, cast: Cast, rolled_back: Any, at: Any, days: int) -> None:
    for day in range(days + 1):
        at(NOW + timedelta(days=day))
        with app.app_context():
            do_what_is_due()
    told = [one for one in mails(app, "mentor-still-wanted") if one == cast.northfirth.people["officer"]]
    assert len(told) == days // 7


def test_a_match_that_nobody_answers_is_told_too(app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any) -> None:
    things = cast.northfirth.things
    officer = visit("northfirth.officer")
    officer.post(f"/mentoring/requests/{things['mentor_request_id']}/match", {"mentor": things["mentor_id"]})
    at(NOW + timedelta(days=7))
    with app.app_context():
        do_what_is_due()
    assert cast.northfirth.people["officer"] in mails(app, "match-unanswered")
    assert cast.northfirth.people["officer"] not in mails(app, "mentor-still-wanted"), "somebody is asked"


def test_the_officer_reads_who_can_record_a_talk(visit: Any, cast: Cast) -> None:
    says = "Only the mentor and the person they support can record a talk, on the day or later, under “Your mentoring”"
    officer, pair = visit("northfirth.officer"), cast.northfirth.things["pair_id"]
    assert says in text_of(officer.get("/boards/northfirth/mentoring"))
    new = f"/mentoring/pairs/{pair}/sessions/new"
    opened = {who: visit(f"northfirth.{who}").get(new).status_code for who in ("officer", "rep", "mentor")}
    assert opened == {"officer": 404, "rep": 200, "mentor": 200}


def test_nobody_mentors_themself(app: Flask, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        mentor = db.session.get_one(Mentor, cast.northfirth.things["mentor_id"])
        own = pairs_actions.ask_for_mentor(mentor.board_id, mentor.person_id, mentor.person_id, [], "")
        with pytest.raises(matching_actions.CannotMatch):
            matching_actions.propose(own, mentor.id, cast.northfirth.people["officer"])


def test_the_mentors_number_is_not_passed(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    things = cast.northfirth.things
    officer = visit("northfirth.officer")
    officer.post(f"/mentors/{things['mentor_id']}", OFFER)
    path = f"/mentoring/requests/{things['mentor_request_id']}/match"
    assert "CANARYNORTH Mentor: full" in text_of(officer.get(path))
    refused = officer.post(path, {"mentor": things["mentor_id"]})
    assert "This mentor no longer has room" in text_of(refused)
    assert pairs(app, cast.northfirth.people["depute"]) == []
    officer.post(f"/mentors/{things['mentor_id']}", {**OFFER, "most": "2", "is_on_hold": "y"})
    assert "CANARYNORTH Mentor: on hold" in text_of(officer.get(path))
    officer.post(path, {"mentor": things["mentor_id"]})
    assert pairs(app, cast.northfirth.people["depute"]) == []


def test_a_mentor_of_another_board_is_not_asked(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    path = f"/mentoring/requests/{cast.northfirth.things['mentor_request_id']}/match"
    visit("northfirth.officer").post(path, {"mentor": cast.southmoor.things["mentor_id"]})
    assert pairs(app, cast.northfirth.people["depute"]) == []
    with app.app_context(), unit_of_work():
        wanted = db.session.get_one(MentorRequest, cast.northfirth.things["mentor_request_id"])
        with pytest.raises(matching_actions.CannotMatch):
            matching_actions.propose(wanted, cast.southmoor.things["mentor_id"], cast.northfirth.people["officer"])


def test_a_pair_keeps_that_it_met_and_the_officer_sees_no_more(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    path = f"/mentoring/pairs/{cast.northfirth.things['pair_id']}"
    rep = visit("northfirth.rep")
    once = str(uuid4())
    for _ in range(2):  # sent twice, kept once
        more = {"next_step": "Ask about SECRETSTEP", "next_on": ["17", "3", "2026"], "once": once}
        assert rep.post(f"{path}/sessions/new", {**SESSION, **more}).status_code == 302
    with app.app_context():
        of_pair = MentoringSession.pair_id == cast.northfirth.things["pair_id"]
        assert db.session.scalar(select(func.count(MentoringSession.id)).where(of_pair)) == 2
    page = text_of(visit("northfirth.mentor").get(path))
    assert "Next step: Ask about SECRETSTEP" in page
    assert "Tuesday 17 March 2026" in page
    officer = text_of(visit("northfirth.officer").get("/boards/northfirth/mentoring"))
    assert "Talked 2 times, last on Tuesday 3 March. Next talk: Tuesday 17 March." in officer
    for word in ("SECRETSTEP", "CANARYNORTH next step", "CANARYNORTH aim", PRIVATE, SHARED):
        assert word not in officer


def test_the_next_day_is_told_the_day_before(app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any) -> None:
    path = f"/mentoring/pairs/{cast.northfirth.things['pair_id']}/plan"
    version = only(app, Pair, id=cast.northfirth.things["pair_id"]).version
    plan = {"aims": ["speaking"], "every_weeks": "6", "next_on": ["5", "3", "2026"], "version": str(version)}
    assert visit("northfirth.rep").post(path, plan).status_code == 302
    stale = visit("northfirth.mentor").post(path, {**plan, "every_weeks": "2", "own_aim": "Mine"})
    assert "This was changed since you opened this page" in text_of(stale)
    assert "Mine</textarea>" in stale.text, "nothing typed is lost"
    at(NOW + timedelta(days=1))
    with app.app_context():
        do_what_is_due()
    people = cast.northfirth.people
    assert mails(app, "mentoring-tomorrow") == sorted([people["rep"], people["mentor"]])


def test_a_note_of_ones_own_is_read_by_nobody_else(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    path = f"/mentoring/pairs/{cast.northfirth.things['pair_id']}"
    rep, mentor = visit("northfirth.rep"), visit("northfirth.mentor")
    assert "Nobody else can read this" in text_of(rep.get(f"{path}/notes/mine"))
    assert "CANARYNORTH Mentor can read this too" in text_of(rep.get(f"{path}/notes/both"))
    assert rep.client.get(f"{path}/notes/everybody").status_code == 404
    own, theirs = text_of(rep.get(path)), text_of(mentor.get(path))
    assert PRIVATE in own
    assert SHARED in own
    assert PRIVATE not in theirs
    assert SHARED in theirs
    assert "Only for you" in own
    note = cast.northfirth.things["note_id"]
    assert mentor.post(f"/mentoring/notes/{note}/remove").status_code == 404
    with app.app_context():
        sealed = db.session.get_one(MentoringNote, note).sealed_text
    assert PRIVATE not in sealed
    assert rep.post(f"/mentoring/notes/{note}/remove").status_code == 302
    assert PRIVATE not in text_of(rep.get(path))


@pytest.mark.same_anywhere
def test_each_is_asked_if_it_helps_and_only_a_low_answer_is_shown(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    people, pair_id = cast.northfirth.people, cast.northfirth.things["pair_id"]
    path = f"/mentoring/pairs/{pair_id}"
    for day in (
        0,
        10,
        29,
        30,
        31,
        45,
        60,
        75,
        89,
        90,
        91,
        99,
    ):  # what came on another day is found on the next of these
        at(NOW + timedelta(days=day))
        with app.app_context():
            do_what_is_due()
    asked = mails(app, "mentoring-pulse")
    assert [asked.count(people[who]) for who in ("rep", "mentor")] == [2, 2], "after 30 days and after 90"
    rep, mentor, officer = (visit(f"northfirth.{who}") for who in ("rep", "mentor", "officer"))
    before = len(mails(app, "mentoring-low"))
    mentor.post(f"{path}/pulse", {"score": "5"})
    rep.post(f"{path}/pulse", {"score": "1", "word": "We never TALKWORD"})
    assert "There’s no question for you to answer now" in text_of(
        rep.post(f"{path}/pulse", {"score": "4"}, follow_redirects=True)
    )
    assert len(mails(app, "mentoring-low")) == before
    at(NOW + timedelta(days=100))
    with app.app_context():
        do_what_is_due()
        of_low = select(AuditLine).where(AuditLine.event == "PulseLow").order_by(AuditLine.id)
        lines = db.session.scalars(anywhere(of_low)).all()
        assert not [one for one in lines if one.actor_id or str(people["rep"]) in str(one.facts)]
    assert len(mails(app, "mentoring-low")) == before + 1
    rep, mentor, officer = (visit(f"northfirth.{who}") for who in ("rep", "mentor", "officer"))
    assert "TALKWORD" in text_of(officer.get("/boards/northfirth/mentoring"))
    assert "TALKWORD" not in text_of(mentor.get(path))
    low = only(app, MentoringPulse, score=1)
    officer.post(f"/mentoring/flags/{low.id}/seen")
    assert "TALKWORD" not in text_of(officer.get("/boards/northfirth/mentoring"))


def test_an_officer_who_is_the_mentor_sees_no_flag_of_their_own_pair(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    things, people = cast.northfirth.things, cast.northfirth.people
    with app.app_context(), unit_of_work():
        db.session.get_one(Pair, things["pair_id"]).mentor_id = people["officer"]
    officer = visit("northfirth.officer")
    assert "CANARYNORTH word" not in text_of(officer.get("/boards/northfirth/mentoring"))
    assert officer.post(f"/mentoring/flags/{things['pulse_id']}/seen").status_code == 404


def test_a_pair_ends_well(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    path = f"/mentoring/pairs/{cast.northfirth.things['pair_id']}"
    rep, mentor = visit("northfirth.rep"), visit("northfirth.mentor")
    for _ in range(2):
        rep.post(f"{path}/end", {"achieved": "I speak up now. Thank you", "then": "another"})
    assert "I speak up now. Thank you" in text_of(mentor.get(path))
    people = cast.northfirth.people
    assert mails(app, "mentoring-ended") == [people["mentor"]]
    assert "You’re waiting for a mentor" in text_of(rep.get("/mentoring"))
    late = rep.post(f"{path}/sessions/new", SESSION, follow_redirects=True)
    assert "Mentoring has ended, so nothing was changed." in text_of(late)


def test_a_mentor_ends_a_pair_too(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    path = f"/mentoring/pairs/{cast.northfirth.things['pair_id']}"
    assert visit("northfirth.mentor").post(f"{path}/end", {"achieved": "Well done"}).status_code == 302
    assert mails(app, "mentoring-ended") == [cast.northfirth.people["rep"]]
    assert "Well done" in text_of(visit("northfirth.rep").get(path))
