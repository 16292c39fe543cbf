"""What makes a figure better is confirmed by somebody whom whoever asked did not bring in."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.access.roles import ADMIN
from portal.boards.models import Board
from portal.boards.people import actions as people_actions
from portal.infra.database import db
from portal.infra.unit_of_work import acting, unit_of_work
from tests.cast import Cast, person
from tests.corrections.test_corrections import OVER, correct, corrections
from tests.visitor import Visitor, text_of


def test_whom_they_brought_in_does_not_confirm_it(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast, rolled_back: Any
) -> None:
    with app.app_context(), unit_of_work():
        token = acting.set(cast.northfirth.people["admin"])
        friend = person("friend@northfirth.test", "A Friend")
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), friend, ADMIN)
        friend_id = friend.id
        acting.reset(token)
    at(OVER)
    correct(visit("northfirth.admin"), things, 14)
    with app.app_context():
        [waiting] = corrections()
    theirs, page = Visitor(app, friend_id), f"/corrections/{waiting.id}"
    said = text_of(theirs.get(page))
    assert "You cannot confirm it: they gave you your role on 3 March 2026." in said
    assert "Confirm the correction" not in said
    said = text_of(theirs.post(f"{page}/confirm", follow_redirects=True))
    assert "Another administrator or the coordinator must confirm this correction." in said
    with app.app_context():
        assert corrections()[0].is_waiting
    visit("coordinator").post(f"{page}/confirm")
    with app.app_context():
        assert not corrections()[0].is_waiting
