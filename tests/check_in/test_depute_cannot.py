"""A depute who cannot go: the rep is asked instead, and whoever had heard that the depute goes hears that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.notifications.still_true import bring_up_to_date
from portal.scheduler.run import do_what_is_due, work_once
from tests.cast import NOW, Cast
from tests.check_in.test_check_in import answer_of, has_depute, mails, stand_ins
from tests.visitor import text_of

OUT = "CANARYNORTH Nominee can’t go."


def depute_goes(app: Flask, cast: Cast, meeting: str = "meeting_id") -> str:
    """Their agreed depute stands in for the rep at a meeting: its address."""
    has_depute(app, cast)
    north = cast.northfirth
    with app.app_context(), unit_of_work():
        meetings.let_stand_in(meeting_by_id(north.things[meeting]), north.people["depute"], north.people["rep"])
    return f"/meetings/{north.things[meeting]}"


@pytest.mark.parametrize("meeting", ["meeting_id", "coming_id"])
def test_the_rep_is_asked_at_once(app: Flask, cast: Cast, visit: Any, rolled_back: Any, meeting: str) -> None:
    path = depute_goes(app, cast, meeting)
    visit("northfirth.depute").post(f"{path}/cannot")
    rep = visit("northfirth.rep")
    assert f"{OUT} Are you coming to CANARYNORTH Main Group on " in text_of(rep.get("/"))
    assert f"{OUT} Are you coming?" in text_of(rep.get(path))
    rep.post(f"{path}/check-in", {"coming": "no"})
    assert OUT not in text_of(rep.get("/"))
    assert OUT not in text_of(rep.get(path))


def test_my_depute_will_is_no_answer_any_more(app: Flask, cast: Cast, visit: Any, rolled_back: Any) -> None:
    has_depute(app, cast)
    path = f"/meetings/{cast.northfirth.things['meeting_id']}"
    rep = visit("northfirth.rep")
    rep.post(f"{path}/check-in", {"coming": "depute"})
    assert "is down to go for you" in text_of(rep.get(path))
    visit("northfirth.depute").post(f"{path}/cannot")
    assert f"{OUT} Are you coming?" in text_of(rep.get(path))
    assert OUT in text_of(rep.get("/"))


def test_undone_the_depute_goes_again(app: Flask, cast: Cast, visit: Any, rolled_back: Any) -> None:
    path = depute_goes(app, cast)
    depute = visit("northfirth.depute")
    page = depute.post(f"{path}/cannot", follow_redirects=True)
    where = "/check-ins/" + page.text.split("/check-ins/")[1].split("/")[0] + "/undo"
    depute.post(where)
    rep = visit("northfirth.rep")
    for shown in ("/", path):
        assert OUT not in text_of(rep.get(shown))
    assert "is down to go for you" in text_of(rep.get(path))


def test_whoever_heard_that_the_depute_goes_hears_that_he_does_not(
    app: Flask, cast: Cast, visit: Any, rolled_back: Any
) -> None:
    path = depute_goes(app, cast)
    visit("northfirth.depute").post(f"{path}/cannot")
    of = {role: cast.person(f"northfirth.{role}") for role in ("rep", "clerk", "officer", "depute")}
    told = {"depute-cannot": ["rep"], "depute-cannot-staff": ["clerk", "officer"], "depute-apologies": ["depute"]}
    clock.use(lambda: NOW + timedelta(minutes=20))
    with app.app_context():
        do_what_is_due()
        while work_once():
            pass
    for template, roles in told.items():
        for role, person in of.items():
            assert bool(mails(app, template, person)) == (role in roles), (template, role)


def test_a_depute_is_asked_on_the_first_page_before_the_email_comes(
    app: Flask, cast: Cast, visit: Any, rolled_back: Any
) -> None:
    depute_goes(app, cast, "coming_id")
    assert "Tell us if you’re coming: CANARYNORTH Main Group" in text_of(visit("northfirth.depute").get("/"))
    assert not [
        one
        for one in mails(app, "check-in", cast.person("northfirth.depute"))
        if str(one.meeting_id) == str(cast.northfirth.things["coming_id"])
    ]


def test_the_page_of_deputes_keeps_that_he_cannot_go(app: Flask, cast: Cast, visit: Any, rolled_back: Any) -> None:
    path = depute_goes(app, cast)
    depute = visit("northfirth.depute")
    assert "Meetings you said you can’t go to" not in text_of(depute.get("/deputes"))
    depute.post(f"{path}/cannot")
    said = text_of(depute.get("/deputes"))
    assert "Meetings you said you can’t go to CANARYNORTH Main Group" in said
    assert "when the rep they stand in for cannot" in said


def sent_words(app: Flask, template: str) -> str:
    """The words of the first of these emails, as it is sent."""
    found = mails(app, template)
    with app.app_context():
        bring_up_to_date(db.session.get_one(Email, found[0].id))
        return " ".join(words_of(db.session.get_one(Email, found[0].id)).text.split())


def undo_of(app: Flask, page: Any) -> str:
    """Where the page of somebody's apologies undoes them."""
    return "/check-ins/" + page.text.split("/check-ins/")[1].split("/")[0] + "/undo"


