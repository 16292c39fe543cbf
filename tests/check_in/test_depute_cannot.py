"""A depute who cannot go: the rep is asked instead, and whoever had heard that the depute goes hears that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.core import clock
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.scheduler.run import do_what_is_due, work_once
from tests.cast import NOW, Cast
from tests.check_in.test_check_in import has_depute, mails
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
