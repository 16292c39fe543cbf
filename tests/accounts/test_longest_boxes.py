"""All that every box of a form takes survives the end of a session: at its longest, in signs of four bytes, at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select
from wtforms.validators import Length

from portal.infra.database import db
from portal.papers.models import Note
from portal.role_descriptions.models import RoleDescription
from tests.accounts.interrupted import NOTHING_LEFT, end_sessions, sent_by
from tests.accounts.test_pages import sign_in
from tests.cast import Cast, anywhere
from tests.infra.every_field import every_field, every_form
from tests.visitor import text_of

FOUR_BYTES = "\U0001f9e1"
LONGEST = FOUR_BYTES * 5000
BOXES = ("purpose", "governance", "outside", "representing", "gives")


def lose_and_send(app: Flask, visitor: Any, email: str, path: str, typed: dict[str, Any]) -> Any:
    """Send a form as the session has ended, sign in, and send what was kept: the answer."""
    token = visitor.csrf_token()
    end_sessions(app)
    assert visitor.client.post(path, data={"csrf_token": token, **typed}).headers["Location"].endswith("/carry-on")
    visitor.token = ""
    sign_in(visitor, email=email)
    answer = visitor.post(path, dict(sent_by(visitor.get("/carry-on"))))
    assert NOTHING_LEFT in text_of(visitor.get("/carry-on"))
    return answer


def test_the_longest_note_is_saved_whole(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    path = f"/papers/{things['paper_id']}/note"
    answer = lose_and_send(app, visit("northfirth.rep"), "rep@northfirth.test", path, {"text": LONGEST})
    assert answer.status_code == 302
    with app.app_context():
        kept = db.session.scalars(anywhere(select(Note).where(Note.paper_id == things["paper_id"]))).all()
        assert LONGEST in [one.text for one in kept]


def test_five_boxes_at_their_longest_are_saved_whole(app: Flask, visit: Any, cast: Cast) -> None:
    group_id = cast.northfirth.things["group_id"]
    path = f"/boards/northfirth/groups/{group_id}/role/write"
    typed = {**dict.fromkeys(BOXES, LONGEST), "hours_a_month": "12", "contact": FOUR_BYTES * 200, "version": "0"}
    answer = lose_and_send(app, visit("northfirth.officer"), "officer@northfirth.test", path, typed)
    assert answer.status_code == 302
    with app.app_context():
        newest = select(RoleDescription).where(RoleDescription.group_id == group_id)
        written = db.session.scalars(anywhere(newest.order_by(RoleDescription.number.desc()))).first()
        assert written
        assert [getattr(written, box) for box in BOXES] == [LONGEST] * len(BOXES)


@pytest.mark.same_anywhere
def test_no_form_takes_more_than_a_request_may_bring(app: Flask) -> None:
    """Every box at its longest, each sign in four bytes and these as browsers write them, and the names twice over."""
    assert every_field()
    with app.test_request_context():
        sizes = {form.__name__: size_of(form) for form in every_form() if form.__module__.startswith("portal.")}
    assert max(sizes.values()) > 5 * 5000 * len(quote(FOUR_BYTES))
    assert {name for name, size in sizes.items() if size > app.config["MAX_FORM_MEMORY_SIZE"]} == set()


def size_of(form: Any) -> int:
    """The bytes of a whole form, where boxes say how much they take."""
    return sum(
        check.max * len(quote(FOUR_BYTES)) + 2 * len(field.name)
        for field in form(meta={"csrf": False})
        for check in field.validators
        if isinstance(check, Length)
    )
