"""Whoever is emailed is named to those who know them: a rep knows the officers and clerks of their board."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.access.roles import Viewer
from portal.boards.queries import known_to
from tests.cast import Cast
from tests.visitor import text_of

TOLD = "CANARYNORTH Clerk and CANARYNORTH Officer will be emailed"


@pytest.mark.usefixtures("rep_goes")
def test_apologies_say_who_hears_of_them(visit: Any, things: dict[str, Any]) -> None:
    page = visit("northfirth.rep").post(f"/meetings/{things['meeting_id']}/cannot", follow_redirects=True)
    assert TOLD in text_of(page)


def test_a_nomination_says_it(visit: Any, cast: Cast, rolled_back: Any) -> None:
    rep, things = visit("northfirth.rep"), cast.northfirth.things
    typed = {"name": "Una", "email": "una@x.test", "why": "She knows", "group": str(things["group_id"]), "only": ""}
    assert "CANARYNORTH Officer will be emailed" in text_of(rep.post("/deputes/new", typed, follow_redirects=True))


def test_a_rep_knows_officers_and_clerks_and_staff_know_each_other_and_the_reps(
    app: Flask, cast: Cast, visit: Any, rolled_back: Any
) -> None:
    north = cast.northfirth
    with app.app_context():
        of_rep = set(known_to(Viewer(north.people["rep"]), north.id))
        clerk = Viewer(north.people["clerk"], roles=frozenset({("clerk", north.id)}))
        elsewhere = Viewer(north.people["clerk"], roles=frozenset({("clerk", cast.southmoor.id)}))
        assert of_rep >= {north.people[role] for role in ("officer", "clerk")}
        assert not of_rep & {north.people[role] for role in ("admin", "approver", "rep", "depute")}
        assert {north.people[role] for role in ("admin", "approver", "rep", "depute")} <= set(known_to(clerk, north.id))
        assert set(known_to(elsewhere, north.id)) == of_rep