REP_SAYS = [("in_person", "they’re coming in person"), ("no", "they can’t come either")]


@pytest.mark.parametrize(("answer", "said"), REP_SAYS)
def test_an_undo_leaves_what_the_rep_answered_since(
    app: Flask, cast: Cast, visit: Any, rolled_back: Any, answer: str, said: str
) -> None:
    path = depute_goes(app, cast)
    depute, rep = visit("northfirth.depute"), visit("northfirth.rep")
    where = undo_of(app, depute.post(f"{path}/cannot", follow_redirects=True))
    clock.use(lambda: NOW + timedelta(minutes=3))
    rep.post(f"{path}/check-in", {"coming": answer, "care": "no", "travel": "none", "printed": "no", "help_words": ""})
    assert answer_of(app, cast).coming == answer
    words = text_of(depute.post(where, follow_redirects=True))
    assert f"CANARYNORTH Rep told us that {said}. We have not changed that answer" in words
    assert answer_of(app, cast).coming == answer
    assert "is down to go for you" not in text_of(rep.get(path))
    assert stand_ins(app, cast.northfirth.things) == []
    heard = {one.person_id for one in mails(app, "apologies-undone")}
    assert {cast.person("northfirth.rep"), cast.person("northfirth.officer")} <= heard
    with app.app_context():
        assert "and we have not changed that" in sent_words(app, "apologies-undone")


def test_an_undo_of_the_rep_calls_no_depute_who_said_no_since(
    app: Flask, cast: Cast, visit: Any, rolled_back: Any
) -> None:
    path = depute_goes(app, cast)
    depute, rep = visit("northfirth.depute"), visit("northfirth.rep")
    where = undo_of(app, rep.post(f"{path}/cannot", follow_redirects=True))
    clock.use(lambda: NOW + timedelta(minutes=3))
    depute.post(f"{path}/check-in", {"coming": "no"})
    assert "has told us since then that they can’t go" in text_of(rep.post(where, follow_redirects=True))
    assert stand_ins(app, cast.northfirth.things) == []


@pytest.mark.parametrize(
    ("answer", "to_rep", "to_staff"),
    [
        ("in_person", "You have told us that you’re coming in person", "has told us that they’re coming in person"),
        ("no", "You have told us that you can’t come either", "has told us that they can’t come either"),
        ("", "Please tell us if you’re coming yourself", "We’ve emailed CANARYNORTH Rep to ask if they’re coming"),
    ],
)
def test_emails_know_what_the_rep_answered_meanwhile(
    app: Flask, cast: Cast, visit: Any, rolled_back: Any, answer: str, to_rep: str, to_staff: str
) -> None:
    path = depute_goes(app, cast)
    visit("northfirth.depute").post(f"{path}/cannot")
    clock.use(lambda: NOW + timedelta(minutes=3))
    if answer:
        rest = {"care": "no", "travel": "none", "printed": "no", "help_words": ""}
        visit("northfirth.rep").post(f"{path}/check-in", {"coming": answer, **rest})
    clock.use(lambda: NOW + timedelta(minutes=20))
    assert to_rep in sent_words(app, "depute-cannot")
    assert to_staff in sent_words(app, "depute-cannot-staff")
    asks = ("Please tell us" in sent_words(app, "depute-cannot"), "to ask if" in sent_words(app, "depute-cannot-staff"))
    assert asks == (not answer, not answer)


def test_a_depute_who_said_no_and_is_called_again_has_not_simply_not_answered(
    app: Flask, cast: Cast, visit: Any, rolled_back: Any
) -> None:
    path = depute_goes(app, cast)
    visit("northfirth.depute").post(f"{path}/cannot")
    clock.use(lambda: NOW + timedelta(minutes=30))
    rep = visit("northfirth.rep")
    assert "they told us they can’t go" in text_of(rep.get(f"{path}/check-in")), "before they are called again"
    rep.post(f"{path}/check-in", {"coming": "depute"})
    words = "is down to go for you, but told us earlier that they can’t. They have not answered again yet"
    assert words in text_of(rep.get(path))
    assert "Said they can’t go, and was asked again" in text_of(visit("northfirth.clerk").get(f"{path}/coming"))


def test_what_may_still_be_undone_says_so_to_whom_it_asks(app: Flask, cast: Cast, visit: Any, rolled_back: Any) -> None:
    path = depute_goes(app, cast)
    visit("northfirth.depute").post(f"{path}/cannot")
    rep = visit("northfirth.rep")
    for page in ("/", path):
        assert "Your depute may still undo their apologies until 10:" in text_of(rep.get(page)), page
    clock.use(lambda: NOW + timedelta(minutes=20))
    for page in ("/", path):
        assert "may still take back" not in text_of(rep.get(page)), page
    rep.post(f"{path}/check-in", {"coming": "depute"})
    depute = visit("northfirth.depute")
    for page in ("/", path):
        assert "The rep may still undo their apologies until 10:" in text_of(depute.get(page)), page
